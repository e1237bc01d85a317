"""A web page in UTF-16."""


def make():
    return "\ufeff<html><table><tr><td>Banjar</td></tr></table></html>".encode("utf-16-le")

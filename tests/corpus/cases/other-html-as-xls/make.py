"""A web page."""


def make():
    return b"\r\n<!DOCTYPE html><html><body><table><tr><td>Banjar</td><td>9,75</td></tr></table>"

"""A web archive."""


def make():
    return b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n<html></html>"

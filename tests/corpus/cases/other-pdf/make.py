"""A page to print."""


def make():
    return b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"

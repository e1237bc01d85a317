"""The start of an OLE file."""


def make():
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le").rjust(1528, b"\x00")

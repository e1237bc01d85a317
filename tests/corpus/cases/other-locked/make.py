"""An OLE file that holds an encrypted package."""


def make():
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le").rjust(
        1528, b"\x00"
    )

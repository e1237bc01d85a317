"""Symbolic links, not commas."""


def make():
    return b'ID;PWXL;N;E\r\nC;Y1;X1;K"Kode"\r\nE\r\n'

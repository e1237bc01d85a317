"""Semicolons between cells, commas before decimals."""


def make():
    return (
        "Kode;Desa/Kelurahan;Tahun;Luas kumuh (Ha)\r\n"
        "32.79.01.1001;Banjar;2017;9,75\r\n"
        "32.79.01.2003;Balokang;2017;7,5\r\n"
    ).encode()

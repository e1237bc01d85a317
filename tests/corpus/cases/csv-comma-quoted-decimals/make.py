"""Commas between cells, and decimal commas in quotes."""


def make():
    return (
        b"Kode,Desa/Kelurahan,Tahun,Luas kumuh (Ha)\n"
        b'32.79.01.1001,Banjar,2017,"9,75"\n'
        b'32.79.01.2003,Balokang,2017,"7,5"'
    )

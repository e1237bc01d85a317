"""A row between two stray quotation marks."""


def make():
    return (
        b"Kode;Desa/Kelurahan;Tahun;Luas kumuh (Ha)\r\n"
        b'32.79.01.1001;"Banjar;2017;9,75\r\n'
        b"32.79.01.1006;Situbatu;2017;8,25\r\n"
        b'32.79.01.2003;Balokang";2017;7,5\r\n'
    )

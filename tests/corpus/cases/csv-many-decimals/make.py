"""Areas as a map program computes them."""


def make():
    return (
        b"Kode,Desa/Kelurahan,Tahun,Luas kumuh (Ha)\n"
        b"32.79.01.1001,Banjar,2017,9.74512\n"
        b"32.79.01.2003,Balokang,2017,7.50499999\n"
    )

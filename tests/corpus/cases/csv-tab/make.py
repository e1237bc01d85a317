"""Tabs between cells, and a dash that only Windows-1252 knows."""


def make():
    return (
        "Rekap – kumuh\t\t\t\r\nKode\tDesa/Kelurahan\tTahun\tLuas kumuh (Ha)\r\n"
        "32.79.01.1001\tBanjar\t2017\t9,75\r\n"
    ).encode("cp1252")

"""Made with openpyxl."""

from tests.areas.importing.books import workbook

ROWS = [
    ["REKAPITULASI"],
    ["Desa/Kelurahan", "Tahun", "Luas (Ha)"],
    ["Balokang", 2017, 7.5],
    ["JUMLAH", None, 7.5],
    [None, None, "Banjar, 3 Januari 2018"],
    ["Mengetahui,", None, "Kepala Bidang,"],
    ["Drs. Contoh", None, "Contoh, S.T."],
    ["NIP. 19650101 199003 1 005", None, "19700202 199503 2 001"],
]


def make():
    return workbook(ROWS)

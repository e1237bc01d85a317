"""People counted in several years beside the slum area (openpyxl)."""

from tests.areas.importing.books import workbook

ROWS = [
    ["No", "Desa/Kelurahan", "Jumlah penduduk", None, "Luas kumuh (Ha)", None],
    [None, None, 2017, 2018, 2017, 2018],
    [1, "Balokang", 3000, 3100, 7.5, 6],
]
MERGED = ["A1:A2", "B1:B2", "C1:D1", "E1:F1"]


def make():
    return workbook(ROWS, merged=MERGED)

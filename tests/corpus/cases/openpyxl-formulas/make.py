"""Formulas without results."""

from tests.areas.importing.books import workbook
from tests.corpus.books import BALOKANG, BANJAR, HEAD_ROW

ROWS = [HEAD_ROW, [*BANJAR, "=4+5.75"], [*BALOKANG, 7.5], ["Jumlah", None, None, "=SUM(D2:D3)"]]


def make():
    return workbook(ROWS)

"""hidden and veryHidden."""

from tests.corpus.books import TABLE, package, rows_xml, sheet_xml


def make():
    table = sheet_xml(rows_xml(TABLE))
    lists = sheet_xml(rows_xml([["desa"], ["kelurahan"]]))
    return package(
        {"Data": table, "Lama": table, "Daftar": lists},
        states={"Lama": "hidden", "Daftar": "veryHidden"},
    )

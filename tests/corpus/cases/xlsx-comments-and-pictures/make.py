"""What stands beside the cells is named."""

from tests.corpus.books import TABLE, package, rows_xml, sheet_links, sheet_xml


def make():
    links = sheet_links(
        1,
        ("comments", "../comments1.xml"),
        ("drawing", "../drawings/drawing1.xml"),
        ("pivotTable", "../pivotTables/pivotTable1.xml"),
    )
    return package({"Data": sheet_xml(rows_xml(TABLE))}, more=links)

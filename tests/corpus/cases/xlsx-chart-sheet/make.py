"""A sheet without cells."""

import io
import zipfile

from tests.corpus.books import TABLE, package, rows_xml, sheet_xml, zipped


def make():
    table = sheet_xml(rows_xml(TABLE))
    book = package({"Data": table, "Grafik": '<chartsheet xmlns="urn:x"/>'})
    with zipfile.ZipFile(io.BytesIO(book)) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    links = "xl/_rels/workbook.xml.rels"
    parts[links] = parts[links].replace(
        b'worksheet" Target="worksheets/sheet2', b'chartsheet" Target="worksheets/sheet2'
    )
    return zipped(parts)

"""Parts named as Windows names files."""

import io
import zipfile

from tests.corpus.books import TABLE, package, rows_xml, sheet_xml, zipped


def make():
    with zipfile.ZipFile(io.BytesIO(package({"Data": sheet_xml(rows_xml(TABLE))}))) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    sheet = parts.pop("xl/worksheets/sheet1.xml")
    return zipped(parts | {"xl\\Worksheets\\Sheet1.xml": sheet})

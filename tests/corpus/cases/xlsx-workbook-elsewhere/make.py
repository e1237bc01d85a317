"""The main part is found by its link."""

import io
import zipfile

from tests.corpus.books import TABLE, package, rows_xml, sheet_xml, zipped


def make():
    with zipfile.ZipFile(io.BytesIO(package({"Data": sheet_xml(rows_xml(TABLE))}))) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    renamed = {name.replace("workbook.xml", "workbook2.xml"): xml for name, xml in parts.items()}
    for name in ("[Content_Types].xml", "_rels/.rels"):
        renamed[name] = renamed[name].replace(b"workbook.xml", b"workbook2.xml")
    return zipped(renamed)

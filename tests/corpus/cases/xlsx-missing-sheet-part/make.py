"""A link that leads nowhere."""

import io
import zipfile

from tests.corpus.books import TABLE, package, rows_xml, sheet_xml, zipped


def make():
    with zipfile.ZipFile(io.BytesIO(package({"Data": sheet_xml(rows_xml(TABLE))}))) as book:
        return zipped({n: book.read(n) for n in book.namelist() if "sheet1" not in n})

"""No position on any row or cell."""

import re

from tests.corpus.books import TABLE, package, rows_xml, sheet_xml


def make():
    data = re.sub(r' r="[A-Z]*[0-9]+"', "", rows_xml(TABLE))
    return package({"Data": sheet_xml(data)})

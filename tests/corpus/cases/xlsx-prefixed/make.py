"""Every element is x:…"""

import re

from tests.corpus.books import TABLE, package, rows_xml, sheet_xml


def make():
    xml = sheet_xml(rows_xml(TABLE)).replace("xmlns=", "xmlns:x=")
    return package({"Data": re.sub(r"<(/?)([a-zA-Z])", r"<\1x:\2", xml)})

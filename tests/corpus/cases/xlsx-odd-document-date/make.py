"""A date that is none."""

from tests.corpus.books import TABLE, package, rows_xml, sheet_xml


def make():
    return package(
        {"Data": sheet_xml(rows_xml(TABLE))},
        more={
            "docProps/core.xml": '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/'
            'metadata/core-properties" xmlns:dcterms="http://purl.org/dc/terms/">'
            "<dcterms:created>8/11/2016 pagi</dcterms:created></cp:coreProperties>"
        },
    )

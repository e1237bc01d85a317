"""Looks and helps of kinds that do not exist."""

from tests.corpus.books import TABLE, package, rows_xml, sheet_xml

AFTER = (
    '<autoFilter ref="A1:D3"><filterColumn colId="3"><customFilters><customFilter '
    'operator="notEqual" val=" "/></customFilters></filterColumn></autoFilter>'
    '<conditionalFormatting sqref="D2"><cfRule type="awan" priority="x"/></conditionalFormatting>'
    '<dataValidations count="1"><dataValidation type="bebas" sqref="D2"/></dataValidations>'
    '<pageMargins left="lebar"/><pageSetup orientation="miring" paperSize="-1"/>'
)
NAMES = '<definedNames><definedName name="Luas">#REF!$D$2</definedName></definedNames>'


def make():
    return package({"Data": sheet_xml(rows_xml(TABLE), after=AFTER)}, in_workbook=NAMES)

"""Workbooks written part by part, as programs write them that are not Excel."""

import io
import zipfile
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
# Parts of one time: the same bytes whenever they are made.
EPOCH = (2016, 11, 8, 9, 0, 0)


def zipped(parts: dict[str, str | bytes]) -> bytes:
    """Return the package of these parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return file.getvalue()


def cell(reference: str, value, more: str = "") -> str:
    """Return a cell: an inline text, a number, or XML as it is (`<f>…`)."""
    if isinstance(value, str) and value.startswith("<"):
        return f'<c r="{reference}"{more}>{value}</c>'
    if isinstance(value, str):
        return f'<c r="{reference}" t="inlineStr"{more}><is><t>{escape(value)}</t></is></c>'
    return f'<c r="{reference}"{more}><v>{value}</v></c>'


def rows_xml(rows, row_more: dict[int, str] | None = None) -> str:
    """Return `<sheetData>` of rows of values; None is no cell. `row_more`: number → attributes."""
    lines = []
    for number, values in enumerate(rows, 1):
        cells = "".join(
            cell(f"{chr(ord('A') + column)}{number}", value)
            for column, value in enumerate(values)
            if value is not None
        )
        lines.append(f'<row r="{number}"{(row_more or {}).get(number, "")}>{cells}</row>')
    return f"<sheetData>{''.join(lines)}</sheetData>"


def sheet_xml(data: str, *, before: str = "", after: str = "") -> str:
    """Return a worksheet around its `<sheetData>`."""
    return f'{HEAD}<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}">{before}{data}{after}</worksheet>'


def package(
    sheets: dict[str, str],
    *,
    states: dict[str, str] | None = None,
    styles: str = "",
    more: dict[str, str | bytes] | None = None,
    in_workbook: str = "",
) -> bytes:
    """Return a workbook of worksheets (name → XML); `states` may say `hidden` or `veryHidden`."""
    names = list(sheets)
    entries = "".join(
        f'<sheet name="{escape(name)}" sheetId="{number}" r:id="rId{number}"'
        f"{_state((states or {}).get(name))}/>"
        for number, name in enumerate(names, 1)
    )
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/worksheet" '
        f'Target="worksheets/sheet{number}.xml"/>'
        for number, _ in enumerate(names, 1)
    )
    types = "".join(
        f'<Override PartName="/xl/worksheets/sheet{number}.xml" '
        f'ContentType="{TYPE}.worksheet+xml"/>'
        for number, _ in enumerate(names, 1)
    )
    if styles:
        links += f'<Relationship Id="rIdS" Type="{OFFICE}/styles" Target="styles.xml"/>'
        types += f'<Override PartName="/xl/styles.xml" ContentType="{TYPE}.styles+xml"/>'
    parts = {
        "[Content_Types].xml": (
            f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
            '<Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{TYPE}.sheet.main+xml"/>'
            f"{types}</Types>"
        ),
        "_rels/.rels": (
            f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
            f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
        ),
        "xl/workbook.xml": (
            f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{entries}</sheets>'
            f"{in_workbook}</workbook>"
        ),
        "xl/_rels/workbook.xml.rels": (
            f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>'
        ),
    }
    parts |= {f"xl/worksheets/sheet{n}.xml": xml for n, xml in enumerate(sheets.values(), 1)}
    if styles:
        parts["xl/styles.xml"] = styles
    return zipped(parts | (more or {}))


def _state(state) -> str:
    return f' state="{state}"' if state else ""

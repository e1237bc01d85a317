"""Workbooks written part by part, as programs write them that are not Excel."""

import io
import zipfile
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
STRICT = "http://purl.oclc.org/ooxml"
HEAD_ROW = ["Kode", "Desa/Kelurahan", "Tahun", "Luas kumuh (Ha)"]
BANJAR = ["32.79.01.1001", "Banjar", 2017]
BALOKANG = ["32.79.01.2003", "Balokang", 2017]
SITUBATU = ["32.79.01.1006", "Situbatu", 2017]
# The table of most cases.
TABLE = [HEAD_ROW, [*BANJAR, 9.75], [*BALOKANG, 7.5]]
# The same table as text.
LINES = (
    "Kode;Desa/Kelurahan;Tahun;Luas kumuh (Ha)\r\n"
    "32.79.01.1001;Banjar;2017;9,75\r\n"
    "32.79.01.2003;Balokang;2017;7,5\r\n"
)
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


def sheet_links(number: int, *links: tuple[str, str]) -> dict[str, str]:
    """Return the part that links a sheet to others: (last word of the type, target)."""
    entries = "".join(
        f'<Relationship Id="rId{index}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for index, (kind, target) in enumerate(links, 1)
    )
    xml = f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{entries}</Relationships>'
    return {f"xl/worksheets/_rels/sheet{number}.xml.rels": xml}


def styles_xml(*codes: str, fonts: str = "", fills: str = "", more: str = "") -> str:
    """Return the styles of a workbook whose style 1, 2, … shows numbers by these codes."""
    formats = "".join(
        f'<numFmt numFmtId="{164 + index}" formatCode="{escape(code, {chr(34): "&quot;"})}"/>'
        for index, code in enumerate(codes)
    )
    cells = "".join(f'<xf numFmtId="{164 + index}"/>' for index, _ in enumerate(codes))
    return (
        f'{HEAD}<styleSheet xmlns="{MAIN}"><numFmts>{formats}</numFmts>'
        f"<fonts>{fonts or '<font/>'}</fonts>"
        f"<fills>{fills or '<fill><patternFill/></fill>'}</fills><borders><border/></borders>"
        f'<cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>{cells}'
        f"</cellXfs>{more}</styleSheet>"
    )


def package(
    sheets: dict[str, str],
    *,
    states: dict[str, str] | None = None,
    styles: str = "",
    strings: str = "",
    strict: bool = False,
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
    if strings:
        links += (
            f'<Relationship Id="rIdT" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
        )
        types += (
            f'<Override PartName="/xl/sharedStrings.xml" ContentType="{TYPE}.sharedStrings+xml"/>'
        )
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
    parts |= {"xl/styles.xml": styles} if styles else {}
    parts |= {"xl/sharedStrings.xml": strings} if strings else {}
    if strict:
        parts = {name: in_strict_words(xml) for name, xml in parts.items()}
    return zipped(parts | (more or {}))


def in_strict_words(xml: str) -> str:
    """Return a part with the names of ISO/IEC 29500 Strict."""
    return xml.replace(MAIN, f"{STRICT}/spreadsheetml/main").replace(
        OFFICE, f"{STRICT}/officeDocument/relationships"
    )


def _state(state) -> str:
    return f' state="{state}"' if state else ""

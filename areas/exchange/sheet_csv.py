"""Reading CSV as offices save it: comma, semicolon or tab, UTF-8 or Windows-1252. Pure."""

import codecs
import csv
import io

from areas.exchange.sheets import Sheet, UnreadableSheet, check_length, make_row, make_sheet

DELIMITERS = ";,\t"
# How many lines tell which delimiter a file uses.
SAMPLE_LINES = 60
MAX_FIELD = 32_767

NUL = (
    "Berkas CSV ini berisi karakter NUL, jadi bukan CSV biasa. Buka dengan Excel, simpan sebagai "
    '"CSV UTF-8", lalu unggah lagi.'
)
BROKEN = (
    "Berkas CSV ini tidak dapat dibaca: {}. Buka dengan Excel, simpan sebagai Excel Workbook "
    "(.xlsx), lalu unggah lagi."
)


def read_csv(content: bytes, name: str = "CSV") -> Sheet:
    """Return the rows of a CSV file. Raises UnreadableSheet with the user's sentence."""
    if b"\x00" in content:
        raise UnreadableSheet(NUL)
    text = _decode(content)
    text, delimiter = _delimiter(text)
    rows = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for number, cells in enumerate(reader, 1):
            if any(len(cell) > MAX_FIELD for cell in cells):
                raise UnreadableSheet(BROKEN.format(f"isi sel di baris {number} terlalu panjang"))
            row = make_row(number, [cell or None for cell in cells], name)
            if row:
                rows.append(row)
                check_length(rows, name)
    except csv.Error as error:
        raise UnreadableSheet(BROKEN.format(f"baris {reader.line_num} tidak lengkap")) from error
    return make_sheet(name, rows)


def _decode(content: bytes) -> str:
    content = content.removeprefix(codecs.BOM_UTF8)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        # Five bytes mean nothing in Windows-1252; a name with one of them will not be recognised.
        return content.decode("cp1252", errors="replace")


def _delimiter(text: str) -> tuple[str, str]:
    """Return the text without Excel's `sep=;` line, and what stands between the cells."""
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        return rest, first.strip()[4]
    sample = "\n".join(text.splitlines()[:SAMPLE_LINES])
    return text, max(DELIMITERS, key=lambda delimiter: _agreement(sample, delimiter))


def _agreement(sample: str, delimiter: str) -> tuple[int, int]:
    """Return how many rows share the most common width, and that width: the table's own look."""
    try:
        widths = [len(row) for row in csv.reader(io.StringIO(sample), delimiter=delimiter)]
    except csv.Error:
        return 0, 0
    wide = [width for width in widths if width > 1]
    if not wide:
        return 0, 0
    common = max(set(wide), key=lambda width: (wide.count(width), width))
    return wide.count(common), common

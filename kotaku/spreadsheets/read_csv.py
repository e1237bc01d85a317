"""Read CSV with comma, semicolon or tab, in UTF-8, UTF-16 or Windows-1252. Pure."""

import codecs
import csv
import io
import re

from kotaku.spreadsheets.sheets import (
    Sheet,
    UnreadableSheet,
    check_length,
    make_row,
    make_sheet,
)

DELIMITERS = ";,\t|"
# The number of lines used to find the delimiter.
SAMPLE_LINES = 60
MAX_FIELD = 32_767
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
END_OF_FILE = "\x1a"
_SEP = re.compile(r"(?i)sep=(.)[ \t]*[\r\n]*")

SAVE_AGAIN = 'Buka dengan Excel, simpan sebagai "CSV UTF-8", lalu unggah lagi.'
NUL = f"Berkas CSV ini berisi karakter NUL, jadi bukan CSV biasa. {SAVE_AGAIN}"
CUT_OFF = f"Berkas CSV ini terpotong atau rusak: tulisannya tidak dapat dibaca sebagai UTF-16. {SAVE_AGAIN}"
BROKEN = (
    "Berkas CSV ini tidak dapat dibaca: {}. Buka dengan Excel, simpan sebagai Excel Workbook "
    "(.xlsx), lalu unggah lagi."
)
QUOTES = (
    'Berkas CSV ini tidak dapat dibaca: tanda kutip (") di baris {} tidak ditutup, sehingga baris-baris '
    "sesudahnya ikut masuk ke satu sel. Perbaiki tanda kutipnya, lalu unggah lagi."
)


def read_csv(content: bytes, name: str = "CSV") -> Sheet:
    """Return the rows of a CSV file. Raises UnreadableSheet with a sentence for the user."""
    text = _decode(content).rstrip(END_OF_FILE)
    if "\x00" in text:
        raise UnreadableSheet(NUL)
    text, delimiter = _delimiter(text)
    rows = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, 1):
            _check_cells(cells, number, delimiter)
            row = make_row(number, [cell or None for cell in cells], name)
            if row:
                rows.append(row)
                check_length(rows, name)
    except csv.Error as error:
        if "field larger" in str(error) or "unexpected end" in str(error):
            raise UnreadableSheet(QUOTES.format(number + 1)) from error
        raise UnreadableSheet(BROKEN.format(f"tanda kutip di baris {number + 1} keliru")) from error
    return make_sheet(name, rows)


def _check_cells(cells, number, delimiter):
    """Refuse a cell that contains whole rows because of a missing closing quotation mark."""
    for cell in cells:
        if len(cell) > MAX_FIELD:
            raise UnreadableSheet(BROKEN.format(f"isi sel di baris {number} terlalu panjang"))
        if "\n" in cell or "\r" in cell:
            swallowed = [line.count(delimiter) for line in cell.splitlines()[1:]]
            if any(count and count + 1 >= len(cells) for count in swallowed):
                raise UnreadableSheet(QUOTES.format(number))


def _decode(content: bytes) -> str:
    mark, encoding = next((each for each in MARKS if content.startswith(each[0])), (b"", ""))
    body = content.removeprefix(mark)
    if encoding.startswith("utf-16"):
        try:
            return body.decode(encoding).removeprefix("\ufeff")
        except UnicodeDecodeError as error:
            raise UnreadableSheet(CUT_OFF) from error
    try:
        return body.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError:
        # Five bytes are undefined in Windows-1252; names with them will not be recognised.
        return body.decode("cp1252", errors="replace")


def _delimiter(text: str) -> tuple[str, str]:
    """Return the text without Excel's `sep=;` line, and the delimiter."""
    first = next(iter(text.splitlines(keepends=True)), "")
    if _SEP.fullmatch(first):
        return text[len(first) :], first[4]
    sample = "\n".join(text.splitlines()[:SAMPLE_LINES])
    return text, max(DELIMITERS, key=lambda delimiter: _agreement(sample, delimiter))


def _agreement(sample: str, delimiter: str) -> tuple[int, int]:
    """Return the number of rows with the most common width, and that width.

    Also counted without regard to quotation marks: a stray one hides the delimiters after it.
    """
    return max(
        _common_width(sample, delimiter, quoting) for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_NONE)
    )


def _common_width(sample, delimiter, quoting) -> tuple[int, int]:
    try:
        reader = csv.reader(io.StringIO(sample), delimiter=delimiter, quoting=quoting)
        widths = [len(row) for row in reader]
    except csv.Error:
        return 0, 0
    wide = [width for width in widths if width > 1]
    if not wide:
        return 0, 0
    common = max(set(wide), key=lambda width: (wide.count(width), width))
    return wide.count(common), common

"""From an uploaded file to its sheets: judged by its content, never by its name."""

from areas.exchange.sheet_csv import read_csv
from areas.exchange.sheet_xlsx import NOT_EXCEL, read_xlsx
from areas.exchange.sheets import MAX_BYTES, Sheet, UnreadableSheet

TOO_LARGE = "Berkas lebih dari 5 MB. Hapus gambar dan lembar yang tidak perlu, lalu unggah lagi."
EMPTY = "Berkas kosong. Pilih berkas yang berisi data."
OLD_EXCEL = (
    "Ini berkas Excel lama (.xls) atau berkas bersandi, walaupun namanya mungkin lain. Buka dengan "
    "Excel, simpan tanpa sandi sebagai Excel Workbook (.xlsx), lalu unggah lagi."
)
OLE_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
NO_TABLES = (b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"{\\rtf")


def read_sheets(file) -> list[Sheet]:
    """Return the sheets of an XLSX or CSV file that have rows.

    Raises UnreadableSheet with the sentence for the person who chose the file.
    """
    file.seek(0, 2)
    size = file.tell()
    if size > MAX_BYTES:
        raise UnreadableSheet(TOO_LARGE)
    file.seek(0)
    start = file.read(8)
    file.seek(0)
    if not start:
        raise UnreadableSheet(EMPTY)
    if start == OLE_START:
        raise UnreadableSheet(OLD_EXCEL)
    if start.startswith(b"PK\x03\x04"):
        sheets = read_xlsx(file)
    elif start.startswith(NO_TABLES):
        raise UnreadableSheet(NOT_EXCEL)
    else:
        content = file.read()
        if content.lstrip()[:1] in (b"<", b"{"):
            raise UnreadableSheet(NOT_EXCEL)
        sheets = [read_csv(content)]
    filled = [sheet for sheet in sheets if sheet.rows]
    if not filled:
        raise UnreadableSheet(EMPTY)
    return filled

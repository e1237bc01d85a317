"""Recognise other files than XLSX and CSV by their content, for the error message."""

import io
import zipfile

NOT_EXCEL = (
    "Berkas ini bukan Excel Workbook (.xlsx) dan bukan CSV. Buka dengan Excel, simpan sebagai "
    "Excel Workbook (.xlsx), lalu unggah lagi."
)
SAVE_AS = "Buka dengan {}, simpan sebagai Excel Workbook (.xlsx), lalu unggah lagi."
OLE_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OLD_EXCEL = (
    "Ini berkas Excel lama (.xls) atau berkas bersandi, walaupun namanya mungkin lain. Buka dengan "
    "Excel, simpan tanpa sandi sebagai Excel Workbook (.xlsx), lalu unggah lagi."
)
LOCKED = (
    "Berkas ini dikunci dengan sandi. Buka dengan Excel, simpan tanpa sandi sebagai Excel Workbook "
    "(.xlsx), lalu unggah lagi."
)
HTML = "Berkas ini halaman web (HTML), walaupun namanya mungkin .xls. " + SAVE_AS.format("Excel")
ODS = "Berkas ini OpenDocument (.ods). " + SAVE_AS.format("LibreOffice atau Excel")
TEXT = (
    "Berkas ini dokumen teks (Word atau Writer). Salin tabelnya ke Excel, simpan sebagai Excel "
    "Workbook (.xlsx), lalu unggah lagi."
)
XML_2003 = "Berkas ini XML Spreadsheet 2003. " + SAVE_AS.format("Excel")
PDF = (
    "Berkas ini PDF, bukan Excel Workbook (.xlsx) dan bukan CSV. Unggah berkas Excel yang menjadi "
    "asalnya."
)
SYLK = "Berkas ini berformat SYLK (.slk). " + SAVE_AS.format("Excel")
GOOGLE = (
    "Berkas ini hanya pintasan ke Google Sheets, bukan datanya. Buka di Google Sheets, unduh sebagai "
    "Microsoft Excel (.xlsx), lalu unggah lagi."
)
PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8")
NO_TABLES = (b"Rar!", b"7z\xbc\xaf", b"{\\rtf", b"\x1f\x8b")
MARKS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))


def name_other_kind(content: bytes) -> str:
    """Return the error message for a file of another kind; "" if it may be XLSX or CSV."""
    if content.startswith(OLE_START):
        return _ole(content)
    if content.startswith(b"PK\x03\x04"):
        return _zipped(content)
    if content.startswith(b"%PDF-"):
        return PDF
    if content.startswith(PICTURES + NO_TABLES):
        return NOT_EXCEL
    return _written(content)


def _ole(content) -> str:
    """Distinguish Excel's old format from an encrypted workbook; both are OLE files."""
    return LOCKED if "EncryptedPackage".encode("utf-16-le") in content else OLD_EXCEL


def _zipped(content) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = {name.replace("\\", "/").casefold() for name in archive.namelist()}
            kind = archive.read("mimetype")[:100] if "mimetype" in names else b""
    except (zipfile.BadZipFile, KeyError, ValueError, NotImplementedError, RuntimeError):
        return ""
    if kind.startswith(b"application/vnd.oasis.opendocument"):
        what = (
            "OpenDocument (.ods)" if b"spreadsheet" in kind else "OpenDocument, bukan lembar kerja"
        )
        return f"Berkas ini {what}. " + SAVE_AS.format("LibreOffice atau Excel")
    if "xl/workbook.bin" in names:
        return "Berkas ini Excel biner (.xlsb). " + SAVE_AS.format("Excel")
    if any(name.startswith("index/") and name.endswith(".iwa") for name in names) or (
        "index.zip" in names
    ):
        return (
            "Berkas ini Apple Numbers (.numbers). Buka dengan Numbers, pilih File > Export To > "
            "Excel, lalu unggah lagi."
        )
    if "word/document.xml" in names:
        return TEXT
    if "[content_types].xml" not in names and any(
        name.endswith((".xlsx", ".xls", ".csv", ".ods")) for name in names
    ):
        return "Berkas ini arsip ZIP. Keluarkan berkas Excel di dalamnya, lalu unggah berkas itu."
    return ""


def _written(content) -> str:
    encoding = next((name for mark, name in MARKS if content.startswith(mark)), "latin-1")
    start = content[:4000].decode(encoding, errors="ignore").lstrip("\ufeff \t\r\n")
    plain = start.casefold()
    if "urn:schemas-microsoft-com:office:spreadsheet" in plain and plain.startswith("<"):
        return XML_2003
    if "urn:oasis:names:tc:opendocument" in plain and plain.startswith("<"):
        return ODS
    if plain.startswith("<") and any(tag in plain for tag in ("<html", "<table", "<!doctype html")):
        return HTML
    if plain.startswith("mime-version:"):
        return HTML
    if plain.startswith("{") and "docs.google.com" in plain:
        return GOOGLE
    if plain.startswith(("<", "{", "[{")):
        return NOT_EXCEL
    if start.startswith("ID;P"):
        return SYLK
    return ""

"""Read the sheets of an uploaded file, whose kind is recognised by content, not by name."""

from kotaku.spreadsheets.file_kinds import name_other_kind
from kotaku.spreadsheets.read_csv import read_csv
from kotaku.spreadsheets.read_xlsx import read_xlsx
from kotaku.spreadsheets.sheets import MAX_BYTES, UnreadableSheet, Workbook

TOO_LARGE = "Berkas lebih dari 5 MB. Hapus gambar dan lembar yang tidak perlu, lalu unggah lagi."
EMPTY = "Berkas kosong. Pilih berkas yang berisi data."
NO_TABLE = (
    "Berkas teks ini tidak berisi tabel: isinya hanya satu kolom. Pilih berkas Excel (.xlsx) atau CSV "
    "yang berisi nama desa/kelurahan dan angkanya."
)
ALL_HIDDEN = (
    "Semua lembar yang berisi data tersembunyi: {}. Tampilkan lembarnya (Unhide), simpan, lalu "
    "unggah lagi."
)


def read_workbook(file, no_table: str = NO_TABLE) -> Workbook:
    """Return the sheets of an XLSX or CSV file that have rows.

    Raises UnreadableSheet with a sentence for the user; `no_table` is the one for a plain text.
    """
    file.seek(0, 2)
    size = file.tell()
    if size > MAX_BYTES:
        raise UnreadableSheet(TOO_LARGE)
    file.seek(0)
    content = file.read()
    if not content:
        raise UnreadableSheet(EMPTY)
    if sentence := name_other_kind(content):
        raise UnreadableSheet(sentence)
    file.seek(0)
    found = read_xlsx(file) if content.startswith(b"PK") else Workbook([read_csv(content)])
    sheets = [sheet for sheet in found.sheets if sheet.rows]
    hidden = [sheet for sheet in found.hidden if sheet.rows]
    if not sheets and hidden:
        raise UnreadableSheet(ALL_HIDDEN.format(", ".join(sheet.name for sheet in hidden)))
    if not sheets:
        raise UnreadableSheet(EMPTY)
    if not content.startswith(b"PK") and sheets[0].width < 2:
        raise UnreadableSheet(no_table)
    return Workbook(sheets, hidden, found.unread)

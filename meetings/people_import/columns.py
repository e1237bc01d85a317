"""The columns of a list of people, recognised by their headings. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from areas.importing.column_words import IGNORE, NAME, Vocabulary, vocabulary
from areas.importing.columns import Layout, headings_of, recognise
from kotaku.spreadsheets.cells import read_text
from kotaku.spreadsheets.sheets import Sheet, is_blank, letter

POSITION, ORGANISATION, UNSUR = "position", "organisation", "unsur"
SEX, PHONE, EMAIL, ROLE, SECTION = "sex", "phone", "email", "role", "section"
LABELS = {
    IGNORE: "Abaikan",
    NAME: "Nama",
    POSITION: "Jabatan",
    ORGANISATION: "Instansi/lembaga",
    UNSUR: "Unsur",
    SEX: "L/P",
    PHONE: "Nomor HP",
    EMAIL: "Email",
}
MEMBER_LABELS = LABELS | {ROLE: "Kedudukan dalam Pokja", SECTION: "Bidang"}
# Complete headings as plain words.
WORDS = {
    NAME: ("nama", "nama lengkap", "nama peserta", "nama anggota", "nama dan gelar", "name"),
    POSITION: (
        "jabatan", "jabatan di instansi", "jabatan dalam dinas", "jabatan dalam instansi",
        "jabatan pokok", "jabatan dinas", "position",
    ),
    ORGANISATION: (
        "instansi lembaga", "instansi", "lembaga", "asal instansi", "unit kerja", "opd", "skpd",
        "perangkat daerah", "instansi unit kerja", "nama instansi", "asal", "dinas instansi",
        "organisasi", "organisation", "organization",
    ),
    UNSUR: ("unsur", "unsur kelompok", "kelompok"),
    SEX: ("l p", "jenis kelamin", "jk", "kelamin", "gender", "sex", "lk pr"),
    PHONE: (
        "nomor hp", "no hp", "hp", "no hp wa", "nomor hp wa", "no wa", "nomor wa", "whatsapp",
        "no telepon", "nomor telepon", "telepon", "telp", "no telp", "handphone", "no handphone",
        "phone",
    ),
    EMAIL: ("email", "e mail", "alamat email", "surel"),
}  # fmt: skip
MEMBER_WORDS = WORDS | {
    ROLE: (
        "kedudukan", "kedudukan dalam pokja", "jabatan dalam pokja", "jabatan dalam tim",
        "kedudukan dalam tim", "peran", "peran dalam pokja",
    ),
    SECTION: ("bidang", "seksi", "bidang dalam pokja"),
}  # fmt: skip
PARTICIPANTS = vocabulary(LABELS, WORDS)
MEMBERS = vocabulary(MEMBER_LABELS, MEMBER_WORDS)
# Values shown beside the choice of a column.
EXAMPLES = 3


@dataclass(frozen=True)
class Column:
    """A column of the sheet: its name and heading, its first values, and the role it has."""

    index: int
    title: str
    examples: str
    role: str


def recognised(sheet: Sheet, known: Vocabulary) -> Layout:
    """Return the layout of the headings; without a name and a position there are no headings."""
    layout = recognise(sheet, known)
    has_people = {NAME, POSITION} & set(layout.roles.values())
    roles = {column: role for column, role in layout.roles.items() if role != IGNORE}
    return Layout(layout.header_row, roles) if has_people else Layout()


def best_sheet(sheets, known: Vocabulary) -> Sheet:
    """Return the sheet with most recognised columns, the first of several."""
    return max(sheets, key=lambda sheet: len(recognised(sheet, known).roles))


def columns_of(sheet: Sheet, layout: Layout, known: Vocabulary) -> list[Column]:
    """Return the columns that hold anything."""
    texts = headings_of(sheet, layout, known)
    below = [row for row in sheet.rows if row.number > layout.header_row]
    found = []
    for index in range(sheet.width):
        values = [read_text(row.cell(index)) for row in below if not is_blank(row.cell(index))]
        heading = texts[index] if index < len(texts) else ""
        if values or heading:
            title = f"Kolom {letter(index)}" + (f": {heading[:60]}" if heading else "")
            examples = "; ".join(value[:40] for value in values[:EXAMPLES])
            found.append(Column(index, title, examples, layout.roles.get(index, IGNORE)))
    return found


def doubled(roles: Mapping[int, str], known: Vocabulary) -> str:
    """Return the label of a role that two columns have; "" if none has."""
    chosen = [role for role in roles.values() if role]
    twice = next((role for role in chosen if chosen.count(role) > 1), "")
    return known.labels[twice] if twice else ""

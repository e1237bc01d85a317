"""The columns of a list of people, recognised by their headings. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from areas.importing.column_words import IGNORE, NAME, Vocabulary, vocabulary
from areas.importing.columns import Layout, headings_of, recognise
from kotaku.phones import SHORTEST, international
from kotaku.spreadsheets.cells import read_text
from kotaku.spreadsheets.sheets import Sheet, letter

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
DASHES = frozenset("-–—−_.")
SEXES = ("L", "P", "l", "p")


@dataclass(frozen=True)
class Column:
    """A column of the sheet: its name and heading, first values, role, and if it only counts rows."""

    index: int
    title: str
    examples: str
    role: str
    is_numbering: bool = False


def recognised(sheet: Sheet, known: Vocabulary) -> Layout:
    """Return the layout of the headings; without a name and a position there are no headings."""
    layout = recognise(sheet, known)
    has_people = {NAME, POSITION} & set(layout.roles.values())
    roles = {column: role for column, role in layout.roles.items() if role != IGNORE}
    return Layout(layout.header_row, roles) if has_people else Layout()


def proposed(sheet: Sheet) -> dict[int, str]:
    """Return what the columns of a list without headings surely hold: column → role.

    Phone numbers, addresses and L/P are known by their looks; the first other text is the name. What
    the further ones are is asked.
    """
    roles = {}
    for column in range(sheet.width):
        role = _looks_like(_texts(sheet.rows, column))
        if role and role not in roles.values():
            roles[column] = role
    return roles


def _looks_like(texts: list[str]) -> str:
    if not texts or _are_numbers(texts):
        return ""
    if all(map(_is_number, texts)) and any(map(international, texts)):
        return PHONE
    if all("@" in text for text in texts):
        return EMAIL
    return SEX if all(text in SEXES for text in texts) else NAME


def _texts(rows, column) -> list[str]:
    """Return what is written in a column; a dash says that there is nothing."""
    texts = [read_text(row.cell(column)) for row in rows]
    return [text for text in texts if text and not set(text) <= DASHES]


def _are_numbers(texts) -> bool:
    return all(text.rstrip(".").isdigit() and len(text) < SHORTEST for text in texts)


def _is_number(text: str) -> bool:
    """Whether a text is meant as a phone number, be it right or wrong."""
    return all(sign.isdigit() or sign in " +-./()" for sign in text)


def best_sheet(sheets, known: Vocabulary) -> Sheet:
    """Return the sheet with most recognised columns, the first of several."""
    return max(sheets, key=lambda sheet: len(recognised(sheet, known).roles))


def columns_of(sheet: Sheet, layout: Layout, known: Vocabulary) -> list[Column]:
    """Return the columns that hold anything."""
    texts = headings_of(sheet, layout, known)
    below = [row for row in sheet.rows if row.number > layout.header_row]
    found = []
    for index in range(sheet.width):
        values = _texts(below, index)
        heading = texts[index] if index < len(texts) else ""
        if values or heading:
            title = f"Kolom {letter(index)}" + (f": {heading[:60]}" if heading else "")
            examples = "; ".join(value[:40] for value in values[:EXAMPLES])
            role = layout.roles.get(index, IGNORE)
            found.append(Column(index, title, examples, role, _are_numbers(values)))
    return found


def doubled(roles: Mapping[int, str], known: Vocabulary) -> str:
    """Return the label of a role that two columns have; "" if none has."""
    chosen = [role for role in roles.values() if role]
    twice = next((role for role in chosen if chosen.count(role) > 1), "")
    return known.labels[twice] if twice else ""

"""Whether a list of villages has a row for each of their RTs instead. Pure: standard library only."""

import re

from areas.importing.column_questions import column_name
from areas.importing.columns import Layout, headings_of
from areas.importing.file_questions import Choice, FileQuestions, Question
from areas.importing.headings import plain
from kotaku.spreadsheets.sheets import Sheet, is_blank

OF_RT, OF_VILLAGE = "rt", "desa"
OF_RTS = (
    "Berkas ini berisi satu baris per RT, bukan per desa/kelurahan. Unggah sebagai penilaian RT, "
    "atau jumlahkan dahulu luasnya per desa/kelurahan."
)
# "RT", "No. RT", "RT/RW": a part of a village, or how many it has. "Jumlah RT" is a number of them.
_PART = re.compile(
    r"(?:(?:no|nomor|nama) )?(?:rt|rw|dusun|lingkungan)(?: (?:rt|rw|dusun|lingkungan))*"
)


def rt_problem(sheet: Sheet, layout: Layout, questions: FileQuestions) -> str:
    """Return why the sheet's areas are none of villages; "" when they are, or while it is open."""
    texts = headings_of(sheet, layout)
    below = [row for row in sheet.rows if row.number > layout.header_row]
    parts = [
        column
        for column, text in enumerate(texts)
        if column not in layout.roles
        and _PART.fullmatch(plain(text))
        and any(not is_blank(row.cell(column)) for row in below)
    ]
    if not parts:
        return ""
    names = ", ".join(column_name(sheet, layout, column) for column in parts)
    answer = questions.ask(
        Question(
            key=f"rt|{sheet.name}|{layout.header_row}|{names}",
            text="Satu baris di berkas ini berisi luas satu RT atau satu desa/kelurahan?",
            hint=f"Berkas ini mempunyai kolom {names}.",
            choices=(
                Choice(OF_VILLAGE, "Satu desa/kelurahan"),
                Choice(OF_RT, "Satu RT, RW, dusun, atau lingkungan"),
            ),
        )
    )
    return OF_RTS if answer == OF_RT else ""

"""Ask for the year of a sheet's areas, and whether rows are RTs, if headings are unclear. Pure."""

import re
from dataclasses import replace

from areas.importing.column_questions import NONE, column_name
from areas.importing.column_words import AREA, YEAR
from areas.importing.columns import Layout, headings_of
from areas.importing.file_questions import Choice, FileQuestions, Question
from areas.importing.headings import plain
from kotaku.spreadsheets.cells import read_text
from kotaku.spreadsheets.sheets import Sheet, is_blank

_YEAR = re.compile(r"(?<![\d.])(?:19|20)\d{2}(?!\d)")
OF_RT, OF_VILLAGE = "rt", "desa"
OF_RTS = (
    "Berkas ini berisi satu baris per RT, bukan per desa/kelurahan. Unggah sebagai penilaian RT, "
    "atau jumlahkan dahulu luasnya per desa/kelurahan."
)
# "RT", "No. RT" or "RT/RW" can name a part of a village or count parts; "Jumlah RT" only counts.
_PART = re.compile(
    r"(?:(?:no|nomor|nama) )?(?:rt|rw|dusun|lingkungan)(?: (?:rt|rw|dusun|lingkungan))*"
)


def with_year(sheet: Sheet, layout: Layout, questions: FileQuestions) -> Layout:
    """Return the layout with the year that the user confirms for its only column of areas.

    The layout is unchanged if its years are known, or if the sheet mentions no year.
    """
    area = layout.column(AREA)
    if area is None or layout.year_columns or layout.column(YEAR) is not None:
        return layout
    named = _years_named(sheet, layout.header_row)
    if not named:
        return layout
    answer = questions.ask(
        Question(
            key=f"tahun|{sheet.name}|{layout.header_row}|{area}",
            text=f"Tahun berapa luas di kolom {column_name(sheet, layout, area)}?",
            hint="Berkas ini menyebut tahun hanya di atas tabel atau di nama lembar.",
            choices=(
                *(Choice(year, year) for year in named),
                Choice(NONE, "Tahun lain; saya tetapkan di susunan kolom"),
            ),
            suggested=named[0] if len(named) == 1 else "",
        )
    )
    if answer in ("", NONE):
        return layout
    return replace(layout, roles={**layout.roles, area: answer})


def _years_named(sheet: Sheet, header_row: int) -> list[str]:
    above = [row for row in sheet.rows if row.number < header_row]
    texts = [read_text(value) for row in above for value in row.cells]
    return list(
        dict.fromkeys(year for text in (*texts, sheet.name) for year in _YEAR.findall(text))
    )


def rt_problem(sheet: Sheet, layout: Layout, questions: FileQuestions) -> str:
    """Return why the areas are not those of villages; "" if they are, or until the user answers."""
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

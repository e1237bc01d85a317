"""Of which year the areas are, where only a title or the sheet's name says so. Pure: standard library only."""

import re
from dataclasses import replace

from areas.importing.column_questions import NONE, column_name
from areas.importing.column_words import AREA, YEAR
from areas.importing.columns import Layout
from areas.importing.file_questions import Choice, FileQuestions, Question
from kotaku.spreadsheets.cells import read_text
from kotaku.spreadsheets.sheets import Sheet

_YEAR = re.compile(r"(?<![\d.])(?:19|20)\d{2}(?!\d)")


def with_year(sheet: Sheet, layout: Layout, questions: FileQuestions) -> Layout:
    """Return the layout whose one column of areas is of the year that a person confirms.

    A layout that says its years is returned as it is, and so is one of a sheet that names none.
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

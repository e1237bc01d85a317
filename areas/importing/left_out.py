"""The parts of a file that are not imported: other sheets, hidden rows and columns. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from areas.importing.column_words import Vocabulary
from areas.importing.columns import recognise
from areas.importing.file_questions import NO, YES, Choice, FileQuestions, Question, fingerprint
from kotaku.formats import format_count
from kotaku.spreadsheets.sheets import Row, Sheet, Workbook, is_blank, letter

MOST_CELLS, MOST_NAMED = 10, 12
HIDDEN_CHOICES = (Choice(YES, "Ya, baca juga"), Choice(NO, "Tidak, lewati"))


def as_answered(sheet: Sheet, questions: FileQuestions) -> tuple[Sheet, list[str]]:
    """Return the sheet without the hidden rows and columns that the user wants to skip.

    Also returns a sentence for rows and for columns left out. While a question is open,
    everything is read, and nothing can be applied.
    """
    left_out = []
    rows = sorted(sheet.hidden_rows)
    if rows and _ask_hidden(sheet, questions, "baris", [str(number) for number in rows]) == NO:
        kept = [row for row in sheet.rows if row.number not in sheet.hidden_rows]
        sheet = replace(sheet, rows=kept, hidden_rows=frozenset())
        left_out.append(f"{format_count(len(rows))} baris tersembunyi dilewati: {_listed(rows)}.")
    columns = sorted(_filled(sheet) & sheet.hidden_columns)
    names = [letter(column) for column in columns]
    if columns and _ask_hidden(sheet, questions, "kolom", names) == NO:
        sheet = replace(sheet, rows=[_without(row, set(columns)) for row in sheet.rows])
        left_out.append(f"{len(columns)} kolom tersembunyi dilewati: {_listed(names)}.")
    return sheet, left_out


def _ask_hidden(sheet, questions, what, names) -> str:
    return questions.ask(
        Question(
            key=f"tersembunyi|{what}|{sheet.name}|{fingerprint(','.join(names))}",
            text=f"Lembar {sheet.name} menyembunyikan {format_count(len(names))} {what} yang berisi. "
            "Ikut dibaca?",
            hint=f"{what.capitalize()} {_listed(names)}, disembunyikan atau disaring (filter).",
            choices=HIDDEN_CHOICES,
        )
    )


def _filled(sheet) -> set[int]:
    return {
        column
        for row in sheet.rows
        for column, value in enumerate(row.cells)
        if not is_blank(value)
    }


def _without(row: Row, columns: set[int]) -> Row:
    cells = [None if column in columns else value for column, value in enumerate(row.cells)]
    return Row(row.number, tuple(cells))


def left_out_of(book: Workbook, sheet: Sheet, known: Vocabulary) -> list[str]:
    """Return sentences about all content of the file that is not read."""
    others = [each for each in book.sheets if each.name != sheet.name]
    similar = [each.name for each in others if is_table(each, known)]
    different = [each.name for each in others if each.name not in similar]
    said = []
    if similar:
        said.append(
            f"Berkas ini mempunyai {format_count(len(similar))} lembar lain dengan tabel serupa: "
            f"{', '.join(similar)}. Yang dibaca hanya lembar {sheet.name}; yang lain "
            "dapat dipilih di susunan berkas."
        )
    if different:
        said.append(f"Lembar yang tidak dibaca: {', '.join(different)}.")
    said += [_hidden(each, known) for each in book.hidden]
    said += book.unread
    if sheet.beside:
        said.append(
            f"Lembar {sheet.name} juga berisi {'; '.join(sheet.beside)}. Yang dibaca hanya selnya."
        )
    if sheet.linked_cells:
        cells = ", ".join(sheet.linked_cells[:MOST_CELLS])
        more = len(sheet.linked_cells) - MOST_CELLS
        said.append(
            f"Sel {cells}{f' dan {format_count(more)} lagi' if more > 0 else ''} mengambil nilainya "
            "dari berkas lain; yang dibaca adalah nilai yang terakhir tersimpan di berkas ini."
        )
    return said


def is_table(sheet: Sheet, known: Vocabulary) -> bool:
    """Whether a sheet has the headings of a table that could be imported."""
    layout = recognise(sheet, known)
    return layout.names_villages and len(layout.roles) > 1


def _hidden(sheet, known) -> str:
    table = ", berisi tabel serupa" if is_table(sheet, known) else ""
    return f"Lembar {sheet.name} tersembunyi{table}; tidak dibaca. Tampilkan (Unhide) bila perlu."


def _listed(names: Sequence) -> str:
    """Return `5, 8 dan 9`; of a long list, the first names and the number of the others."""
    shown = [str(name) for name in names[:MOST_NAMED]]
    if len(names) > MOST_NAMED:
        return f"{', '.join(shown)}, dan {format_count(len(names) - MOST_NAMED)} lagi"
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} dan {shown[-1]}"

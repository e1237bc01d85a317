"""Understand an uploaded file: its sheet, columns, questions, and the rows to read."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import F

from areas.importing.column_questions import settled_layout, unread_columns, with_units
from areas.importing.columns import Layout, recognise
from areas.importing.file_questions import FileQuestions
from areas.importing.kinds import KINDS
from areas.importing.left_out import as_answered, left_out_of
from areas.importing.rounding import with_kept_decimals
from areas.importing.row_reader import Table, rows_below
from areas.importing.statements import Reading
from areas.importing.village_names import KnownVillage, VillageFinder
from areas.models import ImportRun, Village
from kotaku.spreadsheets.read import read_workbook
from kotaku.spreadsheets.sheets import Row, Sheet, UnreadableSheet, Workbook

FILE_IS_GONE = "Berkasnya sudah tidak ada. Unggah lagi."


@dataclass(frozen=True)
class Understood:
    """A file as currently understood: the names of its sheets, the chosen one, and its columns.

    `questions` are those about the file, with the answers so far; `left_out` are sentences about
    content that is not read. `problem` is why none of the `rows` can be read.
    """

    sheets: Sequence[str]
    sheet: Sheet
    layout: Layout
    questions: FileQuestions
    left_out: Sequence[str] = ()
    problem: str = ""
    rows: Sequence[Row] = field(default=(), repr=False)


def open_book(run: ImportRun) -> Workbook:
    """Return the sheets of the uploaded file. Raises UnreadableSheet."""
    if not run.file:
        # Cancelled meanwhile.
        raise UnreadableSheet(FILE_IS_GONE)
    try:
        with run.file.open("rb") as file:
            return read_workbook(file)
    except FileNotFoundError as error:
        raise UnreadableSheet(FILE_IS_GONE) from error


def understand(run: ImportRun, book: Workbook) -> Understood:
    """Return the columns of the chosen sheet, after the user's choices and answers."""
    kind = KINDS[run.kind]
    known = kind.vocabulary(run.programme)
    questions = FileQuestions(run.layout.get("answers"))
    sheet, left_out = as_answered(_chosen_sheet(book.sheets, run.layout, known), questions)
    left_out += left_out_of(book, sheet, known)
    open_before = questions.open
    layout = _layout(sheet, run.layout, known, questions)
    if questions.open == open_before:
        layout = kind.completed(sheet, layout, questions)
    if questions.open == open_before and (unread := unread_columns(sheet, layout, known)):
        left_out.append(f"Kolom yang tidak dibaca: {', '.join(unread)}.")
    columns = kind.area_columns(layout)
    sheet = with_kept_decimals(sheet, layout, columns, kind.quantity, questions)
    rows = rows_below(sheet, layout)
    problem = kind.problem(Table(sheet, layout, rows), questions, run.programme)
    names = [each.name for each in book.sheets]
    return Understood(names, sheet, layout, questions, left_out, problem, rows)


def read_at_once(run: ImportRun) -> tuple[Understood, Reading]:
    """Return a file as understood, and the statements of all its rows. Raises UnreadableSheet."""
    seen = understand(run, open_book(run))
    if seen.problem:
        return seen, Reading(problem=seen.problem)
    table = Table(seen.sheet, seen.layout, seen.rows)
    finder = VillageFinder(known_villages(run.programme.region))
    kind = KINDS[run.kind]
    return seen, kind.read(table, finder, seen.questions, run.programme, Reading())


def known_villages(region) -> list[KnownVillage]:
    """Return the villages of a region for finding them in rows, in one query."""
    rows = (
        Village.objects.inside(region)
        .order_by("code")
        .values("pk", "code", "name", "kind", district_name=F("district__name"))
    )
    return [
        KnownVillage(row["pk"], row["code"], row["name"], row["kind"], row["district_name"])
        for row in rows.iterator()
    ]


def _chosen_sheet(sheets, layout, known) -> Sheet:
    """Return the sheet chosen by the user, else the one with most recognised columns."""
    for sheet in sheets:
        if sheet.name == layout.get("sheet"):
            return sheet
    return max(sheets, key=lambda sheet: len(recognise(sheet, known).roles))


def _layout(sheet, said, known, questions) -> Layout:
    """Return the recognised columns, overridden by the user's choices for this sheet."""
    if said.get("sheet") != sheet.name:
        return settled_layout(sheet, recognise(sheet, known).header_row, known, questions)
    if "roles" in said:
        roles = {int(column): role for column, role in said["roles"].items() if role}
        return with_units(sheet, Layout(said["header_row"], roles), known, questions)
    return settled_layout(sheet, said["header_row"], known, questions)

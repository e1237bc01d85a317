"""Turn an uploaded file into a plan, and apply the plan to the record: all rows or none."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F

from areas.importing.column_questions import settled_layout, unread_columns, with_units
from areas.importing.column_words import Vocabulary
from areas.importing.columns import Layout, recognise
from areas.importing.file_questions import FileQuestions
from areas.importing.kinds import KINDS
from areas.importing.kinds.sheet_kind import Application
from areas.importing.left_out import as_answered, left_out_of
from areas.importing.plan import Outcome, Plan
from areas.importing.rounding import with_kept_decimals
from areas.importing.statements import Reading
from areas.importing.village_names import KnownVillage, VillageFinder
from areas.models import ImportRun, Village
from kotaku.spreadsheets.read import read_workbook
from kotaku.spreadsheets.sheets import Sheet, UnreadableSheet
from kotaku.workflow import StaleRecord, TransitionNotAllowed


class PlanChanged(Exception):
    """The record has changed since the preview; the message is for the user."""

    def __init__(self):
        super().__init__(
            "Data di situs berubah sejak pratinjau ini dibuka. Periksa lagi hasil di bawah, "
            "lalu terapkan sekali lagi. Belum ada yang tersimpan."
        )


@dataclass(frozen=True)
class Preview:
    """A file as currently understood: its sheets, the chosen one, its columns, and the plan.

    `questions` are those about the file, with the answers so far; `left_out` are sentences about
    content that is not read.
    """

    known: Vocabulary
    sheets: list[Sheet]
    sheet: Sheet
    layout: Layout
    reading: Reading
    plan: Plan
    questions: FileQuestions
    left_out: Sequence[str] = ()

    @property
    def can_be_applied(self) -> bool:
        """Whether everything is answered, no row is wrong, and something would change."""
        return (
            not self.questions.open
            and not self.reading.problem
            and self.plan.is_clean
            and self.plan.changes_something
        )

    def digest(self) -> str:
        """Return a hash of the plan, columns, and answers."""
        layout = self.layout
        columns = (sorted(layout.roles.items()), sorted(layout.units.items()))
        understood = (layout.header_row, columns, self.questions.answered)
        return hashlib.sha256(f"{self.plan.digest()}{understood!r}".encode()).hexdigest()


def preview(run: ImportRun, user, *, as_verified: bool = False) -> Preview:
    """Return the changes that a file would make for this user. Raises UnreadableSheet."""
    try:
        with run.file.open("rb") as file:
            book = read_workbook(file)
    except FileNotFoundError as error:
        raise UnreadableSheet("Berkasnya sudah tidak ada. Unggah lagi.") from error
    kind, programme = KINDS[run.kind], run.programme
    known = kind.vocabulary(programme)
    questions = FileQuestions(run.layout.get("answers"))
    sheet, left_out = as_answered(_chosen_sheet(book.sheets, run.layout, known), questions)
    left_out += left_out_of(book, sheet, known)
    open_before = questions.open
    layout = _layout(sheet, run.layout, known, questions)
    if questions.open == open_before:
        layout = kind.completed(sheet, layout, questions)
    if questions.open == open_before and (unread := unread_columns(sheet, layout, known)):
        left_out.append(f"Kolom yang tidak dibaca: {', '.join(unread)}.")
    finder = VillageFinder(known_villages(programme.region))
    columns = kind.area_columns(layout)
    sheet = with_kept_decimals(sheet, layout, columns, kind.quantity, questions)
    reading = kind.read(sheet, layout, finder, questions, programme)
    plan = kind.plan(reading, programme, user, as_verified=as_verified)
    return Preview(known, book.sheets, sheet, layout, reading, plan, questions, left_out)


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


def apply(run: ImportRun, *, by, digest: str, reason: str, as_verified: bool) -> Plan:
    """Write the changes of the preview with this digest, and return the plan.

    Raises PlanChanged if the changes would now be different, TransitionNotAllowed if the run is
    no longer open or a rule forbids it; nothing is stored then.
    """
    with transaction.atomic():
        seen = preview(run, by, as_verified=as_verified)
        plan = seen.plan
        if seen.digest() != digest:
            raise PlanChanged
        if not seen.can_be_applied:
            raise TransitionNotAllowed(
                "Masih ada pertanyaan atau baris yang salah, atau tidak ada yang berubah."
            )
        counts = plan.counts()
        run.claim(
            by=by,
            as_verified=as_verified,
            reason=reason,
            counts={
                "new_rows": counts[Outcome.NEW],
                "changed_rows": counts[Outcome.CHANGED],
                "same_rows": counts[Outcome.SAME],
            },
        )
        application = Application(run, seen.sheet.name, by, reason, as_verified)
        try:
            KINDS[run.kind].write([row for row in plan.rows if row.writes], application)
        except StaleRecord as stale:
            raise TransitionNotAllowed(str(stale)) from stale
    return plan

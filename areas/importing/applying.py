"""Turn an uploaded file into a plan, and apply the plan to the record: all rows or none."""

import hashlib
from dataclasses import dataclass, replace

from django.db import OperationalError, transaction

from areas.importing import batches
from areas.importing.column_words import Vocabulary
from areas.importing.file_questions import FileQuestions
from areas.importing.kinds import KINDS
from areas.importing.kinds.sheet_kind import Application
from areas.importing.plan import Outcome, Plan
from areas.importing.statements import Reading
from areas.importing.understanding import Understood
from areas.models import ImportRun
from kotaku.workflow import StaleRecord, TransitionNotAllowed


class BeingApplied(Exception):
    """Another request is applying the import, or has applied or cancelled it."""


class PlanChanged(Exception):
    """The record has changed since the preview; the message is for the user."""

    def __init__(self):
        super().__init__(
            "Data di situs berubah sejak pratinjau ini dibuka. Periksa lagi hasil di bawah, "
            "lalu terapkan sekali lagi. Belum ada yang tersimpan."
        )


@dataclass(frozen=True)
class Preview:
    """A file as currently understood, the statements of its rows, and the plan."""

    known: Vocabulary
    file: Understood
    reading: Reading
    plan: Plan

    @property
    def questions(self) -> FileQuestions:
        """The questions about the file, with the answers so far."""
        return self.file.questions

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
        layout = self.file.layout
        columns = (sorted(layout.roles.items()), sorted(layout.units.items()))
        understood = (layout.header_row, columns, self.questions.answered)
        return hashlib.sha256(f"{self.plan.digest()}{understood!r}".encode()).hexdigest()


def preview(run: ImportRun, user, *, as_verified: bool = False) -> Preview:
    """Return the changes that a file would make for this user.

    Raises UnreadableSheet, or StillReading while a large file is being read.
    """
    file, reading = batches.read(run)
    known = KINDS[run.kind].vocabulary(run.programme)
    return Preview(known, file, reading, _plan(run, reading, user, as_verified))


def _plan(run, reading, user, as_verified) -> Plan:
    return KINDS[run.kind].plan(reading, run.programme, user, as_verified=as_verified)


def apply(
    run: ImportRun, seen: Preview, *, by, digest: str, reason: str, as_verified: bool
) -> None:
    """Write the changes of the preview with this digest, in one transaction.

    `seen` is the preview as it is now; its rows are compared with the record once more in the
    transaction. Raises BeingApplied if another request applies the run, PlanChanged if the changes
    would now be different, TransitionNotAllowed if the run is no longer open or a rule forbids it;
    this request has stored nothing then.
    """
    if not _begin(run):
        raise BeingApplied
    try:
        with transaction.atomic():
            plan = _plan(run, seen.reading, by, as_verified)
            _write(run, replace(seen, plan=plan), by, digest, reason, as_verified)
            batches.forget(run)
    except BaseException:
        run.stop_applying()
        raise


def _begin(run) -> bool:
    """Note that the run is being applied by this request; return False if it is by another."""
    run.refresh_from_db(fields=["state", "applying_since"])
    if run.is_being_applied:
        return False
    try:
        return run.begin_applying()
    except OperationalError:
        # SQLite: another transaction has written for longer than this one may wait.
        run.refresh_from_db(fields=["state", "applying_since"])
        if run.is_being_applied:
            return False
        raise


def _write(run, seen, by, digest, reason, as_verified):
    if seen.digest() != digest:
        raise PlanChanged
    if not seen.can_be_applied:
        raise TransitionNotAllowed(
            "Masih ada pertanyaan atau baris yang salah, atau tidak ada yang berubah."
        )
    counts = seen.plan.counts()
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
    application = Application(run, seen.file.sheet.name, by, reason, as_verified)
    try:
        KINDS[run.kind].write([row for row in seen.plan.rows if row.writes], application)
    except StaleRecord as stale:
        raise TransitionNotAllowed(str(stale)) from stale

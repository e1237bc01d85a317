"""The interface of a kind of sheet: its columns, reading, planning, writing and template."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from areas.importing.column_words import Vocabulary
from areas.importing.columns import Layout
from areas.importing.file_questions import FileQuestions
from areas.importing.plan import Outcome, Plan, PlannedRow, Sum
from areas.importing.row_reader import Table
from areas.importing.statements import Reading
from areas.importing.village_names import VillageFinder
from areas.models import ImportRun, Programme
from kotaku.models import User
from kotaku.quantities import HECTARES
from kotaku.spreadsheets.sheets import Sheet


@dataclass(frozen=True)
class Application:
    """An import that is being applied: the run, the sheet's name, the user and the reason.

    `as_verified`: the rows are stored as verified at once.
    """

    run: ImportRun
    sheet: str
    by: User
    reason: str
    as_verified: bool

    def source(self, row: PlannedRow) -> str:
        """Return the source of a row for its history."""
        return self.run.source_of(self.sheet, row.statement.place)

    def reason_for(self, row: PlannedRow) -> str:
        """Return the row's own reason, else the typed one if the row needs one or is changed."""
        needs = row.needs_reason or row.outcome == Outcome.CHANGED
        return row.statement.reason or (self.reason if needs else "")


class SheetKind(ABC):
    """One kind of sheet. The class attributes are its texts and options on the pages."""

    key: ImportRun.Kind
    # Title of the template, and the instructions on its second sheet.
    template_title: str
    fill_in: tuple[str, ...]
    # Unit and decimals of the stored areas.
    quantity = HECTARES
    # Whether rows have a year, and the name of the sum without a year.
    has_years = True
    sum_title = "Semua tahun"
    summed_title = "Jumlah baris"
    # Name of the imported records that await verification; "" if none do.
    awaiting = ""
    # The verification queue: name of the URL, text of the link.
    queue: tuple[str, str] | None = None
    # Whether an admin can import the rows as verified at once.
    can_be_verified = False

    @property
    def label(self) -> str:
        """The name of the kind in the form."""
        return self.key.label

    @abstractmethod
    def vocabulary(self, programme: Programme) -> Vocabulary:
        """Return the possible roles of the columns."""

    def completed(self, sheet: Sheet, layout: Layout, questions: FileQuestions) -> Layout:
        """Return the layout completed with facts missing in the headings; may ask questions."""
        return layout

    @abstractmethod
    def area_columns(self, layout: Layout) -> Collection[int]:
        """Return the columns of areas, whose decimals may have to be rounded."""

    @abstractmethod
    def problem(self, table: Table, questions: FileQuestions, programme: Programme) -> str:
        """Return why no row of the file can be read; "" if they can. May ask questions.

        The table has all rows.
        """

    @abstractmethod
    def read(
        self,
        table: Table,
        finder: VillageFinder,
        questions: FileQuestions,
        programme: Programme,
        before: Reading,
    ) -> Reading:
        """Return the statements of the table's rows; nothing is compared with the record.

        `before` is what was read above them.
        """

    @abstractmethod
    def plan(self, reading: Reading, programme: Programme, user, *, as_verified: bool) -> Plan:
        """Return the changes that the rows would make; nothing is written."""

    @abstractmethod
    def write(self, rows: Sequence[PlannedRow], application: Application) -> None:
        """Write the rows that change something, inside the caller's transaction.

        Raises TransitionNotAllowed or StaleRecord; the caller must then roll back.
        """

    @abstractmethod
    def fill(self, sheet, programme: Programme) -> None:
        """Write the headings of the template, and the known rows."""

    def is_comparable(self, total: Sum) -> bool:
        """Whether a sum can be compared with the period's declared total.

        A sum of only some villages or RTs cannot.
        """
        return bool(total.year and total.is_whole)

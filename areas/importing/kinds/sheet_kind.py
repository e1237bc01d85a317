"""What a kind of sheet decides: its columns, how rows are read, planned and written, its template."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from areas.importing.column_words import Vocabulary
from areas.importing.columns import Layout
from areas.importing.file_questions import FileQuestions
from areas.importing.plan import Outcome, Plan, PlannedRow, Sum
from areas.importing.statements import Reading
from areas.importing.village_names import VillageFinder
from areas.models import ImportRun, Programme
from kotaku.models import User
from kotaku.quantities import HECTARES
from kotaku.spreadsheets.sheets import Sheet


@dataclass(frozen=True)
class Application:
    """One import being applied: the run, the name of its sheet, who applies it and why.

    `as_verified`: the rows become official at once.
    """

    run: ImportRun
    sheet: str
    by: User
    reason: str
    as_verified: bool

    def source(self, row: PlannedRow) -> str:
        """Return what the history says about where a row is from."""
        return self.run.source_of(self.sheet, row.statement.place)

    def reason_for(self, row: PlannedRow) -> str:
        """Return the row's own reason, or the one typed for all that need one."""
        needs = row.needs_reason or row.outcome == Outcome.CHANGED
        return row.statement.reason or (self.reason if needs else "")


class SheetKind(ABC):
    """One kind of sheet. The attributes say how the pages speak about it."""

    key: ImportRun.Kind
    # The link to the template, and what its second sheet tells about filling it in.
    template_title: str
    fill_in: tuple[str, ...]
    # What the areas are kept in: unit and decimals.
    quantity = HECTARES
    # Whether a row is about a year, and what the sum of rows without one is called.
    has_years = True
    sum_title = "Semua tahun"
    summed_title = "Jumlah baris"
    # What arrives as submitted and waits for another person; "" where nothing has to be verified.
    awaiting = ""
    # Where that is verified: name of the URL, words of the link.
    queue: tuple[str, str] | None = None
    # Whether an admin can take the rows over as official at once.
    can_be_verified = False

    @property
    def label(self) -> str:
        """The name of the kind, as the form offers it."""
        return self.key.label

    @abstractmethod
    def vocabulary(self, programme: Programme) -> Vocabulary:
        """Return what the columns can mean."""

    def completed(self, sheet: Sheet, layout: Layout, questions: FileQuestions) -> Layout:
        """Return the layout with what the headings alone do not say; asks where it has to."""
        return layout

    @abstractmethod
    def area_columns(self, layout: Layout) -> Collection[int]:
        """Return the columns whose decimals may have to be rounded."""

    @abstractmethod
    def read(
        self,
        sheet: Sheet,
        layout: Layout,
        finder: VillageFinder,
        questions: FileQuestions,
        programme: Programme,
    ) -> Reading:
        """Return what the rows say; nothing is compared with the record."""

    @abstractmethod
    def plan(self, reading: Reading, programme: Programme, user, *, as_verified: bool) -> Plan:
        """Return what the rows would change in the record; nothing is written."""

    @abstractmethod
    def write(self, rows: Sequence[PlannedRow], application: Application) -> None:
        """Carry out the rows that change something, inside the caller's transaction.

        Raises TransitionNotAllowed or StaleRecord; then nothing may be stored.
        """

    @abstractmethod
    def fill(self, sheet, programme: Programme) -> None:
        """Write the headings of the template, and the rows that are known."""

    def is_comparable(self, total: Sum) -> bool:
        """Whether a sum can be compared with the period's declared total.

        Some villages or RTs are not compared with the whole city.
        """
        return bool(total.year and total.is_whole)

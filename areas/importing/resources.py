"""Baselines and figures as django-import-export sees them.

 Reading a file and deciding about
its rows is `plan`'s; a resource carries a plan out, in one transaction or not at all. The
library's own dry run would write everything and roll it back, holding the database's lock while
a person reads; so a preview is the plan itself.
"""

from import_export import resources
from tablib import Dataset

from areas.importing.plan import Outcome, Plan
from areas.importing.planning import says_same
from areas.models import Baseline, Entry, Status, YearlyFigure, summarised
from areas.models.figure_import import ImportedFigure, import_figures


class PlannedResource(resources.ModelResource):
    """A resource that carries a plan out: rows are decided already, and written together."""

    def __init__(self, plan: Plan | None = None, run=None, **options):
        super().__init__()
        self.plan, self.run, self.options = plan, run, options
        self.to_write = []

    def carry_out(self) -> None:
        """Write the plan's rows in one transaction. Raises what the verbs raise; then nothing is."""
        dataset = Dataset(headers=["baris"])
        dataset.extend([row.statement.place] for row in self.plan.rows)
        self.import_data(dataset, use_transactions=True, raise_errors=True)

    def before_import_row(self, row, row_number=None, **kwargs):
        """Take the row's plan; a wrong row stops everything."""
        self.planned = self.plan.rows[row_number - 1]
        if self.planned.outcome == Outcome.WRONG:
            raise ValueError(self.planned.sentence)

    def get_or_init_instance(self, instance_loader, row):
        """Return what the plan has found already."""
        return self.Meta.model(), self.planned.outcome == Outcome.NEW

    def import_instance(self, instance, row, **kwargs):
        """The verbs set the values."""

    def skip_row(self, instance, original, row, import_validation_errors=None):
        """Pass over what is the same and what was left out."""
        return not self.planned.writes

    def validate_instance(self, instance, import_validation_errors=None, validate_unique=True):
        """The plan has checked the row, and the verbs check it again."""

    def save_instance(self, instance, is_create, row, **kwargs):
        """Collect the row: all of them are written together."""
        self.to_write.append(self.planned)

    def after_import(self, dataset, result, **kwargs):
        """Write the collected rows."""
        self.write(self.to_write)

    def write(self, rows) -> None:
        """Carry out the rows that change something, through the models' verbs."""
        raise NotImplementedError

    def source(self, row) -> str:
        """Return what the history says about where a row is from."""
        return self.run.source_of(self.options["sheet"], row.statement.place)

    def reason(self, row) -> str:
        """Return the row's own reason, or the one typed for all that need one."""
        needs = row.needs_reason or row.outcome == Outcome.CHANGED
        return row.statement.reason or (self.options.get("reason", "") if needs else "")


class BaselineResource(PlannedResource):
    """The villages' baselines; options: by, sheet, reason."""

    class Meta:
        model = Baseline
        import_id_fields = ()
        use_bulk = True
        skip_diff = True

    def write(self, rows) -> None:
        """Set up and change baselines, each with its line of history."""
        with summarised(row.statement.village.pk for row in rows):
            self._write(rows)

    def _write(self, rows):
        for row in rows:
            said = row.statement
            words = {"reason": self.reason(row), "source": self.source(row)}
            if row.baseline is None:
                baseline = Baseline(
                    programme=self.run.programme, village_id=said.village.pk, area_ha=said.area_ha
                )
                baseline.set_up(by=self.options["by"], **words)
            else:
                row.baseline.change(by=self.options["by"], area_ha=said.area_ha, **words)


class FigureResource(PlannedResource):
    """Yearly figures; options: by, sheet, reason, verified_by (None: they arrive as submitted)."""

    class Meta:
        model = YearlyFigure
        import_id_fields = ()
        use_bulk = True
        skip_diff = True

    def write(self, rows) -> None:
        """Take figures over, and correct verified ones where an admin said so."""
        imported, corrections = [], []
        for row in rows:
            is_official = row.figure is not None and row.figure.status == Status.VERIFIED
            (corrections if is_official else imported).append(row)
        # First what is official: the others are held against it.
        for row in corrections:
            row.figure.baseline = row.baseline
            row.figure.correct(
                by=self.options["verified_by"],
                version=row.figure.version,
                area_ha=row.statement.area_ha,
                reason=self.reason(row),
                source=self.source(row),
            )
        import_figures(
            [self._imported(row) for row in imported],
            by=self.options["by"],
            verified_by=self.options["verified_by"],
            reason=self.options["reason"],
        )

    def _imported(self, row) -> ImportedFigure:
        said = row.statement
        is_kept = row.figure is not None and says_same(said, row.figure)
        if row.figure is not None:
            row.figure.baseline = row.baseline
        entry = Entry(
            area_ha=said.area_ha,
            # The record's own words, when they are the same, keep their line breaks.
            note="" if is_kept else said.note or "",
            is_confirmed=row.grows,
            reason=self.reason(row) if row.concerns or row.doubt else said.reason or "",
        )
        source = self.source(row)
        return ImportedFigure(row.baseline, said.year, entry, source, row.figure, said.as_of)

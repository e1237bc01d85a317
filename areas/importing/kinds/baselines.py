"""The villages and baselines listed in a decree (SK kumuh)."""

from dataclasses import replace

from areas.importing import templates
from areas.importing.column_words import AREA, BASELINE, IGNORE, REMAINING, hectare_columns
from areas.importing.kinds.village_hectares import VillageHectares, baselines_of, plan_of
from areas.importing.plan import Outcome, PlannedRow
from areas.importing.planning import checked
from areas.importing.rows import AreaColumns
from areas.models import Baseline, ImportRun, Village, YearlyFigure, summarised


class BaselineSheet(VillageHectares):
    """The initial slum area of each village; rows have no year."""

    key = ImportRun.Kind.BASELINES
    template_title = "Baseline"
    fill_in = (
        "Isi luas kumuh awal setiap desa/kelurahan menurut SK atau sumber lain, dalam hektare.",
        "Hapus baris desa/kelurahan yang tidak termasuk dalam periode ini. Luas 0 berarti tidak ada kumuh.",
    )
    has_years = False
    sum_title = "Baseline"

    def vocabulary(self, programme):
        """Return the vocabulary of a decree's list."""
        return hectare_columns(
            strong=BASELINE,
            against=REMAINING,
            own={"sisa_ha": IGNORE},
            asked="luas kumuh awal (baseline)",
            baseline_year=programme.baseline_year,
        )

    def missing_year(self, layout, programme):
        """Return a sentence if no column has the baseline (no other year counts), else ""."""
        if (
            layout.column(AREA) is None
            and programme.baseline_year not in layout.year_columns.values()
        ):
            return (
                "Tetapkan kolom mana yang berisi luas kumuh awal (baseline); kolom tahun lain tidak "
                "dapat menjadi baseline."
            )
        return ""

    def columns_read(self, sheet, layout, programme):
        """Return the column of the baseline."""
        year, column = programme.baseline_year, layout.column(AREA)
        if column is None:
            column = next(each for each, of in layout.year_columns.items() if of == year)
        return AreaColumns({column: None}, only_year=year)

    def plan(self, reading, programme, user, *, as_verified):
        """Return the changes that the list would make to the period's baselines."""
        there = baselines_of(programme)
        with_figures = set(
            YearlyFigure.objects.filter(baseline__programme=programme)
            .order_by()
            .values_list("baseline", flat=True)
            .distinct()
        )
        rows = [
            problem or _row(said, there.get(said.village.pk), with_figures)
            for said, problem in checked(reading.statements)
        ]
        return plan_of(rows, reading, there)

    def write(self, rows, application):
        """Create and change baselines, each with its history event."""
        with summarised(row.statement.village.pk for row in rows):
            for row in rows:
                _write(row, application)

    def fill(self, sheet, programme):
        """Write all villages of the region, without areas."""
        villages = Village.objects.inside(programme.region).select_related("district")
        rows = [(village, None) for village in villages.order_by("code")]
        templates.fill_villages(sheet, ["Luas kumuh awal (Ha)"], rows)

    def is_comparable(self, total):
        """Return True: the sum of the baselines is compared with the period's declared total."""
        return True


def _row(said, baseline, with_figures) -> PlannedRow:
    if said.blank:
        return PlannedRow(said, Outcome.WRONG, sentence=said.blank)
    if baseline is None:
        return PlannedRow(said, Outcome.NEW)
    row = PlannedRow(said, Outcome.SAME, baseline.area_ha, record=baseline)
    if baseline.area_ha == said.area_ha:
        return row
    sentence = ""
    if baseline.pk in with_figures:
        sentence = "Sudah ada isian tahunan; persentase pengurangannya ikut berubah."
    needs_reason = not said.reason
    return replace(row, outcome=Outcome.CHANGED, sentence=sentence, needs_reason=needs_reason)


def _write(row, application):
    said, by = row.statement, application.by
    words = {"reason": application.reason_for(row), "source": application.source(row)}
    if row.record is not None:
        row.record.change(by=by, area_ha=said.area_ha, **words)
        return
    baseline = Baseline(
        programme=application.run.programme, village_id=said.village.pk, area_ha=said.area_ha
    )
    baseline.set_up(by=by, **words)

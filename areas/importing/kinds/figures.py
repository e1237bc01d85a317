"""Yearly figures of villages; the rules are those of manual entry."""

from dataclasses import replace
from decimal import Decimal

from django.db.models import Count

from areas.importing import templates
from areas.importing.area_questions import with_year
from areas.importing.column_words import AREA, BASELINE, IGNORE, REMAINING, YEAR, hectare_columns
from areas.importing.days import day_columns
from areas.importing.kinds.village_hectares import VillageHectares, baselines_of, plan_of
from areas.importing.plan import Outcome, PlannedRow
from areas.importing.planning import checked, says_same, wrong
from areas.importing.rows import AreaColumns
from areas.importing.statements import Statement
from areas.models import Baseline, Entry, ImportRun, Status, YearlyFigure
from areas.models.figure_import import ImportedFigure, import_figures
from areas.rules import plausibility
from areas.rules.plausibility import Concern
from kotaku.accounts.source_account import source_account
from kotaku.formats import format_hectares_unit

CHUNK = 500
# A template with more years would be too wide to print.
MOST_YEARS = 12


class FigureSheet(VillageHectares):
    """The remaining area of each year, with one column or one row per year."""

    key = ImportRun.Kind.FIGURES
    template_title = "Angka tahunan"
    fill_in = (
        "Isi sisa luas kumuh pada akhir setiap tahun, dalam hektare (bukan luas yang berkurang).",
        "Kosongkan tahun yang belum ada angkanya. Luas 0 berarti tuntas.",
    )
    awaiting = "Angka"
    queue = ("areas:review-queue", "Buka antrean verifikasi")
    can_be_verified = True

    def vocabulary(self, programme):
        """Return the vocabulary of a sheet of yearly figures."""
        return hectare_columns(
            strong=REMAINING,
            against=BASELINE,
            own={"baseline_ha": IGNORE},
            asked="sisa luas kumuh",
            baseline_year=programme.baseline_year,
            every_year=True,
        )

    def completed(self, sheet, layout, questions):
        """Ask for the year if only a title or the sheet's name mentions one."""
        return with_year(sheet, layout, questions)

    def missing_year(self, layout, programme):
        """Return the sentence that no column gives the year; "" if one does."""
        if layout.year_columns or layout.column(YEAR) is not None:
            return ""
        return (
            "Tetapkan kolom tahun, atau tetapkan untuk setiap kolom luas tahun berapa yang ada di "
            "dalamnya."
        )

    def columns_read(self, sheet, layout, programme):
        """Return the columns of single years, or else the column of areas in a long table."""
        years = layout.year_columns
        days = day_columns(sheet, layout.header_row)
        return AreaColumns(years or {layout.column(AREA): None}, is_long=not years, days=days)

    def plan(self, reading, programme, user, *, as_verified):
        """Return the changes of the file; `as_verified` allows correcting verified figures."""
        there = baselines_of(programme)
        villages = {said.village.pk for said in reading.statements if said.village}
        figures = _figures([there[pk].pk for pk in sorted(villages) if pk in there])
        planner = _Planner(programme, user, as_verified, figures)
        rows = [
            problem or planner.row(said, there.get(said.village.pk))
            for said, problem in checked(reading.statements)
        ]
        return plan_of(planner.with_concerns(rows), reading, there)

    def write(self, rows, application):
        """Import the figures, and correct verified ones if an admin chose so."""
        by, verified_by = application.by, None
        if application.as_verified:
            # Four-eyes rule: the figures are entered by the file's account and verified by the admin.
            by, verified_by = source_account("berkas-impor", "Berkas impor"), application.by
        imported, corrections = [], []
        for row in rows:
            is_official = row.record is not None and row.record.status == Status.VERIFIED
            (corrections if is_official else imported).append(row)
        # Corrections first, because the other figures are compared with verified ones.
        for row in corrections:
            row.record.baseline = row.baseline
            row.record.correct(
                by=verified_by,
                version=row.record.version,
                area_ha=row.statement.area_ha,
                reason=application.reason_for(row),
                source=application.source(row),
            )
        import_figures(
            [_imported(row, application) for row in imported],
            by=by,
            verified_by=verified_by,
            reason=application.reason,
        )

    def fill(self, sheet, programme):
        """Write the period's villages with their baselines, and an empty column per year."""
        baselines = programme.baselines.select_related("village__district")
        rows = [(each.village, each.area_ha) for each in baselines.order_by("village__code")]
        years = list(programme.entry_years)[-MOST_YEARS:]
        header = [f"Baseline {programme.baseline_year} (Ha)", *(f"{year} (Ha)" for year in years)]
        templates.fill_villages(sheet, header, rows)


def _imported(row, application) -> ImportedFigure:
    said, figure = row.statement, row.record
    if figure is not None:
        figure.baseline = row.baseline
    is_explained = row.concerns or row.doubt
    # A note that equals the stored one is not rewritten, which keeps its line breaks.
    is_kept = figure is not None and says_same(said, figure)
    entry = Entry(
        area_ha=said.area_ha,
        note="" if is_kept else said.note or "",
        is_confirmed=row.grows,
        reason=application.reason_for(row) if is_explained else said.reason or "",
    )
    source = application.source(row)
    return ImportedFigure(row.baseline, said.year, entry, source, figure, said.as_of)


class _Planner:
    """Plans the figures of one programme; all data is loaded beforehand."""

    def __init__(self, programme, user, as_verified, figures):
        self.programme, self.user, self.as_verified = programme, user, as_verified
        self.figures = figures
        self.years = programme.entry_years

    def row(self, said: Statement, baseline: Baseline | None) -> PlannedRow:
        """Return the planned row of one statement about a village."""
        if baseline is None:
            return wrong(
                said, f"{said.village.full_name} tidak mempunyai baseline pada periode ini."
            )
        if said.year == self.programme.baseline_year and not said.blank:
            return self._of_baseline_year(said, baseline)
        if said.year not in self.years:
            return wrong(said, f"tahun {said.year} tidak dapat diisi; {self._years_text()}.")
        figure = self.figures.get(baseline.pk, {}).get(said.year)
        row = self._compared(said, baseline, figure)
        is_official = figure is not None and figure.status == Status.VERIFIED
        if row.writes and self.programme.is_closed and not is_official:
            words = f"periode {self.programme} sudah ditutup dan tidak menerima isian lagi."
            return wrong(said, words)
        return row

    def with_concerns(self, rows: list[PlannedRow]) -> list[PlannedRow]:
        """Return the rows; those that change the record get their concerns.

        A figure is compared with verified figures, as in manual entry, and with the other years
        in the file, in any row order.
        """
        brought: dict[int, dict[int, Decimal]] = {}
        for row in rows:
            if row.writes:
                years = brought.setdefault(row.baseline.pk, {})
                years[row.statement.year] = row.statement.area_ha
        return [self._with_concerns(row, brought) if row.writes else row for row in rows]

    def _of_baseline_year(self, said, baseline):
        if said.area_ha == baseline.area_ha:
            words = f"{said.year} adalah tahun baseline, dan luasnya sama."
            return PlannedRow(said, Outcome.LEFT_OUT, baseline.area_ha, words, baseline=baseline)
        return wrong(
            said,
            f"{said.year} adalah tahun baseline ({format_hectares_unit(baseline.area_ha)}). "
            "Ubah baseline dengan impor jenis baseline.",
        )

    def _years_text(self):
        if not self.years:
            return "belum ada tahun yang dapat diisi pada periode ini"
        return f"periode ini menerima {self.years[0]} sampai {self.years[-1]}"

    def _compared(self, said, baseline, figure) -> PlannedRow:
        if said.blank and (figure is None or figure.area_ha is not None):
            return PlannedRow(said, Outcome.WRONG, sentence=said.blank)
        if figure is None:
            return PlannedRow(said, Outcome.NEW, baseline=baseline)
        row = PlannedRow(said, Outcome.SAME, figure.area_ha, baseline=baseline, record=figure)
        area = figure.area_text
        if figure.area_ha == said.area_ha and (says_same(said, figure) or not figure.is_editable):
            return replace(row, sentence=_same_sentence(said, figure))
        if figure.is_editable and not said.blank:
            words = (
                f"Menggantikan isian desa/kelurahan yang berstatus {figure.get_status_display()}."
            )
            return replace(row, outcome=Outcome.CHANGED, sentence=words)
        if figure.status != Status.VERIFIED:
            words = f"{area} sedang menunggu verifikasi. Verifikasi atau kembalikan dahulu."
            return wrong(said, words, figure.area_ha)
        if not self.as_verified:
            words = (
                f"{area} sudah terverifikasi. Angka itu hanya berubah lewat koreksi dengan alasan."
            )
            return wrong(said, words, figure.area_ha)
        if figure.is_own_entry_of(self.user):
            words = "Anda sendiri yang mengisi angka ini; orang lain harus mengoreksinya."
            return wrong(said, words, figure.area_ha)
        words = "Mengoreksi angka terverifikasi."
        return replace(row, outcome=Outcome.CHANGED, sentence=words, needs_reason=True)

    def _with_concerns(self, row, brought) -> PlannedRow:
        said = row.statement
        official = {
            year: figure.area_ha
            for year, figure in self.figures.get(row.baseline.pk, {}).items()
            if figure.status == Status.VERIFIED
        }
        evidence = getattr(row.record, "evidence_count", 0)
        found = []
        for known in (official, official | brought[row.baseline.pk]):
            year = max((year for year in known if year < said.year), default=None)
            previous_ha = row.baseline.area_ha if year is None else known[year]
            context = plausibility.Context(row.baseline.area_ha, previous_ha, year, evidence)
            found += plausibility.concerns(said.area_ha, context)
        found = list(dict.fromkeys(found))
        unexplained = plausibility.needs_confirmation(
            found
        ) or plausibility.needs_evidence_or_reason(found)
        return replace(
            row,
            concerns=tuple(concern for concern in found if concern != Concern.NO_EVIDENCE),
            needs_reason=row.needs_reason or (unexplained and not said.reason),
        )


def _same_sentence(said, figure) -> str:
    if figure.is_editable:
        return f"Isian berstatus {figure.get_status_display()} tidak berubah."
    if not says_same(said, figure):
        return "Tanggal, catatan, atau alasan di berkas berbeda; yang tercatat tidak diubah."
    return "Masih menunggu verifikasi." if figure.status == Status.SUBMITTED else ""


def _figures(baselines: list[int]) -> dict[int, dict[int, YearlyFigure]]:
    found: dict[int, dict[int, YearlyFigure]] = {}
    for start in range(0, len(baselines), CHUNK):
        some = YearlyFigure.objects.filter(baseline__in=baselines[start : start + CHUNK])
        counted = some.annotate(evidence_count=Count("evidence")).order_by("year")
        for figure in counted.iterator():
            found.setdefault(figure.baseline_id, {})[figure.year] = figure
    return found

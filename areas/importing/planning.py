"""Holding every statement of a file against the record.

The rules are those of manual entry (domain.md, "A yearly figure"); nothing is written here.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from django.db.models import Count

from areas.importing.plan import (
    Outcome,
    Plan,
    PlannedRow,
    Sum,
)
from areas.importing.statements import Reading, Statement
from areas.models import Baseline, Boundary, Programme, Status, YearlyFigure
from areas.rules import plausibility
from areas.rules.land_area import polygons_ha, village_doubt
from areas.rules.plausibility import Concern
from kotaku.formats import format_hectares_unit

CHUNK = 500


def plan_baselines(reading: Reading, programme: Programme) -> Plan:
    """Return what a decree's list would change in a programme's baselines."""
    there = _baselines(programme)
    with_figures = set(
        YearlyFigure.objects.filter(baseline__programme=programme)
        .order_by()
        .values_list("baseline", flat=True)
        .distinct()
    )
    rows = []
    for said, problem in checked(reading.statements):
        if problem:
            rows.append(problem)
            continue
        if said.blank:
            rows.append(PlannedRow(said, Outcome.WRONG, sentence=said.blank))
            continue
        baseline = there.get(said.village.pk)
        if baseline is None:
            rows.append(PlannedRow(said, Outcome.NEW))
        elif baseline.area_ha == said.area_ha:
            rows.append(PlannedRow(said, Outcome.SAME, baseline.area_ha, baseline=baseline))
        else:
            sentence = ""
            if baseline.pk in with_figures:
                sentence = "Sudah ada isian tahunan; persentase pengurangannya ikut berubah."
            row = PlannedRow(said, Outcome.CHANGED, baseline.area_ha, sentence, baseline=baseline)
            rows.append(replace(row, needs_reason=not said.reason))
    rows = with_doubts(rows, village_doubt)
    return Plan(rows, _sums(rows, reading.totals, len(there)), _absent(rows, there))


def plan_figures(reading: Reading, programme: Programme, user, *, as_verified: bool) -> Plan:
    """Return what a file of yearly figures would change.

    `as_verified`: an admin takes them over as official, which may also correct verified figures.
    """
    there = _baselines(programme)
    villages = {said.village.pk for said in reading.statements if said.village}
    figures = _figures([there[pk].pk for pk in sorted(villages) if pk in there])
    planner = _FigurePlanner(programme, user, as_verified, figures)
    rows = [
        problem or planner.row(said, there.get(said.village.pk))
        for said, problem in checked(reading.statements)
    ]
    rows = with_doubts(planner.with_concerns(rows), village_doubt)
    return Plan(rows, _sums(rows, reading.totals, len(there)), _absent(rows, there))


def with_doubts(rows: list[PlannedRow], doubt_of: Callable) -> list[PlannedRow]:
    """Return the rows, those that write an area that seems too large with the words for it.

    `doubt_of(area_ha, land_ha, name)` is a rule of `areas.land_area`.
    """
    villages = {row.statement.village.pk for row in rows if row.writes}
    land = Boundary.objects.filter(village__in=villages).order_by()
    land_ha = {
        village: polygons_ha(polygons)
        for village, polygons in land.values_list("village", "polygons").iterator()
    }
    return [_with_doubt(row, land_ha, doubt_of) if row.writes else row for row in rows]


def _with_doubt(row, land_ha, doubt_of) -> PlannedRow:
    said = row.statement
    doubt = doubt_of(said.area_ha, land_ha.get(said.village.pk), said.village.full_name)
    if not doubt:
        return row
    return replace(row, doubt=doubt, needs_reason=row.needs_reason or not said.reason)


def checked(statements: Sequence[Statement]) -> Iterator[tuple[Statement, PlannedRow | None]]:
    """Yield each statement with its row where it is settled already: problems, twice the same."""
    seen = {}
    for said in statements:
        if said.problem:
            yield said, PlannedRow(said, Outcome.WRONG, sentence=said.problem)
        elif said.left_out:
            yield said, PlannedRow(said, Outcome.LEFT_OUT, sentence=_sentence(said.left_out))
        elif first := seen.get(said.key):
            year = f" tahun {said.year}" if said.year else ""
            words = (
                f"Baris {said.row}: {said.title}{year} sudah disebut di {first}. Hapus salah satu."
            )
            yield said, PlannedRow(said, Outcome.WRONG, sentence=words)
        else:
            seen[said.key] = said.place
            yield said, None


class _FigurePlanner:
    """Decides about the figures of one programme, with everything loaded before."""

    def __init__(self, programme, user, as_verified, figures):
        self.programme, self.user, self.as_verified = programme, user, as_verified
        self.figures = figures
        self.years = programme.entry_years

    def row(self, said: Statement, baseline: Baseline | None) -> PlannedRow:
        """Return what becomes of one statement about a village."""
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
        """Return the rows with what is surprising about those that write.

        A figure is held against what is verified, as in manual entry, and against the other
        years that the file itself brings, in whatever order they stand there.
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
        row = PlannedRow(said, Outcome.SAME, figure.area_ha, baseline=baseline, figure=figure)
        area = figure.area_text
        if figure.area_ha == said.area_ha and (says_same(said, figure) or not figure.is_editable):
            return replace(row, sentence=_same_sentence(said, figure))
        if figure.is_editable and not said.blank:
            words = (
                f"Menggantikan isian desa/kelurahan yang berstatus {figure.get_status_display()}."
            )
            return replace(row, outcome=Outcome.CHANGED, sentence=words)
        if figure.status == Status.SUBMITTED:
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
        evidence = getattr(row.figure, "evidence_count", 0)
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


def says_same(said: Statement, record) -> bool:
    """Whether a row's day, note and reason, as far as the file has any, are those of the record.

    A cell holds words on single spaces, whatever breaks between lines the record has.
    """
    pairs = ((said.note, record.note), (said.reason, getattr(record, "reason", "")))
    is_same_day = said.as_of is None or said.as_of == getattr(record, "as_of", None)
    return is_same_day and all(
        not words or words == " ".join(stored.split()) for words, stored in pairs
    )


def _same_sentence(said, figure) -> str:
    if figure.is_editable:
        return f"Isian berstatus {figure.get_status_display()} tidak berubah."
    if not says_same(said, figure):
        return "Tanggal, catatan, atau alasan di berkas berbeda; yang tercatat tidak diubah."
    return "Masih menunggu verifikasi." if figure.status == Status.SUBMITTED else ""


def wrong(said: Statement, words: str, before_ha: Decimal | None = None) -> PlannedRow:
    """Return a row that cannot be taken, with its place and why."""
    sentence = f"{said.place[0].upper()}{said.place[1:]}: {words}"
    return PlannedRow(said, Outcome.WRONG, before_ha, sentence)


def _sentence(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}."


def _baselines(programme) -> dict[int, Baseline]:
    baselines = Baseline.objects.filter(programme=programme).order_by()
    there = {baseline.village_id: baseline for baseline in baselines}
    for baseline in there.values():
        baseline.programme = programme
    return there


def _figures(baselines: list[int]) -> dict[int, dict[int, YearlyFigure]]:
    found: dict[int, dict[int, YearlyFigure]] = {}
    for start in range(0, len(baselines), CHUNK):
        some = YearlyFigure.objects.filter(baseline__in=baselines[start : start + CHUNK])
        counted = some.annotate(evidence_count=Count("evidence")).order_by("year")
        for figure in counted.iterator():
            found.setdefault(figure.baseline_id, {})[figure.year] = figure
    return found


def _sums(rows: list[PlannedRow], totals, villages: int) -> list[Sum]:
    """Add up what the file says, by year; rows that are wrong or say no area do not count.

    `villages` is how many the period has. No village is counted twice: that is a wrong row.
    """
    added: dict[int | None, list] = {}
    for row in rows:
        if row.outcome != Outcome.WRONG and row.statement.area_ha is not None:
            summed = added.setdefault(row.statement.year, [0, Decimal(0)])
            summed[0] += 1
            summed[1] += row.statement.area_ha
    if set(totals) == {None} and None not in added and len(added) == 1:
        # A long table with a single year: its total row is that year's.
        totals = {next(iter(added)): totals[None]}
    elif None in totals and None not in added:
        everything = sum((area_ha for _, area_ha in added.values()), Decimal(0))
        rows_counted = sum(count for count, _ in added.values())
        per_year = [
            Sum(year, *added[year], None, added[year][0] == villages) for year in sorted(added)
        ]
        return [*per_year, Sum(None, rows_counted, everything, totals[None])]
    return [
        Sum(
            year,
            *(counted := added.get(year, (0, Decimal(0)))),
            totals.get(year),
            counted[0] == villages,
        )
        for year in sorted({*added, *totals}, key=lambda year: year or 0)
    ]


def _absent(rows, there) -> int:
    named = {row.statement.village.pk for row in rows if row.statement.village}
    return len(set(there) - named)

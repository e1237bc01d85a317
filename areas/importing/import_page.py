"""The contents of the import pages, as formatted strings."""

from collections.abc import Container, Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.urls import reverse

from areas.importing.applying import Preview
from areas.importing.column_questions import column_name
from areas.importing.kinds import KINDS
from areas.importing.kinds.sheet_kind import SheetKind
from areas.importing.plan import Outcome, PlannedRow
from areas.importing.units import conversion_sentence
from areas.models import ImportRun, Programme
from kotaku.formats import format_amount, format_count, format_hectares_unit
from kotaku.interface.moments import moment_text
from kotaku.spreadsheets.sheets import Sheet

PAGE = 100
# The page asks at most this many questions at once.
MOST_QUESTIONS = 30


@dataclass(frozen=True)
class PreviewLine:
    """One row of the preview."""

    row: int
    village: str
    year: str
    before: str
    after: str
    outcome: str
    label: str
    sentence: str
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class OutcomeTab:
    """One outcome with its number of rows, as a link that filters the rows."""

    key: str
    label: str
    count: int
    count_text: str
    query: str
    is_shown: bool


@dataclass(frozen=True)
class SumLine:
    """The sum of a year's rows, compared with the sheet's total and the declared total."""

    name: str
    rows: str
    summed: str
    stated: str
    difference: str
    declared: str
    declared_difference: str


@dataclass(frozen=True)
class PreviewContext:
    """The preview of an import: tabs, rows, sums and notes, formatted."""

    run: ImportRun
    programme: Programme
    sheet: Sheet
    tabs: list[OutcomeTab]
    page: Page
    lines: list[PreviewLine]
    left_out: Sequence[str]
    declared_name: str
    sums: list[SumLine]
    has_differences: bool
    warned: str
    wrong: int
    to_write: str
    empty: str
    conversions: list[str]
    absent: str
    problem: str
    as_verified: bool
    kind: SheetKind


def preview_context(run, seen, *, shown: str, page_number, as_verified: bool) -> PreviewContext:
    """Return the template context of a preview: tabs, rows, sums and notes."""
    plan, empty = seen.plan, empty_cells(seen.plan)
    counts = plan.counts()
    counts[Outcome.LEFT_OUT] -= len(empty)
    outcome = next((each for each in Outcome if each.value == shown), None)
    if outcome is None and shown != "semua" and counts[Outcome.WRONG]:
        outcome = Outcome.WRONG
    rows = plan.rows if outcome is None else plan.of(outcome)
    rows = [row for row in rows if not row.statement.is_empty]
    page = Paginator(rows, PAGE).get_page(page_number)
    return PreviewContext(
        run=run,
        programme=run.programme,
        sheet=seen.file.sheet,
        tabs=_tabs(counts, outcome, as_verified),
        page=page,
        lines=[preview_line(row, seen.file.sheet.hidden_rows) for row in page],
        left_out=seen.file.left_out,
        declared_name="Menurut SK" if run.programme.decree_number else "Total yang tercatat",
        sums=[_sum_line(total, run) for total in plan.sums],
        has_differences=any(total.difference_ha for total in plan.sums),
        warned=_some(sum(1 for row in plan.rows if row.writes and _warnings(row))),
        wrong=counts[Outcome.WRONG],
        to_write=_some(counts[Outcome.NEW] + counts[Outcome.CHANGED]),
        empty=_empty_sentence(empty),
        conversions=_conversions(seen),
        absent=_some(0 if seen.reading.problem else plan.absent),
        # A column with an open question is not reported as missing.
        problem="" if seen.questions.open else seen.reading.problem,
        as_verified=as_verified,
        kind=KINDS[run.kind],
    )


def empty_cells(plan) -> list[PlannedRow]:
    """Return the rows of cells that are not filled in; the page sums them up."""
    return [row for row in plan.of(Outcome.LEFT_OUT) if row.statement.is_empty]


def _empty_sentence(empty) -> str:
    """Return how many cells are not filled in, and of which years."""
    if not empty:
        return ""
    years = sorted({row.statement.year for row in empty})
    named = str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"
    return f"{format_count(len(empty))} sel angka {named} kosong dan dilewati."


def _conversions(seen) -> list[str]:
    """Return a sentence for each column that is converted to the stored unit."""
    return [
        f"Angka di kolom {column_name(seen.file.sheet, seen.file.layout, column)} diubah "
        f"{conversion_sentence(unit)}."
        for column, unit in sorted(seen.file.layout.units.items())
    ]


def preview_line(row: PlannedRow, hidden_rows: Container[int] = ()) -> PreviewLine:
    """Return one planned row as formatted strings; rows hidden in the sheet are marked."""
    said = row.statement
    marks = ("Baris tersembunyi",) if said.row in hidden_rows else ()
    return PreviewLine(
        row=said.row,
        village=said.title,
        year=str(said.year) if said.year else "",
        before="" if row.before_ha is None else format_amount(row.before_ha, 2),
        after="" if said.area_ha is None else format_amount(said.area_ha, 2),
        outcome=row.outcome.value,
        label=row.outcome.label,
        sentence=row.sentence,
        warnings=(*marks, *(_warnings(row) if row.writes else ())),
    )


def _warnings(row) -> tuple[str, ...]:
    doubts = (row.doubt,) if row.doubt else ()
    return (*doubts, *(concern.value for concern in row.concerns))


def _tabs(counts, shown, as_verified) -> list[OutcomeTab]:
    suffix = "&verifikasi=1" if as_verified else ""

    def tab(key, label, count, is_shown):
        return OutcomeTab(
            key, label, count, format_count(count), f"?tampil={key}{suffix}", is_shown
        )

    return [
        tab("semua", "Semua", sum(counts.values()), not shown),
        *(
            tab(outcome.value, outcome.label, counts[outcome], outcome == shown)
            for outcome in Outcome
            if counts[outcome]
        ),
    ]


def _some(count: int) -> str:
    return format_count(count) if count else ""


def _sum_line(total, run) -> SumLine:
    kind, declared_ha = KINDS[run.kind], run.programme.declared_ha
    is_comparable = declared_ha is not None and kind.is_comparable(total)
    return SumLine(
        name=str(total.year) if total.year else kind.sum_title,
        rows=format_count(total.rows),
        summed=format_hectares_unit(total.summed_ha),
        stated="–" if total.stated_ha is None else format_hectares_unit(total.stated_ha),
        difference=_difference(total.difference_ha),
        declared=format_hectares_unit(declared_ha) if is_comparable else "–",
        declared_difference=(_difference(declared_ha - total.summed_ha) if is_comparable else "–"),
    )


def _difference(value) -> str:
    """Return how the sum of the rows differs from a total: less, more or not at all."""
    if value is None:
        return "–"
    if value == 0:
        return "tidak ada"
    return f"{'kurang' if value > 0 else 'lebih'} {format_hectares_unit(abs(value))}"


def applied_lines(runs) -> list[dict]:
    """Return applied imports as lines: file, period, user, time, and numbers of rows."""
    return [
        {
            "name": run.name,
            "kind": run.get_kind_display(),
            "programme": str(run.programme),
            "who": str(run.applied_by),
            "at": moment_text(run.applied_at),
            "result": result_text(run),
            "url": reverse("areas:import-preview", args=[run.pk]),
        }
        for run in runs
    ]


def result_text(run) -> str:
    """Return `19 baru, 2 berubah, 4 sama`."""
    counts = {"baru": run.new_rows, "berubah": run.changed_rows, "sama": run.same_rows}
    text = ", ".join(f"{format_count(count)} {outcome}" for outcome, count in counts.items())
    return f"{text}; langsung terverifikasi" if run.as_verified else text


def verdict(seen: Preview) -> str:
    """Return a sentence on the state of the file: the next step, or that it can be applied."""
    plan, counts = seen.plan, seen.plan.counts()
    if seen.questions.open:
        return (
            f"{format_count(len(seen.questions.open))} pertanyaan tentang berkas ini belum dijawab. "
            "Jawab di bawah; selama ada yang terbuka, tidak ada yang disimpan."
        )
    if seen.reading.problem:
        return seen.reading.problem
    if counts[Outcome.WRONG]:
        return (
            f"{format_count(counts[Outcome.WRONG])} baris salah. Perbaiki di berkasnya lalu unggah lagi. "
            "Selama ada yang salah, tidak ada yang disimpan."
        )
    if not plan.changes_something:
        if counts[Outcome.SAME]:
            return "Semua angka sama dengan yang sudah tercatat. Tidak ada yang perlu diterapkan."
        read = {row.statement.key[0] for row in plan.rows if row.statement.village}
        if read:
            return f"{format_count(len(read))} desa/kelurahan terbaca, belum ada angka baru yang diisi."
        return "Tidak ada baris desa/kelurahan yang terbaca. Periksa susunan kolom di bawah."
    ready = [
        f"{format_count(counts[outcome])} baris {outcome.value}"
        for outcome in (Outcome.NEW, Outcome.CHANGED)
        if counts[outcome]
    ]
    return f"{' dan '.join(ready)} siap diterapkan. Belum ada yang tersimpan."

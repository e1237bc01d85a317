"""Content of Bappeda's pages as formatted strings: queue, decision, completeness grid."""

from dataclasses import dataclass
from functools import partial

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.urls import reverse

from areas.assessments.page import village_url
from areas.assessments.village_totals import basis_lines
from areas.charts.figure import ChartFigure, chart_figure
from areas.charts.progress_chart import ProposedPoint
from areas.figures.evidence_rows import evidence_thumbs
from areas.figures.history import history_lines
from areas.figures.review_side import ReviewSide, effect, review_side
from areas.models import Baseline, Programme, Status, Village, YearlyFigure
from areas.models.reviewed import Signature
from areas.rules import as_of, plausibility
from areas.totals.series import village_series, with_figures
from kotaku.accounts.source_account import SOURCE_ACCOUNT
from kotaku.caching.remembered import remembered
from kotaku.files.thumbs import Thumb
from kotaku.formats import format_hectares_unit, format_percent
from kotaku.interface.moments import moment_text
from kotaku.workflow.buttons import Offer, offers
from kotaku.workflow.history import HistoryLine
from kotaku.workflow.states import Actor, Tone

GRID_PAGE = 25
GRID_YEARS = 12


@dataclass(frozen=True)
class QueueRow:
    """One submitted figure in the queue, as text, with the concerns for its reviewer."""

    figure_id: int
    url: str
    village: str
    short_name: str
    district: str
    is_sample: bool
    year: str
    short_year: int
    area: str
    previous: str
    change: str
    concerns: tuple[str, ...]
    submitted_by: str
    submitted_at: str
    is_own: bool


@remembered(most=100)
def queue_rows(user, pks: tuple[int, ...]) -> list[QueueRow]:
    """Return the rows of these figures, in the order of their primary keys in `pks`."""
    figures = (
        YearlyFigure.objects.filter(pk__in=pks)
        .with_previous()
        .with_returned()
        .annotate(evidence_count=Count("evidence"))
        .select_related(
            "baseline__village__district", "baseline__programme", "entered_by", "submitted_by"
        )
    )
    rows = [_queue_row(figure, user) for figure in figures]
    return sorted(rows, key=lambda row: pks.index(row.figure_id))


def _queue_row(figure, user) -> QueueRow:
    village, baseline_ha = figure.baseline.village, figure.baseline.area_ha
    previous_ha = baseline_ha if figure.previous_ha is None else figure.previous_ha
    context = plausibility.Context(
        baseline_ha,
        previous_ha,
        figure.previous_year,
        figure.evidence_count,
        returned_ha=None if figure.has_new_evidence else figure.returned_ha,
    )
    return QueueRow(
        figure_id=figure.pk,
        url=reverse("areas:review", args=[figure.pk]),
        village=str(village),
        short_name=village.name,
        district=str(village.district),
        is_sample=figure.baseline.programme.is_sample,
        year=as_of.year_label(figure.year, figure.as_of),
        short_year=figure.year,
        area=figure.area_text,
        previous=format_hectares_unit(previous_ha),
        change=change_with_share(previous_ha, figure.area_ha),
        concerns=tuple(each.value for each in plausibility.concerns(figure.area_ha, context)),
        submitted_by=str(figure.submitted_by),
        submitted_at=moment_text(figure.submitted_at),
        is_own=figure.is_own_entry_of(user),
    )


def change_with_share(before_ha, after_ha) -> str:
    """Return the change with its percentage of `before_ha`: `berkurang 3,20 Ha (25,6 %)`."""
    change = plausibility.change_text(before_ha, after_ha)
    if before_ha == after_ha or not before_ha:
        return change
    return f"{change} ({format_percent(abs(before_ha - after_ha) * 100 / before_ha)})"


@dataclass(frozen=True)
class DecisionContext:
    """One figure for its reviewer: numbers, concerns, chart, evidence and history."""

    figure: YearlyFigure
    village: Village
    programme: Programme
    baseline_text: str
    year_label: str
    previous_label: str
    previous_text: str
    area_text: str
    change_text: str
    rises: bool
    basis: list[str]
    basis_url: str
    concerns: list[str]
    is_own: bool
    offers: list[Offer]
    can_decide: bool
    asks: str
    can_correct: bool
    is_announced: bool
    signed: Signature
    signed_at: str
    evidence: list[Thumb]
    history: list[HistoryLine]
    chart: ChartFigure
    effect: str
    side: ReviewSide


def decision_context(figure, user, *, typed=None, verb="") -> DecisionContext:
    """Return the context of one figure's page: numbers, chart, evidence, history.

    `typed` is what was sent with the button of `verb`, as for `kotaku.workflow.buttons.offers`.
    """
    baseline = figure.baseline
    context = figure.plausibility_context()
    previous_ha = context.previous_ha
    is_own = figure.is_own_entry_of(user)
    signature = figure.signature()
    concerns = [concern.value for concern in plausibility.concerns(figure.area_ha, context)]
    words = {"result": figure.area_text, "year": figure.year, "marks": ", ".join(concerns)}
    series = _series(baseline.pk)
    found = offers(figure, Actor.REVIEWER, "areas:figure", typed=typed, verb=verb, **words)
    return DecisionContext(
        figure=figure,
        village=baseline.village,
        programme=baseline.programme,
        baseline_text=baseline.area_text,
        year_label=as_of.year_label(figure.year, figure.as_of),
        previous_label=context.previous_label or f"baseline {baseline.programme.baseline_year}",
        previous_text=format_hectares_unit(previous_ha),
        area_text=figure.area_text,
        change_text=change_with_share(previous_ha, figure.area_ha),
        rises=figure.area_ha > previous_ha,
        basis=basis_lines(figure),
        basis_url=village_url(baseline.village, figure.year, baseline.programme.is_sample),
        # Only an open review asks for them; the history names those that were ticked.
        concerns=concerns if found else [],
        is_own=bool(found) and is_own,
        offers=[] if is_own else found,
        can_decide=bool(found) and not is_own,
        asks="Perlu diperiksa petugas Bappeda lain" if is_own else "Perlu Anda periksa",
        can_correct=figure.status == Status.VERIFIED,
        is_announced=bool(figure.verified_by and figure.verified_by.username == SOURCE_ACCOUNT),
        signed=signature,
        signed_at=moment_text(signature.at),
        evidence=evidence_thumbs(figure.evidence.all(), baseline.village),
        history=history_lines(figure.events.select_related("actor")),
        chart=_village_chart(figure, series),
        effect=effect(figure, series) if found else "",
        side=review_side(figure, user, partial(queue_rows, user)),
    )


def withdrawn_context(figure) -> dict:
    """Return the context of the page of a withdrawn figure: its draft is the village's business."""
    signature = figure.signature()
    return {
        "figure": figure,
        "village": figure.baseline.village,
        "programme": figure.baseline.programme,
        "signed": signature,
        "signed_at": moment_text(signature.at),
        "history": history_lines(figure.events.select_related("actor")),
    }


def _series(baseline_pk):
    baselines = Baseline.objects.filter(pk=baseline_pk)
    return village_series(with_figures(baselines.select_related("programme")).get())


def _village_chart(figure, series):
    proposed = None
    if figure.status != Status.VERIFIED:
        state = figure.get_status_display().lower()
        proposed = ProposedPoint(figure.year, figure.area_ha, state, figure.as_of)
    return chart_figure(
        series,
        key="usulan",
        heading=f"Sisa luas kumuh {figure.baseline.village}",
        proposed=proposed,
        source="",
        place=str(figure.baseline.village),
        sample=figure.baseline.programme.is_sample,
    )


@dataclass(frozen=True)
class GridCell:
    """The state of one village's figure of one year in the completeness grid."""

    tone: str
    label: str
    area: str
    url: str


@dataclass(frozen=True)
class GridRow:
    """A village and the state of its figure in each year of the grid."""

    village: str
    cells: tuple[GridCell, ...]


@dataclass(frozen=True)
class CompletenessGrid:
    """Villages × years: the state of each figure, and the verified count per year.

    Years without any entry have no column; `leaves_out` tells of them. `due` is the one year that
    has a column without any entry, because it is due next.
    """

    years: list[int]
    leaves_out: bool
    due: int | None
    rows: list[GridRow]
    totals: list[str]
    page: object


@remembered("areas", "frame", most=100)
def completeness_grid(programme, page_number, today) -> CompletenessGrid | None:
    """Return one page of villages with their state per year; None without villages."""
    if programme is None:
        return None
    baselines = with_figures(programme.baselines.select_related("village__district"))
    page = Paginator(baselines.values_list("pk", flat=True), GRID_PAGE).get_page(page_number)
    villages = page.paginator.count
    if not villages:
        return None
    figures = YearlyFigure.objects.filter(baseline__programme=programme).order_by()
    verified = dict(
        figures.values_list("year").annotate(verified=Count("pk", filter=Q(status=Status.VERIFIED)))
    )
    due = None if programme.is_closed else programme.due_year(today)
    shown = [year for year in programme.entry_years if year in verified or year == due]
    # The newest year stands beside the names: a phone shows two or three.
    years = shown[-GRID_YEARS:][::-1]
    return CompletenessGrid(
        years=years,
        leaves_out=len(shown) < len(programme.entry_years),
        due=None if due in verified else due,
        rows=[_grid_row(baseline, years) for baseline in baselines.filter(pk__in=list(page))],
        totals=[f"{verified.get(year, 0)}/{villages}" for year in years],
        page=page,
    )


def _grid_row(baseline, years) -> GridRow:
    figures = {figure.year: figure for figure in baseline.figures_by_year}
    return GridRow(str(baseline.village), tuple(_cell(figures.get(year)) for year in years))


def _cell(figure) -> GridCell:
    if figure is None:
        return GridCell(Tone.NONE.value, "Belum diisi", "", "")
    is_reviewable = figure.status != Status.DRAFT
    url = reverse("areas:review", args=[figure.pk]) if is_reviewable else ""
    label = as_of.marked(figure.get_status_display(), as_of.day_text(figure.as_of))
    return GridCell(figure.tone, label, figure.area_text, url)

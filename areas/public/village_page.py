"""Content of the pages of a period and of a village, as formatted strings."""

from dataclasses import dataclass

from django.urls import reverse

from areas.assessments.page import village_url
from areas.assessments.village_totals import basis_text
from areas.charts.figure import ChartFigure, chart_figure
from areas.figures.evidence_rows import evidence_thumbs
from areas.figures.history import baseline_lines, history_lines
from areas.models import Baseline, BaselineEvent, Status, YearlyFigure
from areas.public.village_comparison import VillageComparison
from areas.rules import as_of, findings, narrative
from areas.rules.comparing import missing_text
from areas.rules.narrative import KeyFigure
from areas.rules.plausibility import change_text
from areas.rules.progress import Series
from areas.rules.progress import Status as ProgressStatus
from areas.totals.series import village_series
from areas.workplan.expected import Expectation, expected_village
from kotaku.files.thumbs import Thumb
from kotaku.formats import format_date
from kotaku.interface.moments import moment_text
from kotaku.workflow.history import HistoryLine


@dataclass(frozen=True)
class ProgressContext:
    """The figures of a period's page in formatted strings, and its chart."""

    has_path: bool
    headline: str
    completeness: str
    missing: str
    status: ProgressStatus | None
    status_key: str
    target_sentence: str
    key_figures: list[KeyFigure]
    declared_note: str
    state_label: str
    decree: str
    map_address: str
    chart: ChartFigure
    chart_address: str
    data_address: str


def progress_context(city, programme, series, marks, plan=()) -> ProgressContext:
    """Return headline, key figures, chart and notes of a period's page."""
    return ProgressContext(
        has_path=bool(plan),
        headline=narrative.headline(city, series),
        completeness=narrative.completeness(series),
        missing=_missing(programme, series),
        status=series.latest.status,
        status_key=narrative.STATUS_KEYS.get(series.latest.status, ""),
        target_sentence=findings.target_sentence(series),
        key_figures=narrative.key_figures(series),
        declared_note=narrative.declared_note(
            programme.declared_ha,
            series.baseline_ha,
            series.villages,
            has_decree=bool(programme.decree_number),
        ),
        state_label=as_of.state_label(series.latest),
        decree=decree_text(programme),
        **_files(programme, "areas:chart-city"),
        map_address=reverse("areas:chart-map", query={"periode": programme.slug}),
        chart=chart_figure(
            series,
            key="kemajuan",
            heading=narrative.finding(city, series),
            title=narrative.chart_title(city, series),
            place=city,
            marks=marks,
            source=programme.source,
            sample=programme.is_sample,
            plan=plan,
        ),
    )


def _missing(programme, series) -> str:
    return missing_text(programme.missing_years(series))


def _files(programme, name, *args) -> dict:
    """Return the addresses of a period's chart file and data."""
    query = {"periode": programme.slug}
    return {
        "chart_address": reverse(name, args=args, query=query),
        "data_address": reverse("areas:data", query=query),
    }


def decree_text(programme) -> str:
    """Return the decree's number and date as far as they are known, else ""."""
    if not programme.decree_number:
        return ""
    if programme.decree_date is None:
        return f"SK {programme.decree_number}"
    return f"SK {programme.decree_number}, {format_date(programme.decree_date)}"


@dataclass(frozen=True)
class FigureRow:
    """One year of a village; notes, evidence and history only for users who may read them."""

    year: int
    label: str
    area: str
    change: str
    tone: str
    status_label: str
    verified_at: str
    note: str
    reason: str
    return_reason: str
    evidence: list[Thumb]
    history: list
    review_url: str
    basis_text: str
    basis_url: str


@dataclass(frozen=True)
class VillageContext:
    """A village's page in one period, as one user may see it."""

    baseline: Baseline
    series: Series
    expectation: Expectation | None
    has_path: bool
    baseline_text: str
    headline: str
    missing: str
    comparison: VillageComparison | None
    key_figures: list[KeyFigure]
    rows: list[FigureRow]
    baseline_history: list[HistoryLine]
    is_traceable: bool
    chart: ChartFigure
    decree: str
    chart_address: str
    data_address: str


def village_context(
    baseline,
    user,
    *,
    provisional: bool,
    reads_plan: bool,
    shows_plan: bool,
    city_year: int,
    comparison=None,
) -> VillageContext:
    """Return the content of a village's page in one period for this user.

    The baseline comes from `baseline_with_figures`. `reads_plan` includes the expected effect of
    the work plan, `shows_plan` draws it in the chart; `city_year` is the newest year of the
    city's figures; `comparison` is None for those who may not compare.
    """
    traceable = _traceable(baseline, user)
    series = village_series(baseline, provisional=provisional)
    village = baseline.village
    expectation = expected_village(series, baseline) if reads_plan else None
    return VillageContext(
        baseline=baseline,
        series=series,
        expectation=expectation,
        has_path=bool(expectation and expectation.path),
        baseline_text=baseline.area_text,
        headline=narrative.headline(village.full_name, series),
        missing=_missing(baseline.programme, series),
        comparison=comparison,
        key_figures=[*narrative.key_figures(series), *_rank(comparison)],
        rows=_figure_rows(baseline, traceable, user),
        baseline_history=_baseline_history(baseline, user),
        is_traceable=bool(traceable) or _reads_all(user, baseline.village),
        chart=chart_figure(
            series,
            key="desa",
            heading=narrative.finding(village.full_name, series),
            title=narrative.chart_title(village.full_name, series),
            place=village.full_name,
            source=baseline.programme.source,
            sample=baseline.programme.is_sample,
            plan=expectation.path if expectation and shows_plan else (),
            carried_to=city_year,
            **_pace(comparison, village),
        ),
        decree=decree_text(baseline.programme),
        **_files(baseline.programme, "areas:chart-village", village.code),
    )


def _rank(comparison) -> list[KeyFigure]:
    return [comparison.rank] if comparison and comparison.rank else []


def _pace(comparison, village) -> dict:
    """Return the line at the city's pace, for those who may compare."""
    if comparison is None:
        return {}
    return {"pace": comparison.pace, "pace_of": village.district.region.full_name}


def _traceable(baseline, user) -> set[int]:
    if not user.is_authenticated:
        return set()
    figures = YearlyFigure.objects.traceable_by(user).filter(baseline=baseline).order_by()
    return set(figures.values_list("pk", flat=True))


def _baseline_history(baseline, user):
    if not user.is_authenticated:
        return []
    events = BaselineEvent.objects.visible_to(user).filter(
        programme=baseline.programme, village=baseline.village
    )
    return baseline_lines(events.select_related("actor"))


def _reads_all(user, village):
    return user.is_authenticated and user.reads_all_of(village.district.region)


def _figure_rows(baseline, traceable, user) -> list[FigureRow]:
    rows = []
    previous_ha = baseline.area_ha
    for figure in baseline.figures_by_year:
        rows.append(_figure_row(figure, previous_ha, figure.pk in traceable, user))
        if figure.status == Status.VERIFIED:
            previous_ha = figure.area_ha
    return rows[::-1]


def _figure_row(figure, previous_ha, is_traceable, user) -> FigureRow:
    return FigureRow(
        year=figure.year,
        label=as_of.year_label(figure.year, figure.as_of),
        area=figure.area_text,
        change="" if figure.area_ha is None else change_text(previous_ha, figure.area_ha),
        tone=figure.tone,
        status_label=figure.get_status_display(),
        verified_at=moment_text(figure.verified_at),
        note=figure.note if is_traceable else "",
        reason=figure.reason if is_traceable else "",
        return_reason=figure.return_reason if is_traceable else "",
        evidence=_evidence(figure) if is_traceable else [],
        history=history_lines(figure.events.all()) if is_traceable else [],
        review_url=_review_url(figure, user) if is_traceable else "",
        basis_text=basis_text(figure.rts_counted, figure.rts_slum),
        basis_url=_basis_url(figure),
    )


def _evidence(figure) -> list[Thumb]:
    return evidence_thumbs(figure.evidence.all(), figure.baseline.village)


def _basis_url(figure) -> str:
    baseline = figure.baseline
    return village_url(baseline.village, figure.year, baseline.programme.is_sample)


def _review_url(figure, user) -> str:
    if not (user.is_authenticated and user.is_bappeda) or figure.status == Status.DRAFT:
        return ""
    return reverse("areas:review", args=[figure.pk])

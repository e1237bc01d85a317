"""Tasks about figures and assessments in "Pekerjaan saya"."""

from datetime import date
from functools import lru_cache

from django.db.models import QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone

from areas.assessments.page import next_url
from areas.assessments.steps import first_open
from areas.models import Assessment, Baseline, Programme, Status, YearlyFigure
from areas.rules.comparing import years_listed
from kotaku.contributions import WorkItem
from kotaku.formats import format_date

MANY = 20
# So many assessments are named one by one.
FEW = 3


def waiting_work(user) -> list[WorkItem]:
    """Return this user's tasks about figures, most urgent first."""
    if user.is_bappeda:
        return _reviews(user)
    if user.is_village_officer:
        return [*_returned(user), *_missing(user, timezone.localdate())]
    return []


def figures_waiting(user, today: date) -> tuple[QuerySet, ...]:
    """Return the rows that wait for this user: to verify, to correct, or to hand in."""
    if user.is_bappeda:
        return (YearlyFigure.objects.verifiable_by(user),)
    if user.is_village_officer:
        returned = YearlyFigure.objects.editable_by(user).filter(status=Status.RETURNED)
        _, due, overdue = _unreported(user, today)
        waiting = (due, [baseline for baseline, _ in overdue])
        return returned, *(Baseline.objects.filter(pk__in=[b.pk for b in each]) for each in waiting)
    return ()


def assessments_waiting(user) -> tuple[QuerySet, ...]:
    """Return the assessments that wait for this user: to verify, or to correct."""
    if user.is_bappeda:
        return (Assessment.objects.verifiable_by(user),)
    return (Assessment.objects.editable_by(user).filter(status=Status.RETURNED),)


def _reviews(user):
    waiting = YearlyFigure.objects.verifiable_by(user).count()
    if not waiting:
        return []
    return [WorkItem(f"{waiting} isian menunggu verifikasi", reverse("areas:review-queue"))]


def assessment_work(user) -> list[WorkItem]:
    """Return this user's tasks about assessments: to verify, to correct, or to continue."""
    if user.is_bappeda:
        waiting = Assessment.objects.verifiable_by(user).count()
        url = reverse("areas:assessment-overview")
        return [WorkItem(f"{waiting} penilaian RT menunggu verifikasi", url)] if waiting else []
    mine = Assessment.objects.editable_by(user).select_related("neighbourhood__village")
    returned = [
        WorkItem(
            f"Penilaian {assessment} dikembalikan, perlu diperbaiki",
            reverse("areas:assessment", args=[assessment.pk]),
            is_urgent=True,
        )
        for assessment in mine.filter(status=Status.RETURNED)[:MANY]
    ]
    return [*returned, *_begun(mine.filter(status=Status.DRAFT))]


def _begun(drafts) -> list[WorkItem]:
    """Return one line for each assessment that was begun, with its next step; one for many."""
    if len(few := drafts[: FEW + 1]) > FEW:
        url = reverse("areas:assessment-overview")
        return [WorkItem(f"{drafts.count()} penilaian RT belum selesai", url)]
    lines = []
    for assessment in few:
        step = first_open(assessment)
        word = "Lanjutkan" if step else "Ajukan"
        lines.append(WorkItem(f"{word} penilaian {assessment}", next_url(assessment, step)))
    return lines


def _returned(user):
    returned = YearlyFigure.objects.editable_by(user).filter(status=Status.RETURNED)
    return [
        WorkItem(
            f"Isian {figure.baseline.village} tahun {figure.year} dikembalikan, perlu diperbaiki",
            entry_url(figure.baseline, figure.year),
            is_urgent=True,
        )
        for figure in returned.select_related("baseline__village", "baseline__programme")
    ]


def _missing(user, today):
    """Return what this officer should hand in: years that are late, then the year that is due."""
    year, due, overdue = _unreported(user, today)
    late = [
        WorkItem(
            f"Luas kumuh {baseline.village} tahun {years_listed(years)} belum diajukan, "
            "sudah lewat batas",
            entry_url(baseline, years[0]) if len(years) == 1 else reverse("areas:entry-overview"),
        )
        for baseline, years in overdue
    ]
    return late + [
        WorkItem(
            f"Luas kumuh {baseline.village} tahun {year} belum diajukan", entry_url(baseline, year)
        )
        for baseline in due
    ]


def due_figures(user, today) -> list[WorkItem]:
    """Return the reminders of an officer: returned figures, and figures missing for past years.

    A figure states the hectares left at the end of its year, so this year's is not due yet.
    """
    lines = _returned(user)
    programme = Programme.objects.of_officer(user).current()
    if programme is None or programme.is_closed:
        return lines
    years = [year for year in programme.entry_years if year < today.year]
    baselines = Baseline.objects.filter(programme=programme, village__officers=user)
    # Drafts count as missing; returned figures are already listed.
    there = set(
        YearlyFigure.objects.filter(baseline__in=baselines)
        .exclude(status=Status.DRAFT)
        .values_list("baseline", "year")
    )
    return lines + [
        _due_line(baseline, year, today)
        for baseline in baselines.select_related("village", "programme")
        for year in years
        if (baseline.pk, year) not in there
    ]


def _due_line(baseline, year, today):
    due = baseline.programme.due_date(year)
    late = "sudah lewat batas" if due < today else "batas"
    return WorkItem(
        f"Luas kumuh {baseline.village} tahun {year} belum diajukan, {late} {format_date(due)}",
        entry_url(baseline, year),
    )


def _unreported(user, today):
    """Return (year, baselines, overdue) of the current period without a submission.

    Year and baselines are those that are due next; `overdue` are pairs of a baseline and its years
    that may still be entered. A returned figure is no missing one.
    """
    current = Programme.objects.of_officer(user).current_first().values("pk")[:1]
    baselines = Baseline.objects.filter(programme=Subquery(current), village__officers=user)
    found = list(baselines.select_related("village", "programme").order_by("village__name", "pk"))
    if not found or found[0].programme.is_closed:
        return None, [], []
    year, late = found[0].programme.due_year(today), found[0].programme.overdue_years(today)
    figures = YearlyFigure.objects.filter(baseline__in=found).exclude(status=Status.DRAFT)
    there = set(figures.order_by().values_list("baseline", "year"))
    missing = [(each, [y for y in late if (each.pk, y) not in there]) for each in found]
    due = [each for each in found if year and (each.pk, year) not in there]
    return year, due, [(baseline, years) for baseline, years in missing if years]


def entry_url(baseline, year: int) -> str:
    """Return the URL of the entry form for this village and year."""
    return _entry_url(baseline.village.code, baseline.programme.slug, year)


# A page names the same years for each reader.
@lru_cache(maxsize=2048)
def _entry_url(village: str, period: str, year: int) -> str:
    return reverse("areas:entry", args=[year], query={"desa": village, "periode": period})

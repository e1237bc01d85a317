"""The records that questions are about: who may see and ask, what they are called, where they are."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse

from areas.models import Activity, Assessment, Status, Village, YearlyFigure


@dataclass(frozen=True)
class Subject:
    """A kind of record: its rows for a user, its village, its name, and its page for a user."""

    key: str
    rows: Callable[..., QuerySet]
    village: Callable[..., Village]
    title: Callable[..., str]
    page: Callable[..., str]
    is_sample: Callable[..., bool]


def _figures(user):
    rows = YearlyFigure.objects.traceable_by(user)
    return rows.select_related("baseline__village__district", "baseline__programme")


def _assessments(user):
    rows = Assessment.objects.traceable_by(user)
    return rows.select_related("neighbourhood__village__district")


def _activities(user):
    """Return the activities of the region for staff, and of their villages for officers."""
    rows = Activity.objects.visible_to(user).select_related("village__district")
    return rows if user.is_staff_reader else rows.filter(village__officers=user)


def _figure_page(figure, user) -> str:
    if user.is_village_officer:
        baseline = figure.baseline
        query = {"desa": baseline.village.code, "periode": baseline.programme.slug}
        return reverse("areas:entry", args=[figure.year], query=query)
    # A draft has no review, and readers have no page for reviews.
    if figure.status == Status.DRAFT or not user.is_bappeda:
        return reverse("areas:village-detail", args=[figure.baseline.village.code])
    return reverse("areas:review", args=[figure.pk])


SUBJECTS = {
    "figure": Subject(
        key="isian",
        rows=_figures,
        village=lambda figure: figure.baseline.village,
        title=lambda figure: f"Luas kumuh {figure.baseline.village}, tahun {figure.year}",
        page=_figure_page,
        is_sample=lambda figure: figure.baseline.programme.is_sample,
    ),
    "assessment": Subject(
        key="penilaian",
        rows=_assessments,
        village=lambda assessment: assessment.neighbourhood.village,
        title=lambda assessment: f"Penilaian {assessment}",
        page=lambda assessment, user: reverse("areas:assessment", args=[assessment.pk]),
        is_sample=lambda assessment: assessment.neighbourhood.is_sample,
    ),
    "activity": Subject(
        key="kegiatan",
        rows=_activities,
        village=lambda activity: activity.village,
        title=lambda activity: f"Kegiatan {activity}",
        page=lambda activity, user: reverse("areas:activity", args=[activity.pk]),
        is_sample=lambda activity: activity.is_sample,
    ),
}
BY_KEY = {subject.key: subject for subject in SUBJECTS.values()}

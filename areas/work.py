"""What waits for whom: the lines of "Pekerjaan saya" about figures."""

from django.urls import reverse
from django.utils import timezone

from areas.models import Baseline, Programme, Status, YearlyFigure
from kotaku.contributions import WorkItem


def waiting_work(user) -> list[WorkItem]:
    """Return what this person has to do about figures, most urgent first."""
    if user.is_bappeda:
        return _reviews(user)
    if user.is_village_officer:
        return [*_returned(user), *_missing(user)]
    return []


def _reviews(user):
    waiting = YearlyFigure.objects.verifiable_by(user).count()
    if not waiting:
        return []
    return [WorkItem(f"{waiting} isian menunggu verifikasi", reverse("areas:review-queue"))]


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


def _missing(user):
    programme = Programme.objects.current()
    year = timezone.localdate().year
    if programme is None or not programme.accepts(year):
        return []
    missing = Baseline.objects.filter(programme=programme, village__officers=user).exclude(
        figures__in=YearlyFigure.objects.filter(year=year).exclude(status=Status.DRAFT)
    )
    return [
        WorkItem(
            f"Luas kumuh {baseline.village} tahun {year} belum diajukan",
            entry_url(baseline, year),
        )
        for baseline in missing.select_related("village", "programme")
    ]


def entry_url(baseline, year: int) -> str:
    """Return the address of the form in which this village's figure of `year` is entered."""
    query = {"desa": baseline.village.code, "periode": baseline.programme.slug}
    return reverse("areas:entry", args=[year], query=query)

"""Queries that nearly every public page needs."""

from django.http import Http404

from areas.models import Baseline, Programme, Village, YearlyFigure, current_of
from kotaku.caching.remembered import remembered
from kotaku.models import Region


@remembered("frame")
def programmes_inside(region: Region | None) -> list[Programme]:
    """Return the decree periods of a kabupaten or kota; all if None."""
    programmes = Programme.objects.all()
    return list(programmes if region is None else programmes.filter(region=region))


def chosen_of(programmes: list[Programme], slug: str | None) -> Programme | None:
    """Return the period with this slug, else the running one, else None."""
    named = (programme for programme in programmes if programme.slug == slug)
    return next(named, None) or current_of(programmes)


def missed_period(programmes: list[Programme], slug: str | None, subject: str) -> str:
    """Return a sentence if an address names a period that `subject` has not; else ""."""
    if not slug or not programmes or any(programme.slug == slug for programme in programmes):
        return ""
    shown = chosen_of(programmes, slug)
    other = Programme.objects.filter(slug=slug).first()
    lack = (
        f"{subject} tidak termasuk dalam periode {other.name}"
        if other
        else "Periode pada alamat ini tidak dikenal"
    )
    return f"{lack}. Yang tampil di halaman ini: {shown.name}."


@remembered("frame")
def programmes_of_officer(officer: int) -> list[Programme]:
    """Return the periods in the regions of the villages of an officer (a primary key)."""
    return list(Programme.objects.of_officer(officer).select_related("region"))


@remembered("frame")
def programmes_of(village: int) -> list[Programme]:
    """Return the periods in which a village (a primary key) has a baseline."""
    return list(Programme.objects.filter(baselines__village=village))


def village_or_404(code: str) -> Village:
    """Return the village with this code, with kecamatan and region loaded; raise 404 if none."""
    found = _village(code)
    if found is None:
        raise Http404("Desa/kelurahan tidak ditemukan.")
    return found


@remembered("frame")
def _village(code) -> Village | None:
    return Village.objects.select_related("district__region").filter(code=code).first()


def baseline_with_figures(programme: Programme, village: Village, user) -> Baseline:
    """Return a village's baseline in a period; `figures_by_year` are those visible to this user."""
    baseline = Baseline.objects.get(programme=programme, village=village)
    baseline.programme, baseline.village = programme, village
    figures = YearlyFigure.objects.visible_to(user).with_basis()
    figures = figures.filter(baseline=baseline).order_by("year")
    # The public never sees evidence and history.
    if user.is_authenticated:
        figures = figures.prefetch_related("evidence", "events__actor")
    baseline.figures_by_year = list(figures)
    for figure in baseline.figures_by_year:
        figure.baseline = baseline
    return baseline

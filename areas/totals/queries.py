"""What nearly every public page asks first, with SQL that is written once."""

from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from areas.models import Baseline, Programme, Village, YearlyFigure, current_of
from kotaku.caching.prepared import prepared
from kotaku.caching.remembered import remembered
from kotaku.models import Region


@remembered("frame")
def programmes_inside(region: Region | None) -> list[Programme]:
    """Return the decree periods of a kabupaten or kota; all without one."""
    return _all_programmes() if region is None else _programmes_of_region(region=region.pk)


def chosen_of(programmes: list[Programme], slug: str | None) -> Programme | None:
    """Return the one with this name, or the running one when none of them has it, or None."""
    named = (programme for programme in programmes if programme.slug == slug)
    return next(named, None) or current_of(programmes)


@remembered("frame")
def programmes_of_officer(officer: int) -> list[Programme]:
    """Return the periods of the regions in which an officer's (their key) villages lie."""
    return _programmes_of_officer(officer=officer)


@remembered("frame")
def programmes_of(village: int) -> list[Programme]:
    """Return the periods in which a village (its key) has a baseline."""
    return _programmes_of(village=village)


def village_or_404(code: str) -> Village:
    """Return the village of this code, with its kecamatan and region."""
    found = _village(code)
    if found is None:
        raise Http404("Desa/kelurahan tidak ditemukan.")
    return found


@remembered("frame")
def _village(code) -> Village | None:
    return next(iter(_villages(code=code)), None)


def baseline_with_figures(programme: Programme, village: Village, user) -> Baseline:
    """Return a village's baseline in a period, with what this person sees as `figures_by_year`."""
    (baseline,) = _baselines(programme=programme.pk, village=village.pk)
    baseline.programme, baseline.village = programme, village
    if user.is_authenticated:
        baseline.figures_by_year = list(_figures(baseline.pk, user))
    else:
        baseline.figures_by_year = _public_figures(baseline=baseline.pk)
    for figure in baseline.figures_by_year:
        figure.baseline = baseline
    return baseline


@prepared(Programme)
def _all_programmes():
    return Programme.objects.all()


@prepared(Programme)
def _programmes_of_region(region):
    return Programme.objects.filter(region=region)


@prepared(Programme)
def _programmes_of_officer(officer):
    return Programme.objects.of_officer(officer).select_related("region")


@prepared(Programme)
def _programmes_of(village):
    return Programme.objects.filter(baselines__village=village)


@prepared(Village)
def _villages(code):
    return Village.objects.select_related("district__region").filter(code=code)


@prepared(Baseline)
def _baselines(programme, village):
    return Baseline.objects.filter(programme=programme, village=village)


@prepared(YearlyFigure)
def _public_figures(baseline):
    # Whoever may not trace a figure is shown neither its evidence nor its history.
    return _visible(baseline, AnonymousUser())


def _figures(baseline, user):
    return _visible(baseline, user).prefetch_related("evidence", "events__actor")


def _visible(baseline, user):
    figures = YearlyFigure.objects.visible_to(user).with_basis()
    return figures.filter(baseline=baseline).order_by("year")

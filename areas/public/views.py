"""Public pages: progress of a city or region, the village list, one village."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from areas.assessments.hundred_zero_hundred import last_year, movement
from areas.assessments.page import village_url
from areas.models import Baseline, Village
from areas.public import maps_page, region_page, village_page
from areas.public.compare_page import small_charts
from areas.public.filters import VillageFilterForm
from areas.public.gaps import newest_decision, period_gaps, village_gaps
from areas.public.village_comparison import village_comparison
from areas.public.village_table import village_table
from areas.rules import narrative
from areas.sharing.page import home_social, region_social, village_social
from areas.totals.queries import (
    baseline_with_figures,
    chosen_of,
    missed_period,
    programmes_inside,
    programmes_of,
    village_or_404,
)
from areas.totals.series import newest_year, programme_series, public_series
from areas.totals.villages import neighbours
from areas.workplan.expected import expected_city
from areas.workplan.village_page import village_plan
from kotaku import contributions
from kotaku.caching.page_cache import kept
from kotaku.caching.remembered import remembered
from kotaku.regions.choice import choice_context
from kotaku.regions.home import owner_name
from kotaku.regions.page_region import region_of, way_to
from kotaku.start.page import checklist


@login_not_required
@require_safe
@kept(survives_outage=True)
def progress_page(request):
    """Show a city's headline, key figures, chart, villages and map; or the sum of several cities."""
    region = region_of(request)
    if region is not None and region.is_summed:
        return _summed_page(request, region)
    programmes = programmes_inside(region)
    slug = request.GET.get("periode")
    programme = chosen_of(programmes, slug)
    work = _work(request.user)
    provisional = _provisional(request, region)
    place = region.full_name if region else owner_name()
    series = programme_series(programme, provisional=provisional) if programme else None
    context = {
        "place": place,
        "above": way_to(region),
        "programme": programme,
        "programmes": programmes,
        "missed": missed_period(programmes, slug, place),
        "series": series,
        "work": work,
        "provisional": provisional,
        "can_see_provisional": _reads_all(request.user, region),
        "can_see_plan": _works_in(request.user, region),
        "shows_plan": _shows_plan(request, region),
    }
    context["sections"] = _home_sections(request, region)
    context["social"] = home_social(
        request,
        region,
        programme,
        # What is passed on is public.
        programme_series(programme) if provisional else series,
        is_default=programme == chosen_of(programmes, None),
    )
    if series is None:
        if request.user.is_superuser:
            context["checklist"] = checklist(request.user)
        return render(request, "areas/public/progress_empty.html", context)
    marks = contributions.gather(contributions.chart_marks, programme, request.user)
    plan = ()
    if context["shows_plan"]:
        plan = expected_city(series, programme, provisional=provisional).path
    context |= vars(village_page.progress_context(place, programme, series, marks, plan))
    years = programme.missing_years(series)
    context["gaps"] = period_gaps(programme, series, years, provisional=provisional)
    context["as_of"] = newest_decision(programme)
    if series.villages:
        context["table"] = village_table(
            None,
            programme,
            series,
            sort=request.GET.get("urut", "nama"),
            page_number=request.GET.get("hal"),
            provisional=provisional,
        )
        view = maps_page.chosen_view(request.GET.get("peta"))
        if view == maps_page.SHARE:
            context["map_address"] += f"&peta={view}"
        context["map"] = maps_page.village_maps(programme, provisional=provisional, view=view)
        if not provisional:
            context["small"] = small_charts(programme, series.villages)
    until = last_year(programme, programmes, provisional=provisional)
    context["movement"] = movement(sample=programme.is_sample, until=until, region=region)
    return render(request, "areas/public/progress.html", context)


def _summed_page(request, region):
    """Show the sum of a province or the nation, by the same rules as a city's page."""
    page = region_page.region_context(region, sort=request.GET.get("urut", "nama"))
    context = vars(page) | {
        "region": region,
        "above": way_to(region),
        "work": _work(request.user),
        "sections": _home_sections(request, region),
        "social": region_social(request, region, page.series, is_sample=page.is_sample),
    }
    return render(request, "areas/public/region_progress.html", context)


def _home_sections(request, region):
    return contributions.sections(contributions.home_sections, region, request.user)


@login_not_required
@require_safe
@kept(survives_outage=True)
def village_list(request):
    """Show the villages of a period; the address holds filters and order."""
    region = region_of(request)
    if region is not None and region.is_summed:
        return _regency_list(request, region)
    programmes = programmes_inside(region)
    slug = request.GET.get("periode")
    programme = chosen_of(programmes, slug)
    provisional = _provisional(request, region)
    series = programme_series(programme, provisional=provisional) if programme else None
    form = VillageFilterForm(request.GET or None, region=region)
    context = {
        "programme": programme,
        "programmes": programmes,
        "missed": missed_period(programmes, slug, region.full_name if region else owner_name()),
        "provisional": provisional,
        "can_see_provisional": _reads_all(request.user, region),
        "above": way_to(region),
        "form": form,
        "outside": Village.objects.none(),
    }
    if series and series.villages:
        context["table"] = village_table(
            form.filtered(Baseline.objects.all(), provisional) if form.is_bound else None,
            programme,
            series,
            sort=request.GET.get("urut", "nama"),
            page_number=request.GET.get("hal"),
            provisional=provisional,
        )
    if programme:
        others = Village.objects.inside(region).exclude(baselines__programme=programme)
        context["outside"] = others.select_related("district")[:100]
    return render(request, "areas/public/village_list.html", context)


def _regency_list(request, region):
    """Link to the list of each kabupaten and kota, because a list covers one period of only one."""
    context = choice_context(
        region,
        "Desa dan kelurahan",
        "Pilih kabupaten atau kota; desa dan kelurahannya tampil per periode (SK kumuh).",
    )
    return render(request, "areas/public/region_choice.html", context)


@login_not_required
@require_safe
@kept(survives_outage=True)
def village_detail(request, code):
    """Show a village's chart and figures by year; the history only to users who may read it."""
    village = village_or_404(code)
    programmes = programmes_of(village.pk)
    slug = request.GET.get("periode")
    programme = chosen_of(programmes, slug)
    region = village.district.region
    provisional = _provisional(request, region, village)
    reads_plan = _works_in(request.user, region)
    context = {
        "village": village,
        "programme": programme,
        "programmes": programmes,
        "missed": missed_period(programmes, slug, village.full_name),
        "provisional": provisional,
        "shows_plan": _shows_plan(request, region),
        "can_see_provisional": _may_see_provisional(request, region, village),
    }
    if programme:
        baseline = baseline_with_figures(programme, village, request.user)
        compared = village_comparison(programme, village, request.user, provisional=provisional)
        city_year = newest_year(programme, provisional=provisional)
        page = village_page.village_context(
            baseline,
            request.user,
            city_year=city_year,
            comparison=compared,
            provisional=provisional,
            reads_plan=reads_plan,
            shows_plan=context["shows_plan"],
        )
        context |= vars(page)
        years = programme.missing_years(page.series)
        context["gaps"] = village_gaps(page.series, city_year, years)
        context["as_of"] = newest_decision(programme)
        context["before"], context["after"] = neighbours(programme, village.code)
        context["locator"] = maps_page.locator_map(
            programme, village, newest=city_year, provisional=provisional
        )
    else:
        context["headline"] = narrative.no_baseline(village.full_name)
    sample, until = False, timezone.localdate().year
    if programme:
        sample = programme.is_sample
        until = last_year(programme, programmes_inside(region), provisional=provisional)
    context["movement"] = movement(sample=sample, until=until, village=village)
    context["plan"] = None
    if reads_plan:
        context["plan"] = village_plan(
            village, request.user, context.get("expectation"), sample=sample
        )
    context["assessments_url"] = village_url(village, until, sample)
    context["social"] = village_social(
        request,
        village,
        programme,
        public_series(programme, village) if provisional else context.get("series"),
        is_default=programme == chosen_of(programmes, None),
    )
    context["sections"] = contributions.sections(
        contributions.village_sections, village, request.user
    )
    return render(request, "areas/public/village_detail.html", context)


def _work(user):
    """Return the user's to-do items from all apps, urgent ones first."""
    if not user.is_authenticated:
        return []
    fresh = contributions.gather(contributions.fresh_work_items, user)
    return sorted([*_work_of(user, timezone.localdate()), *fresh], key=_comes_later)


@remembered()
def _work_of(user, today):
    """What of `_work` follows from the record and the day."""
    return contributions.gather(contributions.work_items, user)


def _comes_later(line):
    return not line.is_urgent


def _reads_all(user, region):
    return user.is_authenticated and user.reads_all_of(region)


def _may_see_provisional(request, region, village=None):
    user = request.user
    if not user.is_authenticated:
        return False
    return _reads_all(user, region) or (
        village is not None
        and user.is_village_officer
        and village.officers.filter(pk=user.pk).exists()
    )


def _shows_plan(request, region):
    """Whether the chart draws the work plan: on request, for users who work in the region."""
    return request.GET.get("rencana") == "1" and _works_in(request.user, region)


def _works_in(user, region):
    return user.is_authenticated and user.covers(region)


def _provisional(request, region, village=None):
    return request.GET.get("sementara") == "1" and _may_see_provisional(request, region, village)

"""The pictures of social cards: public, from verified figures, kept per version of the data."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from areas.sharing.page import period_card, region_card, versioned, village_card
from areas.totals.queries import chosen_of, programmes_inside, programmes_of, village_or_404
from areas.totals.region_series import region_sums
from areas.totals.series import programme_series, public_series
from kotaku.caching.page_cache import kept
from kotaku.regions.page_region import public_region


@login_not_required
@require_safe
@kept
def home(request):
    """Return the card of a period of a city, or of a province or the nation."""
    region = public_region(request)
    if region is not None and region.is_summed:
        total, _parts = region_sums(region)
        return picture(request, region_card(region, total.series, is_sample=total.is_sample))
    programme = chosen_of(programmes_inside(region), request.GET.get("periode"))
    series = programme_series(programme) if programme else None
    return picture(request, period_card(region, programme, series))


@login_not_required
@require_safe
@kept
def village(request, code):
    """Return the card of a village in a period."""
    village = village_or_404(code)
    programme = chosen_of(programmes_of(village.pk), request.GET.get("periode"))
    series = public_series(programme, village) if programme else None
    return picture(request, village_card(village, programme, series))


def picture(request, card):
    """Return a card's PNG; an address with another version leads to the current one.

    So made-up versions neither fill the page cache nor cost a drawing each.
    """
    asked = request.GET.get("v")
    if asked not in (None, card.version):
        match = request.resolver_match
        named = {name: request.GET[name] for name in ("wilayah", "periode") if name in request.GET}
        path = reverse(match.view_name, kwargs=match.kwargs, query=named or None)
        return redirect(versioned(path, card))
    response = HttpResponse(card.picture(), content_type="image/png")
    if asked:
        response["Cache-Control"] = "public, max-age=86400"
    return response

"""The social cards of home pages and villages: from verified figures only, for every reader."""

from django.conf import settings
from django.urls import reverse

from areas.rules import narrative
from areas.sharing.card import Card, series_card
from kotaku.interface.social import Social
from kotaku.regions.home import owner_name
from kotaku.regions.page_region import PARAMETER
from kotaku.requests.site_address import site_address

SUM_SOURCE = "jumlah periode berjalan kabupaten/kota"


def period_card(region, programme, series) -> Card:
    """Return the card of a city's page in one period (None: it has none yet)."""
    place = region.full_name if region else owner_name()
    return series_card(
        narrative.headline(place, series) if series else f"Pemantauan penanganan kumuh {place}",
        series,
        kicker=programme.name if programme else "",
        is_sample=bool(programme and programme.is_sample),
        source=programme.source if programme else "",
    )


def region_card(region, series, *, is_sample) -> Card:
    """Return the card of a province or the nation."""
    place = region.full_name
    return series_card(
        narrative.headline(place, series) if series else f"Pemantauan penanganan kumuh {place}",
        series,
        kicker=place,
        is_sample=is_sample,
        source=SUM_SOURCE,
    )


def village_card(village, programme, series) -> Card:
    """Return the card of a village in one period (None: it has no slum area in any)."""
    name = village.full_name
    return series_card(
        narrative.headline(name, series) if series else narrative.no_baseline(name),
        series,
        kicker=programme.name if programme else str(village.district),
        is_sample=bool(programme and programme.is_sample),
        source=programme.source if programme else "",
    )


def home_social(request, region, programme, series, *, is_default: bool) -> Social:
    """Return how previews show a city's page; `is_default`: this period needs no name."""
    named = {"periode": programme.slug} if programme and not is_default else _named(region)
    return social_of(
        request,
        period_card(region, programme, series),
        page=reverse("areas:progress", query=named),
        picture=reverse("areas:card", query=named),
    )


def region_social(request, region, series, *, is_sample) -> Social:
    """Return how previews show the page of a province or the nation."""
    named = _named(region)
    return social_of(
        request,
        region_card(region, series, is_sample=is_sample),
        page=reverse("areas:progress", query=named),
        picture=reverse("areas:card", query=named),
    )


def village_social(request, village, programme, series, *, is_default: bool) -> Social:
    """Return how previews show a village's page."""
    named = {"periode": programme.slug} if programme and not is_default else None
    return social_of(
        request,
        village_card(village, programme, series),
        page=reverse("areas:village-detail", args=[village.code], query=named),
        picture=reverse("areas:village-card", args=[village.code], query=named),
    )


def _named(region) -> dict | None:
    if region is None or region.code == settings.HOME_REGION:
        return None
    return {PARAMETER: region.code}


def social_of(request, card, *, page: str, picture: str, kind="website") -> Social:
    """Return how previews show a page with this card, from the paths of page and picture."""
    return Social(
        title=card.title,
        description=card.description,
        url=site_address() + page,
        image=site_address() + versioned(picture, card),
        kind=kind,
    )


def versioned(picture: str, card: Card) -> str:
    """Return a picture's path with the card's version, so that copies elsewhere are renewed."""
    return f"{picture}{'&' if '?' in picture else '?'}v={card.version}"

"""A village beside its city and among the other villages, for those who may see it."""

from dataclasses import dataclass
from decimal import Decimal

from areas.rules.comparing import Beside, beside_city, city_pace
from areas.rules.narrative import KeyFigure
from areas.totals.series import programme_series
from areas.totals.villages import village_ranks, village_series_of


@dataclass(frozen=True)
class VillageComparison:
    """How a village compares: with the city and by rank at its newest year, and the city's pace.

    `pace` is (year, hectares) if the village fell as fast as the city.
    """

    beside: Beside | None
    rank: KeyFigure | None
    pace: tuple[tuple[int, Decimal], ...]


def village_comparison(programme, village, user, *, provisional: bool) -> VillageComparison | None:
    """Return how a village of this period compares; None if this user may not see it."""
    if not programme.shows_ranks_to(user):
        return None
    city = programme_series(programme, provisional=provisional)
    villages = village_series_of(programme, provisional=provisional)
    own = next(each.series for each in villages if each.code == village.code)
    return VillageComparison(
        beside=beside_city(own, city, village.district.region.full_name),
        rank=_rank(villages, village.code, own.latest.year),
        pace=city_pace(own, city),
    )


def _rank(villages, code, year) -> KeyFigure | None:
    ranks = village_ranks(villages, year)
    if code not in ranks or len(ranks) < 2:
        return None
    return KeyFigure(
        "Urutan pengurangan", f"{ranks[code]} dari {len(ranks)}", f"menurut persen, sampai {year}"
    )

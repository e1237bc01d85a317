"""How many villages of each city have not handed in, for Bappeda of a province or the nation."""

from dataclasses import dataclass

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from areas.figures.unreported import HANDED_IN, unreported_work
from areas.models import Baseline, Programme, YearlyFigure
from kotaku.contributions import WorkItem
from kotaku.formats import format_count


@dataclass(frozen=True)
class RegionRow:
    """The running period of a city: its due year, and how many villages have not submitted it."""

    name: str
    period: str
    year: int
    missing: int
    villages: int
    url: str


def reads_many_regions(user) -> bool:
    """Whether this user's region is a province or the nation."""
    return user.region is None or user.region.is_summed


def region_rows(user) -> list[RegionRow]:
    """Return the running periods within the user's region, most missing villages first.

    Three queries for any number of periods.
    """
    today = timezone.localdate()
    running = Programme.objects.of(user).running().filter(is_closed=False)
    running = running.select_related("region")
    villages = _counted(Baseline.objects.filter(programme__in=running), "programme")
    handed_in = _counted(
        YearlyFigure.objects.filter(baseline__programme__in=running, status__in=HANDED_IN),
        *("baseline__programme", "year"),
    )
    rows = []
    for programme in running:
        year, total = programme.due_year(today), villages.get((programme.pk,), 0)
        if year and total:
            rows.append(
                RegionRow(
                    name=programme.region.full_name,
                    period=programme.name,
                    year=year,
                    missing=total - handed_in.get((programme.pk, year), 0),
                    villages=total,
                    url=reverse(
                        "areas:unreported", query={"periode": programme.slug, "tahun": year}
                    ),
                )
            )
    return sorted(rows, key=lambda row: (-row.missing, row.name))


def _counted(rows, *names) -> dict[tuple, int]:
    found = rows.order_by().values_list(*names).annotate(Count("pk"))
    return {tuple(key): number for *key, number in found}


def regions_text(rows: list[RegionRow]) -> str:
    """Return `29 desa/kelurahan di 2 kabupaten/kota belum melapor`; "" if all have."""
    late = [row for row in rows if row.missing]
    if not late:
        return ""
    return (
        f"{format_count(sum(row.missing for row in late))} desa/kelurahan di "
        f"{format_count(len(late))} kabupaten/kota belum melapor"
    )


def missing_work(user) -> list[WorkItem]:
    """Return Bappeda's tasks about what was not handed in: by city, or of its own villages."""
    rows = region_rows(user) if user.is_bappeda and reads_many_regions(user) else []
    if len(rows) < 2:
        return unreported_work(user)
    words = regions_text(rows)
    return [WorkItem(words, reverse("areas:unreported"))] if words else []

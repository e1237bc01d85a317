"""What the newest total of a period stands on: villages with older figures, years without any."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max
from django.utils import timezone

from areas.models import YearlyFigure
from areas.rules import comparing, findings
from areas.totals.villages import VillageSeries, village_series_of
from kotaku.caching.remembered import remembered
from kotaku.formats import format_count, format_date, format_hectares_unit
from kotaku.interface.moments import moment_text

# With more villages their names would be longer than the page; the counts stay.
MAX_VILLAGES = 60
# Squares, one for each village.
MAX_UNITS = 40


@dataclass(frozen=True)
class Group:
    """Villages whose newest figure is of the same year; `names` is a list in words."""

    heading: str
    names: str


@dataclass(frozen=True)
class Gaps:
    """The box beside a chart; `units` has True for each village with a figure of the newest year."""

    heading: str
    sentence: str = ""
    units: tuple[bool, ...] = ()
    groups: tuple[Group, ...] = ()
    missing: str = ""
    due: str = ""


def period_gaps(programme, series, missing_years, *, provisional: bool) -> Gaps | None:
    """Return what is missing in a period's newest total; None if nothing is."""
    latest = series.latest
    incomplete = series.has_figures and latest.carried
    if not (incomplete or missing_years) or not series.villages:
        return None
    missing = comparing.years_listed(missing_years)
    if not incomplete:
        return Gaps(f"Belum ada angka {missing}", due=_due(programme))
    groups = ()
    if series.villages <= MAX_VILLAGES:
        groups = _groups(village_series_of(programme, provisional=provisional), latest.year)
    return Gaps(
        heading=f"Angka {latest.year} belum lengkap",
        sentence=f"{format_count(latest.counted)} dari {format_count(series.villages)} "
        "desa/kelurahan sudah ada angkanya; total masih dapat berubah.",
        units=_units(latest.counted, series.villages),
        groups=groups,
        missing=missing,
        due=_due(programme) if missing else "",
    )


def village_gaps(series, city_year: int | None, missing_years) -> Gaps | None:
    """Return what is missing of a village; `city_year` is the newest year of its city's total."""
    year = series.latest.year
    missing = comparing.years_listed(missing_years)
    if city_year is None or city_year <= year:
        return Gaps(f"Belum ada angka {missing}") if missing else None
    own = "baseline" if not series.has_figures else f"angka {year}"
    area = format_hectares_unit(series.latest.remaining_ha)
    return Gaps(
        heading=f"Angka {city_year} belum ada",
        sentence=f"Kemajuan kota memakai {own} desa/kelurahan ini, {area}, sampai angka "
        f"{city_year} terverifikasi.",
        missing=missing,
    )


def _groups(villages: list[VillageSeries], year: int) -> tuple[Group, ...]:
    by_year: dict[int, list[str]] = {}
    for village in villages:
        own = village.series.latest.year if village.series.has_figures else 0
        if own < year:
            by_year.setdefault(own, []).append(village.name)
    return tuple(
        Group(
            f"Memakai angka {own}" if own else "Belum ada angka, baru baseline",
            f"{findings.listed(names)}.",
        )
        for own, names in sorted(by_year.items(), reverse=True)
    )


def _units(counted: int, villages: int) -> tuple[bool, ...]:
    return tuple(number < counted for number in range(villages)) if villages <= MAX_UNITS else ()


def _due(programme) -> str:
    """Return until when this year's figures are expected; "" where the period takes none."""
    year = timezone.localdate().year
    if programme.is_closed or not programme.accepts(year):
        return ""
    return f"Angka {year} diajukan paling lambat {format_date(programme.due_date(year))}."


def newest_decision(programme) -> str:
    """Return when a figure of this period was last verified or corrected; "" before the first."""
    return moment_text(_newest_decision(programme.pk))


@remembered("areas", "frame")
def _newest_decision(programme) -> datetime | None:
    figures = YearlyFigure.objects.verified().filter(baseline__programme=programme)
    return figures.aggregate(newest=Max("verified_at"))["newest"]

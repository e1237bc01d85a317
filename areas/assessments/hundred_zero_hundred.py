"""The 100-0-100 strip: 100 % safe water, 0 % slum, 100 % sanitation, by verified assessments."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone

from areas.models import Assessment
from areas.models.assessment_queries import shares
from areas.rules.comparing import years_text
from areas.totals.series import programme_series
from kotaku.caching.remembered import remembered
from kotaku.formats import format_count, format_hectares_unit, format_percent

# How the villages' values of these are combined; other values are added up.
YEARS = {"first_year": min, "last_year": max}


@dataclass(frozen=True)
class Goal:
    """One of the three goals: the percentage reached (0–100) as text, the aim, and the basis."""

    label: str
    value: str
    goal: str
    note: str


@dataclass(frozen=True)
class Movement:
    """The three goals, and a sentence about the assessments behind them."""

    goals: tuple[Goal, ...]
    source: str


def last_year(programme, programmes, *, provisional: bool) -> int:
    """Return the last year that a period covers on the pages of its city and villages.

    This is the present year while the period runs. If it is closed, or `programmes` (all of the
    city) has a newer one of its kind, it is the target year, or the year of the last figure if
    that is later, but never a future year.
    """
    this_year = timezone.localdate().year
    is_followed = any(
        each.baseline_year > programme.baseline_year and each.is_sample == programme.is_sample
        for each in programmes
    )
    if not (programme.is_closed or is_followed):
        return this_year
    series = programme_series(programme, provisional=provisional)
    last_figure = series.latest.year if series else programme.baseline_year
    return min(this_year, max(programme.target_year or 0, last_figure))


def movement(*, sample: bool, until: int, region=None, village=None) -> Movement:
    """Return the strip of a village or region, from each RT's last verified assessment by `until`.

    A goal without data says "belum ada data".
    """
    place = ()
    if village is not None:
        place = ("village", village.pk)
    elif region is not None:
        place = ("region", region.pk)
    sums = _sums(sample, until, *place)
    area_ha, slum_ha = Decimal(sums["assessed_ha"]), Decimal(sums["slum_ha"])
    goals = (
        _households("Akses air minum aman", sums["water_households"], sums["no_water"]),
        _slum(sums["rts"], area_ha, slum_ha, _years(sums)),
        _households("Akses sanitasi layak", sums["sanitation_households"], sums["no_sanitation"]),
    )
    return Movement(goals, _source(sums, until))


def _years(sums) -> str:
    """Return the years of the assessments; "" without any."""
    if not sums["rts"]:
        return ""
    return years_text({sums["first_year"], sums["last_year"]})


def _source(sums, until: int) -> str:
    """Return the sentence about the RTs and years behind the goals."""
    if not sums["rts"]:
        return "Belum ada penilaian RT terverifikasi pada kurun ini."
    return (
        f"Dari penilaian terverifikasi terakhir {format_count(sums['rts'])} RT sampai {until} "
        f"(dinilai {_years(sums)}). RT tanpa penilaian terverifikasi tidak ikut dihitung, jadi luas "
        "kumuh di sini dapat berbeda dari sisa luas kumuh yang dilaporkan per tahun."
    )


@remembered("frame", "assessments")
def _sums(sample, year, kind="", pk=None) -> dict:
    rows = Assessment.objects.of_kind(sample=sample)
    if kind == "region":
        rows = rows.filter(neighbourhood__village__district__region=pk)
    elif kind == "village":
        rows = rows.of_village(pk)
    by_village = rows.latest_until(year).order_by().values("neighbourhood__village")
    villages = list(by_village.annotate(**(sums := shares())))
    return {
        name: YEARS.get(name, sum)(each[name] or 0 for each in villages) if villages else 0
        for name in sums
    }


def _households(label, households, without) -> Goal:
    if not households:
        return Goal(label, "belum ada data", "sasaran 100 %", "")
    share = (households - without) * 100 / Decimal(households)
    note = f"dari {format_count(households)} KK yang dinilai"
    return Goal(label, format_percent(share), "sasaran 100 %", note)


def _slum(rts, area_ha, slum_ha, years) -> Goal:
    label = "Luas kumuh RT yang dinilai"
    if not rts:
        return Goal(label, "belum ada data", "sasaran 0 %", "")
    assessed = format_hectares_unit(area_ha)
    if not area_ha:
        # An area rounded to 0,00 Ha gives no percentage.
        note = f"luas RT yang dinilai {years}, dibulatkan, {assessed}"
        return Goal(label, format_hectares_unit(slum_ha), "sasaran 0 %", note)
    note = f"{format_hectares_unit(slum_ha)} dari {assessed} luas RT yang dinilai {years}"
    return Goal(label, format_percent(slum_ha * 100 / area_ha), "sasaran 0 %", note)

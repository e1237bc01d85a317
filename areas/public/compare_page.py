"""Content of the page that compares villages: a chart of a few, all as multiples, their order."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils import timezone

from areas.charts.compare_chart import (
    MOST,
    NARROW,
    WIDE,
    CompareChart,
    Compared,
    compare_chart,
)
from areas.charts.multiples import Multiples, small_multiples
from areas.public.compare_tables import RankRow, Table, compare_table, rank_row
from areas.rules.comparing import change_words
from areas.totals.villages import VillageSeries, village_ranks, village_series_of
from kotaku.caching.remembered import remembered
from kotaku.formats import format_count
from kotaku.regions.village_address import village_addresses

LEAST = 2
# Chosen if the address names no village: those with most hectares left.
UNCHOSEN = 3
# More villages than this are drawn on several pages.
PAGE = 60
# With more villages the list to choose from can be filtered by name.
LONG = 20
# With more villages the home page has no small charts, only a link to them.
HOME = 30


@dataclass(frozen=True)
class Choice:
    """A village to tick in the form."""

    code: str
    name: str
    is_chosen: bool


@dataclass(frozen=True)
class Chosen:
    """The villages that an address names: `problem` says why they cannot be drawn, else "".

    `hint` asks for more villages, or says that some of the address are unknown.
    """

    villages: tuple[VillageSeries, ...]
    problem: str = ""
    hint: str = ""

    @property
    def drawn(self) -> tuple[VillageSeries, ...]:
        """The villages in the chart."""
        return () if self.problem else self.villages


@dataclass(frozen=True)
class CompareContext:
    """The page in formatted strings; `choices` are those that contain what is `sought`, or all."""

    choices: tuple[Choice, ...]
    sought: str
    is_long: bool
    chosen: Chosen
    title: str
    measure: str
    wide: CompareChart | None
    narrow: CompareChart | None
    has_hollow: bool
    table: Table
    multiples: Multiples | None
    multiples_note: str
    until: int
    page: Page
    ranks: tuple[RankRow, ...]
    chart_address: str
    multiples_address: str


def chosen_villages(villages: Sequence[VillageSeries], codes: Sequence[str]) -> Chosen:
    """Return the villages of these codes in their order, or what is wrong with the choice."""
    codes = list(dict.fromkeys(code for code in codes if code))
    if not codes:
        largest = sorted(villages, key=lambda each: -each.series.latest.remaining_ha)
        return Chosen(tuple(largest[:UNCHOSEN]))
    known = {each.code: each for each in villages}
    found = tuple(known[code] for code in codes if code in known)
    unknown = len(codes) - len(found)
    if len(found) > MOST:
        return Chosen(
            found,
            f"Pilih paling banyak {MOST} desa/kelurahan; Anda memilih {len(found)}. "
            "Hapus centang yang tidak perlu.",
        )
    if unknown and len(found) < LEAST:
        return Chosen(
            found,
            "Desa/kelurahan pada alamat ini tidak termasuk dalam periode ini. "
            f"Pilih {LEAST} sampai {MOST} dari daftar.",
        )
    if unknown:
        return Chosen(
            found, hint="Sebagian desa/kelurahan pada alamat ini tidak termasuk dalam periode ini."
        )
    if len(found) < LEAST <= len(villages):
        return Chosen(
            found,
            hint=f"Pilih satu sampai {MOST - 1} lagi untuk dibandingkan dengan "
            f"{found[0].full_name}.",
        )
    return Chosen(found)


def compare_context(programme, codes, user, page_number=None, sought="") -> CompareContext | None:
    """Return the page of a period for this user; None without villages.

    `codes` are the chosen villages, `sought` a part of the names to choose from. Only verified
    figures are compared. The order by reduction is for users who may see it.
    """
    villages = village_series_of(programme)
    if not villages:
        return None
    chosen = chosen_villages(villages, codes)
    address = village_addresses(f"?periode={programme.slug}")
    until = newest_of(villages)
    is_long = len(villages) > LONG
    sought = sought if is_long else ""
    may_rank = programme.shows_ranks_to(user)
    ranks = village_ranks(villages, until)
    ordered = sorted(villages, key=lambda each: (ranks.get(each.code, len(villages)), each.name))
    page = Paginator(ordered if may_rank else villages, PAGE).get_page(page_number)
    wide, narrow = compare_charts(chosen.drawn, until, address)
    return CompareContext(
        choices=_choices(villages, chosen.villages if any(codes) else (), sought),
        sought=sought,
        is_long=is_long,
        chosen=chosen,
        title=compare_title(chosen.drawn),
        measure=measure_of(chosen.drawn),
        wide=wide,
        narrow=narrow,
        has_hollow=bool(wide) and has_hollow(wide),
        table=compare_table(chosen.drawn, programme.baseline_year, until),
        multiples=all_multiples(villages, page, until, address),
        multiples_note=multiples_note(villages, page, until),
        until=until,
        page=page,
        ranks=tuple(rank_row(each, ranks, address) for each in ordered) if may_rank else (),
        chart_address=chart_address(programme, chosen.drawn),
        multiples_address=reverse(
            "areas:chart-multiples", query={"periode": programme.slug, "hal": page.number}
        ),
    )


def _choices(villages, ticked, sought: str) -> tuple[Choice, ...]:
    """Return the villages to tick: those whose name or kecamatan contains `sought`, and the ticked."""
    codes = {each.code for each in ticked}
    part = sought.casefold()
    return tuple(
        Choice(each.code, each.full_name, each.code in codes)
        for each in villages
        if each.code in codes or part in f"{each.full_name} {each.district}".casefold()
    )


@dataclass(frozen=True)
class SmallCharts:
    """The context of the home page's small charts: `note` says what `*` means, or is ""."""

    multiples: Multiples
    note: str


def small_charts(programme, count: int) -> SmallCharts | None:
    """Return the small charts of a period's `count` villages; None if they are too few or many."""
    if not LEAST <= count <= HOME:
        return None
    return _small_charts(programme, timezone.localdate().year)


# Each entry takes some hundred kilobytes.
@remembered("areas", "frame", most=20)
def _small_charts(programme, _this_year: int) -> SmallCharts:
    villages = village_series_of(programme)
    until, address = newest_of(villages), village_addresses(f"?periode={programme.slug}")
    multiples = all_multiples(villages, villages, until, address)
    return SmallCharts(multiples, multiples_note(villages, villages, until))


def newest_of(villages: Sequence[VillageSeries]) -> int:
    """Return the newest year in which any of the villages has a figure."""
    return max(each.series.latest.year for each in villages)


def compare_title(villages: Sequence[VillageSeries]) -> str:
    """Return the title of the chart of these villages."""
    if not villages:
        return ""
    *before, last = [each.full_name for each in villages]
    listed = f"{', '.join(before)} dan {last}" if before else last
    return f"Sisa luas kumuh {listed}"


def measure_of(villages: Sequence[VillageSeries]) -> str:
    """Return what is measured: at the end of a year, unless figures have a day or are inferred."""
    others = any(each.series.inferred or _has_days(each.series) for each in villages)
    return "Sisa luas kumuh, hektare" if others else "Sisa luas kumuh, hektare, akhir tahun"


def _has_days(series) -> bool:
    return any(point.as_of or point.is_running for point in series.points)


def compare_charts(villages: Sequence[VillageSeries], until: int, address=None):
    """Return the wide and the narrow chart of these villages; None and None without any."""
    if not villages:
        return None, None
    places = [_place(each, address) for each in villages]
    return tuple(
        compare_chart(
            places,
            key=f"banding-{name}",
            title=compare_title(villages),
            until=until,
            width=width,
            height=height,
        )
        for name, (width, height) in (("lebar", WIDE), ("sempit", NARROW))
    )


def has_hollow(chart: CompareChart) -> bool:
    """Whether a point of the chart is not a verified figure of its year."""
    return any(point.is_hollow for line in chart.lines for point in line.points)


def chart_address(programme, villages: Sequence[VillageSeries]) -> str:
    """Return the address of the chart as a file, "" without a chart."""
    if not villages:
        return ""
    query = {"periode": programme.slug, "desa": [each.code for each in villages]}
    return reverse("areas:chart-compare", query=query)


def all_multiples(villages, shown, until: int, address=None) -> Multiples:
    """Return the small charts of `shown`, on the scale of all villages."""
    marked = [(_place(each, address), _what(each.series, until)) for each in shown]
    return small_multiples([_place(each, None) for each in villages], marked, until)


def multiples_note(villages, shown, until: int) -> str:
    """Return how many of all villages are shown, and what `*` means; "" if neither needs words."""
    notes = []
    if len(shown) < len(villages):
        notes.append(
            f"{format_count(len(shown))} dari {format_count(len(villages))} desa/kelurahan di "
            "halaman ini."
        )
    if any(each.series.latest.year < until for each in shown):
        notes.append(f"* Belum ada angka {until} yang terverifikasi; memakai angka terakhir.")
    return " ".join(notes)


def _place(each: VillageSeries, address) -> Compared:
    return Compared(each.name, address(each.code) if address else "", each.series)


def _what(series, until: int) -> str:
    latest = series.latest
    if not series.has_figures:
        words = "belum ada angka"
    elif not latest.remaining_ha:
        words = "tuntas"
    else:
        words = change_words(latest.reduced_percent)
    return f"{words} *" if latest.year < until else words

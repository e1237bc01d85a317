"""Histories: what happened to villages, periods and figures, as plain data that a test then lives.

Names hold no digits, so that every digit on a page is a number that must be explained.
"""

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

CITIES = (
    ("32.79", "Banjar", "32", "Jawa Barat"),
    ("33.02", "Banyumas", "33", "Jawa Tengah"),
    ("32.07", "Ciamis", "32", "Jawa Barat"),
)
VILLAGES = ("Balokang", "Cibeureum", "Jajawar", "Mekarsari")
DISTRICTS = ("Langensari", "Pataruman")
LETTERS = "abc"
RT_NAMES = ("001", "06A", "06B")


@dataclass(frozen=True)
class Figure:
    """A figure's fate: `first_ha` is what was entered where a correction follows.

    `as_of` is its day where that is not the end of its year.
    """

    village: int
    year: int
    area_ha: Decimal
    fate: str
    first_ha: Decimal
    as_of: date | None


@dataclass(frozen=True)
class Period:
    """A decree period of a city.

    Baselines of `inferred` villages were never published. `late` villages get their baselines after
    the others' figures; `corrected` baselines are changed when all figures are there; `computed`
    villages then take a figure from their assessments, before the period `is_closed`.
    """

    name: str
    first: int
    target_year: int | None
    target_ha: Decimal | None
    stated: dict
    declared_ha: Decimal | None
    is_current: bool
    decree: str
    baselines: dict
    late: frozenset
    inferred: frozenset
    corrected: dict
    computed: frozenset
    is_closed: bool
    figures: list = field(default_factory=list)


@dataclass(frozen=True)
class Assessed:
    """An RT's assessment of a year: its bases, and of each criterion so many percent of its base."""

    year: int
    area_ha: Decimal
    counts: tuple
    shares: tuple
    fate: str


@dataclass(frozen=True)
class Rt:
    """An RT of a village with its assessments."""

    village: int
    number: str
    assessments: list


@dataclass(frozen=True)
class Work:
    """An activity: where, when, how far, what it costs, what it improves.

    `costs` are (source, planned, realised); `improves` are (RT by place, criterion by place,
    volume in hundredths).
    """

    village: int
    year: int
    status: str
    aspect: int
    volume: Decimal | None
    physical: int
    costs: list
    improves: list


@dataclass(frozen=True)
class City:
    """A city with its villages (their kecamatan by number), periods, RTs and activities.

    `support` says of the first villages what they gave to their boards, year by year.
    """

    code: str
    name: str
    villages: list
    periods: list
    rts: list
    works: list
    support: list


@dataclass(frozen=True)
class Gathering:
    """A meeting that was held: participants (L, P or "", present), what is to be done.

    `tasks` are (state, days by which its date lies in the past, whether a village has to do it).
    """

    participants: list
    tasks: list


@dataclass(frozen=True)
class History:
    """All cities; `is_sample` says whether everything is invented."""

    cities: list
    is_sample: bool
    gathering: Gathering


ARES = st.one_of(
    st.just(0), st.integers(1, 2500), st.integers(1, 60).map(lambda n: n * 100), st.integers(0, 40)
)
HA = ARES.map(lambda ares: Decimal(ares).scaleb(-2))
FATES = st.sampled_from(
    ["verified"] * 6 + ["corrected", "submitted", "submitted", "returned", "draft", "withdrawn"]
)

DAYS = st.sampled_from([None] * 4 + [(2, 3), (10, 5)])


@st.composite
def periods(draw, city, name, villages, first_years):
    first = draw(first_years)
    known = draw(st.sets(st.integers(0, villages - 1), min_size=0 if name == "c" else 1))
    baselines = {each: draw(HA) for each in sorted(known)}
    late = frozenset(each for each in baselines if draw(st.integers(0, 4)) == 0)
    declared = draw(st.one_of(st.none(), HA, st.just(sum(baselines.values(), Decimal(0)))))
    target_year = draw(st.one_of(st.none(), *[st.integers(first + 1, first + 8)] * 4))
    stated = {}
    if target_year is not None and target_year > first + 1:
        years = st.integers(first + 1, target_year - 1)
        stated = draw(st.dictionaries(years, HA, max_size=2))
    figures = []
    for village, area in baselines.items():
        for year in draw(
            st.lists(st.integers(first + 1, min(first + 6, 2026)), max_size=5, unique=True)
        ):
            lower = st.integers(0, 100).map(
                lambda n, a=area: (a * n / 100).quantize(Decimal("0.01"))
            )
            left = draw(st.one_of(lower, lower, lower, HA))
            day = draw(DAYS)
            as_of = date(year, *day) if day else None
            figures.append(Figure(village, year, left, draw(FATES), draw(HA), as_of))
    return Period(
        name=f"periode-{city}-{name}",
        first=first,
        target_year=target_year,
        target_ha=None if target_year is None else draw(st.one_of(st.just(Decimal(0)), HA)),
        stated=stated,
        declared_ha=declared,
        is_current=draw(st.booleans()),
        decree=draw(st.sampled_from(["", "SK-A"])),
        baselines=baselines,
        late=late,
        inferred=frozenset(each for each in baselines if draw(st.integers(0, 4)) == 0),
        corrected=draw(st.dictionaries(st.sampled_from(sorted(baselines)), HA, max_size=1))
        if baselines
        else {},
        computed=frozenset(each for each in baselines if draw(st.integers(0, 2)) == 0),
        is_closed=draw(st.integers(0, 3)) == 0,
        figures=draw(st.permutations(figures)),
    )


@st.composite
def assessed(draw, year):
    counts = draw(st.tuples(*[st.integers(0, 120)] * 5))
    shares = draw(
        st.one_of(
            st.tuples(*[st.integers(0, 100)] * 16),
            st.tuples(*[st.sampled_from([0, 0, 0, 25, 30, 50, 51, 76, 100])] * 16),
        )
    )
    # Real lists carry the areas of RTs with up to twelve decimals.
    decimals = draw(st.sampled_from([2, 2, 3, 6, 12]))
    area = Decimal(draw(st.integers(5 * 10**decimals // 100, 9 * 10**decimals))).scaleb(-decimals)
    fates = ["verified"] * 6 + [
        "submitted",
        "withdrawn",
        "draft",
        "returned",
        "reopened",
        "verified again",
    ]
    return Assessed(year, area, counts, shares, draw(st.sampled_from(fates)))


@st.composite
def rts(draw, village, number):
    years = draw(st.lists(st.integers(2017, 2026), min_size=0, max_size=3, unique=True))
    return Rt(village, number, [draw(assessed(year)) for year in years])


SOURCES = ("apbn", "apbd-provinsi", "apbd-kota", "dak", "dana-desa", "swadaya", "csr")
RUPIAH = st.one_of(
    st.just(0), st.integers(1, 3_000_000_000), st.integers(1, 900).map(lambda n: n * 10**6)
)


@st.composite
def works(draw, village, rts_there):
    status = draw(st.sampled_from(["planned", "planned", "running", "done", "done", "cancelled"]))
    improves = []
    if rts_there:
        chosen = st.tuples(st.sampled_from(rts_there), st.integers(0, 15))
        for rt, criterion in draw(st.lists(chosen, max_size=5, unique=True)):
            improves.append(
                (rt, criterion, draw(st.sampled_from([100, 500, 2500, 12_050, 999_999])))
            )
    costs = [
        (source, draw(RUPIAH), draw(RUPIAH))
        for source in draw(st.lists(st.sampled_from(SOURCES), max_size=3, unique=True))
    ]
    return Work(
        village=village,
        year=draw(st.integers(2017, 2029)),
        status=status,
        aspect=draw(st.integers(1, 7)),
        volume=draw(st.one_of(st.none(), HA)),
        physical=100 if status == "done" else draw(st.sampled_from([0, 0, 40])),
        costs=costs,
        improves=improves,
    )


@st.composite
def histories(draw):
    """Several cities of two provinces, each with one or two periods and their figures."""
    cities = []
    for number in range(draw(st.integers(1, 3))):
        code, name, *_ = CITIES[number]
        villages = draw(st.lists(st.integers(0, 1), min_size=1, max_size=4))
        first_years = st.integers(2014, 2022)
        count = draw(st.integers(1, 2)) if number else draw(st.integers(1, 3))
        found = [
            draw(periods(LETTERS[number], LETTERS[each], len(villages), first_years))
            for each in range(count)
        ]
        neighbourhoods, activities = [], []
        for village in range(len(villages) if number < 2 else 0):
            there = range(draw(st.integers(0, 3)))
            places = [len(neighbourhoods) + each for each in there]
            neighbourhoods += [draw(rts(village, RT_NAMES[each])) for each in there]
            activities += [draw(works(village, places)) for _ in range(draw(st.integers(0, 2)))]
        budgets = st.dictionaries(st.integers(2016, 2027), st.one_of(st.none(), RUPIAH), max_size=2)
        support = draw(st.lists(budgets, max_size=2))
        periods_there = _one_current(found)
        cities.append(
            City(code, name, villages, periods_there, neighbourhoods, activities, support)
        )
    people = st.tuples(st.sampled_from(["L", "P", ""]), st.booleans())
    tasks = st.tuples(
        st.sampled_from(["not_started", "running", "running", "cancelled", "done"]),
        st.integers(-40, 400),
        st.booleans(),
    )
    gathering = Gathering(draw(st.lists(people, max_size=6)), draw(st.lists(tasks, max_size=5)))
    return History(cities, draw(st.booleans()), gathering)


def _one_current(found):
    """Keep the mark of the first period that has it; a city has one current period at most."""
    kept, marked = [], False
    for each in found:
        kept.append(replace(each, is_current=each.is_current and not marked))
        marked = marked or each.is_current
    return kept

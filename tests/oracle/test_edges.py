"""Histories made by hand that lie on the edges of the rules, compared as the random ones are.

Targets that are not 0, met exactly and missed by a hundredth; shares whose second decimal is a
five; gaps in more years than a table shows; cities whose figures begin with a sum's first year;
equal values to sort; work of the year in which its RT was assessed.
"""

from decimal import Decimal

import pytest

from tests.oracle import (
    assessment_pages,
    card_pages,
    compare_pages,
    plan_pages,
    sorting,
    staff_pages,
    visits,
)
from tests.oracle.comparing import Tally
from tests.oracle.histories import Assessed, City, Figure, Gathering, History, Period, Rt, Work
from tests.oracle.living import live
from tests.oracle.visits import Visit

NOBODY = Gathering([], [])


def period(name, first, baselines, figures, **facts):
    """A period of villages by number; `figures` are (village, year, hectares, fate)."""
    usual = {
        "target_year": first + 4,
        "target_ha": Decimal("4.05"),
        "stated": {},
        "declared_ha": None,
        "is_current": True,
        "decree": "",
        "late": frozenset(),
        "inferred": frozenset(),
        "corrected": {},
        "computed": frozenset(),
        "is_closed": False,
    }
    lived = [
        Figure(village, year, Decimal(area), fate, Decimal(1), None)
        for village, year, area, fate in figures
    ]
    areas = {n: Decimal(area) for n, area in enumerate(baselines)}
    return Period(name=name, first=first, baselines=areas, figures=lived, **usual | facts)


def city(number, found, *, rts=(), works=(), villages=(0, 1, 0, 1)):
    code, name = (("32.79", "Banjar"), ("33.02", "Banyumas"), ("32.07", "Ciamis"))[number]
    return City(code, name, list(villages), list(found), list(rts), list(works), [])


def one(*found, **more) -> History:
    """A history of one city."""
    return History([city(0, found, **more)], False, NOBODY)


def of_four(year: int, *areas: str) -> History:
    """What is left in four villages in one year, verified."""
    baselines = ["20.05", "20.05", "0", "10.01"]
    figures = [(number, year, area, "verified") for number, area in enumerate(areas)]
    return one(period("periode-a-a", 2016, baselines, figures))


def at_path(hundredths: int) -> History:
    """What is left in 2018 differs so much from the path, which is at 27,08 Ha."""
    last = Decimal("7.04") + Decimal(hundredths) / 100
    return of_four(2018, "10.02", "10.02", "0", str(last))


def at_end(hundredths: int) -> History:
    """The same of the final target, 4,05 Ha in 2020; a village is cleared, one grew."""
    return of_four(2020, "2.00", "2.05", str(Decimal(hundredths) / 100), "0")


# 0,05 %, 0,25 % and 12,25 % are gone; 0,15 % more; equal shares in two villages.
HALVES = one(
    period(
        "periode-a-a",
        2016,
        ["20.00", "8.00", "4.00", "20.00"],
        [
            (0, 2017, "19.99", "verified"),
            (1, 2017, "7.98", "verified"),
            (2, 2017, "3.51", "verified"),
            (3, 2017, "20.03", "verified"),
            (3, 2018, "19.99", "submitted"),
        ],
        target_ha=Decimal("0.05"),
    )
)
# Seven years with figures and four without, in two villages that never report together.
GAPS = one(
    period(
        "periode-a-a",
        2014,
        ["30.33", "11.11"],
        [(year % 2, year, f"{30 - year + 2014 - 19 * (year % 2)}.07", "verified")
         for year in (2015, 2017, 2018, 2020, 2021, 2023, 2024)],
        target_year=2025,
        target_ha=Decimal("3.33"),
    ),
    villages=(0, 1),
)  # fmt: skip
# The sum begins in 2018: one city has a figure of that very year, one began long before.
SUM = History(
    [
        city(
            0,
            [
                period(
                    "periode-a-a",
                    2016,
                    ["20.05"],
                    [(0, 2017, "18.04", "verified"), (0, 2018, "15.03", "verified")],
                )
            ],
            villages=(0,),
        ),
        city(
            1,
            [
                period(
                    "periode-b-a",
                    2018,
                    ["7.77", "7.77"],
                    [(0, 2019, "5.55", "verified"), (1, 2020, "5.55", "submitted")],
                )
            ],
            villages=(0, 1),
        ),
        city(
            2,
            [period("periode-c-a", 2014, ["9.99"], [(0, 2015, "8.88", "verified")])],
            villages=(0,),
        ),
    ],
    False,
    NOBODY,
)


def assessed(year: int, shares) -> Assessed:
    return Assessed(year, Decimal("2.665"), (40, 160, 80, 100, 20), shares, "verified")


def work(year: int, status: str, improves, village: int = 0) -> Work:
    costs = [("apbd-kota", 1_500_000, 700_000)]
    percent = 100 * (status == "done")
    return Work(village, year, status, 2, Decimal("12.50"), percent, costs, improves)


# 19 points, of 2b, 3a, 3b, 5a, 5b; work that is not in the score yet takes 4 of them in 2020.
NEARLY_GONE = (0, 0, 0, 0, 76, 30, 80, 0, 0, 0, 80, 55, 0, 0, 0, 0)
# 21 points; what was done in 2020 and 2021 is in the figure of 2021, and leaves 16.
STILL_THERE = (0, 0, 0, 0, 76, 30, 80, 0, 0, 0, 80, 80, 0, 0, 0, 0)
# All work is of RTs assessed in 2019; what was done in that year is in their scores already.
WORK = one(
    period(
        "periode-a-a",
        2016,
        ["20.05", "12.03"],
        [(0, 2018, "15.03", "verified"), (1, 2021, "9.01", "verified")],
        target_year=2030,
    ),
    villages=(0, 1),
    rts=[Rt(0, "001", [assessed(2019, NEARLY_GONE)]), Rt(1, "06A", [assessed(2019, STILL_THERE)])],
    works=[
        work(2018, "done", [(0, 5, 2500)]),
        work(2019, "done", [(0, 6, 500)]),
        work(2019, "planned", [(0, 4, 12_050)]),
        work(2020, "done", [(0, 10, 2500)]),
        work(2029, "planned", [(0, 11, 999_999)]),
        work(2019, "done", [(1, 6, 500)], village=1),
        work(2020, "done", [(1, 10, 2500)], village=1),
        work(2021, "done", [(1, 5, 500)], village=1),
        work(2029, "planned", [(1, 11, 999_999)], village=1),
    ],
)
PUBLIC = (visits.public_city, visits.public_village, *card_pages.KINDS)
EDGES = {
    "a hundredth below the path": (at_path(-1), PUBLIC),
    "on the path": (at_path(0), (*PUBLIC, visits.data_pages)),
    "a hundredth above the path": (at_path(1), PUBLIC),
    "on the final target": (at_end(0), PUBLIC),
    # One of its villages begins without slum area, so that it has no share to sort by.
    "a hundredth above the final target": (
        at_end(1),
        (*PUBLIC, visits.shares_on_maps, sorting.villages),
    ),
    "halves": (
        HALVES,
        (
            *PUBLIC,
            visits.staff_city,
            visits.shares_on_maps,
            staff_pages.queue,
            # By turns, so that every figure is met.
            *[staff_pages.review] * 3,
            *[staff_pages.entry] * 2,
            staff_pages.overview,
            sorting.villages,
            *compare_pages.KINDS,
        ),
    ),
    "gaps": (GAPS, (*PUBLIC, visits.village_list, sorting.villages, *compare_pages.KINDS)),
    "a sum's first year": (SUM, (visits.sums, sorting.parts)),
    "work of the assessment's year": (
        WORK,
        (assessment_pages.detail, plan_pages.plan_list, plan_pages.plan_on_village),
    ),
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", EDGES)
def test_edges_are_shown_as_the_oracle_says(name):
    history, kinds = EDGES[name]
    tally = Tally()
    visit = Visit(live(history), tally)
    for turn, kind in enumerate(kinds):
        kind(visit, turn)
    assert not tally.faults, "\n".join(tally.faults[:40])
    assert tally.total > 50


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["public", "bappeda"])
def test_sums_of_kecamatan_hold_more_villages_than_are_drawn(monkeypatch, who):
    """Beyond the most circles of a map the database sums; only Bappeda's sums are provisional."""
    monkeypatch.setattr("areas.public.maps_page.MAX_CIRCLES", 2)
    tally = Tally()
    visit = Visit(live(HALVES), tally)
    (programme,) = visit.programmes()
    reader, states = None, visits.OFFICIAL
    address = f"/?periode={programme['slug']}"
    if who == "bappeda":
        reader, states, address = (
            visit.world.bappeda,
            visits.WITH_SUBMITTED,
            f"{address}&sementara=1",
        )
    page = visit.page("map of some", address, reader)
    cells = visits.maps.district_cells(visit.record, programme, states)
    page.expect_cells("table.map-districts", cells)
    drawn = [svg for svg in page.root.all("svg") if "map" in svg.classes]
    assert [len(svg.all("a")) for svg in drawn] == [2, 2]
    assert not tally.faults, "\n".join(tally.faults)

"""How slum areas fall, recomputed village by village and year by year from plain rows.

Written from the domain's rules alone; slow on purpose, and without the project's code.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import floor

from tests.oracle.numbering import half_up

OFFICIAL = ("verified",)
WITH_SUBMITTED = ("verified", "submitted")


@dataclass(frozen=True)
class VillageWay:
    """One village in one period: hectares at the start, then (hectares, state, day) by year."""

    village: dict
    baseline: dict
    first: int
    figures: dict

    def left(self, year: int) -> Fraction:
        """What is left at the end of a year, the last known carried forward."""
        area = self.baseline["area_ha"]
        for each in sorted(self.figures):
            if each <= year:
                area = self.figures[each][0]
        return Fraction(area)

    def own(self, year: int) -> bool:
        return year in self.figures

    def is_provisional(self, year: int) -> bool:
        """Whether what is left in a year is known from a submitted figure, perhaps an earlier one."""
        known = [each for each in sorted(self.figures) if each <= year]
        return bool(known) and self.figures[known[-1]][1] == "submitted"

    @property
    def last(self) -> int:
        """The year of its last counted figure; its first year without any."""
        return max(self.figures, default=self.first)


@dataclass(frozen=True)
class Promise:
    """A period's target: its corners, year → hectares, from the baseline to the target year."""

    corners: dict

    def at(self, year: int) -> Fraction:
        years = sorted(self.corners)
        if year >= years[-1]:
            return Fraction(self.corners[years[-1]])
        for left, right in pairwise(years):
            if left <= year <= right:
                low, high = Fraction(self.corners[left]), Fraction(self.corners[right])
                return low + (high - low) * (year - left) / (right - left)
        raise AssertionError(f"{year} lies before the baseline")

    @property
    def year(self) -> int:
        return max(self.corners)


@dataclass(frozen=True)
class Way:
    """A place's way: its villages, its first year, what its periods promise.

    `villages` is empty where a decree declares a total and nothing more is known (`declared`).
    """

    first: int
    villages: list
    promises: list | None
    declared: Decimal | None = None

    @property
    def last(self) -> int:
        return max([each.last for each in self.villages] + [self.first])

    @property
    def has_figures(self) -> bool:
        return self.last > self.first

    @property
    def is_counted(self) -> bool:
        """Whether any figure is in it, perhaps of a year before a sum begins."""
        return any(each.figures for each in self.villages)

    @property
    def years(self) -> range:
        return range(self.first, self.last + 1)

    def left(self, year: int) -> Fraction:
        if not self.villages:
            return Fraction(self.declared)
        return sum((each.left(year) for each in self.villages), Fraction(0))

    @property
    def start(self) -> Fraction:
        return self.left(self.first)

    @property
    def now(self) -> Fraction:
        return self.left(self.last)

    def reduced(self, year: int) -> Fraction:
        return self.start - self.left(year)

    def reduced_percent(self, year: int) -> Fraction | None:
        return self.reduced(year) * 100 / self.start if self.start else None

    def reduced_in(self, year: int) -> Fraction:
        return self.left(year - 1) - self.left(year) if year > self.first else Fraction(0)

    def cleared(self, year: int) -> int:
        return sum(each.left(year) == 0 for each in self.villages)

    def verified(self, year: int) -> int:
        return sum(each.own(year) and each.figures[year][1] == "verified" for each in self.villages)

    def submitted(self, year: int) -> int:
        return sum(
            each.own(year) and each.figures[year][1] == "submitted" for each in self.villages
        )

    def carried(self, year: int) -> int:
        return len(self.villages) - self.verified(year) - self.submitted(year)

    # What is promised.

    def target(self, year: int) -> Fraction | None:
        """What all periods promise for a year, to the two decimals that are shown."""
        if self.promises is None:
            return None
        exact = sum((each.at(year) for each in self.promises), Fraction(0))
        return Fraction(half_up(exact, 2), 100)

    @property
    def target_year(self) -> int | None:
        return max(each.year for each in self.promises) if self.promises else None

    @property
    def final_target(self) -> Fraction | None:
        return self.target(self.target_year) if self.promises else None

    def status(self) -> str | None:
        """Return the words for where it stands; None without figures or without a target."""
        if not self.is_counted or self.promises is None:
            return None
        if self.now <= self.final_target:
            return "Tercapai"
        return "Sesuai target" if self.now <= self.target(self.last) else "Terlambat"

    @property
    def pace(self) -> Fraction | None:
        """Hectares a year on average; None when there is no reduction to go on."""
        if not self.has_figures or self.promises is None or self.now <= self.final_target:
            return None
        pace = (self.start - self.now) / (self.last - self.first)
        return pace if pace > 0 else None

    @property
    def reached(self) -> int | None:
        """The year in which the target is reached at this pace."""
        if self.pace is None:
            return None
        # Until what is shown of it, to two decimals, is the target.
        left, years = self.now - self.final_target, 0
        if half_up(left, 2) > 0:
            years = floor((left - Fraction(1, 200)) / self.pace) + 1
        return self.last + years


class Record:
    """The rows, joined by hand."""

    def __init__(self, rows):
        self.rows = rows
        self.regions = {row["id"]: row for row in rows.regions}
        self.districts = {row["id"]: row for row in rows.districts}
        self.villages = {row["id"]: row for row in rows.villages}
        self.programmes = {row["id"]: row for row in rows.programmes}
        self.users = {row["id"]: row for row in rows.users}
        self.baselines = {row["id"]: row for row in rows.baselines}

    # Places and their names.

    def village_name(self, village: dict) -> str:
        return f"{village['kind'].capitalize()} {village['name']}"

    def district_of(self, village: dict) -> dict:
        return self.districts[village["district_id"]]

    def region_of(self, village: dict) -> dict:
        return self.regions[self.district_of(village)["region_id"]]

    def region_name(self, region: dict) -> str:
        words = {"province": "Provinsi ", "city": "Kota ", "regency": "Kabupaten ", "nation": ""}
        return words[region["kind"]] + region["name"]

    def villages_in(self, region: dict) -> list[dict]:
        return [each for each in self.villages.values() if self.region_of(each) == region]

    def cities_in(self, region: dict) -> list[dict]:
        found = []
        for each in self.regions.values():
            if each["parent_id"] is None:
                continue
            if region["kind"] == "nation" or region["id"] in (each["id"], each["parent_id"]):
                found.append(each)
        return found

    # Periods.

    def programmes_in(self, city: dict) -> list[dict]:
        return [each for each in self.programmes.values() if each["region_id"] == city["id"]]

    def current(self, programmes: list[dict]) -> dict | None:
        """The current one; else the newest, of several as new the one made last."""
        if not programmes:
            return None
        marked = [each for each in programmes if each["is_current"]]
        return max(marked or programmes, key=lambda each: (each["baseline_year"], each["id"]))

    def programmes_of_village(self, village: dict) -> list[dict]:
        ids = {
            row["programme_id"] for row in self.rows.baselines if row["village_id"] == village["id"]
        }
        return [self.programmes[each] for each in sorted(ids)]

    def baseline_of(self, programme: dict, village: dict) -> dict | None:
        for row in self.rows.baselines:
            if (row["programme_id"], row["village_id"]) == (programme["id"], village["id"]):
                return row
        return None

    def figures_of(self, baseline: dict) -> list[dict]:
        found = [row for row in self.rows.figures if row["baseline_id"] == baseline["id"]]
        return sorted(found, key=lambda row: row["year"])

    def events_of(self, figure: dict) -> list[dict]:
        """Return a figure's history, oldest first."""
        found = [row for row in self.rows.figure_events if row["figure_id"] == figure["id"]]
        return sorted(found, key=lambda row: (row["at"], row["id"]))

    def basis_of(self, figure: dict) -> list[dict]:
        """Return what a figure was computed from; [] when it was typed."""
        return [row for row in self.rows.bases if row["figure_id"] == figure["id"]]

    def baseline_events(self, baseline: dict) -> list[dict]:
        """Return a baseline's history, oldest first."""
        of = baseline["programme_id"], baseline["village_id"]
        found = [
            row
            for row in self.rows.baseline_events
            if (row["programme_id"], row["village_id"]) == of
        ]
        return sorted(found, key=lambda row: (row["at"], row["id"]))

    def assessment_events(self, assessment: dict) -> list[dict]:
        """Return an assessment's history, oldest first."""
        found = [
            row for row in self.rows.assessment_events if row["assessment_id"] == assessment["id"]
        ]
        return sorted(found, key=lambda row: (row["at"], row["id"]))

    # Ways.

    def village_way(self, programme: dict, village: dict, states=OFFICIAL) -> VillageWay:
        baseline = self.baseline_of(programme, village)
        figures = {
            row["year"]: (row["area_ha"], row["status"], row["as_of"])
            for row in self.figures_of(baseline)
            if row["status"] in states
        }
        return VillageWay(village, baseline, programme["baseline_year"], figures)

    def village_ways(self, programme: dict, states=OFFICIAL) -> list[VillageWay]:
        return [
            self.village_way(programme, self.villages[row["village_id"]], states)
            for row in self.rows.baselines
            if row["programme_id"] == programme["id"]
        ]

    def promise(self, programme: dict) -> Promise | None:
        """Return what a period promises; None while it states no target."""
        if programme["target_year"] is None:
            return None
        areas = [
            row["area_ha"] for row in self.rows.baselines if row["programme_id"] == programme["id"]
        ]
        start = sum(areas, Decimal(0)) if areas else programme["declared_ha"]
        corners = {programme["baseline_year"]: start}
        for row in self.rows.targets:
            if row["programme_id"] == programme["id"]:
                corners[row["year"]] = row["area_ha"]
        corners[programme["target_year"]] = programme["target_ha"]
        return Promise(corners)

    def city_way(self, programme: dict, states=OFFICIAL) -> Way | None:
        """Return a period's way; None where not even a total is known."""
        villages = self.village_ways(programme, states)
        if not villages and programme["declared_ha"] is None:
            return None
        promise = self.promise(programme)
        return Way(
            programme["baseline_year"],
            villages,
            None if promise is None else [promise],
            programme["declared_ha"],
        )

    def one_village(self, programme: dict, village: dict, states=OFFICIAL) -> Way:
        way = self.village_way(programme, village, states)
        return Way(programme["baseline_year"], [way], None)

    def running(self, region: dict) -> list[dict]:
        """Return the period of each city in a region that is in its sum: with villages' areas."""
        found = []
        for city in self.cities_in(region):
            programme = self.current(self.programmes_in(city))
            if programme and self.village_ways(programme):
                found.append(programme)
        return found

    def sum_way(self, programmes: list[dict]) -> Way | None:
        """Return what periods add up to, from the latest baseline year on."""
        if not programmes:
            return None
        villages = [way for each in programmes for way in self.village_ways(each)]
        promises = [self.promise(each) for each in programmes]
        return Way(
            max(each["baseline_year"] for each in programmes),
            villages,
            None if None in promises else promises,
        )

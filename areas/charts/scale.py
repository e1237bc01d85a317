"""Convert hectares and dates to coordinates. Pure.

Coordinates are returned as strings with a decimal point: with the Indonesian locale a template
would write `cx="12,5"`, which browsers reject.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal
from itertools import count

from kotaku.formats import format_number

MAX_TICKS = 6
YEAR_STEPS = (1, 2, 5, 10, 20, 50, 100)


def coordinate(value: float) -> str:
    """Return a number for an SVG attribute, with a decimal point and at most one decimal."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def path_points(corners: Sequence[tuple[float, float]]) -> str:
    """Return the `points` attribute of a polyline; empty with fewer than two points."""
    if len(corners) < 2:
        return ""
    return " ".join(f"{coordinate(x)},{coordinate(y)}" for x, y in corners)


def nice_ticks(maximum: Decimal) -> tuple[Decimal, ...]:
    """Return two to six tick values from 0 that cover `maximum`, in steps of 1, 2 or 5 × 10ⁿ."""
    if maximum <= 0:
        return Decimal(0), Decimal(1)
    steps_up = (
        Decimal(digit).scaleb(exponent)
        for exponent in count(maximum.adjusted() - 1)
        for digit in (1, 2, 5)
    )
    step = next(step for step in steps_up if step * (MAX_TICKS - 1) >= maximum)
    steps = int((maximum / step).to_integral_value(ROUND_CEILING))
    return tuple(step * number for number in range(steps + 1))


def tick_labels(ticks: Sequence[Decimal]) -> tuple[str, ...]:
    """Return the ticks in Indonesian notation, all with the decimals that the step needs."""
    decimals = max(0, -ticks[1].as_tuple().exponent)
    return tuple(format_number(tick, decimals) for tick in ticks)


def moment_of(day: date) -> float:
    """Return the position of a date on the axis of years; a year's figure is at 31 December.

    31 December 2016 is 2016.0, and 8 November 2016 therefore 2015.85.
    """
    days = date(day.year, 12, 31).timetuple().tm_yday
    return day.year - 1 + day.timetuple().tm_yday / days


def labelled_years(first: int, last: int, room: int) -> tuple[int, ...]:
    """Return the years to label, at most `room` (at least two), including first and last."""
    for step in YEAR_STEPS:
        years = [year for year in range(first, last, step) if last - year >= step]
        if len(years) < room or step == YEAR_STEPS[-1]:
            break
    return (*(years or ([first] if first < last else [])), last)


@dataclass(frozen=True)
class Plot:
    """The rectangle of the data: moments from left to right, hectares from the bottom.

    `text_size` is the size of the drawing's text in units.
    """

    left: float
    right: float
    top: float
    bottom: float
    first: float
    last: float
    ceiling: Decimal
    text_size: float = 13

    def x(self, moment: float) -> float:
        """Return the x of a moment (see moment_of; for a year's figure, the year)."""
        share = (moment - self.first) / (self.last - self.first)
        return self.left + share * (self.right - self.left)

    def y(self, area_ha: Decimal) -> float:
        """Return the y of an area in hectares."""
        return self.bottom - float(area_ha / self.ceiling) * (self.bottom - self.top)

    def at(self, moment: float, area_ha: Decimal) -> tuple[float, float]:
        """Return both coordinates."""
        return self.x(moment), self.y(area_ha)

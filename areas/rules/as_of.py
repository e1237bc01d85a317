"""Labels for the date of a year's figure and for inferred figures. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from areas.rules.progress import (
    AsOf,
    Point,
    Series,
    YearChange,
)
from kotaku.formats import format_count, format_date

INFERRED = "disimpulkan"
RUNNING = "tahun berjalan"


def dated(changes: Iterable[YearChange], days: Mapping[int, AsOf]) -> list[YearChange]:
    """Return the changes with the days of their years, where known."""
    return [replace(change, as_of=days.get(change.year)) for change in changes]


def on(day: date | None) -> AsOf | None:
    """Return the day of a single figure as AsOf."""
    return AsOf(day, day, 1) if day else None


def state_label(point: Point) -> str:
    """Return `akhir 2023`, `per 3 Februari 2023`, or both if only some figures have a day.

    A year that is not over has no end yet: `tahun berjalan 2026`.
    """
    days = point.as_of
    year = f"{RUNNING if point.is_running else 'akhir'} {point.year}"
    if days is None:
        return year
    if point.is_baseline:
        return f"{year} (sebagian {_days(days)})"
    if days.dated >= point.counted:
        return _days(days)
    some = f"{format_count(days.dated)} dari {format_count(point.counted)} angka {_days(days)}"
    return f"{year} ({some})"


def at_label(point: Point) -> str:
    """Return `pada akhir 2023`, or `per 3 Februari 2023`."""
    label = state_label(point)
    return label if label.startswith("per ") else f"pada {label}"


def day_text(day: date | None) -> str:
    """Return `per 3 Februari 2023` for a dated figure, else ""."""
    return f"per {format_date(day)}" if day else ""


def figure_label(year: int, day: date | None) -> str:
    """Return `per 3 Februari 2023` for a dated figure, else `pada akhir 2023`."""
    return day_text(day) or f"pada akhir {year}"


def year_label(year: int, day: date | None) -> str:
    """Return `2023 (per 3 Februari 2023)` for a dated figure, else the year."""
    return marked(str(year), day_text(day))


def point_label(point: Point) -> str:
    """Return the year of a point, with its day if that is not 31 December, or that it is running."""
    if point.as_of is None:
        return marked(str(point.year), RUNNING if point.is_running else "")
    # In the first year of a sum at least one part has a baseline, which has no day.
    if point.as_of.dated >= point.counted and not point.is_baseline:
        return f"{point.year} ({_days(point.as_of)})"
    return f"{point.year} (sebagian {_days(point.as_of)})"


def exceptions(*, has_days: bool, is_running: bool) -> str:
    """Return which numbers of a table are not of their year's end: `, kecuali tahun berjalan`."""
    found = [RUNNING] * is_running + ["tahun yang bertanggal"] * has_days
    return f", kecuali {' dan '.join(found)}" if found else ""


def _days(days: AsOf) -> str:
    if days.first == days.last:
        return f"per {format_date(days.first)}"
    return f"per {format_date(days.first)} sampai {format_date(days.last)}"


def inferred_text(series: Series) -> str:
    """Return `disimpulkan`, `sebagian disimpulkan` or "", for the baseline of a series."""
    if not series.inferred:
        return ""
    return INFERRED if series.inferred >= series.villages else f"sebagian {INFERRED}"


def marked(text: str, mark: str) -> str:
    """Return a text with a mark in brackets, if there is one."""
    return f"{text} ({mark})" if mark else text

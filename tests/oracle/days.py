"""Of which day a number is, and whether it was inferred: "per 3 Februari 2023", "disimpulkan".

A figure of another day than 31 December is never "akhir 2023" (domain: the announcement of 2023).
"""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from tests.oracle.reading import numbers

MONTHS = [
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli",
    "Agustus", "September", "Oktober", "November", "Desember",
]  # fmt: skip
DATE = re.compile(rf"\d{{1,2}} ({'|'.join(MONTHS)}) \d{{4}}")


def written(day) -> str:
    """Return `3 Februari 2023`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def figures_of(way, year: int) -> list:
    """Return the day of each figure of a year that is counted, None where it is 31 December."""
    found = [village.figures.get(year) for village in way.villages]
    return [figure[2] for figure in found if figure is not None]


def span(way, year: int) -> str:
    """Return `per 3 Februari 2023`, with `sampai` where there are several days; '' without any."""
    known = sorted({day for day in figures_of(way, year) if day})
    if not known:
        return ""
    return "per " + " sampai ".join(written(day) for day in [known[0], *known[1:][-1:]])


def is_of_one_day(way, year: int) -> bool:
    """Whether every number of a year has a day: the year is then nowhere called its end."""
    return year > way.first and all(figures_of(way, year)) and bool(figures_of(way, year))


def is_running(way, year: int) -> bool:
    """Whether the year of a way's known figures is not over, so that it has no end to speak of."""
    known = (year == way.first and way.is_counted) or way.first < year <= way.last
    return known and year == datetime.now(ZoneInfo("Asia/Jakarta")).year


def year_name(way, year: int) -> str:
    """Return `2023`, `2023 (per 3 Februari 2023)`, `2026 (tahun berjalan)` and the like."""
    days = span(way, year)
    if not days:
        return marked(str(year), "tahun berjalan" * is_running(way, year))
    return f"{year} ({days})" if is_of_one_day(way, year) else f"{year} (sebagian {days})"


def state(way, year: int) -> str:
    """Return `akhir 2023`, `per 3 Februari 2023`, or how many of the figures are of such a day."""
    days, name = span(way, year), "tahun berjalan" if is_running(way, year) else "akhir"
    if not days:
        return f"{name} {year}"
    if is_of_one_day(way, year):
        return days
    if year == way.first:
        return f"{name} {year} (sebagian {days})"
    known = figures_of(way, year)
    return f"{name} {year} ({sum(map(bool, known))} dari {len(known)} angka {days})"


def inferred(way) -> str:
    """Return `disimpulkan`, `sebagian disimpulkan` or nothing, for the number that a way begins with."""
    marks = [village.baseline["is_inferred"] for village in way.villages]
    if not any(marks):
        return ""
    return "disimpulkan" if all(marks) else "sebagian disimpulkan"


def marked(text: str, words: str) -> str:
    """Return `text (words)`."""
    return f"{text} ({words})" if words else text


def said(text: str) -> list[str]:
    """Return the numbers of a text that are no date."""
    return numbers(DATE.sub(" ", text))

"""Days from one to another as Indonesian text. Pure: standard library only."""

from datetime import date

from kotaku.formats import DAYS, MONTHS, format_date, format_long_date


def format_days(first: date, last: date) -> str:
    """Return `8–9 November 2016`, `30 November–1 Desember 2016`, or the date of a single day."""
    if first == last:
        return format_date(first)
    if first.year != last.year:
        return f"{format_date(first)}–{format_date(last)}"
    month = f" {MONTHS[first.month - 1]}" if first.month != last.month else ""
    return f"{first.day}{month}–{format_date(last)}"


def format_long_days(first: date, last: date) -> str:
    """Return `Selasa–Rabu, 8–9 November 2016`, or `Selasa, 8 November 2016` for a single day."""
    if first == last:
        return format_long_date(first)
    return f"{DAYS[first.weekday()]}–{DAYS[last.weekday()]}, {format_days(first, last)}"

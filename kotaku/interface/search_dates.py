"""Dates as people write them in a search, and rows on these days."""

import re
from calendar import monthrange

from django.db.models import F, Q

from kotaku.formats import MONTHS

# What looks like a dash and is typed as "-", or pasted as one of the others.
DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
_MONTH_NUMBERS = {name.casefold(): number for number, name in enumerate(MONTHS, 1)}
# Short names are months beside a day or a year only: "mar" alone is the beginning of many words.
_SHORT = {name[:3]: number for name, number in _MONTH_NUMBERS.items()} | {
    "agt": 8, "ags": 8, "sept": 9, "nop": 11, "pebruari": 2, "nopember": 11,
}  # fmt: skip
_DAY_NAME = r"(?:senin|selasa|rabu|kamis|jum['’]?at|sabtu|minggu)"
_NAME = "|".join(sorted({*_MONTH_NUMBERS, *_SHORT}, key=len, reverse=True))
_FULL_NAME = "|".join(_MONTH_NUMBERS)
_BEFORE = r"(?:(?:tanggal|tgl\.?)\s+)?"
_TO = rf"\s*(?:[{DASHES}/&]|s\.?/?d\.?(?=[\s\d])|sampai(?:\s+dengan)?|hingga|dan)\s*"
_END = r"(?=[,;.]?(?:\s|$))"
# 8–9 November 2016, 30 November s.d. 1 Desember 2016
_RANGE = re.compile(
    rf"{_BEFORE}(?:{_DAY_NAME}(?:{_TO}{_DAY_NAME})?\s*,?\s+)?"
    rf"(?P<first_day>\d{{1,2}})(?:\s+(?P<first_name>{_NAME})\.?(?:\s+(?P<first_year>\d{{4}}))?)?"
    rf"{_TO}(?P<last_day>\d{{1,2}})\s+(?P<last_name>{_NAME})\.?(?:\s+(?P<last_year>\d{{4}}))?{_END}",
    re.IGNORECASE,
)
_DATE = re.compile(
    rf"{_BEFORE}(?:{_DAY_NAME}\s*,?\s+)?(?:"
    r"(?P<iso_year>\d{4})-(?P<iso_month>\d{1,2})-(?P<iso_day>\d{1,2})"
    r"|(?P<day>\d{1,2})(?P<sign>[-./])(?P<month>\d{1,2})(?P=sign)(?P<year>\d{4}|\d{2})"
    rf"|(?P<named_day>\d{{1,2}})[\s-]+(?P<name>{_NAME})\.?(?:[\s-]+(?P<named_year>\d{{4}}))?"
    rf"|(?P<only_name>{_NAME})\.?\s+(?P<only_year>\d{{4}})"
    rf"|(?P<alone>{_FULL_NAME})"
    r"|(?P<year_alone>(?:19|20)\d{2})"
    rf"){_END}",
    re.IGNORECASE,
)
PATTERN = f"{_RANGE.pattern}|{_DATE.pattern}"


def parts_of_date(word: str) -> dict[str, int]:
    """Return day, month and year that the word names, as far as it does; {} if it is no date."""
    match = _DATE.fullmatch(word)
    if not match:
        return {}
    found = match.groupdict()

    def first(*names):
        return next((found[name] for name in names if found[name]), None)

    day, month = first("iso_day", "day", "named_day"), first("iso_month", "month")
    year = first("iso_year", "year", "named_year", "only_year", "year_alone")
    if name := first("name", "only_name", "alone"):
        month = _number_of(name)
    named = {"day": day, "month": month, "year": year}
    parts = {part: int(value) for part, value in named.items() if value}
    if "year" in parts and parts["year"] < 100:
        parts["year"] += 2000
    return parts if _is_possible(parts) else {}


def spelled_out(word: str) -> str:
    """Return a date or month in full words, "" for other words: `8 November 2016`."""
    parts = parts_of_date(word)
    if "month" not in parts:
        return ""
    number = [str(parts[name]) for name in ("day", "year") if name in parts]
    number.insert("day" in parts, MONTHS[parts["month"] - 1])
    return " ".join(number)


def on_days(word: str, first: str, last: str) -> Q:
    """Return the rows of which a day is among those that the word names; Q() if it names none.

    Rows have a first and a last day, which is empty or the same field for a single day. Without a
    year a date or month is found in every year.
    """
    if match := _RANGE.fullmatch(word):
        begin, end = _ends_of_range(match.groupdict())
    else:
        begin = end = parts_of_date(word)
    if not begin:
        return Q()
    if "year" in begin:
        return _until(first, _latest(end)) & _from(first, last, _earliest(begin))
    begin, end = _earliest(begin), _latest(end)
    # The turn of a year lies between the first and the last day of the row.
    over_new_year = Q(**{f"{last}__year__gt": F(f"{first}__year")})
    starts, ends = _until(first, end), _from(first, last, begin)
    return (starts & ends) | (over_new_year & (starts | ends))


def _number_of(name):
    return _MONTH_NUMBERS.get(name.casefold()) or _SHORT[name.casefold()]


def _is_possible(parts):
    if not (1900 <= parts.get("year", 2000) <= 2999):
        return False
    if not (1 <= parts.get("month", 1) <= 12 and parts.get("day", 1) >= 1):
        return False
    # Without a year 29 February is a day.
    longest = monthrange(parts.get("year", 2000), parts["month"])[1] if "month" in parts else 31
    return parts.get("day", 1) <= longest


def _ends_of_range(found):
    """Return the first and the last day as parts; twice {} if they are no such days in this order."""
    end = {"day": int(found["last_day"]), "month": _number_of(found["last_name"])}
    begin = {"day": int(found["first_day"]), "month": end["month"]}
    if found["first_name"]:
        begin["month"] = _number_of(found["first_name"])
    if found["last_year"]:
        end["year"] = int(found["last_year"])
        begin["year"] = int(found["first_year"] or end["year"])
    if not (_is_possible(begin) and _is_possible(end)) or _earliest(begin) > _latest(end):
        return {}, {}
    return begin, end


def _earliest(parts):
    return parts.get("year", 0), parts.get("month", 1), parts.get("day", 1)


def _latest(parts):
    return parts.get("year", 0), parts.get("month", 12), parts.get("day", 31)


def _until(field, day):
    return _compared(field, day, "lt", "lte")


def _from(first, last, day):
    ends = _compared(last, day, "gt", "gte")
    if first != last:
        ends |= Q(**{f"{last}__isnull": True}) & _compared(first, day, "gt", "gte")
    return ends


def _compared(field, day, beyond, at):
    year, month, number = day
    within = Q(**{f"{field}__month__{beyond}": month}) | Q(
        **{f"{field}__month": month, f"{field}__day__{at}": number}
    )
    if not year:
        return within
    return Q(**{f"{field}__year__{beyond}": year}) | (Q(**{f"{field}__year": year}) & within)

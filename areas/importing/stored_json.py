"""What is read of a spreadsheet as JSON, without loss: exact decimals, floats, days, and nulls. Pure.

Only the classes listed here can be stored, so that a forged text creates no other objects.
"""

import json
from collections.abc import Callable
from dataclasses import fields
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cache

from areas.importing.columns import Layout
from areas.importing.file_questions import Choice, Question
from areas.importing.kinds.assessment_rows import AssessmentStatement
from areas.importing.statements import Statement
from areas.importing.village_names import KnownVillage
from kotaku.spreadsheets.sheets import Oddity, Row, Sheet

_CLASSES = {
    each.__name__: each
    for each in (
        Oddity, Row, Sheet, Layout, Choice, Question, KnownVillage, Statement, AssessmentStatement,
    )
}  # fmt: skip
# The mark of an object; no dictionary of ours has it as a key.
_MARK = "~"
# datetime before date, because it is a date too.
_PLAIN: dict[type, tuple[Callable, Callable]] = {
    Decimal: (str, Decimal),
    datetime: (datetime.isoformat, datetime.fromisoformat),
    date: (date.isoformat, date.fromisoformat),
    time: (time.isoformat, time.fromisoformat),
    timedelta: (lambda value: str(value // timedelta(microseconds=1)), None),
}


def dumps(value) -> str:
    """Return the JSON of lists, texts, numbers and the classes above. Keys must be texts."""
    return json.dumps(value, default=_marked, separators=(",", ":"))


def loads(text: str):
    """Return the value of `dumps`; tuples have become lists, but not within the classes above.

    Equal decimals and villages are one object, which saves most of the memory.
    """
    known: dict = {}
    return json.loads(text, object_hook=lambda found: _unmarked(found, known))


def _marked(value) -> dict:
    for kind, (text_of, _) in _PLAIN.items():
        if isinstance(value, kind):
            return {_MARK: kind.__name__, "v": text_of(value)}
    if isinstance(value, frozenset):
        return {_MARK: "frozenset", "v": sorted(value)}
    name = type(value).__name__
    if _CLASSES.get(name) is not type(value):
        raise TypeError(f"{name} cannot be stored.")
    values = [getattr(value, field) for field in _names(type(value))]
    if name == "Layout":
        values = [values[0], *(list(each.items()) for each in values[1:])]
    return {_MARK: name, "v": values}


def _unmarked(found: dict, known: dict):
    name = found.get(_MARK)
    if name is None:
        return found
    value = found["v"]
    if name in ("Decimal", "KnownVillage"):
        key = value if name == "Decimal" else tuple(value)
        if key not in known:
            known[key] = Decimal(value) if name == "Decimal" else KnownVillage(*value)
        return known[key]
    if name == "timedelta":
        return timedelta(microseconds=int(value))
    if name == "frozenset":
        return frozenset(value)
    for kind, (_, from_text) in _PLAIN.items():
        if name == kind.__name__:
            return from_text(value)
    if name == "Layout":
        return Layout(value[0], *(dict(each) for each in value[1:]))
    return _CLASSES[name](*(tuple(each) if isinstance(each, list) else each for each in value))


@cache
def _names(kind: type) -> list[str]:
    return [field.name for field in fields(kind)]

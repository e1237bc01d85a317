"""All editions of the slum criteria, and the one that new assessments follow. Pure.

A new edition is a module with its data, named in `EDITIONS`, and the migration that
`makemigrations` writes for it.
"""

from collections.abc import Iterable

from areas.rules.edition import Criterion, Edition
from areas.rules.permen_14_2018 import PERMEN_14_2018

# The oldest first: `codes` must give stored rows the same names when an edition is added.
EDITIONS = {each.key: each for each in (PERMEN_14_2018,)}
CURRENT = PERMEN_14_2018


def codes(editions: Iterable[Edition]) -> dict[str, str]:
    """Return volume field → the code that stored rows and constraints call it by.

    The code is the criterion's key in the first edition that measures the field; where another
    field has that key already, the name of the field.
    """
    found: dict[str, str] = {}
    for edition in editions:
        for each in edition.criteria:
            if each.field not in found:
                found[each.field] = each.field if each.key in found.values() else each.key
    return found


def by_code(edition: Edition) -> dict[str, Criterion]:
    """Return code → criterion, for those that the edition measures."""
    known = codes(EDITIONS.values())
    return {known[each.field]: each for each in edition.criteria}


def known_aspects() -> dict[int, str]:
    """Return number → name of the aspects of all editions; activities store the number.

    An aspect's number means the same in every edition; the current one names it.
    """
    editions = (*EDITIONS.values(), CURRENT)
    found = {each.number: each.name for edition in editions for each in edition.aspects}
    return dict(sorted(found.items()))


def known_criteria() -> dict[str, Criterion]:
    """Return code → criterion of all editions; the current one describes what it measures."""
    found = by_code(CURRENT)
    for edition in EDITIONS.values():
        for code, each in by_code(edition).items():
            found.setdefault(code, each)
    return found

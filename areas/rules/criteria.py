"""All editions of the slum criteria, and the one that new assessments follow. Pure.

To add an edition, write a module with its data, name it in `EDITIONS`, and run
`makemigrations`.
"""

from collections.abc import Iterable

from areas.rules.edition import Criterion, Edition
from areas.rules.permen_14_2018 import PERMEN_14_2018

# The oldest first, so that `codes` stay the same in stored rows when an edition is added.
EDITIONS = {each.key: each for each in (PERMEN_14_2018,)}
CURRENT = PERMEN_14_2018


def codes(editions: Iterable[Edition]) -> dict[str, str]:
    """Return volume field → its criterion's code in stored rows and names of constraints.

    The code is the criterion's key in the first edition that measures the field, or the name of
    the field if another field already has that key.
    """
    found: dict[str, str] = {}
    for edition in editions:
        for each in edition.criteria:
            if each.field not in found:
                found[each.field] = each.field if each.key in found.values() else each.key
    return found


def by_code(edition: Edition) -> dict[str, Criterion]:
    """Return code → criterion, for the criteria that the edition measures."""
    known = codes(EDITIONS.values())
    return {known[each.field]: each for each in edition.criteria}


def known_aspects() -> dict[int, str]:
    """Return number → name of the aspects of all editions; activities store the number.

    An aspect's number means the same in every edition; the current edition gives its name.
    """
    editions = (*EDITIONS.values(), CURRENT)
    found = {each.number: each.name for edition in editions for each in edition.aspects}
    return dict(sorted(found.items()))


def known_criteria() -> dict[str, Criterion]:
    """Return code → criterion of all editions, taken from the current one where possible."""
    found = by_code(CURRENT)
    for edition in EDITIONS.values():
        for code, each in by_code(edition).items():
            found.setdefault(code, each)
    return found

"""Delete what has outlived its term."""

import logging
from collections.abc import Iterator

from django.db import DatabaseError, transaction

from kotaku import contributions
from kotaku.contributions import Term

logger = logging.getLogger(__name__)


def terms() -> list[Term]:
    """Return the terms of all apps."""
    return contributions.gather(contributions.retention_terms)


def remove_expired(now) -> Iterator[tuple[str, int | None]]:
    """Delete what each term allows no longer; yield its name and the number of rows.

    None if the database refused, which is logged; the other terms are carried out all the same.
    """
    for term in terms():
        if term.remove is None:
            continue
        try:
            with transaction.atomic():
                number = term.remove(now)
        except DatabaseError:
            logger.exception("Expired %s were not removed", term.name)
            number = None
        yield term.name, number

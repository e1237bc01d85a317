"""The two exceptions of a refused change; the message of both is shown to the user."""

from django.utils import timezone

from kotaku.formats import format_date, format_time


class TransitionNotAllowed(Exception):
    """The record cannot be changed this way now."""


class StaleRecord(Exception):
    """Another user changed the record first; the message says who and when.

    `row` is the record as stored now.
    """

    def __init__(self, row):
        self.row = row
        super().__init__(row.changed_sentence())


def changed_sentence(who, at) -> str:
    """Return who changed a record last, for a user with an outdated form."""
    at = timezone.localtime(at)
    day = "" if at.date() == timezone.localdate() else f" {format_date(at.date())}"
    return f"Data ini baru saja diubah oleh {who} pada{day} {format_time(at)}."

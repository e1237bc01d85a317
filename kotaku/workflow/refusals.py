"""The two ways in which a change of a record can fail; both carry the sentence for the user."""

from django.utils import timezone

from kotaku.formats import format_date, format_time


class TransitionNotAllowed(Exception):
    """The record cannot be changed this way now; the message is the sentence for the user."""


class StaleRecord(Exception):
    """Another person changed the record first; the message says who and when.

    `row` is the record as it is stored now.
    """

    def __init__(self, row):
        self.row = row
        super().__init__(row.changed_sentence())


def changed_sentence(who, at) -> str:
    """Say who changed a record last, for a person whose form is older than that change."""
    at = timezone.localtime(at)
    day = "" if at.date() == timezone.localdate() else f" {format_date(at.date())}"
    return f"Data ini baru saja diubah oleh {who} pada{day} {format_time(at)}."

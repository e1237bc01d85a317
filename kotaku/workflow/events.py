"""The history of a record: append-only; an event is written together with its change."""

from django.conf import settings
from django.db import models


class Event(models.Model):
    """An event in the history of a record: actor and time.

    Subclasses add the record, the `kind` if there are several, and further values. The database
    refuses to change or delete them (see `kotaku.integrity.history`).
    """

    is_history = True

    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="oleh"
    )
    at = models.DateTimeField("waktu")

    class Meta:
        abstract = True
        ordering = ["at", "pk"]

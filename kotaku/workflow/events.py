"""The history of a record: append-only, written by its verbs and nothing else."""

from django.conf import settings
from django.db import models


class Event(models.Model):
    """One thing that happened to a record: who did it, and when.

    A child adds the record, the `kind` where there are several, and what else its history keeps.
    """

    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="oleh"
    )
    at = models.DateTimeField("waktu")

    class Meta:
        abstract = True
        ordering = ["at", "pk"]

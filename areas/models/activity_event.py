"""The history of activities: append-only, written only together with a change."""

from collections.abc import Mapping

from django.db import models

from kotaku.workflow.events import Event


class ActivityEvent(Event):
    """A change of an activity: who, when, and the values before and after.

    `changes` are (label, before, after) as text, so that no saved value is lost.
    """

    class Kind(models.TextChoices):
        PLANNED = "planned", "merencanakan"
        CHANGED = "changed", "mengubah"
        PHOTO_ADDED = "photo_added", "menambah foto"
        PHOTO_REMOVED = "photo_removed", "menghapus foto"

    activity = models.ForeignKey(
        "areas.Activity", on_delete=models.PROTECT, related_name="events", verbose_name="kegiatan"
    )
    kind = models.CharField("peristiwa", max_length=20, choices=Kind)
    changes = models.JSONField("perubahan", default=list)

    class Meta(Event.Meta):
        verbose_name = "riwayat kegiatan"
        verbose_name_plural = "riwayat kegiatan"

    def __str__(self):
        return f"{self.get_kind_display()}: {self.activity}"


def differences(before: Mapping[str, str], after: Mapping[str, str]) -> list[list[str]]:
    """Return [label, before, after] for each changed value; "" for a missing one."""
    labels = [*after, *(label for label in before if label not in after)]
    return [
        [label, before.get(label, ""), after.get(label, "")]
        for label in labels
        if before.get(label, "") != after.get(label, "")
    ]

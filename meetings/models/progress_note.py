"""The history of follow-ups: append-only, written by their actions."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from kotaku.workflow.states import event_kinds
from meetings.models.follow_up import FollowUp
from meetings.models.states import FOLLOW_UP_TRANSITIONS


class ProgressNote(models.Model):
    """A note about a follow-up: who, when, what was said.

    `changes` are [name, before, after]: of a changed assignment as in `FollowUp.assignment`, and
    ["evidence", "", name] for each file that came with a report.
    """

    Kind = event_kinds(FOLLOW_UP_TRANSITIONS.values(), DETACH="menghapus bukti")

    is_history = True

    follow_up = models.ForeignKey(
        FollowUp, on_delete=models.PROTECT, related_name="notes", verbose_name="tindak lanjut"
    )
    kind = models.CharField("peristiwa", max_length=10, choices=Kind)
    text = models.TextField("catatan", blank=True)
    changes = models.JSONField("perubahan", default=list, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="oleh"
    )
    at = models.DateTimeField("pada", default=timezone.now)

    class Meta:
        verbose_name = "catatan kemajuan"
        verbose_name_plural = "catatan kemajuan"
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="progress_note_says_something",
                condition=Q(kind="confirm") | ~Q(text=""),
                violation_error_message="Tulis keterangannya.",
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.follow_up}"


def approved_assignments(meeting) -> dict[int, dict[str, str]]:
    """Return the assignments in a meeting's approved minutes that have changed since.

    For each follow-up: name → value, as in `FollowUp.assignment`.
    """
    found = {}
    rows = ProgressNote.objects.filter(kind="reassign", follow_up__decision__meeting=meeting)
    for key, changes in rows.order_by("-pk").values_list("follow_up", "changes"):
        # The oldest change comes last and decides.
        found.setdefault(key, {}).update({name: before for name, before, _ in changes})
    return found

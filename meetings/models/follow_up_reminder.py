"""Which reminders of a follow-up were mailed to whom."""

from django.conf import settings
from django.db import models

from meetings.models.follow_up import FollowUp


class FollowUpReminder(models.Model):
    """A reminder of the schedule in `meetings.follow_ups.reminding`, sent to one user.

    `day` is the day on which it fell due, not that of the mail: a reminder is sent once, also if
    the timer runs twice or days later. A new due date begins a new schedule.
    """

    region_path = "user__region"
    # No page depends on it.
    version_topic = "questions"

    follow_up = models.ForeignKey(
        FollowUp, on_delete=models.PROTECT, related_name="reminders", verbose_name="tindak lanjut"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="follow_up_reminders",
        verbose_name="pengguna",
    )
    day = models.DateField("jatuh pada")

    class Meta:
        verbose_name = "pengingat tindak lanjut"
        verbose_name_plural = "pengingat tindak lanjut"
        ordering = ["-day", "follow_up", "user"]
        constraints = [
            models.UniqueConstraint(
                fields=["follow_up", "user", "day"],
                name="follow_up_reminder_once",
                violation_error_message="Pengingat ini sudah dikirim.",
            )
        ]

    def __str__(self):
        return f"{self.follow_up}, {self.user}, {self.day}"

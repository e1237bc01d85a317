"""Calendar subscriptions and daily reminders."""

import secrets

from django.conf import settings
from django.db import models
from django.utils import timezone


def new_token() -> str:
    """Return a random secret token (256 bits)."""
    return secrets.token_urlsafe(32)


class CalendarFeed(models.Model):
    """A user's private calendar address; anyone with the token can read the calendar."""

    region_path = "user__region"

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="calendar_feed",
        verbose_name="pengguna",
    )
    token = models.CharField("token", max_length=64, unique=True, default=new_token)
    created_at = models.DateTimeField("dibuat pada", default=timezone.now)

    class Meta:
        verbose_name = "langganan kalender"
        verbose_name_plural = "langganan kalender"
        ordering = ["user"]

    def __str__(self):
        return f"Kalender {self.user}"

    @classmethod
    def renew(cls, user) -> "CalendarFeed":
        """Give the user a new address; the old one stops working at once."""
        feed, _ = cls.objects.update_or_create(
            user=user, defaults={"token": new_token(), "created_at": timezone.now()}
        )
        return feed


class SentReminder(models.Model):
    """The reminder of a user on one day; the row is written before the mail is sent."""

    region_path = "user__region"

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="reminders",
        verbose_name="pengguna",
    )
    day = models.DateField("hari")

    class Meta:
        verbose_name = "pengingat terkirim"
        verbose_name_plural = "pengingat terkirim"
        ordering = ["-day", "user"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "day"],
                name="reminder_once_per_day",
                violation_error_message="Pengingat hari ini sudah dikirim.",
            )
        ]

    def __str__(self):
        return f"{self.user}, {self.day}"

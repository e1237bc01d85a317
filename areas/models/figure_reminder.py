"""Reminders that Bappeda mailed to villages whose figure of a year was not handed in."""

from django.db import IntegrityError, models, transaction
from django.utils import timezone

from areas.models.programme import YEARS, Programme
from areas.models.village import Village
from kotaku.workflow.events import Event


class FigureReminder(Event):
    """A village was reminded of a year's figure: by whom, when, at how many addresses.

    The row is written before the mail is sent, and only once a day, so that a double click and two
    colleagues at once send one mail.
    """

    # Deleted if the mail cannot be sent.
    is_history = False
    region_path = "programme__region"
    version_topic = "questions"

    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="reminders", verbose_name="periode"
    )
    village = models.ForeignKey(
        Village, on_delete=models.PROTECT, related_name="reminders", verbose_name="desa/kelurahan"
    )
    year = models.PositiveSmallIntegerField("tahun", validators=YEARS)
    day = models.DateField("hari")
    addresses = models.PositiveSmallIntegerField("jumlah alamat")

    class Meta(Event.Meta):
        verbose_name = "pengingat isian"
        verbose_name_plural = "pengingat isian"
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "village", "year", "day"],
                name="figure_reminder_once_per_day",
                violation_error_message="Desa/kelurahan ini sudah diingatkan hari ini.",
            )
        ]

    def __str__(self):
        return f"{self.village}, {self.year}"

    @classmethod
    def claim(cls, *, programme, village, year: int, addresses: int, by) -> "FigureReminder | None":
        """Store today's reminder of a village; None if there is one already."""
        now = timezone.now()
        try:
            with transaction.atomic():
                return cls.objects.create(
                    programme=programme,
                    village=village,
                    year=year,
                    day=timezone.localdate(now),
                    addresses=addresses,
                    actor=by,
                    at=now,
                )
        except IntegrityError:
            return None

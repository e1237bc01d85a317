"""Improvements by an activity: criteria of the official assessment, per RT."""

from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from areas.models.neighbourhood import Neighbourhood
from areas.rules.criteria import known_criteria

CRITERIA = known_criteria()


class Improvement(models.Model):
    """An activity's reduction of one criterion's volume in one RT, in the criterion's unit.

    `criterion` is its code in `areas.rules.criteria`, one for all editions. Offices also
    record reductions above the volume; these count as the whole volume.
    """

    activity = models.ForeignKey(
        "areas.Activity",
        on_delete=models.CASCADE,
        related_name="improvements",
        verbose_name="kegiatan",
    )
    neighbourhood = models.ForeignKey(
        Neighbourhood, on_delete=models.PROTECT, related_name="improvements", verbose_name="RT"
    )
    criterion = models.CharField(
        "kriteria",
        max_length=max(map(len, CRITERIA)),
        choices=[(code, f"{each.key} {each.name}") for code, each in CRITERIA.items()],
    )
    volume = models.DecimalField(
        "volume yang diperbaiki",
        validators=[MinValueValidator(Decimal("1e-12"))],
        max_digits=22,
        decimal_places=12,
    )

    class Meta:
        verbose_name = "perbaikan kriteria"
        verbose_name_plural = "perbaikan kriteria"
        ordering = ["neighbourhood__rw", "neighbourhood__rt", "criterion"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "neighbourhood", "criterion"],
                name="improvement_once",
                violation_error_message="Kriteria RT ini sudah disebut.",
            ),
            models.CheckConstraint(
                name="improvement_positive",
                condition=Q(volume__gt=0),
                violation_error_message="Volume perbaikan harus lebih dari 0.",
            ),
        ]

    def __str__(self):
        return f"{self.criterion}, {self.neighbourhood}"

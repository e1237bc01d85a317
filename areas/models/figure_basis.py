"""The assessments from which a figure was computed."""

from collections.abc import Sequence
from decimal import Decimal

from django.db import models, transaction
from django.db.models import Q

from areas.models.assessment import Assessment
from areas.models.entry import Entry
from areas.models.figure import YearlyFigure
from areas.models.programme import RT_HECTARES
from areas.rules.criteria import EDITIONS
from kotaku.formats import round_half_up
from kotaku.workflow import TransitionNotAllowed

HIGHEST = max(each.max_total for each in EDITIONS.values())


class FigureBasis(models.Model):
    """An assessment used for a figure, with its area (hectares) and score at that time.

    The areas of a figure's rows that count as slum add up to its hectares, rounded once. The rows
    are deleted if the hectares change without a new computation.
    """

    figure = models.ForeignKey(
        YearlyFigure, on_delete=models.CASCADE, related_name="basis", verbose_name="isian"
    )
    assessment = models.ForeignKey(
        Assessment, on_delete=models.PROTECT, related_name="figures", verbose_name="penilaian"
    )
    area_ha = models.DecimalField("luas RT (Ha)", **RT_HECTARES)
    total = models.PositiveSmallIntegerField("nilai total")

    class Meta:
        verbose_name = "dasar isian"
        verbose_name_plural = "dasar isian"
        ordering = ["assessment__neighbourhood__rw", "assessment__neighbourhood__rt", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["figure", "assessment"],
                name="figure_basis_once",
                violation_error_message="Penilaian ini sudah menjadi dasar isian itu.",
            ),
            models.CheckConstraint(
                name="figure_basis_in_scale",
                condition=Q(area_ha__gt=0, total__gte=0, total__lte=HIGHEST),
                violation_error_message="Luas atau nilai di luar jangkauan.",
            ),
        ]

    def __str__(self):
        return f"{self.figure}: {self.assessment}"

    @property
    def is_slum(self) -> bool:
        """Whether its area counted as slum."""
        return self.total >= self.assessment.edition.slum_from


def slum_hectares(assessments: Sequence[Assessment]) -> Decimal:
    """Return a village's slum hectares: the areas of its RTs that are slum in their edition.

    The areas are rounded only here, after adding up: half up, to two decimals.
    """
    return round_half_up(exact_slum_hectares(assessments))


def exact_slum_hectares(assessments: Sequence[Assessment]) -> Decimal:
    """Return the sum that `slum_hectares` rounds, with all decimals of the RTs."""
    slum = (each.area_ha for each in assessments if each.is_slum)
    return sum(slum, Decimal("0.00"))


def compute_figure(
    figure, *, by, version: int, assessments: Sequence[Assessment], note="", reason=""
) -> None:
    """Enter the slum hectares of these verified assessments, and record the assessments.

    `note` and `reason` are the village's texts for the figure. Raises TransitionNotAllowed
    without assessments, else the same as `YearlyFigure.enter`.
    """
    if not assessments:
        raise TransitionNotAllowed("Belum ada penilaian terverifikasi untuk menghitung angka ini.")
    with transaction.atomic():
        entry = Entry(slum_hectares(assessments), note, reason=reason)
        figure.enter(by=by, version=version, entry=entry)
        figure.basis.all().delete()
        FigureBasis.objects.bulk_create(
            FigureBasis(figure=figure, assessment=each, area_ha=each.area_ha, total=each.total)
            for each in assessments
        )

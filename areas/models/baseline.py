"""The slum area of each village at the start of a decree period."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import IntegrityError, models, transaction
from django.db.models import Count, Q, Sum
from django.utils import timezone

from areas.models.programme import HECTARES, Programme
from areas.models.programme_year import summarised
from areas.models.village import Village
from areas.rules import as_of
from kotaku.formats import format_hectares_unit
from kotaku.workflow import TransitionNotAllowed

# Sum in hectares, number of villages, number of villages at 0 Ha.
Totals = tuple[Decimal, int, int]


class BaselineQuerySet(models.QuerySet):
    """Baselines are public."""

    def totals_by_programme(self):
        """Return a row with TOTALS for each programme, and the number of inferred baselines."""
        inferred = Count("pk", filter=Q(is_inferred=True))
        return self.order_by().values("programme").annotate(**TOTALS, inferred=inferred)


TOTALS = {
    "total": Sum("area_ha"),
    "villages": Count("pk"),
    "cleared": Count("pk", filter=Q(area_ha=0)),
}


def as_totals(row) -> Totals:
    """Return the TOTALS columns of a row as Totals."""
    total, villages, cleared = (row[name] for name in TOTALS)
    return (total or Decimal(0)).quantize(Decimal("0.01")), villages, cleared


class Baseline(models.Model):
    """A village's slum area in hectares at the start of a programme."""

    region_path = "programme__region"
    version_topic = "frame"

    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="baselines", verbose_name="periode"
    )
    village = models.ForeignKey(
        Village, on_delete=models.PROTECT, related_name="baselines", verbose_name="desa/kelurahan"
    )
    area_ha = models.DecimalField(
        "luas kumuh awal (Ha)", validators=[MinValueValidator(0)], **HECTARES
    )
    is_inferred = models.BooleanField(
        "disimpulkan",
        default=False,
        help_text="Tidak diumumkan sendiri, tetapi disimpulkan dari angka lain yang diumumkan.",
    )
    changed_at = models.DateTimeField("diubah pada", auto_now=True)

    objects = BaselineQuerySet.as_manager()

    class Meta:
        verbose_name = "baseline"
        verbose_name_plural = "baseline"
        ordering = ["village__name", "village__code"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "village"],
                name="baseline_once_per_village",
                violation_error_message="Desa/kelurahan ini sudah mempunyai baseline pada periode ini.",
            ),
            models.CheckConstraint(
                name="baseline_not_negative",
                condition=Q(area_ha__gte=0),
                violation_error_message="Luas tidak boleh kurang dari 0.",
            ),
        ]

    def __str__(self):
        return f"{self.village}, {self.programme}"

    @property
    def area_text(self) -> str:
        """The area with its unit, and whether it is inferred."""
        area = format_hectares_unit(self.area_ha)
        return as_of.marked(area, as_of.INFERRED if self.is_inferred else "")

    def clean(self):
        """Reject a village outside the period's kabupaten or kota."""
        programme = getattr(self, "programme", None)
        if not (programme and programme.region_id and self.village_id):
            return
        if self.village.district.region_id != programme.region_id:
            raise ValidationError(
                {"village": f"{self.village} tidak terletak di {programme.region}."}
            )

    def check_open(self, year: int) -> None:
        """Raise TransitionNotAllowed, with the user's message, if `year` cannot be entered now."""
        programme = self.programme
        if programme.is_closed:
            raise TransitionNotAllowed(
                f"Periode {programme} sudah ditutup dan tidak menerima isian lagi."
            )
        if year not in programme.entry_years:
            raise TransitionNotAllowed(
                f"Tahun {year} belum atau tidak dapat diisi pada periode {programme}."
            )

    # The actions. Each is one transaction with one BaselineEvent.

    def set_up(self, *, by, reason="", source="") -> None:
        """Store a new baseline. Raises TransitionNotAllowed if the village has one."""
        try:
            with summarised([self.village_id]):
                self.save(force_insert=True)
                self.record(
                    by=by, before_ha=None, after_ha=self.area_ha, reason=reason, source=source
                )
        except IntegrityError as error:
            raise TransitionNotAllowed(
                f"{self.village} sudah mempunyai baseline pada periode ini."
            ) from error

    def change(self, *, by, area_ha: Decimal, reason="", source="") -> None:
        """Replace the hectares; the new value is not marked as inferred.

        Raises TransitionNotAllowed if another user changed it first.
        """
        before_ha = self.area_ha
        with summarised([self.village_id]):
            changed = Baseline.objects.filter(pk=self.pk, area_ha=before_ha).update(
                area_ha=area_ha, is_inferred=False, changed_at=timezone.now()
            )
            if not changed:
                raise TransitionNotAllowed(
                    f"Baseline {self.village} baru saja diubah oleh orang lain."
                )
            self.area_ha, self.is_inferred = area_ha, False
            self.record(by=by, before_ha=before_ha, after_ha=area_ha, reason=reason, source=source)

    def mark_inferred(self, *, by, reason: str) -> None:
        """Mark these hectares as inferred: never published. Raises the same as `change`."""
        with transaction.atomic():
            marked = Baseline.objects.filter(
                pk=self.pk, area_ha=self.area_ha, is_inferred=False
            ).update(is_inferred=True, changed_at=timezone.now())
            if not marked:
                raise TransitionNotAllowed(
                    f"Baseline {self.village} baru saja diubah oleh orang lain."
                )
            self.is_inferred = True
            self.record(by=by, before_ha=self.area_ha, after_ha=self.area_ha, reason=reason)

    def record(self, *, by, before_ha, after_ha, reason="", source="") -> None:
        """Write the history event of a change just made (None: no baseline)."""
        self.programme.baseline_events.create(
            village=self.village,
            actor=by,
            at=timezone.now(),
            before_ha=before_ha,
            after_ha=after_ha,
            reason=reason,
            source=source,
        )

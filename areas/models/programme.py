"""Decree periods and the baselines that they set."""

from datetime import date, timedelta
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import IntegrityError, models
from django.db.models import Count, F, Q, Sum
from django.utils import timezone

from areas import progress
from areas.models.district_year import summarised
from areas.models.region import Village
from areas.models.states import TransitionNotAllowed
from kotaku.prepared import prepared

HECTARES = {"max_digits": 10, "decimal_places": 2}
YEARS = [MinValueValidator(2000), MaxValueValidator(2100)]


class ProgrammeQuerySet(models.QuerySet):
    """Periods are public."""

    def current(self):
        """Return the current period, or the newest when none is marked, or None."""
        return self.current_first().first()

    def current_first(self):
        """Return the current period before all others, then the newest."""
        return self.order_by("-is_current", "-baseline_year", "-pk")


class Programme(models.Model):
    """A decree period (SK kumuh): its villages' baselines, and what it promises by when.

    `declared_ha` is the total that the decree states; it may differ from the sum of the baselines,
    and is never adjusted to it. Target year and target area are known together or not at all.
    """

    name = models.CharField("nama periode", max_length=120, unique=True)
    slug = models.SlugField("nama dalam alamat", max_length=60, unique=True)
    decree_number = models.CharField("nomor SK", max_length=80, blank=True)
    decree_date = models.DateField("tanggal SK", null=True, blank=True)
    baseline_year = models.PositiveSmallIntegerField("tahun baseline", validators=YEARS)
    target_year = models.PositiveSmallIntegerField(
        "tahun target", null=True, blank=True, validators=YEARS
    )
    declared_ha = models.DecimalField(
        "luas kumuh menurut SK (Ha)",
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        **HECTARES,
    )
    target_ha = models.DecimalField(
        "target sisa luas (Ha)",
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        **HECTARES,
    )
    entry_days = models.PositiveSmallIntegerField(
        "batas isian (hari sesudah akhir tahun)",
        default=31,
        validators=[MaxValueValidator(366)],
        help_text="31 berarti isian tahun 2018 ditunggu paling lambat 31 Januari 2019.",
    )
    is_current = models.BooleanField("periode berjalan", default=False)
    is_closed = models.BooleanField(
        "ditutup", default=False, help_text="Periode yang ditutup tidak menerima isian lagi."
    )
    is_sample = models.BooleanField(
        "data contoh",
        default=False,
        help_text='Setiap halaman yang menampilkannya bertanda "Data contoh".',
    )
    source = models.TextField("sumber", help_text="Tampil di bawah grafik.")
    changed_at = models.DateTimeField("diubah pada", auto_now=True)

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = "periode (SK kumuh)"
        verbose_name_plural = "periode (SK kumuh)"
        ordering = ["-baseline_year", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_current"],
                condition=Q(is_current=True),
                name="programme_one_current",
                violation_error_message="Sudah ada periode berjalan lain. Lepaskan tanda di sana lebih dahulu.",
            ),
            models.CheckConstraint(
                name="programme_target_paired",
                condition=Q(target_year__isnull=True, target_ha__isnull=True)
                | Q(target_year__isnull=False, target_ha__isnull=False),
                violation_error_message="Isi tahun target dan target luas bersama-sama, atau kosongkan keduanya.",
            ),
            models.CheckConstraint(
                name="programme_target_after_baseline",
                condition=Q(target_year__isnull=True) | Q(target_year__gt=F("baseline_year")),
                violation_error_message="Tahun target harus sesudah tahun baseline.",
            ),
            models.CheckConstraint(
                name="programme_hectares_not_negative",
                condition=(Q(declared_ha__isnull=True) | Q(declared_ha__gte=0))
                & (Q(target_ha__isnull=True) | Q(target_ha__gte=0)),
                violation_error_message="Luas tidak boleh kurang dari 0.",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def entry_years(self) -> range:
        """The years that may be entered: after the baseline, up to the present calendar year."""
        return range(self.baseline_year + 1, timezone.localdate().year + 1)

    def clean(self):
        """Refuse a baseline year that figures of this period already lie before."""
        if self.pk is None or self.baseline_year is None:
            return
        figures = self.baselines.filter(figures__year__lte=self.baseline_year)
        if figures.exists():
            raise ValidationError(
                {
                    "baseline_year": "Sudah ada isian untuk tahun ini atau sebelumnya pada periode ini."
                }
            )

    def accepts(self, year: int) -> bool:
        """Whether figures of this year may be entered now (a closed period takes none)."""
        return not self.is_closed and year in self.entry_years

    def due_date(self, year: int) -> date:
        """The last day on which the figure of `year` is expected."""
        return date(year, 12, 31) + timedelta(days=self.entry_days)

    def target(self) -> progress.Target | None:
        """The promise as `progress` reads it; None while no target is known."""
        if self.target_year is None:
            return None
        stated = dict(_stated_targets(programme=self.pk))
        return progress.Target(year=self.target_year, area_ha=self.target_ha, stated=stated)


class YearTarget(models.Model):
    """A target in hectares that the programme states for one year on the way."""

    programme = models.ForeignKey(
        Programme, on_delete=models.CASCADE, related_name="year_targets", verbose_name="periode"
    )
    year = models.PositiveSmallIntegerField("tahun", validators=YEARS)
    area_ha = models.DecimalField(
        "target sisa luas (Ha)", validators=[MinValueValidator(0)], **HECTARES
    )

    class Meta:
        verbose_name = "target per tahun"
        verbose_name_plural = "target per tahun"
        ordering = ["year"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "year"],
                name="year_target_once",
                violation_error_message="Tahun ini sudah mempunyai target.",
            ),
            models.CheckConstraint(
                name="year_target_not_negative",
                condition=Q(area_ha__gte=0),
                violation_error_message="Luas tidak boleh kurang dari 0.",
            ),
        ]

    def __str__(self):
        return f"{self.programme}, {self.year}"

    def clean(self):
        """Refuse years that are not between the baseline and the target year."""
        programme = self.programme
        last = programme.target_year
        if self.year is None or programme.baseline_year is None:
            return
        if last is None:
            raise ValidationError({"year": "Isi dahulu tahun target dan target luas periode ini."})
        if not programme.baseline_year < self.year < last:
            raise ValidationError(
                {"year": "Pilih tahun di antara tahun baseline dan tahun target."}
            )


@prepared(YearTarget)
def _stated_targets(programme):
    return YearTarget.objects.filter(programme=programme).values_list("year", "area_ha")


class BaselineQuerySet(models.QuerySet):
    """Baselines are public."""

    def totals(self) -> tuple[Decimal, int, int]:
        """Return (sum in hectares, number of villages, villages already at 0 Ha)."""
        return as_totals(self.order_by().aggregate(**TOTALS))


TOTALS = {
    "total": Sum("area_ha"),
    "villages": Count("pk"),
    "cleared": Count("pk", filter=Q(area_ha=0)),
}


def as_totals(row) -> tuple[Decimal, int, int]:
    """Return a row of TOTALS as `BaselineQuerySet.totals` does."""
    total = (row["total"] or Decimal(0)).quantize(Decimal("0.01"))
    return total, row["villages"], row["cleared"]


class Baseline(models.Model):
    """The slum area in hectares with which a village enters a programme."""

    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="baselines", verbose_name="periode"
    )
    village = models.ForeignKey(
        Village, on_delete=models.PROTECT, related_name="baselines", verbose_name="desa/kelurahan"
    )
    area_ha = models.DecimalField(
        "luas kumuh awal (Ha)", validators=[MinValueValidator(0)], **HECTARES
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

    def check_open(self, year: int) -> None:
        """Raise TransitionNotAllowed, with the user's sentence, when `year` cannot be entered now."""
        programme = self.programme
        if programme.is_closed:
            raise TransitionNotAllowed(
                f"Periode {programme} sudah ditutup dan tidak menerima isian lagi."
            )
        if year not in programme.entry_years:
            raise TransitionNotAllowed(
                f"Tahun {year} belum atau tidak dapat diisi pada periode {programme}."
            )

    # The verbs. Each is one transaction with one BaselineEvent.

    def set_up(self, *, by, reason="", source="") -> None:
        """Store a new baseline. Raises TransitionNotAllowed when the village has one already."""
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
        """Replace the hectares. Raises TransitionNotAllowed when somebody else was faster."""
        before_ha = self.area_ha
        with summarised([self.village_id]):
            changed = Baseline.objects.filter(pk=self.pk, area_ha=before_ha).update(
                area_ha=area_ha, changed_at=timezone.now()
            )
            if not changed:
                raise TransitionNotAllowed(
                    f"Baseline {self.village} baru saja diubah oleh orang lain."
                )
            self.area_ha = area_ha
            self.record(by=by, before_ha=before_ha, after_ha=area_ha, reason=reason, source=source)

    def record(self, *, by, before_ha, after_ha, reason="", source="") -> None:
        """Write the line of history of a change that has just been made (None: not there)."""
        self.programme.baseline_events.create(
            village=self.village,
            actor=by,
            at=timezone.now(),
            before_ha=before_ha,
            after_ha=after_ha,
            reason=reason,
            source=source,
        )

"""Decree periods and their targets."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from operator import attrgetter

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from areas.models.village import Village
from areas.rules import progress
from kotaku.caching.remembered import remembered
from kotaku.models import Region
from kotaku.models.region import inside

HECTARES = {"max_digits": 10, "decimal_places": 2}
# For areas of RTs and volumes in hectares; only a village's sum is rounded.
RT_HECTARES = {"max_digits": 20, "decimal_places": 12}
YEARS = [MinValueValidator(2000), MaxValueValidator(2100)]

# Of several periods, the running one is the one marked current, else the newest, and among equally
# new ones the last created. `running` applies the same rule to many regions at once.
RANK = ("is_current", "baseline_year", "pk")


class ProgrammeQuerySet(models.QuerySet):
    """Periods are public; users work with those of their region."""

    def of(self, user):
        """Return the periods of this user's region."""
        return self.filter(user.within("region"))

    def of_officer(self, user):
        """Return the periods in the regions of this officer's villages."""
        regions = Village.objects.of_officer(user).values("district__region")
        return self.filter(region__in=regions)

    def inside(self, region):
        """Return the periods in a region; all if None."""
        return self.filter(inside(region))

    def running(self, region=None):
        """Return the period `current_of` would choose, for each kabupaten or kota in a region."""
        # RANK as a condition, because PostgreSQL badly underestimates the number of rows that are
        # "the first of their region": it expects three in the whole nation.
        later = (
            Q(is_current=True)
            | Q(baseline_year__gt=OuterRef("baseline_year"))
            | Q(baseline_year=OuterRef("baseline_year"), pk__gt=OuterRef("pk"))
        )
        others = Programme.objects.filter(later, region=OuterRef("region"))
        return self.inside(region).filter(Q(is_current=True) | ~Exists(others))

    def current(self):
        """Return the period that `current_of` would choose, or None."""
        return self.current_first().first()

    def current_first(self):
        """Order by rank: first the period that `current_of` would choose."""
        return self.order_by(*(f"-{name}" for name in RANK))

    def accepting(self, year: int):
        """Return the periods that accept figures of this year, as `Programme.accepts` does."""
        if year > timezone.localdate().year:
            return self.none()
        return self.filter(is_closed=False, baseline_year__lt=year)


class Programme(models.Model):
    """A decree period (SK kumuh): its villages' baselines, and its target.

    `declared_ha` is the total stated by the decree or another source; it is called "menurut SK"
    only if the decree's number is recorded. It may differ from the sum of the baselines, and is
    never adjusted to it. Target year and target area are either both known or both unknown.
    """

    region_path = "region"
    version_topic = "frame"

    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, related_name="programmes", verbose_name="kabupaten/kota"
    )
    name = models.CharField("nama periode", max_length=120)
    slug = models.SlugField("nama dalam alamat", max_length=60, unique=True)
    decree_number = models.CharField("nomor SK", max_length=80, blank=True)
    decree_date = models.DateField("tanggal SK", null=True, blank=True)
    baseline_year = models.PositiveSmallIntegerField("tahun baseline", validators=YEARS)
    target_year = models.PositiveSmallIntegerField(
        "tahun target", null=True, blank=True, validators=YEARS
    )
    declared_ha = models.DecimalField(
        "total luas kumuh yang tercatat (Ha)",
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
    shows_ranks = models.BooleanField(
        "urutan untuk umum",
        default=False,
        help_text="Umum melihat urutan desa/kelurahan menurut pengurangan dan mana yang lebih "
        "lambat dari kota. Tanpa tanda ini hanya pengguna yang sudah masuk yang melihatnya.",
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
                fields=["region"],
                condition=Q(is_current=True),
                name="programme_one_current",
                violation_error_message="Sudah ada periode berjalan lain. Lepaskan tanda di sana lebih dahulu.",
            ),
            models.UniqueConstraint(
                fields=["region", "name"],
                name="programme_name_once",
                violation_error_message="Sudah ada periode dengan nama ini di kabupaten/kota itu.",
            ),
            models.CheckConstraint(
                name="programme_closed_not_current",
                condition=Q(is_current=False) | Q(is_closed=False),
                violation_error_message="Periode yang ditutup bukan periode berjalan: lepaskan salah satu tanda.",
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
    def decreed_ha(self) -> Decimal | None:
        """The declared total if its decree (SK) is recorded, else None."""
        return self.declared_ha if self.decree_number else None

    @property
    def entry_years(self) -> range:
        """The years that may be entered: after the baseline, up to the current calendar year."""
        return range(self.baseline_year + 1, timezone.localdate().year + 1)

    def clean(self):
        """Reject a province or nation, a region other than the villages', and a late baseline year.

        All figures of the period must be after its baseline year.
        """
        if self.region_id and self.region.is_summed:
            raise ValidationError({"region": "SK kumuh ditetapkan untuk satu kabupaten atau kota."})
        if self.pk and self.baselines.exclude(village__district__region=self.region_id).exists():
            raise ValidationError(
                {"region": "Desa/kelurahan periode ini terletak di kabupaten atau kota lain."}
            )
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
        """Whether figures of this year may be entered now; never in a closed period."""
        return not self.is_closed and year in self.entry_years

    def due_date(self, year: int) -> date:
        """The last day on which the figure of `year` is expected."""
        return date(year, 12, 31) + timedelta(days=self.entry_days)

    def due_year(self, today: date) -> int | None:
        """Return the year whose figures are due next; None if the period has no such year.

        In January that is still the year before, until its due date has passed.
        """
        open_years = [year for year in self.entry_years if self.due_date(year) >= today]
        return min(open_years, default=max(self.entry_years, default=None))

    def overdue_years(self, today: date) -> list[int]:
        """Return the years that may still be entered although their due date has passed."""
        years = [] if self.is_closed else self.entry_years
        return [year for year in years if self.due_date(year) < today]

    def missing_years(self, series: progress.Series) -> list[int]:
        """Return the years without any figure of a series that may be entered and are overdue."""
        known = {point.year for point in series.points if point.is_baseline or point.counted}
        return [year for year in self.overdue_years(timezone.localdate()) if year not in known]

    def shows_ranks_to(self, user) -> bool:
        """Whether this user sees the villages' order by reduction and how they compare."""
        return self.shows_ranks or user.is_authenticated

    def target(self, stated: dict[int, Decimal] | None = None) -> progress.Target | None:
        """Return the target for `progress`; None while unknown.

        `stated` are the targets of single years, if already loaded. Those not between
        the present baseline and target year, which may have been corrected, are left out.
        """
        if self.target_year is None:
            return None
        if stated is None:
            stated = _stated_by_year(self.pk)
        between = {
            year: area_ha
            for year, area_ha in stated.items()
            if self.baseline_year < year < self.target_year
        }
        return progress.Target(year=self.target_year, area_ha=self.target_ha, stated=between)


def current_of(programmes: Iterable[Programme]) -> Programme | None:
    """Return the running one of these periods (see RANK), or None."""
    return max(programmes, key=attrgetter(*RANK), default=None)


class YearTarget(models.Model):
    """A programme's target in hectares for a year before the target year."""

    version_topic = "frame"

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
        """Reject years that are not between baseline and target year."""
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


@remembered("frame")
def _stated_by_year(programme) -> dict[int, Decimal]:
    return dict(YearTarget.objects.filter(programme=programme).values_list("year", "area_ha"))

"""Kecamatan, and the desa and kelurahan in them."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models

from kotaku.models import Region
from kotaku.models.region import inside


class District(models.Model):
    """A kecamatan, with its Kemendagri code such as `32.79.01`."""

    region_path = "region"
    version_topic = "frame"

    code = models.CharField(
        "kode Kemendagri",
        max_length=8,
        unique=True,
        validators=[RegexValidator(r"^\d{2}\.\d{2}\.\d{2}$", "Tulis kode seperti 32.79.01.")],
    )
    name = models.CharField("nama", max_length=80)
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, related_name="districts", verbose_name="kabupaten/kota"
    )
    changed_at = models.DateTimeField("diubah pada", auto_now=True)

    class Meta:
        verbose_name = "kecamatan"
        verbose_name_plural = "kecamatan"
        ordering = ["code"]

    def __str__(self):
        return f"Kecamatan {self.name}"

    def clean(self):
        """Reject a region whose code is not a prefix of the district's code."""
        if self.code and self.region_id and not self.code.startswith(f"{self.region.code}."):
            raise ValidationError(
                {
                    "region": f"Kode {self.code} bukan bagian dari {self.region} ({self.region.code})."
                }
            )

    @property
    def number(self) -> int:
        """The district's number within its city, as shown on the map."""
        return int(self.code.rpartition(".")[2])


class VillageQuerySet(models.QuerySet):
    """Villages are public; their officers are not."""

    def of(self, user):
        """Return the villages of this user's region."""
        return self.inside(user.region)

    def inside(self, region):
        """Return the villages in a region; all if None."""
        return self.filter(inside(region, self.model.region_path))

    def named_or(self, code: str | None, condition):
        """Return the choices of a filter: villages that match a condition, and the chosen one.

        A village without data is not offered, but a URL may still name it.
        """
        return self.filter(condition | models.Q(code=(code or "").replace("\x00", "")))

    def of_officer(self, user):
        """Return the villages for which this user enters figures."""
        return self.filter(officers=user)

    def planned_by(self, user):
        """Return the villages whose activities this user may enter.

        These are all of the region for Bappeda, their own for officers.
        """
        if user.is_authenticated and user.is_bappeda:
            return self.of(user)
        if user.is_authenticated and user.is_village_officer:
            return self.of_officer(user)
        return self.none()


class Village(models.Model):
    """A desa or kelurahan, with its Kemendagri code and a centre point (WGS 84)."""

    region_path = "district__region"
    version_topic = "frame"

    class Kind(models.TextChoices):
        DESA = "desa", "Desa"
        KELURAHAN = "kelurahan", "Kelurahan"

    code = models.CharField(
        "kode Kemendagri",
        max_length=13,
        unique=True,
        validators=[
            RegexValidator(r"^\d{2}\.\d{2}\.\d{2}\.\d{4}$", "Tulis kode seperti 32.79.01.1002.")
        ],
    )
    name = models.CharField("nama", max_length=80)
    kind = models.CharField("jenis", max_length=10, choices=Kind)
    district = models.ForeignKey(
        District, on_delete=models.PROTECT, related_name="villages", verbose_name="kecamatan"
    )
    latitude = models.DecimalField(
        "lintang",
        max_digits=8,
        decimal_places=5,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )
    longitude = models.DecimalField(
        "bujur",
        max_digits=8,
        decimal_places=5,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )
    officers = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        related_name="villages",
        blank=True,
        verbose_name="petugas",
        help_text="Kepala desa, lurah, atau operator yang mengisi luas kumuh desa/kelurahan ini.",
    )

    changed_at = models.DateTimeField("diubah pada", auto_now=True)

    objects = VillageQuerySet.as_manager()

    class Meta:
        verbose_name = "desa/kelurahan"
        verbose_name_plural = "desa/kelurahan"
        ordering = ["name", "code"]
        constraints = [
            models.CheckConstraint(
                name="village_on_earth",
                condition=models.Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                violation_error_message="Koordinat di luar jangkauan lintang dan bujur.",
            ),
        ]

    def __str__(self):
        return self.full_name

    def clean(self):
        """Reject a kecamatan of another kabupaten or kota if the village has baselines."""
        if not (self.pk and self.district_id):
            return
        if self.baselines.exclude(programme__region=self.district.region_id).exists():
            raise ValidationError(
                {
                    "district": "Desa/kelurahan ini mempunyai baseline pada periode kabupaten atau "
                    "kota lain."
                }
            )

    @property
    def full_name(self) -> str:
        """`Desa Balokang`, `Kelurahan Banjar`."""
        return f"{self.get_kind_display()} {self.name}"

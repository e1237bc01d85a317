"""Regions: the nation, its provinces, and their kabupaten and kota."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q


class RegionQuerySet(models.QuerySet):
    """Regions are public; users work in their own."""

    def of(self, user):
        """Return the user's region and the regions in it; all if the user has none."""
        return self.inside(user.region)

    def inside(self, region):
        """Return a region and the regions in it; all for None or the nation."""
        if region is None or region.kind == Region.Kind.NATION:
            return self
        return self.filter(Q(pk=region.pk) | Q(parent=region))


class Region(models.Model):
    """A kabupaten or kota, the province above it, or the nation, with its Kemendagri code.

    `32.79` is in `32`. The nation has no Kemendagri code; it is `ID`, without a parent.
    """

    class Kind(models.TextChoices):
        """The level of the region."""

        NATION = "nation", "Negara"
        PROVINCE = "province", "Provinsi"
        REGENCY = "regency", "Kabupaten"
        CITY = "city", "Kota"

    version_topic = "frame"

    code = models.CharField(
        "kode Kemendagri",
        max_length=5,
        unique=True,
        validators=[RegexValidator(r"^(ID|\d{2}(\.\d{2})?)$", "Tulis kode seperti 32.79 atau 32.")],
        help_text="Kabupaten/kota: 32.79. Provinsi: 32. Negara: ID.",
    )
    name = models.CharField("nama", max_length=80, help_text="Tanpa jenisnya: Banjar, Jawa Barat.")
    kind = models.CharField("jenis", max_length=10, choices=Kind)
    parent = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="parts",
        verbose_name="bagian dari",
        help_text="Provinsi dari kabupaten/kota ini.",
    )

    objects = RegionQuerySet.as_manager()

    class Meta:
        verbose_name = "wilayah"
        verbose_name_plural = "wilayah"
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="region_in_province",
                condition=Q(kind__in=("nation", "province"), parent__isnull=True)
                | Q(kind__in=("regency", "city"), parent__isnull=False),
                violation_error_message=(
                    "Kabupaten atau kota adalah bagian dari sebuah provinsi; "
                    "provinsi dan negara bukan bagian dari wilayah lain."
                ),
            ),
        ]

    def __str__(self):
        return self.full_name

    @property
    def full_name(self) -> str:
        """`Kota Banjar`, `Provinsi Jawa Barat`, `Indonesia`."""
        return (
            self.name if self.kind == self.Kind.NATION else f"{self.get_kind_display()} {self.name}"
        )

    @property
    def is_summed(self) -> bool:
        """Whether its figures are sums of its kabupaten and kota: it has no decree of its own."""
        return self.kind in (self.Kind.NATION, self.Kind.PROVINCE)

    def clean(self):
        """Check that the code fits the kind and the province, and that the parent is a province."""
        wanted = {self.Kind.NATION: r"ID", self.Kind.PROVINCE: r"\d\d"}
        pattern = wanted.get(self.kind, r"\d\d\.\d\d")
        if self.code and not re.fullmatch(pattern, self.code):
            raise ValidationError({"code": "Kode ini tidak sesuai dengan jenis wilayahnya."})
        if self.parent_id and self.parent.kind != self.Kind.PROVINCE:
            raise ValidationError({"parent": "Pilih provinsinya."})
        if self.parent_id and not self.code.startswith(f"{self.parent.code}."):
            raise ValidationError(
                {"parent": f"Kode {self.code} bukan bagian dari {self.parent.code}."}
            )

    def covers(self, other: "Region") -> bool:
        """Whether another region is this one or inside it."""
        return self.kind == self.Kind.NATION or self.pk in (other.pk, other.parent_id)


def inside(region: Region | None, path: str = "region") -> Q:
    """Return a filter for rows whose `path` is in this region; all for None or the nation."""
    if region is None or region.kind == Region.Kind.NATION:
        return Q()
    if region.kind == Region.Kind.PROVINCE:
        return Q(**{path: region}) | Q(**{f"{path}__parent": region})
    return Q(**{path: region})


def around(region: Region, path: str = "region") -> Q:
    """Return a filter for rows whose region contains this one; rows without one match too."""
    own = Q(**{f"{path}__isnull": True}) | Q(**{f"{path}__kind": Region.Kind.NATION})
    return own | Q(**{f"{path}__in": [pk for pk in (region.pk, region.parent_id) if pk]})

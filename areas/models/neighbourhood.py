"""The RT of a village: what the official assessment looks at."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from areas.models.village import Village

NUMBER = [MinValueValidator(1), MaxValueValidator(999)]


class NeighbourhoodQuerySet(models.QuerySet):
    """That an RT exists is public; who may assess it is not."""

    def editable_by(self, user):
        """Return the RTs of this officer's villages."""
        if user.is_authenticated and user.is_village_officer:
            return self.filter(village__in=Village.objects.of_officer(user))
        return self.none()

    def of_kind(self, *, sample: bool):
        """Return invented or real ones; the two never add up with each other."""
        return self.filter(is_sample=sample)


class Neighbourhood(models.Model):
    """A rukun tetangga (RT) in its rukun warga (RW), the smallest area that is assessed."""

    region_path = "village__district__region"
    version_topic = "assessments"

    village = models.ForeignKey(
        Village,
        on_delete=models.PROTECT,
        related_name="neighbourhoods",
        verbose_name="desa/kelurahan",
    )
    rt = models.PositiveSmallIntegerField("RT", validators=NUMBER)
    rw = models.PositiveSmallIntegerField("RW", validators=NUMBER)
    hamlet = models.CharField("dusun atau lingkungan", max_length=80, blank=True)
    is_sample = models.BooleanField(
        "data contoh", default=False, help_text='Halamannya bertanda "Data contoh".'
    )
    changed_at = models.DateTimeField("diubah pada", auto_now=True)

    objects = NeighbourhoodQuerySet.as_manager()

    class Meta:
        verbose_name = "RT"
        verbose_name_plural = "RT"
        ordering = ["village__name", "rw", "rt", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["village", "rt", "rw", "is_sample"],
                name="neighbourhood_once",
                violation_error_message="RT ini sudah tercatat di desa/kelurahan itu.",
            ),
            models.CheckConstraint(
                name="neighbourhood_numbers",
                condition=Q(rt__range=(1, 999), rw__range=(1, 999)),
                violation_error_message="Nomor RT dan RW harus antara 1 dan 999.",
            ),
        ]

    def __str__(self):
        return f"{self.short_name}, {self.village}"

    @property
    def short_name(self) -> str:
        """`RT 003/RW 001`."""
        return f"RT {self.rt:03}/RW {self.rw:03}"

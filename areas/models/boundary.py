"""Village boundaries: polygons from a map file, in original and simplified form."""

from django.conf import settings
from django.db import models

from areas.models.village import Village


class Boundary(models.Model):
    """A village's boundary in WGS 84 degrees (longitude, latitude).

    `polygons` is a list of polygons, each a list of rings (the outer first), as in a GeoJSON
    MultiPolygon. `drawn` is the same with fewer points, simplified together with the neighbours
    so that shared borders stay shared.
    """

    region_path = "village__district__region"
    version_topic = "frame"

    village = models.OneToOneField(
        Village, on_delete=models.CASCADE, related_name="boundary", verbose_name="desa/kelurahan"
    )
    polygons = models.JSONField("batas")
    drawn = models.JSONField("batas yang digambar")
    source = models.CharField("sumber", max_length=200, help_text="Tampil di bawah peta.")
    loaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="dimuat oleh",
    )
    loaded_at = models.DateTimeField("dimuat pada")

    class Meta:
        verbose_name = "batas desa/kelurahan"
        verbose_name_plural = "batas desa/kelurahan"
        ordering = ["village__code"]

    def __str__(self):
        return f"Batas {self.village}"

"""Funding of an activity by source: planned and spent, in whole rupiah."""

from django.db import models
from django.db.models import Q

RUPIAH = {"max_digits": 15, "decimal_places": 0}


class FundingSource(models.TextChoices):
    """A source of money; several may share one activity."""

    APBN = "apbn", "APBN"
    BDI = "bdi", "BDI/BPM"
    PROVINCE = "apbd-provinsi", "APBD provinsi"
    CITY = "apbd-kota", "APBD kota"
    DAK = "dak", "DAK"
    VILLAGE = "dana-desa", "Dana Desa/APBDes"
    KELURAHAN = "dana-kelurahan", "Dana kelurahan"
    COMMUNITY = "swadaya", "Swadaya masyarakat"
    CSR = "csr", "CSR/swasta"
    GRANT = "hibah", "Hibah"
    OTHER = "lainnya", "Lainnya"


class Funding(models.Model):
    """One source's funding of an activity, in rupiah: planned and spent."""

    activity = models.ForeignKey(
        "areas.Activity", on_delete=models.CASCADE, related_name="funding", verbose_name="kegiatan"
    )
    source = models.CharField("sumber dana", max_length=20, choices=FundingSource)
    planned_idr = models.DecimalField("anggaran (Rp)", **RUPIAH)
    realised_idr = models.DecimalField("realisasi (Rp)", default=0, **RUPIAH)

    class Meta:
        verbose_name = "dana kegiatan"
        verbose_name_plural = "dana kegiatan"
        ordering = ["-planned_idr", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "source"],
                name="funding_source_once",
                violation_error_message="Sumber dana ini sudah disebut.",
            ),
            models.CheckConstraint(
                name="funding_not_negative",
                condition=Q(planned_idr__gte=0, realised_idr__gte=0),
                violation_error_message="Dana tidak boleh kurang dari 0.",
            ),
        ]

    def __str__(self):
        return f"{self.get_source_display()}: {self.activity}"

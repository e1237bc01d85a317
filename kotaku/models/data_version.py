"""The data version as stored in the database."""

from django.db import models


class DataVersion(models.Model):
    """One of the tokens that form the data version (see `kotaku.caching.data_version`)."""

    # Written only by triggers; its own changes do not change the data version.
    is_part_of_record = False

    topic = models.CharField("bagian", max_length=30, db_default="")
    token = models.BigIntegerField("tanda")

    class Meta:
        verbose_name = "versi data"
        verbose_name_plural = "versi data"

    def __str__(self):
        return f"{self.topic} {self.token}"

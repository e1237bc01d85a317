"""The version of the record, as the database keeps it."""

from django.db import models


class DataVersion(models.Model):
    """One of the tokens that together are the version of the record (see `kotaku.caching.data_version`)."""

    # Written by the database's triggers alone; a change of it is no change of the record.
    is_part_of_record = False

    topic = models.CharField("bagian", max_length=30, db_default="")
    token = models.BigIntegerField("tanda")

    class Meta:
        verbose_name = "versi data"
        verbose_name_plural = "versi data"

    def __str__(self):
        return f"{self.topic} {self.token}"

"""The stored reading of a large spreadsheet, worked out batch by batch over several requests."""

from django.db import IntegrityError, models, transaction
from django.db.models import F

from areas.models.import_run import ImportRun


class ImportReading(models.Model):
    """What is understood of a large file so far; derived from the file, so no part of the record.

    `key` identifies everything that the reading depends on; with another key it is out of date.
    `understood` are the columns, questions and headings, `carried` what the rows read so far mean
    for the rows below. Both are JSON of `areas.importing.stored_json`.
    """

    region_path = "run__programme__region"
    is_part_of_record = False

    run = models.OneToOneField(
        ImportRun, on_delete=models.CASCADE, related_name="reading", verbose_name="impor"
    )
    key = models.CharField("kunci", max_length=64)
    version = models.PositiveIntegerField("versi", default=1)
    rows = models.PositiveIntegerField("baris")
    done_rows = models.PositiveIntegerField("baris terbaca", default=0)
    understood = models.TextField("pemahaman")
    carried = models.TextField("bawaan")

    class Meta:
        verbose_name = "pembacaan impor"
        verbose_name_plural = "pembacaan impor"
        constraints = [
            models.CheckConstraint(
                name="import_reading_within_rows",
                condition=models.Q(done_rows__lte=F("rows")),
                violation_error_message="Baris terbaca tidak boleh melebihi baris berkas.",
            )
        ]

    def __str__(self):
        return f"{self.run}: {self.percent} %"

    @property
    def is_done(self) -> bool:
        """Whether all rows are read."""
        return self.done_rows >= self.rows

    @property
    def percent(self) -> int:
        """The share of rows that are read (0–100); 100 only if all are."""
        return self.done_rows * 100 // self.rows if self.rows else 100

    @classmethod
    def begin(cls, run, *, key: str, understood: str, carried: str, parts) -> "ImportReading":
        """Replace the reading of a run by a new one; `parts` are (rows, content) in file order.

        If another request has just begun the same one, its reading is returned.
        """
        parts = list(parts)
        try:
            with transaction.atomic():
                cls.objects.filter(run=run).delete()
                reading = cls.objects.create(
                    run=run,
                    key=key,
                    rows=sum(count for count, _ in parts),
                    understood=understood,
                    carried=carried,
                )
                ImportPart.objects.bulk_create(
                    ImportPart(reading=reading, number=number, rows=count, content=content)
                    for number, (count, content) in enumerate(parts, 1)
                )
        except IntegrityError:
            return cls.objects.get(run=run)
        return reading

    def next_part(self) -> "ImportPart | None":
        """Return the first part that is not read yet."""
        return self.parts.filter(is_read=False).order_by("number").first()

    def store(self, part: "ImportPart", *, content: str, carried: str) -> bool:
        """Store what was read of the next part, unless another request was faster.

        Returns whether it was stored; the row count of one conditional update decides.
        """
        with transaction.atomic():
            mine = ImportReading.objects.filter(pk=self.pk, version=self.version)
            changes = {"version": F("version") + 1, "done_rows": F("done_rows") + part.rows}
            if not mine.update(**changes, carried=carried):
                return False
            ImportPart.objects.filter(pk=part.pk).update(content=content, is_read=True)
        self.version += 1
        self.done_rows += part.rows
        self.carried = carried
        return True


class ImportPart(models.Model):
    """Some rows of a large file, and after they are read their statements instead."""

    region_path = "reading__run__programme__region"
    is_part_of_record = False

    reading = models.ForeignKey(
        ImportReading, on_delete=models.CASCADE, related_name="parts", verbose_name="pembacaan"
    )
    number = models.PositiveIntegerField("nomor")
    rows = models.PositiveIntegerField("baris")
    content = models.TextField("isi")
    is_read = models.BooleanField("terbaca", default=False)

    class Meta:
        verbose_name = "bagian berkas impor"
        verbose_name_plural = "bagian berkas impor"
        constraints = [
            models.UniqueConstraint(
                fields=["reading", "number"],
                name="import_part_number",
                violation_error_message="Nomor bagian ini sudah ada.",
            )
        ]

    def __str__(self):
        return f"{self.reading_id}, {self.number}"

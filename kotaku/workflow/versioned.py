"""Rows that several people write: a version travels with the form, and a stale save is refused."""

from django.conf import settings
from django.db import models
from django.db.models import F
from django.utils import timezone

from kotaku.workflow.refusals import StaleRecord, changed_sentence


class Versioned(models.Model):
    """A row that changes only by `change`, which counts the changes and remembers who made them."""

    version = models.PositiveIntegerField("versi", default=1)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="diubah oleh",
    )
    changed_at = models.DateTimeField("diubah pada", default=timezone.now)

    class Meta:
        abstract = True

    def changed_sentence(self) -> str:
        """Say who changed this row last, for somebody whose form is older than that."""
        return changed_sentence(self.changed_by, self.changed_at)

    def count_change(self, *, by) -> None:
        """Count a change of a row that is about to be saved under a lock, as the admin does."""
        self.version = self.version + 1 if self.pk else 1
        self.changed_by, self.changed_at = by, timezone.now()

    def change(self, *, by, version: int, **changes) -> None:
        """Write these fields if nobody has changed the row since `version`.

        Raises StaleRecord otherwise. The row count of one conditional update decides.
        """
        values = {**changes, "changed_by": by, "changed_at": timezone.now()}
        rows = type(self)._default_manager
        # The caller has judged the row as it was loaded; a version loaded by nobody is stale too.
        is_loaded = version == self.version
        mine = rows.filter(pk=self.pk, version=version)
        if not (is_loaded and mine.update(**values, version=F("version") + 1)):
            raise StaleRecord(rows.select_related("changed_by").get(pk=self.pk))
        for name, value in {**values, "version": version + 1}.items():
            setattr(self, name, value)

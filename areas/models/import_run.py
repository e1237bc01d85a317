"""An uploaded spreadsheet: its kind, its state, and the file."""

import uuid
from datetime import timedelta
from functools import partial

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from areas.models.event import SOURCE_LENGTH
from areas.models.programme import Programme
from kotaku.files.digested import DigestedFileField
from kotaku.workflow import TransitionNotAllowed

# Unapplied imports older than this many days are deleted, at the user's next upload and nightly.
KEPT_DAYS = 7
# An application that has not ended after so many minutes was interrupted; nothing of it is stored.
APPLYING_MINUTES = 15


def storage_name(run, filename) -> str:
    """Return a random name, so that the user's file name is never used on disk."""
    return f"imports/{uuid.uuid4().hex}"


class ImportRunQuerySet(models.QuerySet):
    """Access to imports by user."""

    def visible_to(self, user):
        """Return the user's own imports and the applied ones of others; for admins all.

        Only for Bappeda and admins, and only within the user's region.
        """
        if not (user.is_authenticated and user.is_bappeda):
            return self.none()
        mine = self.filter(user.within(self.model.region_path))
        if user.is_superuser:
            return mine
        return mine.filter(Q(uploaded_by=user) | Q(state=ImportRun.State.APPLIED))

    def open_to(self, user):
        """Return the user's own imports, which only they may continue."""
        return self.visible_to(user).filter(uploaded_by=user)

    def applied(self):
        """Return the applied runs, newest first."""
        return self.filter(state=ImportRun.State.APPLIED).order_by("-applied_at", "-pk")


class ImportRun(models.Model):
    """One file to import: Pratinjau → Diterapkan, or Dibatalkan.

    `layout` stores the user's choices: the sheet's name, the row of the headings, the meaning of
    the columns, and the answers to questions about the file.
    """

    region_path = "programme__region"
    not_part_of_record = ("applying_since",)

    class Kind(models.TextChoices):
        BASELINES = "baseline", "Baseline periode (daftar SK)"
        FIGURES = "angka", "Angka tahunan"
        ASSESSMENTS = "penilaian", "Penilaian RT"

    class State(models.TextChoices):
        """The state of the import."""

        PREVIEWED = "previewed", "Pratinjau"
        APPLIED = "applied", "Diterapkan"
        CANCELLED = "cancelled", "Dibatalkan"

    kind = models.CharField("isi berkas", max_length=10, choices=Kind)
    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="imports", verbose_name="periode"
    )
    # Empty once the preview is cancelled.
    file = DigestedFileField(
        "berkas", upload_to=storage_name, blank=True, max_length=200, digest_field="sha256"
    )
    name = models.CharField("nama berkas", max_length=150)
    size_bytes = models.PositiveIntegerField("ukuran (byte)")
    sha256 = models.CharField("SHA-256", max_length=64)
    cells = models.PositiveIntegerField("sel dalam lembar terbesar", default=0)
    layout = models.JSONField("susunan", default=dict, blank=True)
    state = models.CharField("keadaan", max_length=10, choices=State, default=State.PREVIEWED)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="diunggah oleh",
    )
    uploaded_at = models.DateTimeField("diunggah pada")
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="diterapkan oleh",
    )
    applied_at = models.DateTimeField("diterapkan pada", null=True, blank=True)
    applying_since = models.DateTimeField("sedang diterapkan sejak", null=True, blank=True)
    as_verified = models.BooleanField("langsung terverifikasi", default=False)
    reason = models.TextField("alasan", blank=True)
    new_rows = models.PositiveIntegerField("baris baru", default=0)
    changed_rows = models.PositiveIntegerField("baris berubah", default=0)
    same_rows = models.PositiveIntegerField("baris sama", default=0)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        verbose_name = "impor"
        verbose_name_plural = "impor"
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="import_applied_paired",
                condition=Q(state="applied", applied_by__isnull=False, applied_at__isnull=False)
                | (~Q(state="applied") & Q(applied_by__isnull=True, applied_at__isnull=True)),
                violation_error_message="Yang menerapkan dan waktunya harus tercatat bersama.",
            ),
            models.CheckConstraint(
                name="import_verified_has_reason",
                condition=Q(as_verified=False) | ~Q(reason=""),
                violation_error_message="Tulis alasan mengapa angka ini langsung terverifikasi.",
            ),
        ]

    def __str__(self):
        return self.name

    @classmethod
    def start(cls, upload, *, kind, programme, by, cells=0):
        """Store an uploaded spreadsheet for preview; delete the user's old unapplied imports.

        `cells` is the number of cells in its largest sheet.
        """
        cls.forget_old(timezone.now(), uploaded_by=by)
        run = cls(
            kind=kind,
            programme=programme,
            name=upload.name[-150:],
            size_bytes=upload.size,
            cells=cells,
            uploaded_by=by,
            uploaded_at=timezone.now(),
        )
        run.file.save(upload.name, upload, save=False)
        try:
            run.save(force_insert=True)
        except BaseException:
            run.file.delete(save=False)
            raise
        return run

    @classmethod
    def forget_old(cls, now, **whose) -> int:
        """Delete unapplied imports older than KEPT_DAYS with their files; return their number."""
        old = cls.objects.filter(uploaded_at__lt=now - timedelta(days=KEPT_DAYS), **whose)
        runs = list(old.exclude(state=cls.State.APPLIED).order_by("pk"))
        for run in runs:
            run.delete()
            transaction.on_commit(partial(run.file.delete, save=False))
        return len(runs)

    @property
    def is_open(self) -> bool:
        """Whether it can still be changed and applied."""
        return self.state == self.State.PREVIEWED

    @property
    def is_being_applied(self) -> bool:
        """Whether a request is applying it right now."""
        since = self.applying_since
        return self.is_open and since is not None and since >= _oldest_running()

    def source_of(self, sheet: str, place: str) -> str:
        """Return the source of a value for the history: file, sheet, row."""
        words = f", lembar {sheet}, {place}"
        return self.name[: SOURCE_LENGTH - len(words)] + words

    # The actions: conditional updates that must change one row.

    def begin_applying(self) -> bool:
        """Note that this request applies the import, unless another one is doing so.

        Call it before the transaction, so that other requests see it. Returns whether it was noted.
        """
        now = timezone.now()
        if not self._idle().update(applying_since=now):
            return False
        self.applying_since = now
        return True

    def stop_applying(self) -> None:
        """Note that the application that this request began has stored nothing."""
        self._open().filter(applying_since=self.applying_since).update(applying_since=None)
        self.applying_since = None

    def arrange(self, layout: dict) -> None:
        """Save the user's choices and answers. Raises TransitionNotAllowed."""
        self._change(self._idle(), layout=layout)
        self.layout = layout

    def cancel(self) -> None:
        """Cancel the preview and delete the file. Raises TransitionNotAllowed."""
        name = self.file.name
        self._change(self._idle(), state=self.State.CANCELLED, file="")
        transaction.on_commit(lambda: self.file.storage.delete(name), robust=True)

    def claim(self, *, by, as_verified: bool, reason: str, counts: dict[str, int]) -> None:
        """Mark the import applied (only once); call this in the transaction that writes the rows.

        Raises TransitionNotAllowed if it was already applied or cancelled.
        """
        self._change(
            self._open(),
            state=self.State.APPLIED,
            applied_by=by,
            applied_at=timezone.now(),
            applying_since=None,
            as_verified=as_verified,
            reason=reason,
            **counts,
        )

    def _open(self):
        return ImportRun.objects.filter(pk=self.pk, state=self.State.PREVIEWED)

    def _idle(self):
        """Return this run if it is open and no request is applying it."""
        interrupted = Q(applying_since__lt=_oldest_running())
        return self._open().filter(Q(applying_since=None) | interrupted)

    def _change(self, rows, **changes):
        if not rows.update(**changes):
            raise TransitionNotAllowed(
                "Impor ini sedang diterapkan, atau sudah diterapkan atau dibatalkan."
            )


def _oldest_running():
    return timezone.now() - timedelta(minutes=APPLYING_MINUTES)

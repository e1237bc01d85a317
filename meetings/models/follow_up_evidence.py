"""Photos and documents that show what was done for a follow-up."""

from contextlib import contextmanager

from django.db import models, transaction
from django.db.models import F

from kotaku.files.digested import digest_of
from kotaku.files.downloads import named
from kotaku.files.photo_metadata import without_metadata
from kotaku.files.stored_file import StoredFile
from kotaku.workflow import TransitionNotAllowed
from meetings.models.follow_up import FollowUp
from meetings.models.states import FOLLOW_UP_OPEN

MAX_FILES = 10
TOO_MANY = f"Paling banyak {MAX_FILES} berkas. Hapus satu berkas, lalu tambahkan yang baru."


class FollowUpEvidenceQuerySet(models.QuerySet):
    """Evidence is visible to the responsible people and to staff who may see the follow-up."""

    def visible_to(self, user):
        """Return the evidence that this user may see."""
        follow_ups = FollowUp.objects
        mine = follow_ups.visible_to(user) if _reads_all(user) else follow_ups.of(user)
        return self.filter(follow_up__in=mine)

    def removable_by(self, user):
        """Return the evidence of follow-ups that this user reports on; `remove` checks the state."""
        return self.filter(follow_up__in=FollowUp.objects.reportable_by(user))


def _reads_all(user) -> bool:
    return user.is_authenticated and user.is_staff_reader


class FollowUpEvidence(StoredFile):
    """A file that came with a progress report."""

    region_path = "follow_up__decision__meeting__region"
    folder, owner = "follow-ups", "follow_up"

    follow_up = models.ForeignKey(
        FollowUp, on_delete=models.PROTECT, related_name="evidence", verbose_name="tindak lanjut"
    )

    objects = FollowUpEvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = "bukti tindak lanjut"
        verbose_name_plural = "bukti tindak lanjut"
        ordering = ["follow_up", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["follow_up", "sha256"],
                name="follow_up_evidence_once",
                violation_error_message="Berkas ini sudah dilampirkan.",
            ),
        ]

    @classmethod
    def names_of_new(cls, follow_up, uploads) -> list[str]:
        """Return the names under which `attach` stores these uploads, without those it has.

        Raises TransitionNotAllowed, before anything is stored, if there are too many.
        """
        stored = set(follow_up.evidence.values_list("sha256", flat=True))
        fresh = {}
        for each in uploads:
            if (digest := digest_of(each)) not in stored:
                fresh.setdefault(digest, named(each.name, each.checked_type))
        if len(stored) + len(fresh) > MAX_FILES:
            raise TransitionNotAllowed(TOO_MANY)
        return list(fresh.values())

    @classmethod
    def has_all(cls, follow_up, uploads) -> bool:
        """Whether all these uploads are stored already (a double click sends them twice)."""
        digests = {digest_of(each) for each in uploads}
        return follow_up.evidence.filter(sha256__in=digests).count() == len(digests)

    @classmethod
    @contextmanager
    def stored_together(cls):
        """Yield `attach`; if the block fails, the files that it has stored are deleted again."""
        files = []

        def attach(follow_up, upload, *, by):
            if evidence := cls.attach(follow_up, upload, by=by):
                files.append(evidence.file)

        try:
            yield attach
        except BaseException:
            for file in filter(None, files):
                file.storage.delete(file.name)
            raise

    @classmethod
    def attach(cls, follow_up, upload, *, by) -> "FollowUpEvidence | None":
        """Store a checked upload (`kotaku.files.uploads`); return None for a duplicate."""
        digest = digest_of(upload)
        if follow_up.evidence.filter(sha256=digest).exists():
            return None
        content, kind = without_metadata(upload, upload.checked_type)
        evidence = cls(follow_up=follow_up, content_type=kind, sha256=digest)
        evidence.store(upload, content, by=by)
        return evidence

    def remove(self, *, by) -> None:
        """Remove the file of an open follow-up. Raises TransitionNotAllowed."""
        with transaction.atomic():
            # An update without changes locks the row on PostgreSQL and the database on SQLite, so
            # that nothing is reported done or confirmed in between.
            rows = FollowUp.objects.filter(pk=self.follow_up_id, state__in=FOLLOW_UP_OPEN)
            if not rows.update(version=F("version")):
                raise TransitionNotAllowed(
                    "Tindak lanjut ini sudah dilaporkan selesai atau batal; buktinya tidak dihapus lagi."
                )
            super().remove(by=by)

    def _record(self, *, added, by):
        # A new file is named in the line of the report that it came with.
        if not added:
            notes = self.follow_up.notes
            notes.create(kind=notes.model.Kind.DETACH, text=self.name, author=by)

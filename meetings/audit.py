"""What minutes, follow-ups and attachments add to the audit."""

from django.db.models import F, Value
from django.db.models.functions import Substr

from kotaku.audit import Trail
from meetings.models import Attachment, Minutes, ProgressNote

LONGEST = 120


def audit_trails():
    """Return this app's tables that remember who did what.

    Minutes keep who handed them in and who decided last; an earlier return is overwritten by the
    next one.
    """
    return [
        Trail(
            key="notulen-diajukan",
            rows=Minutes.objects.exclude(submitted_at=None),
            labels={"submitted": "Notulen: mengajukan"},
            kind=Value("submitted"),
            at="submitted_at",
            actor="submitted_by",
            text=F("meeting__title"),
        ),
        Trail(
            key="notulen",
            rows=Minutes.objects.exclude(decided_at=None),
            labels={"approved": "Notulen: mengesahkan", "returned": "Notulen: mengembalikan"},
            kind="state",
            at="decided_at",
            actor="decided_by",
            text=F("meeting__title"),
        ),
        Trail(
            key="tindak-lanjut",
            rows=ProgressNote.objects.all(),
            labels={key: f"Tindak lanjut: {label}" for key, label in ProgressNote.Kind.choices},
            actor="author",
            text=Substr("follow_up__what", 1, LONGEST),
        ),
        Trail(
            key="lampiran",
            rows=Attachment.objects.all(),
            labels={"added": "Lampiran: menambah"},
            kind=Value("added"),
            at="uploaded_at",
            actor="uploaded_by",
            text=F("name"),
        ),
    ]

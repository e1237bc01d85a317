"""Audit trails of meetings, minutes, attachments, follow-ups and reports."""

from django.db.models import Case, CharField, F, Value, When
from django.db.models.functions import Concat, Substr

from kotaku.audit.trail import Trail
from meetings.models import (
    Addendum,
    Answer,
    ArticleEvent,
    Delivery,
    MeetingEvent,
    PokjaEvent,
    ProgressNote,
    Reply,
)
from meetings.models.delivery import HANDED_OVER, within

LONGEST = 120


def audit_trails():
    """Return the audit trails of this app's history tables."""
    return [
        Trail(
            key="rapat",
            rows=MeetingEvent.objects.all(),
            labels=dict(MeetingEvent.Kind.choices),
            text=Concat(F("meeting__title"), _more(), output_field=CharField()),
        ),
        Trail(
            key="adendum",
            rows=Addendum.objects.all(),
            labels={"added": "Notulen: menambah adendum"},
            kind=Value("added"),
            actor="author",
            text=F("minutes__meeting__title"),
        ),
        Trail(
            key="penyerahan",
            rows=Delivery.objects.filter(state__in=HANDED_OVER),
            labels={state.value: f"Rapat: {within(state.label)}" for state in HANDED_OVER},
            kind="state",
            actor="by",
            text=Concat(F("meeting__title"), Value(": "), F("name"), output_field=CharField()),
        ),
        Trail(
            key="jawaban",
            rows=Reply.objects.all(),
            labels={answer.value: f"Rapat: menjawab {answer.label.lower()}" for answer in Answer},
            kind="answer",
            actor="by",
            text=Concat(F("meeting__title"), Value(": "), F("name"), output_field=CharField()),
        ),
        Trail(
            key="tindak-lanjut",
            rows=ProgressNote.objects.all(),
            labels={key: f"Tindak lanjut: {label}" for key, label in ProgressNote.Kind.choices},
            actor="author",
            text=Substr("follow_up__what", 1, LONGEST),
        ),
        Trail(
            key="pokja",
            rows=PokjaEvent.objects.all(),
            labels=dict(PokjaEvent.Kind.choices),
            text=Concat(F("decree__number"), _of_whom(), output_field=CharField()),
        ),
        Trail(
            key="berita",
            rows=ArticleEvent.objects.all(),
            labels=dict(ArticleEvent.Kind.choices),
            text=F("article__title"),
        ),
    ]


def _of_whom():
    """Return the member's name, if any."""
    said = Concat(Value(": "), F("who"), output_field=CharField())
    return Case(When(who="", then=Value("")), default=said, output_field=CharField())


def _more():
    """Return the reason or the file name, if any."""
    said = Concat(Value(": "), Substr("text", 1, LONGEST), output_field=CharField())
    return Case(When(text="", then=Value("")), default=said, output_field=CharField())

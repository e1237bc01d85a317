"""The histories of figures, baselines, assessments and other records, for the audit."""

from django.db.models import CharField, F, Value
from django.db.models.functions import Cast, Concat

from areas.models import (
    ActivityEvent,
    AssessmentEvent,
    BaselineEvent,
    BoardEvent,
    FigureEvent,
    FigureReminder,
    ImportRun,
    QuestionEvent,
)
from kotaku.audit.trail import Trail


def audit_trails():
    """Return the audit trails of this app."""
    return [
        Trail(
            key="isian",
            rows=FigureEvent.objects.all(),
            labels={key: f"Isian: {label.lower()}" for key, label in FigureEvent.Kind.choices},
            text=Concat(
                F("figure__baseline__village__name"),
                Value(" "),
                Cast("figure__year", CharField()),
                Value(", "),
                F("figure__baseline__programme__name"),
                output_field=CharField(),
            ),
        ),
        Trail(
            key="baseline",
            rows=BaselineEvent.objects.all(),
            labels={"changed": "Baseline: mengubah"},
            kind=Value("changed"),
            text=Concat(
                F("village__name"), Value(", "), F("programme__name"), output_field=CharField()
            ),
        ),
        Trail(
            key="penilaian",
            rows=AssessmentEvent.objects.all(),
            labels={
                key: f"Penilaian RT: {label.lower()}" for key, label in AssessmentEvent.Kind.choices
            },
            text=Concat(
                F("assessment__neighbourhood__village__name"),
                Value(" "),
                Cast("assessment__year", CharField()),
                output_field=CharField(),
            ),
        ),
        Trail(
            key="kegiatan",
            rows=ActivityEvent.objects.all(),
            labels={key: f"Kegiatan: {label}" for key, label in ActivityEvent.Kind.choices},
            text=Concat(
                F("activity__village__name"),
                Value(" "),
                Cast("activity__year", CharField()),
                Value(": "),
                F("activity__description"),
                output_field=CharField(),
            ),
        ),
        Trail(
            key="bkm",
            rows=BoardEvent.objects.all(),
            labels={"changed": "BKM/LKM: mencatat"},
            kind=Value("changed"),
            text=F("board__name"),
        ),
        Trail(
            key="pertanyaan",
            rows=QuestionEvent.objects.all(),
            labels={
                key: f"Pertanyaan: {label.lower()}" for key, label in QuestionEvent.Kind.choices
            },
            text=F("question__village__name"),
        ),
        Trail(
            key="pengingat",
            rows=FigureReminder.objects.all(),
            labels={"sent": "Isian: mengingatkan lewat email"},
            kind=Value("sent"),
            text=Concat(
                F("village__name"),
                Value(" "),
                Cast("year", CharField()),
                Value(", "),
                F("programme__name"),
                output_field=CharField(),
            ),
        ),
        Trail(
            key="impor",
            rows=ImportRun.objects.exclude(applied_at=None),
            labels={"applied": "Impor: menerapkan berkas"},
            kind=Value("applied"),
            at="applied_at",
            actor="applied_by",
            text=F("name"),
        ),
    ]

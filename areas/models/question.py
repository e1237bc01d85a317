"""Questions between a village and Bappeda on a figure, an assessment or an activity.

A question returns nothing: its record keeps its state. The other side answers, and who asked closes
it: Menunggu jawaban → Sudah dijawab → Selesai.
"""

import uuid

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q

from areas.models.village import Village
from kotaku.workflow import TransitionNotAllowed
from kotaku.workflow.events import Event
from kotaku.workflow.states import (
    Actor,
    Button,
    Look,
    States,
    Tone,
    Transition,
    event_kinds,
)
from kotaku.workflow.versioned import Versioned

MAX_TEXT = 2000


class QuestionState(States):
    """The state of a question."""

    OPEN = "open", Look(Tone.WAIT), "Menunggu jawaban"
    ANSWERED = "answered", Look(Tone.GOOD), "Sudah dijawab"
    CLOSED = "closed", Look(), "Selesai"


# verb -> its transition; who asked may add something, the other side answers.
TRANSITIONS = {
    "add": Transition(
        {
            QuestionState.OPEN: QuestionState.OPEN,
            QuestionState.ANSWERED: QuestionState.OPEN,
        },
        kind="added",
        label="Menambahkan",
        by=Actor.OWNER,
    ),
    "answer": Transition(
        {
            QuestionState.OPEN: QuestionState.ANSWERED,
            QuestionState.ANSWERED: QuestionState.ANSWERED,
        },
        kind="answered",
        label="Menjawab",
        tone=Tone.GOOD,
        by=Actor.REVIEWER,
    ),
    "close": Transition(
        {
            QuestionState.OPEN: QuestionState.CLOSED,
            QuestionState.ANSWERED: QuestionState.CLOSED,
        },
        kind="closed",
        label="Menutup",
        by=Actor.OWNER,
        button=Button(
            path="penutupan",
            name="closing",
            label="Tutup pertanyaan ini",
            done="Pertanyaan ditutup.",
        ),
    ),
}
# The records that a question can be about: field -> what it is called.
SUBJECTS = {"figure": "isian", "assessment": "penilaian", "activity": "kegiatan"}


class QuestionQuerySet(models.QuerySet):
    """Questions are read by the staff of the region and by the village alone."""

    def visible_to(self, user):
        """Return the questions of the region for staff, of their villages for officers."""
        if user.is_authenticated and user.is_staff_reader:
            return self.filter(user.within(self.model.region_path))
        return self.of_officer(user)

    def of_officer(self, user):
        """Return the questions about the villages of this officer; none for others."""
        if user.is_authenticated and user.is_village_officer:
            return self.filter(village__in=Village.objects.of_officer(user))
        return self.none()

    def writable_by(self, user):
        """Return the questions of which this user is a side: Bappeda's or the village's."""
        if user.is_authenticated and user.is_bappeda:
            return self.visible_to(user)
        return self.of_officer(user)

    def unsettled(self):
        """Return the questions that are not closed, the longest unchanged first."""
        return self.exclude(state=QuestionState.CLOSED).order_by("changed_at", "pk")

    def to_answer_by(self, user):
        """Return the open questions that wait for this user's side."""
        other_side = self.writable_by(user).filter(is_from_village=user.is_bappeda)
        return other_side.unsettled().filter(state=QuestionState.OPEN)

    def about(self, record):
        """Return the questions about a figure, an assessment or an activity."""
        return self.filter(**{subject_of(record): record})

    def loaded(self):
        """Load what a list of questions shows."""
        return self.select_related(
            "village__district",
            "asked_by",
            "figure__baseline__village",
            "figure__baseline__programme",
            "assessment__neighbourhood__village",
            "activity__village",
        ).prefetch_related("events__actor")


def subject_of(record) -> str:
    """Return the name of the field for this kind of record."""
    names = {"yearlyfigure": "figure", "assessment": "assessment", "activity": "activity"}
    return names[record._meta.model_name]


def _subject(model, words):
    return models.ForeignKey(
        model,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="questions",
        verbose_name=words,
    )


class Question(Versioned):
    """One question with its answers (`events`), about exactly one record of `village`.

    The form contains the new `uid`, so that a double click does not ask twice. `is_from_village`:
    the village asks and Bappeda answers, else the other way round.
    """

    region_path = "village__district__region"
    version_topic = "questions"
    called = "pertanyaan"
    states = QuestionState
    transitions = TRANSITIONS

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    village = models.ForeignKey(
        Village, on_delete=models.PROTECT, related_name="questions", verbose_name="desa/kelurahan"
    )
    figure = _subject("areas.YearlyFigure", "isian")
    assessment = _subject("areas.Assessment", "penilaian RT")
    activity = _subject("areas.Activity", "kegiatan")
    is_from_village = models.BooleanField("dari desa/kelurahan")
    state = models.CharField(
        "keadaan", max_length=10, choices=QuestionState, default=QuestionState.OPEN
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="ditanyakan oleh",
    )
    asked_at = models.DateTimeField("ditanyakan pada")

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = "pertanyaan"
        verbose_name_plural = "pertanyaan"
        ordering = ["-asked_at", "-pk"]
        indexes = [models.Index(fields=["state", "changed_at"], name="question_state")]
        constraints = [
            models.CheckConstraint(
                name="question_about_one_record",
                condition=Q(figure__isnull=False, assessment__isnull=True, activity__isnull=True)
                | Q(figure__isnull=True, assessment__isnull=False, activity__isnull=True)
                | Q(figure__isnull=True, assessment__isnull=True, activity__isnull=False),
                violation_error_message="Pertanyaan menyangkut tepat satu isian, penilaian, atau kegiatan.",
            ),
        ]

    def __str__(self):
        return f"Pertanyaan tentang {SUBJECTS[self.subject]} {self.record}"

    @property
    def subject(self) -> str:
        """The name of the field that holds the record."""
        return next(name for name in SUBJECTS if getattr(self, f"{name}_id"))

    @property
    def record(self):
        """The figure, assessment or activity that the question is about."""
        return getattr(self, self.subject)

    @classmethod
    def ask(cls, record, *, village, by, text: str, uid) -> "Question":
        """Store a question with its text; the same `uid` again returns the first one's.

        Raises TransitionNotAllowed if the text is empty.
        """
        _check(text)
        question = cls(uid=uid)
        with transaction.atomic():
            values = {
                subject_of(record): record,
                "village": village,
                "is_from_village": not by.is_bappeda,
                "asked_by": by,
            }
            question.asked_at = question.changed_at
            question.create(values, by=by, uid=uid)
            question._write("asked", by, text)
        return question

    def reply(self, *, by, version: int, text: str) -> None:
        """Answer, or add to the question if it is one's own side's.

        Raises TransitionNotAllowed (closed, no text) or StaleRecord.
        """
        _check(text)
        is_own_side = self.is_from_village != by.is_bappeda
        self.move("add" if is_own_side else "answer", by=by, version=version, text=text)

    def close(self, *, by, version: int) -> None:
        """Close the question. Raises TransitionNotAllowed (not the asker, closed) or StaleRecord."""
        if not self.can_be_closed_by(by):
            raise TransitionNotAllowed("Pertanyaan ditutup oleh yang bertanya.")
        self.move("close", by=by, version=version)

    def can_be_closed_by(self, user) -> bool:
        """Whether this user asked; a colleague may if that account is no longer in use."""
        if user.pk == self.asked_by_id:
            return True
        return not self.asked_by.is_active and self.is_from_village != user.is_bappeda

    def was_said_by(self, user, text: str) -> bool:
        """Whether the last thing written is this text by this user (a double click)."""
        last = self._last()
        return last is not None and last[1:] == (user.pk, text)

    def fresh(self) -> "Question":
        """Return the question as stored now."""
        return type(self).objects.loaded().get(pk=self.pk)

    def _record(self, verb, *, by, text=""):
        self._write(self.transitions[verb].kind, by, text)

    def _last(self):
        return self.events.values_list("kind", "actor", "text").last()

    def _write(self, kind, by, text):
        self.events.create(kind=kind, actor=by, at=self.changed_at, text=text)


def _check(text):
    if not text.strip():
        raise TransitionNotAllowed("Tulis pertanyaan atau jawaban Anda.")


class QuestionEvent(Event):
    """What was written in a question, and its closing: append-only."""

    Kind = event_kinds(TRANSITIONS.values(), ASKED="Bertanya")

    version_topic = "questions"

    question = models.ForeignKey(
        Question, on_delete=models.PROTECT, related_name="events", verbose_name="pertanyaan"
    )
    kind = models.CharField("peristiwa", max_length=10, choices=Kind)
    text = models.TextField("tulisan", blank=True)

    class Meta(Event.Meta):
        verbose_name = "riwayat pertanyaan"
        verbose_name_plural = "riwayat pertanyaan"
        constraints = [
            models.CheckConstraint(
                name="question_event_has_text",
                condition=Q(kind="closed") | ~Q(text=""),
                violation_error_message="Tulis pertanyaan atau jawaban Anda.",
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.question}"

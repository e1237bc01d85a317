"""Questions as formatted strings: on their own page, on the page of their record, and in the list."""

import uuid
from dataclasses import dataclass, replace

from django.urls import reverse

from areas.models import Question, QuestionEvent, QuestionState, Village
from areas.models.question import subject_of
from areas.questions.forms import AskForm, ReplyForm
from areas.questions.subjects import SUBJECTS
from kotaku.interface.moments import moment_text


@dataclass(frozen=True)
class Said:
    """One text of a question: who wrote it, when, and as what."""

    actor: str
    action: str
    at: str
    text: str
    is_closing: bool


@dataclass(frozen=True)
class Thread:
    """One question with its answers, and what this user may do with it."""

    question: Question
    title: str
    tone: str
    status_label: str
    said: list[Said]
    url: str
    waits_for: str
    can_close: bool
    form: ReplyForm | None = None


@dataclass(frozen=True)
class QuestionSection:
    """The questions on the page of their record; closed ones are only counted."""

    threads: list[Thread]
    closed: int
    url: str
    can_ask: bool


def address(record) -> str:
    """Return the address of the page with all questions about a record."""
    return reverse("areas:questions", args=[SUBJECTS[subject_of(record)].key, record.pk])


def may_write(village: Village, user) -> bool:
    """Whether this user is a side: an officer of the village, or Bappeda of its region."""
    if user.is_bappeda:
        return user.covers(village.district.region)
    return user.is_village_officer and village.officers.filter(pk=user.pk).exists()


def section(record, user) -> QuestionSection | None:
    """Return the questions for the record's page; None for who may not read any."""
    if not user.is_authenticated or record.pk is None:
        return None
    village = SUBJECTS[subject_of(record)].village(record)
    is_writer = may_write(village, user)
    if not is_writer and not user.reads_all_of(village.district.region):
        return None
    found = list(Question.objects.about(record).loaded())
    unsettled = [each for each in found if each.state != QuestionState.CLOSED]
    return QuestionSection(
        threads=[thread(each, user, is_writer=is_writer) for each in unsettled],
        closed=len(found) - len(unsettled),
        url=address(record),
        can_ask=is_writer,
    )


def thread(question: Question, user, *, is_writer: bool) -> Thread:
    """Return one question, loaded by `loaded`, as this user sees it."""
    is_settled = question.state == QuestionState.CLOSED
    return Thread(
        question=question,
        title=SUBJECTS[question.subject].title(question.record),
        tone=question.tone,
        status_label=question.get_state_display(),
        said=[_said(event) for event in question.events.all()],
        url=f"{address(question.record)}#tanya-{question.pk}",
        waits_for=_waits_for(question),
        can_close=is_writer and not is_settled and question.can_be_closed_by(user),
    )


def _waits_for(question) -> str:
    if question.state != QuestionState.OPEN:
        return ""
    return "Bappeda" if question.is_from_village else str(question.village)


def _said(event) -> Said:
    return Said(
        actor=str(event.actor),
        action=event.get_kind_display().lower(),
        at=moment_text(event.at),
        text=event.text,
        is_closing=event.kind == QuestionEvent.Kind.CLOSED,
    )


def page_context(record, user, *, ask=None, reply=None) -> dict:
    """Return the context of the page with all questions about a record.

    `ask` is an invalid form for a new question, `reply` is (question's key, invalid form).
    """
    subject = SUBJECTS[subject_of(record)]
    village = subject.village(record)
    is_writer = may_write(village, user)
    found = Question.objects.visible_to(user).about(record).loaded().order_by("asked_at", "pk")
    threads = [thread(each, user, is_writer=is_writer) for each in found]
    if is_writer:
        threads = [_with_form(each, user, reply) for each in threads]
    return {
        "title": subject.title(record),
        "village": village,
        "record_url": subject.page(record, user),
        "is_sample": subject.is_sample(record),
        "threads": threads,
        "ask": ask or (AskForm(initial={"uid": uuid.uuid4()}) if is_writer else None),
        "address": address(record),
    }


def _with_form(shown: Thread, user, reply) -> Thread:
    question = shown.question
    if question.state == QuestionState.CLOSED:
        return shown
    if reply and reply[0] == question.pk:
        return replace(shown, form=reply[1])
    return replace(shown, form=reply_form(question, user))


def reply_form(question: Question, user, data=None) -> ReplyForm:
    """Return the form for an answer or an addition; several of them may be on one page."""
    return ReplyForm(
        data,
        initial={"version": question.version},
        auto_id=f"id_{question.pk}_%s",
        is_own_side=question.is_from_village != user.is_bappeda,
    )

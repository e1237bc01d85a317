"""Reminders of figures, follow-ups and open questions, at most one mail per user and day."""

import logging
from dataclasses import dataclass, field
from datetime import timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from areas.figures.to_do import due_figures
from areas.models import Question, QuestionState
from areas.questions.to_do import questions_to_answer
from kotaku.formats import format_date
from kotaku.models import Role, User
from kotaku.requests.site_address import site_address
from meetings.models import FollowUp, SentReminder
from meetings.models.states import FOLLOW_UP_OPEN
from meetings.papers.mail import FAILURES

logger = logging.getLogger(__name__)
HORIZON = timedelta(days=7)


@dataclass
class Reminder:
    """The reminders of one user as (sentence, page URL)."""

    user: User
    lines: list[tuple[str, str]] = field(default_factory=list)


def pending(today) -> list[Reminder]:
    """Return today's reminders that are not sent yet, sorted by user name."""
    reminders = {}
    for user, sentence, path in [*_figures(today), *_follow_ups(today), *_questions()]:
        reminders.setdefault(user, Reminder(user)).lines.append((sentence, site_address() + path))
    done = set(SentReminder.objects.filter(day=today).values_list("user_id", flat=True))
    waiting = [reminder for user, reminder in reminders.items() if user.pk not in done]
    return sorted(waiting, key=lambda reminder: reminder.user.username)


def _people():
    return User.objects.filter(is_active=True).exclude(email="")


def _figures(today):
    officers = _people().filter(role=Role.VILLAGE_OFFICER)
    for officer in officers.order_by("username"):
        for figure in due_figures(officer, today):
            yield officer, figure.text, figure.url


def _questions():
    """Yield the open questions, for the people of the side that should answer."""
    waiting = Question.objects.filter(state=QuestionState.OPEN)
    asked = Q(role=Role.VILLAGE_OFFICER, villages__in=waiting.values("village"))
    if waiting.filter(is_from_village=True).exists():
        asked |= Q(role=Role.BAPPEDA)
    for person in _people().filter(asked).distinct().order_by("username"):
        for question in questions_to_answer(person):
            yield person, question.text, question.url


def _follow_ups(today):
    """Yield follow-ups overdue or due within 7 days, for village officers and the named account."""
    due = FollowUp.objects.filter(state__in=FOLLOW_UP_OPEN, due_on__lte=today + HORIZON)
    due = due.exclude(decision__meeting__state="cancelled").loaded().order_by("due_on", "pk")
    for follow_up in due:
        concerned = Q(pk=follow_up.responsible_user_id)
        if follow_up.village_id:
            concerned |= Q(villages=follow_up.village_id, role=Role.VILLAGE_OFFICER)
        people = _people().filter(concerned)
        late = "sudah lewat batas" if follow_up.due_on < today else "batas"
        sentence = f"Tindak lanjut “{follow_up.what[:160]}”: {late} {format_date(follow_up.due_on)}"
        path = reverse("meetings:follow-up", args=[follow_up.pk])
        for person in people.distinct().order_by("username"):
            yield person, sentence, path


def send(reminder: Reminder, today) -> bool:
    """Remind one user; return False if another run has just done it or the mail was refused.

    The row is written first, so that two concurrent runs cannot both send; it is deleted if the
    mail fails.
    """
    try:
        with transaction.atomic():
            sent = SentReminder.objects.create(user=reminder.user, day=today)
    except IntegrityError:
        return False
    body = render_to_string("meetings/papers/mail/reminder.txt", {"reminder": reminder})
    subject = f"{settings.SITE_NAME}: {len(reminder.lines)} hal menunggu Anda"
    try:
        send_mail(subject, body, settings.DEFAULT_FROM_EMAIL, [reminder.user.email])
    except FAILURES as error:
        sent.delete()
        logger.warning("Reminder to %s was not sent: %s", reminder.user, error)
        return False
    return True


def send_all() -> tuple[int, int]:
    """Send all pending reminders; return (sent, not sent)."""
    today = timezone.localdate()
    results = [send(reminder, today) for reminder in pending(today)]
    return results.count(True), results.count(False)

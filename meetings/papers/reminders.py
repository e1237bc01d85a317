"""Reminders of figures, follow-ups and open questions, at most one mail per user and day."""

import logging
from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.core.mail import send_mail
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone

from areas.figures.to_do import due_figures
from areas.models import Question, QuestionState
from areas.questions.to_do import questions_to_answer
from kotaku.mail import FAILURES
from kotaku.models import Role, User
from kotaku.requests.site_address import site_address
from meetings.follow_ups import reminding
from meetings.models import FollowUpReminder, SentReminder

logger = logging.getLogger(__name__)


@dataclass
class Reminder:
    """The reminders of one user as (sentence, page URL).

    `follow_ups` are (follow-up, day) of those that are sent once (`FollowUpReminder`).
    """

    user: User
    lines: list[tuple[str, str]] = field(default_factory=list)
    follow_ups: list[tuple[int, date]] = field(default_factory=list)


def pending(today) -> list[Reminder]:
    """Return today's reminders that are not sent yet, sorted by user name."""
    reminders = {}
    found = [(*each, None) for each in [*_figures(today), *_questions()]]
    for user, sentence, path, once in [*reminding.pending(today), *found]:
        reminder = reminders.setdefault(user, Reminder(user))
        reminder.lines.append((sentence, site_address() + path))
        if once:
            reminder.follow_ups.append(once)
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


def send(reminder: Reminder, today) -> bool:
    """Remind one user; return False if another run has just done it or the mail was refused.

    The rows are written first, so that two concurrent runs cannot both send; they are deleted if
    the mail fails.
    """
    try:
        with transaction.atomic():
            sent = SentReminder.objects.create(user=reminder.user, day=today)
            FollowUpReminder.objects.bulk_create(
                FollowUpReminder(follow_up_id=pk, user=reminder.user, day=day)
                for pk, day in reminder.follow_ups
            )
    except IntegrityError:
        return False
    body = render_to_string("meetings/papers/mail/reminder.txt", {"reminder": reminder})
    subject = f"{settings.SITE_NAME}: {len(reminder.lines)} hal menunggu Anda"
    try:
        send_mail(subject, body, settings.DEFAULT_FROM_EMAIL, [reminder.user.email])
    except FAILURES as error:
        with transaction.atomic():
            sent.delete()
            for pk, day in reminder.follow_ups:
                FollowUpReminder.objects.filter(follow_up=pk, user=reminder.user, day=day).delete()
        logger.warning("Reminder to %s was not sent: %s", reminder.user, error)
        return False
    return True


def send_all() -> tuple[int, int]:
    """Send all pending reminders; return (sent, not sent)."""
    today = timezone.localdate()
    results = [send(reminder, today) for reminder in pending(today)]
    return results.count(True), results.count(False)

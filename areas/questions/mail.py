"""Mail about questions to the other side, sent after the transaction commits."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import Q
from django.template.loader import render_to_string

from areas.questions.page import address
from areas.questions.subjects import SUBJECTS
from kotaku.mail import send_or_log
from kotaku.models import Role, User
from kotaku.models.region import around
from kotaku.requests.site_address import site_address


def announce(question, *, by, text: str, is_answer: bool) -> None:
    """Tell the side that did not write: the village's officers, or who is Bappeda's side.

    An answer to Bappeda goes to the person who asked; a village's question to all of Bappeda.
    """
    record = question.record
    title = SUBJECTS[question.subject].title(record)
    context = {
        "title": title,
        "text": text,
        "by": by,
        "is_answer": is_answer,
        "url": site_address() + address(record),
    }
    subject = f"{'Jawaban' if is_answer else 'Pertanyaan'}: {title}"
    messages = [
        EmailMessage(
            " ".join(subject.split())[:200],
            render_to_string("areas/questions/question_mail.txt", context | {"person": person}),
            settings.DEFAULT_FROM_EMAIL,
            [person.email],
        )
        for person in _other_side(question, by)
    ]
    if messages:
        send_or_log(messages)


def _other_side(question, by):
    people = User.objects.filter(is_active=True).exclude(email="").exclude(pk=by.pk)
    if by.is_bappeda:
        return people.filter(villages=question.village).distinct().order_by("pk")
    if not question.is_from_village and question.asked_by.is_active:
        return people.filter(pk=question.asked_by_id)
    bappeda = Q(role=Role.BAPPEDA) | Q(is_superuser=True)
    return people.filter(bappeda, around(question.village.district.region)).order_by("pk")

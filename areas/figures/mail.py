"""Mail about submitted, returned and verified figures, sent after the transaction commits."""

import logging
import smtplib

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse

from areas.figures.to_do import entry_url
from kotaku.models import Role, User
from kotaku.models.region import around

logger = logging.getLogger(__name__)


def announce_submission(figure) -> None:
    """Tell Bappeda of the region that a figure awaits verification."""
    people = User.objects.filter(
        Q(role=Role.BAPPEDA) | Q(is_superuser=True), around(figure.baseline.programme.region)
    ).exclude(pk__in=[figure.entered_by_id, figure.submitted_by_id])
    url = reverse("areas:review", args=[figure.pk])
    _announce("submitted", figure, people, url, f"Menunggu verifikasi: {figure}")


def announce_return(figure) -> None:
    """Tell the village officers that their figure was returned, and why."""
    url = entry_url(figure.baseline, figure.year)
    _announce("returned", figure, _officers(figure), url, f"Dikembalikan: {figure}")


def announce_verification(figure) -> None:
    """Tell the village officers that their figure is verified."""
    url = reverse("areas:village-detail", args=[figure.baseline.village.code])
    _announce("verified", figure, _officers(figure), url, f"Terverifikasi: {figure}")


def _officers(figure):
    return User.objects.filter(
        Q(villages=figure.baseline.village)
        | Q(pk__in=[figure.entered_by_id, figure.submitted_by_id])
    ).distinct()


def _announce(template, figure, people, path, subject):
    context = {
        "figure": figure,
        "village": figure.baseline.village,
        "url": settings.SITE_URL + path,
    }
    addresses = people.filter(is_active=True).exclude(email="").order_by("pk")
    messages = [
        EmailMessage(
            subject,
            render_to_string(f"areas/figures/mail/{template}.txt", context | {"person": person}),
            settings.DEFAULT_FROM_EMAIL,
            [person.email],
        )
        for person in addresses
    ]
    if messages:
        transaction.on_commit(lambda: _send(messages))


def _send(messages):
    """Send the messages; failures are only logged, because the change is already committed."""
    try:
        with get_connection() as connection:
            for message in messages:
                message.body = message.body.replace("\u00a0", " ")
                connection.send_messages([message])
    except (OSError, smtplib.SMTPException, ValueError) as error:
        logger.warning("Mail about a figure was not sent: %s", error)

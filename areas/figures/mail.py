"""Mail about submitted, returned and verified figures, sent after the transaction commits."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse

from areas.figures.to_do import entry_url
from kotaku.mail import send_after_commit
from kotaku.models import Role, User
from kotaku.models.region import around
from kotaku.requests.site_address import site_address


def announce(figure, verb: str) -> None:
    """Send mail about an action on a figure to the people it concerns; most actions send none."""
    if verb in NOTICES:
        template, subject, people, address = NOTICES[verb]
        _announce(template, figure, people(figure), address(figure), f"{subject}: {figure}")


def _reviewers(figure):
    """Return Bappeda of the region, without those who entered the figure."""
    people = User.objects.filter(
        Q(role=Role.BAPPEDA) | Q(is_superuser=True), around(figure.baseline.programme.region)
    )
    return people.exclude(pk__in=[figure.entered_by_id, figure.submitted_by_id])


def _officers(figure):
    return User.objects.filter(
        Q(villages=figure.baseline.village)
        | Q(pk__in=[figure.entered_by_id, figure.submitted_by_id])
    ).distinct()


def _announce(template, figure, people, path, subject):
    context = {
        "figure": figure,
        "village": figure.baseline.village,
        "url": site_address() + path,
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
    send_after_commit(messages)


def _review(figure):
    return reverse("areas:review", args=[figure.pk])


def _entry(figure):
    return entry_url(figure.baseline, figure.year)


def _village(figure):
    return reverse("areas:village-detail", args=[figure.baseline.village.code])


# action -> template, subject, recipients, page
NOTICES = {
    "submit": ("submitted", "Menunggu verifikasi", _reviewers, _review),
    "return": ("returned", "Dikembalikan", _officers, _entry),
    "verify": ("verified", "Terverifikasi", _officers, _village),
}

"""Mail about minutes that wait for approval, and about tasks that approved minutes give."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from kotaku.formats import format_date
from kotaku.mail import send_after_commit
from kotaku.models import User
from kotaku.requests.site_address import site_address
from meetings.models import FollowUp
from meetings.people import Office, owners, with_owners


def announce(minutes, verb: str) -> None:
    """Send mail about an action on minutes to the people it concerns; most actions send none."""
    if verb == "submit":
        _ask_for_approval(minutes)
    elif verb == "approve":
        tasks = FollowUp.objects.filter(decision__meeting=minutes.meeting).open()
        tell_owners(with_owners(tasks), by=minutes.decided_by)


def messages(template: str, subject: str, people, context) -> list[EmailMessage]:
    """Return one message per person; the template gets `person` beside the context."""
    return [
        EmailMessage(
            " ".join(subject.split()),
            render_to_string(template, context | {"person": person}),
            settings.DEFAULT_FROM_EMAIL,
            [person.email],
        )
        for person in people
    ]


def _ask_for_approval(minutes):
    meeting = minutes.meeting
    chair = meeting.chair_user
    named = [chair] if chair and chair.pk != minutes.submitted_by_id else []
    people = [
        each
        for each in named or Office().of(meeting.region)
        if each.is_active and each.email and minutes.can_be_decided_by(each)
    ]
    context = {
        "meeting": meeting,
        "day": meeting.days_text,
        "minutes": minutes,
        "url": site_address() + reverse("meetings:meeting-detail", args=[meeting.pk]),
    }
    template = "meetings/minutes/mail/submitted.txt"
    subject = f"Menunggu pengesahan: notulen {meeting}"
    send_after_commit(messages(template, subject, people, context))


def tell_owners(follow_ups, *, by: User, known=()) -> None:
    """Mail each owner of these new tasks, loaded with `with_owners`, once.

    Not those who gave the tasks (`by`) or know them already (`known`, keys).
    """
    tasks: dict[User, list] = {}
    for each in follow_ups:
        for person in owners(each):
            if person.pk != by.pk and person.pk not in known:
                tasks.setdefault(person, []).append(each)
    found = []
    for person, mine in tasks.items():
        lines = [
            {
                "what": each.what,
                "due": format_date(each.due_on),
                "url": site_address() + reverse("meetings:follow-up", args=[each.pk]),
            }
            for each in mine
        ]
        context = {"meeting": mine[0].meeting, "day": mine[0].meeting.days_text}
        subject = f"Tugas baru: {mine[0].what[:80]}"
        if len(mine) > 1:
            subject = f"{len(mine)} tugas baru dari {mine[0].meeting}"
        template = "meetings/minutes/mail/tasks.txt"
        found += messages(template, subject, [person], context | {"tasks": lines})
    send_after_commit(found)

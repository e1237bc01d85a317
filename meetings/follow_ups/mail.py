"""Mail about follow-ups that were reported done, or given to another owner."""

from django.urls import reverse

from kotaku.formats import format_date
from kotaku.mail import send_after_commit
from kotaku.requests.site_address import site_address
from meetings.minutes.mail import messages, tell_owners
from meetings.models import FollowUp
from meetings.people import Office, owners, with_owners


def announce_done(follow_up) -> None:
    """Mail the office that may confirm a follow-up, but not the person who reported it done."""
    people = [
        each
        for each in Office().of(follow_up.meeting.region)
        if each.pk != follow_up.completed_by_id
    ]
    context = {
        "follow_up": follow_up,
        "due": format_date(follow_up.due_on),
        "files": follow_up.evidence.count(),
        "url": site_address() + reverse("meetings:follow-up", args=[follow_up.pk]),
    }
    template = "meetings/follow_ups/mail/done.txt"
    subject = f"Menunggu konfirmasi: {follow_up.what[:80]}"
    send_after_commit(messages(template, subject, people, context))


def announce_new_owners(follow_up, before, *, by) -> None:
    """Mail those who own a follow-up now and are not among the owners `before`."""
    known = {each.pk for each in before}
    if any(each.pk not in known for each in owners(follow_up)):
        found = with_owners(FollowUp.objects.filter(pk=follow_up.pk))
        tell_owners(found, by=by, known=known)

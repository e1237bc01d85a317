"""Printable papers of a meeting: invitation, attendance list and minutes, with the letterhead."""

from datetime import timedelta

from csp.constants import NONE
from csp.decorators import csp
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from kotaku.files.downloads import hand_out
from kotaku.files.uploads import IMAGE_TYPES, check_upload
from kotaku.formats import format_date
from meetings.detail import page
from meetings.detail.views import visible_meeting
from meetings.models import Letterhead

# Blank rows for uninvited participants.
BLANK_ROWS = 5
# Longer meetings have an attendance list of their own for each day.
SIGNED_DAYS = 3
# The rows of an attendance list that fit on one sheet with letterhead and signatures.
ONE_SHEET = 17


def _printable(request, pk):
    """Return a meeting with official papers if this user may open it, else 404."""
    meeting = visible_meeting(request, pk)
    if meeting.is_from_news:
        raise Http404(
            "Rapat ini disusun dari berita, jadi tidak mempunyai undangan, daftar hadir, dan notulen."
        )
    return meeting


def _context(meeting, user=None, *, replies=False):
    letter_date = meeting.letter_date
    return vars(page.facts(meeting, user=user)) | {
        "letterhead": Letterhead.of(meeting.region),
        "letter_date": format_date(letter_date) if letter_date else "",
        "groups": page.unsur_groups(meeting, replies=replies),
        "villages": list(meeting.villages.all()),
    }


@require_safe
def invitation(request, pk):
    """Show the invitation letter with the agenda, to all or to one participant (`?untuk=`)."""
    meeting = _printable(request, pk)
    context = _context(meeting, request.user) | {"agenda": page.agenda_lines(meeting)}
    context["invited"] = [
        person for group in context["groups"] for person in group.people if person.is_invited
    ]
    one = [person for person in context["invited"] if str(person.pk) == request.GET.get("untuk")]
    context["invited"] = one or context["invited"]
    return render(request, "meetings/papers/paper_invitation.html", context)


@require_safe
def attendance_list(request, pk):
    """Show the numbered attendance list with a signature column and blank rows."""
    meeting = _printable(request, pk)
    context = _context(meeting, replies=True)
    people = [person for group in context["groups"] for person in group.people]
    context["people"] = people
    context["shows_phone"] = request.user.is_bappeda
    context["shows_replies"] = request.user.reads_all_of(meeting.region)
    is_wide = 1 < meeting.day_count <= SIGNED_DAYS
    days = [meeting.day + timedelta(days=number) for number in range(meeting.day_count)]
    context["sign_days"] = [f"{day:%d-%m}" for day in days] if is_wide else [""]
    context["is_sheet_of_one_day"] = meeting.day_count > SIGNED_DAYS
    blank = min(BLANK_ROWS, max(ONE_SHEET - len(people), 0)) or BLANK_ROWS
    context["blank"] = range(len(people) + 1, len(people) + blank + 1)
    return render(request, "meetings/papers/paper_attendance.html", context)


@require_safe
def minutes(request, pk):
    """Show the complete minutes to users who may read them, else 404."""
    meeting = _printable(request, pk)
    if not page.reads_minutes(meeting, request.user):
        raise Http404("Notulen belum disahkan.")
    decisions = page.decision_lines(meeting, as_approved=True)
    context = _context(meeting) | {
        "agenda": page.agenda_lines(meeting, decisions),
        "decisions": decisions,
        "other_decisions": page.without_item(decisions),
        "follow_ups": [task for line in decisions for task in line.follow_ups],
        "minutes": meeting.minutes,
        "addenda": page.addendum_lines(meeting.minutes.addenda.select_related("author")),
        "photos": [
            one for one in meeting.attachments.all() if one.is_image and one.kind == "photo"
        ],
    }
    context["head_count"] = page.head_count(context["groups"])
    return render(request, "meetings/papers/paper_minutes.html", context)


@login_not_required
@csp({"default-src": [NONE], "sandbox": True})
@require_safe
def logo(request):
    """Show the logo of a region's letterhead."""
    code = request.GET.get("wilayah", settings.HOME_REGION)
    letterhead = get_object_or_404(Letterhead, region__code=code)
    if not letterhead.logo:
        raise Http404("Kop surat belum berlogo.")
    response = hand_out(letterhead.logo, "logo", _type_of(letterhead.logo), inline=True)
    response["Cache-Control"] = "public, max-age=300"
    return response


def _type_of(file):
    with file.open("rb") as content:
        kind = check_upload(content)
    return kind if kind in IMAGE_TYPES.values() else "application/octet-stream"

"""Views of calendar files and of each user's private subscription."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from kotaku.audit import trail
from meetings.detail.access import access_for
from meetings.models import CalendarFeed, Meeting
from meetings.papers.calendar import feed_calendar, meeting_calendar


def _answer(content, name):
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-cache"
    return response


@require_safe
def meeting_ics(request, pk):
    """Download one meeting as a calendar file."""
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user), pk=pk)
    shows_access = access_for(meeting, request.user) is not None
    calendar = meeting_calendar(meeting, shows_access=shows_access)
    return _answer(calendar, f"rakor-{meeting.day.isoformat()}.ics")


@login_not_required
@require_safe
def feed(request, token):
    """Return a user's calendar for its secret token; the user must still be active."""
    feeds = CalendarFeed.objects.select_related("user").filter(user__is_active=True)
    owner = feeds.filter(token=token).first()
    if owner is None:
        raise Http404("Alamat kalender tidak berlaku.")
    return _answer(feed_calendar(owner.user), "kotaku-banjar.ics")


@require_safe
def subscription(request):
    """Show the address of the user's own calendar, or how to get one."""
    feed = CalendarFeed.objects.filter(user=request.user).first()
    address = ""
    if feed:
        path = reverse("meetings:calendar-feed", args=[feed.token])
        address = request.build_absolute_uri(path)
    return render(request, "meetings/papers/calendar.html", {"address": address})


@require_POST
def renewal(request):
    """Create a new address; the old one stops working at once."""
    with transaction.atomic():
        CalendarFeed.renew(request.user)
        trail.record(trail.Kind.CALENDAR_RENEWED, request, subject=request.user)
    messages.success(
        request, "Alamat kalender Anda yang baru ada di bawah. Alamat lama tidak berlaku lagi."
    )
    return redirect("meetings:calendar")

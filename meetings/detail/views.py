"""Views of the list of meetings, of one meeting, and of its state changes."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import ExtractYear
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from kotaku.interface.abbreviations import speller
from kotaku.requests import kept_forms
from kotaku.requests.permissions import bappeda_required
from kotaku.workflow.forms import ReasonForm
from kotaku.workflow.perform import perform_step
from meetings.detail import labels
from meetings.detail import page as detail_page
from meetings.detail.forms import AttachmentForm
from meetings.detail.replies import awaiting
from meetings.models import Meeting, MeetingState

PAGE = 30


@require_safe
def meeting_list(request):
    """Show upcoming meetings, then past ones by year, both in pages of their own."""
    visible = Meeting.objects.visible_to(request.user)
    years = list(
        visible.order_by()
        .annotate(year=ExtractYear("starts_at"))
        .values_list("year", flat=True)
        .distinct()
        .order_by("-year")
    )
    upcoming = visible.upcoming()
    past = visible.exclude(pk__in=upcoming.values("pk"))
    year = request.GET.get("tahun", "")
    if year.isdecimal() and int(year) in years:
        past = past.filter(starts_at__year=int(year))
    page = Paginator(_for_list(past).order_by("-starts_at", "-pk"), PAGE).get_page(
        request.GET.get("hal")
    )
    spell = speller()
    asked = awaiting(request.user).filter(meeting=OuterRef("pk")).values("pk")[:1]
    listed = _for_list(upcoming).annotate(own_invitation=Subquery(asked))
    coming = Paginator(listed.order_by("starts_at", "pk"), PAGE).get_page(request.GET.get("akan"))
    context = {
        "coming": coming,
        "upcoming": [_line(meeting, spell) for meeting in coming],
        "page": page,
        "past": [_line(meeting, spell) for meeting in page],
        "years": years,
        "year": year,
    }
    return render(request, "meetings/detail/meeting_list.html", context)


def _for_list(meetings):
    return meetings.select_related("programme", "minutes").annotate(
        invited=Count("participants", distinct=True),
        present=Count("participants", filter=Q(participants__is_present=True), distinct=True),
        named=Count("participants", filter=~Q(participants__name=""), distinct=True),
    )


def _line(meeting, spell):
    """Return a meeting's line; with only positions recorded, the number of people is unknown."""
    is_counted = meeting.named or not meeting.present
    counts = {"invited": meeting.invited, "present": meeting.present} if is_counted else {}
    return vars(detail_page.facts(meeting, spell)) | {"invited": 0, "present": 0} | counts


def meeting_address(request, pk, **_):
    """Return the address of a meeting's page."""
    return reverse("meetings:meeting-detail", args=[pk])


def attachment_page(request, pk):
    """Return the address of a meeting's page for restoring its attachment form."""
    return reverse("meetings:meeting-detail", args=[pk], query={"isian": "lampiran"})


@require_safe
def meeting_detail(request, pk):
    """Show one meeting: facts, agenda, participants, minutes, decisions, attachments, reports."""
    waiting = kept_forms.restore(request)
    forms = {}
    if waiting:
        is_attachment = request.get_full_path() == attachment_page(request, pk)
        name, form = ("attachment_form", AttachmentForm) if is_attachment else ("form", ReasonForm)
        forms[name] = form(waiting.typed)
    return meeting_page(request, visible_meeting(request, pk), waiting=waiting, **forms)


def visible_meeting(request, pk):
    """Return the meeting if this user may open it, else 404."""
    meetings = detail_page.for_screen(Meeting.objects.visible_to(request.user))
    return get_object_or_404(meetings, pk=pk)


def editable_meeting(request, pk):
    """Return the meeting if this user may change it, else 404."""
    meetings = detail_page.for_screen(Meeting.objects.editable_by(request.user))
    return get_object_or_404(meetings, pk=pk)


def office_meeting(request, pk):
    """Return a meeting of this Bappeda user's region, also a discarded one, else 404.

    For what is sent from a page that was opened before.
    """
    meetings = detail_page.for_screen(Meeting.objects.of_office(request.user))
    return get_object_or_404(meetings, pk=pk)


def meeting_page(
    request,
    meeting,
    *,
    form=None,
    attachment_form=None,
    handover_form=None,
    refusal=None,
    waiting=None,
    status=200,
):
    """Render the page of a meeting, with a refused form if any."""
    shown = detail_page.meeting_context(meeting, request.user, handover_form=handover_form)
    tasks = [line.follow_up for each in shown.decisions for line in each.follow_ups]
    is_off = shown.can_edit and meeting.state == MeetingState.CANCELLED
    context = vars(shown) | {
        "open_tasks": sum(task.is_open for task in tasks) if is_off else 0,
        "reason_form": form if isinstance(form, ReasonForm) else ReasonForm(),
        "attachment_form": attachment_form or AttachmentForm(),
        "handover_form": handover_form,
        "refusal": refusal,
        "waiting": waiting,
        "owner": kept_forms.owner_note(request.user),
        "letter_warnings": _letter_warnings(meeting) if shown.can_edit else [],
        "is_today_or_past": meeting.day <= timezone.localdate(),
        "is_last_day_or_past": meeting.last_day <= timezone.localdate(),
    }
    return render(request, "meetings/detail/meeting_detail.html", context, status=status)


def _letter_warnings(meeting):
    return labels.letter_warnings(meeting.day, meeting.letter_date) if meeting.is_open else []


def carry_out(request, pk, verb, *, find=editable_meeting, part=lambda meeting: meeting, then=None):
    """Carry out the transition of a button on a meeting's page.

    `find` returns the meeting if this user may act on it, else 404; `part` is what is changed, and
    `then` is called with it and the verb.
    """
    address = meeting_address(request, pk)

    def page(_, **shown):
        return meeting_page(request, find(request, pk), **shown)

    row = part(find(request, pk))
    return perform_step(
        request, row, verb, page=page, to=lambda _: address, kept=address, then=then
    )


@bappeda_required
@require_POST
@kept_forms.keeps_form(meeting_address)
def step(request, pk, verb):
    """Carry out a transition of a meeting."""
    if verb == "discard":
        return _discard(request, pk)
    return carry_out(request, pk, verb)


def _discard(request, pk):
    """Discard a draft. Its page is gone then, also for a second click and for another user."""
    home = reverse("meetings:meeting-list")

    def page(row, *, refusal=None, **shown):
        if row.state != MeetingState.DISCARDED:
            return meeting_page(request, office_meeting(request, pk), refusal=refusal, **shown)
        messages.error(request, str(refusal))
        return redirect(home)

    row = office_meeting(request, pk)
    return perform_step(request, row, "discard", page=page, to=lambda _: home)

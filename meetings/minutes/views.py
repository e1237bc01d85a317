"""Views for minutes: notes per item, submission, approval, return and addenda."""

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from kotaku.interface.fields import stored_values
from kotaku.requests import kept_forms
from kotaku.requests.permissions import bappeda_required
from kotaku.workflow import StaleRecord, TransitionNotAllowed
from meetings.detail import page as detail_page
from meetings.detail.views import carry_out, editable_meeting, meeting_address, visible_meeting
from meetings.minutes import mail
from meetings.minutes.forms import AddendumForm, ItemNotesForm, MinutesForm
from meetings.models import Addendum
from meetings.models.states import MinutesState


def minutes_page(request, pk):
    """Return the address of the page for writing a meeting's minutes."""
    return reverse("meetings:meeting-minutes", args=[pk])


@bappeda_required
@kept_forms.keeps_form(minutes_page)
def minutes(request, pk):
    """Edit the minutes: one form for the general parts and all items, each with its own version."""
    meeting = editable_meeting(request, pk)
    data, waiting = kept_forms.typed(request)
    if not (meeting.minutes.is_editable or waiting or request.method == "POST"):
        return redirect(meeting_address(request, pk))
    form = MinutesForm(data, minutes=meeting.minutes)
    decisions = detail_page.decision_lines(meeting)
    lines = detail_page.agenda_lines(meeting, decisions)
    rows = [(line, ItemNotesForm(data, item=line.item)) for line in lines]
    page = {"form": form, "rows": rows, "waiting": waiting}
    if request.method != "POST":
        return _page(request, meeting, **page)
    if not all([form.is_valid(), *(notes.is_valid() for _, notes in rows)]):
        return _page(request, meeting, **page, status=422)
    try:
        is_saved = _save(meeting, form, [notes for _, notes in rows], request.user)
    except TransitionNotAllowed as refusal:
        return _page(request, meeting, **page, refusal=refusal, status=409)
    if not is_saved:
        return _page(request, meeting, **page, status=409)
    kept_forms.forget(request, minutes_page(request, pk))
    messages.success(request, "Catatan tersimpan.")
    return redirect(_next_page(request, meeting))


def _save(meeting, form, item_forms, user) -> bool:
    """Save this user's changes part by part; return False if another user changed a part first."""
    minutes = meeting.minutes
    form.stale, form.stored = None, []
    if not form.is_stored:
        try:
            minutes.write(by=user, version=form.cleaned_data["version"], **form.content)
        except StaleRecord as stale:
            form.stale = stale
    for notes in item_forms:
        if notes.is_changed and not notes.is_stored:
            _save_notes(notes, meeting, user)
    return not form.stale and not any(notes.stale for notes in item_forms)


def _save_notes(form, meeting, user):
    cleaned = form.cleaned_data
    form.item.meeting = meeting
    try:
        form.item.take_notes(
            by=user,
            version=cleaned["version"],
            notes=cleaned["notes"],
            is_discussed=cleaned["is_discussed"],
        )
    except StaleRecord as stale:
        form.stale = stale


def _next_page(request, meeting):
    """Return the page for the pressed button: new decision, new follow-up, or this page."""
    kind, _, number = request.POST.get("lanjut", "").partition("-")
    if number.isdecimal() and len(number) < 18:
        if kind == "keputusan":
            return reverse("meetings:decision-add", args=[number])
        if kind == "tindak":
            return reverse("meetings:follow-up-add", args=[number])
    return minutes_page(request, meeting.pk)


def _page(request, meeting, *, form, rows, waiting=None, refusal=None, status=200):
    if status == 409:
        # Saved parts stay saved; the others are compared with the values stored now.
        form, rows = _after_conflict(form, rows)
    context = vars(detail_page.facts(meeting)) | {
        "form": form,
        "rows": rows,
        "forms": [form, *(notes for _, notes in rows)],
        "minutes": meeting.minutes,
        "heading": "Pokok bahasan" if meeting.is_from_news else "Notulen",
        "waiting": waiting,
        "refusal": refusal,
        "owner": kept_forms.owner_note(request.user),
    }
    return render(request, "meetings/minutes/minutes_form.html", context, status=status)


def _after_conflict(form, rows):
    data = form.data.copy()
    for one in [form, *(notes for _, notes in rows)]:
        now = one.stale.row if one.stale else getattr(one, "item", None) or one.minutes
        data[one.add_prefix("version")] = now.version
    fresh = MinutesForm(data, minutes=form.minutes)
    fresh.stale, fresh.stored = form.stale, _stored(form)
    fresh_rows = []
    for line, notes in rows:
        again = ItemNotesForm(data, item=line.item)
        again.stale, again.stored = notes.stale, _stored(notes)
        fresh_rows.append((line, again))
    return fresh, fresh_rows


def _stored(form):
    """Return what is stored now of the part that was not saved."""
    return stored_values(form, form.stale.row) if form.stale else []


def _minutes(meeting):
    return meeting.minutes


@bappeda_required
@require_POST
@kept_forms.keeps_form(meeting_address)
def step(request, pk, verb):
    """Carry out a transition of the minutes by Bappeda, such as submitting them to the chair."""
    return carry_out(request, pk, verb, part=_minutes, then=mail.announce)


@require_POST
@kept_forms.keeps_form(meeting_address)
def decision(request, pk, verb):
    """Approve or return the minutes, as the chair.

    Raises PermissionDenied unless the user is the chair or of Bappeda; the model checks more.
    """
    meeting = visible_meeting(request, pk)
    may_edit = request.user.is_bappeda and request.user.covers(meeting.region)
    if not (may_edit or meeting.chair_user_id == request.user.pk):
        raise PermissionDenied
    return carry_out(request, pk, verb, find=visible_meeting, part=_minutes, then=mail.announce)


def addendum_page(request, pk):
    """Return the address of the form for an addendum."""
    return reverse("meetings:addendum-add", args=[pk])


@bappeda_required
@kept_forms.keeps_form(addendum_page)
def addendum(request, pk):
    """Write an addendum to approved minutes."""
    meeting = editable_meeting(request, pk)
    if meeting.minutes.state != MinutesState.APPROVED:
        messages.error(request, "Adendum hanya untuk notulen yang sudah disahkan.")
        return redirect(meeting_address(request, pk))
    data, waiting = kept_forms.typed(request)
    form = AddendumForm(data)
    if request.method == "POST" and form.is_valid():
        _add_once(meeting.minutes, form.cleaned_data["text"], request.user)
        kept_forms.forget(request, addendum_page(request, pk))
        messages.success(request, "Adendum tersimpan.")
        return redirect(meeting_address(request, pk))
    context = vars(detail_page.facts(meeting)) | {
        "form": form,
        "refusal": None,
        "stale": None,
        "current": (),
        "waiting": waiting,
        "heading": "Tambah adendum notulen",
        "hint": "Notulen yang disahkan tidak diubah; adendum tercetak di bawahnya.",
        "button": "Simpan adendum",
        "address": addendum_page(request, pk),
        "back": meeting_address(request, pk),
        "back_label": str(meeting),
        "owner": kept_forms.owner_note(request.user),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "meetings/plain_form.html", context, status=status)


def _add_once(minutes, text, author):
    """Store an addendum; the same text sent again within five minutes (double click) is ignored."""
    moment_ago = timezone.now() - timedelta(minutes=5)
    if not minutes.addenda.filter(text=text, author=author, at__gte=moment_ago).exists():
        Addendum.objects.create(minutes=minutes, text=text, author=author)

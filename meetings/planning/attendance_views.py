"""Views for recording attendance on phones, also by several users at once.

A row is versioned by its own values: the form carries them as they were (`semula-<pk>`). A script
sends each row by itself as soon as it is ticked, and gets its answer as JSON.

Who was answered to represent somebody is proposed (`usul-<pk>`): it is stored once the row is ticked.
"""

from django.contrib import messages
from django.db import transaction
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from kotaku.requests import kept_forms
from kotaku.requests.permissions import bappeda_required
from kotaku.workflow import TransitionNotAllowed
from meetings.detail import page
from meetings.detail.views import editable_meeting, meeting_address
from meetings.models import Participant
from meetings.planning.forms import WalkInForm
from meetings.planning.store import add_walk_in

# Lists of more people than this have a search box.
LONG = 20


def attendance_page(request, pk):
    """Return the address of the attendance page."""
    return reverse("meetings:attendance", args=[pk])


@bappeda_required
@kept_forms.keeps_form(attendance_page)
def attendance(request, pk):
    """Record attendance. Only rows this user changed are written, so two phones do not collide."""
    meeting = editable_meeting(request, pk)
    waiting = kept_forms.restore(request)
    if not (meeting.minutes.is_editable or waiting or request.method == "POST"):
        messages.error(
            request, "Notulennya sudah diajukan atau disahkan, jadi daftar hadir tidak diubah lagi."
        )
        return redirect(meeting_address(request, pk))
    if request.method != "POST":
        typed = waiting.typed if waiting else None
        return _page(request, meeting, typed=typed, waiting=waiting)
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        return _ticked(meeting, request.POST)
    try:
        conflicts = _save(meeting, request.POST)
    except TransitionNotAllowed as refusal:
        return _page(request, meeting, typed=request.POST, refusal=refusal, status=409)
    if conflicts:
        return _page(request, meeting, conflicts=conflicts, status=409)
    kept_forms.forget(request, attendance_page(request, pk))
    if request.POST.get("tambah"):
        return _add_walk_in(request, meeting)
    messages.success(request, "Kehadiran tersimpan.")
    return redirect(attendance_page(request, pk))


def _ticked(meeting, data) -> JsonResponse:
    """Save the rows that a script has sent, and return their new values and the head-count."""
    try:
        conflicts = _save(meeting, data)
    except TransitionNotAllowed as refusal:
        return JsonResponse({"problem": str(refusal)}, status=409)
    if conflicts:
        return JsonResponse({"problem": conflicts[0][1]}, status=409)
    groups = page.unsur_groups(meeting)
    people = [person for group in groups for person in group.people]
    # As sent, not as stored: a row that was not changed may hold a colleague's newer values,
    # which this page does not show and must not overwrite.
    opened = {
        person.pk: "|".join(_typed(data, person))
        for person in people
        if f"semula-{person.pk}" in data
    }
    return JsonResponse({"opened": opened, "head_count": page.head_count(groups)})


def _add_walk_in(request, meeting):
    form = WalkInForm(request.POST, prefix="baru")
    if not form.is_valid():
        return _page(request, meeting, form=form, status=422)
    try:
        add_walk_in(meeting, **form.cleaned_data)
    except TransitionNotAllowed as refusal:
        form.add_error("name", str(refusal))
        return _page(request, meeting, form=form, status=409)
    messages.success(request, "Peserta ditambahkan dan tercatat hadir.")
    return redirect(attendance_page(request, meeting.pk))


def _save(meeting, data) -> list[tuple[str, str]]:
    """Write the changed rows; return (field, message) for each that another user changed."""
    conflicts = []
    with transaction.atomic():
        meeting.minutes.lock_editable()
        for person in meeting.participants.all():
            if f"semula-{person.pk}" not in data:
                continue
            typed = _typed(data, person)
            opened = _opened(data, person)
            stored = _state(person)
            if typed in (opened, stored):
                continue
            if opened != stored:
                sentence = "baru saja diubah orang lain; periksa lagi barisnya, lalu simpan."
                conflicts.append((f"hadir-{person.pk}", f"{person.display_name}: {sentence}"))
                continue
            is_present, sex, represented_by = typed
            Participant.objects.filter(pk=person.pk).update(
                is_present=is_present == "1", sex=sex, represented_by=represented_by
            )
    return conflicts


def _typed(data, person):
    is_ticked = bool(data.get(f"hadir-{person.pk}"))
    sex = data.get(f"lp-{person.pk}", "")
    represented_by = _one_line(data.get(f"wakil-{person.pk}", ""))
    proposed = _one_line(data.get(f"usul-{person.pk}", ""))
    # A proposal that was only shown is no entry.
    if proposed == represented_by and not is_ticked and _opened(data, person)[2:] == ("",):
        represented_by = ""
    return ("1" if is_ticked else "0", sex if sex in ("L", "P") else "", represented_by)


def _one_line(typed):
    return " ".join(typed.replace("\x00", "").split())[:160]


def _opened(data, person):
    return tuple(data[f"semula-{person.pk}"].split("|", 2))


def _state(person):
    return ("1" if person.is_present else "0", person.sex, person.represented_by)


def _row(person, typed):
    """Return (person, values to show, values when the page was opened, proposed representative)."""
    stored = _state(person)
    # What is kept of a form may be one row only.
    is_typed = typed and f"semula-{person.pk}" in typed
    is_present, sex, represented_by = _typed(typed, person) if is_typed else stored
    proposed = _answered_for(person) if stored[::2] == ("0", "") else ""
    if is_present == "0" and not represented_by:
        represented_by = proposed
    return person, (is_present, sex, represented_by), "|".join(stored), proposed


def _answered_for(person):
    """Who will come instead, as the current answer to the invitation says."""
    reply = person.reply
    return _one_line(reply.represented_by) if reply and reply.is_current else ""


def _page(
    request,
    meeting,
    *,
    typed=None,
    form=None,
    conflicts=(),
    refusal=None,
    waiting=None,
    status=200,
):
    groups = page.unsur_groups(meeting, replies=True)
    rows = [(group, [_row(person, typed) for person in group.people]) for group in groups]
    context = vars(page.facts(meeting)) | {
        "rows": rows,
        "head_count": page.head_count(groups),
        "is_long": sum(len(people) for _, people in rows) > LONG,
        "form": form or WalkInForm(prefix="baru"),
        "conflicts": conflicts,
        "refusal": refusal,
        "waiting": waiting,
        "owner": kept_forms.owner_note(request.user),
    }
    return render(request, "meetings/planning/attendance.html", context, status=status)

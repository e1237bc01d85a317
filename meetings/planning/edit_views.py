"""Views for planning a meeting: one page with facts, agenda and participants."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse

from kotaku.requests import kept_forms
from kotaku.requests.permissions import bappeda_required
from kotaku.workflow import StaleRecord, TransitionNotAllowed
from meetings.detail.views import editable_meeting, office_meeting
from meetings.models import Meeting, MeetingState
from meetings.planning import letter, store
from meetings.planning.differing import differing
from meetings.planning.editor import MeetingEditor

SOURCES = 20
DETACHED = "Nama atau instansi berubah, jadi akun yang lama dilepas dari: {names}. Periksa alamat emailnya."

DISCARDED = (
    "Draf rapat ini sudah dibuang, jadi perubahannya tidak tersimpan. Isian Anda masih di bawah. Minta "
    "admin memulihkan drafnya, lalu simpan lagi."
)


def add_page(request):
    """Return the address of the form for a new meeting."""
    return reverse("meetings:meeting-add")


def edit_page(request, pk):
    """Return the address of a meeting's form."""
    return reverse("meetings:meeting-edit", args=[pk])


@bappeda_required
@kept_forms.keeps_form(add_page)
def meeting_add(request):
    """Plan a new meeting, empty or copied from an earlier one (`?salin=`)."""
    meeting = Meeting()
    if request.method == "POST":
        return _posted(request, meeting, add_page(request))
    copied = request.GET.get("salin", "")
    source = None
    if copied.isdecimal() and len(copied) < 18:
        source = Meeting.objects.visible_to(request.user).filter(pk=copied).first()
    return _opened(request, meeting, source)


@bappeda_required
@kept_forms.keeps_form(edit_page)
def meeting_edit(request, pk):
    """Change a stored meeting."""
    if request.method == "POST":
        meeting = office_meeting(request, pk)
        return _posted(request, meeting, edit_page(request, pk))
    meeting = editable_meeting(request, pk)
    if not (meeting.minutes.is_editable or kept_forms.restore(request)):
        messages.error(
            request, "Notulennya sudah diajukan atau disahkan, jadi data rapat tidak diubah lagi."
        )
        return redirect("meetings:meeting-detail", pk=pk)
    return _opened(request, meeting, None)


def _opened(request, meeting, source):
    waiting = kept_forms.restore(request)
    if waiting:
        editor = MeetingEditor.retyped(meeting, request.user, waiting.typed)
    else:
        editor = MeetingEditor.opened(meeting, request.user, source=source)
    return _page(request, editor, source=source, waiting=waiting)


def _posted(request, meeting, page):
    if action := request.POST.get("aksi"):
        editor = MeetingEditor.retyped(meeting, request.user, request.POST, action=action)
        return _page(request, editor)
    editor = MeetingEditor.judged(meeting, request.user, request.POST)
    if not editor.is_valid():
        return _page(request, editor, status=422)
    try:
        stored, detached = _store(meeting, editor, request.user)
    except StaleRecord as stale:
        # The user now sees the stored values, so the next save is checked against that version.
        fresh = request.POST.copy()
        fresh["version"] = stale.row.version
        editor = MeetingEditor.judged(meeting, request.user, fresh)
        return _page(request, editor, stale=stale, status=409)
    except TransitionNotAllowed as refusal:
        editor.problem = str(refusal)
        return _page(request, editor, status=409)
    kept_forms.forget(request, page)
    messages.success(request, "Rapat tersimpan.")
    if detached:
        messages.info(request, DETACHED.format(names=", ".join(detached)))
    return redirect("meetings:meeting-detail", pk=stored.pk)


def _store(meeting, editor, user):
    content = editor.content()
    if meeting.pk is None:
        uid = editor.facts.cleaned_data["uid"] or meeting.uid
        return store.create_meeting(by=user, uid=uid, **content), []
    if meeting.state == MeetingState.DISCARDED:
        raise TransitionNotAllowed(DISCARDED)
    version = editor.facts.cleaned_data["version"]
    detached = store.update_meeting(
        meeting, by=user, version=version, removed=editor.removed, **content
    )
    return meeting, detached


def _page(request, editor, *, source=None, stale=None, waiting=None, status=200):
    meeting = editor.meeting
    earlier = Meeting.objects.visible_to(request.user).exclude(pk=meeting.pk)
    context = {
        "editor": editor,
        "facts": editor.facts,
        "letter_warnings": letter.warnings_of(editor.facts),
        "meeting": meeting,
        "is_sample": bool(meeting.programme and meeting.programme.is_sample),
        "problems": editor.problems(),
        "offers": editor.offers(),
        "members": editor.members,
        "missing_members": editor.missing_members(),
        "earlier": earlier.order_by("-starts_at")[:SOURCES],
        "source": source,
        "stale": stale,
        "differing": differing(editor, stale.row) if stale else [],
        "waiting": waiting,
        "owner": kept_forms.owner_note(request.user),
        "address": edit_page(request, meeting.pk) if meeting.pk else add_page(request),
        "agenda_rows": _agenda_rows(editor),
        "participant_rows": list(enumerate(editor.participants)),
        "shows_villages": request.POST.get("aksi") == "desa",
    }
    return render(request, "meetings/planning/meeting_form.html", context, status=status)


def _agenda_rows(editor):
    """Return (index, form, is_locked); a row with notes or decisions cannot be removed."""
    meeting = editor.meeting
    locked = set()
    if meeting.pk:
        items = meeting.agenda.exclude(notes="") | meeting.agenda.filter(decisions__isnull=False)
        locked = {str(pk) for pk in items.values_list("pk", flat=True)}
    return [
        (index, form, str(form["pk"].value()) in locked) for index, form in enumerate(editor.agenda)
    ]

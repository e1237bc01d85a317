"""Views for answering an invitation: by its link without an account, by account, or on the phone."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from kotaku.accounts.sign_in_limits import address_lock, note_request, wait_text
from kotaku.requests import kept_forms
from kotaku.requests.client_address import throttled_address
from kotaku.workflow import StaleRecord
from meetings.detail import labels
from meetings.models import Answer, MeetingState, Participant, Reply, ReplyMeans
from meetings.replies.forms import LinkReplyForm, SeenReplyForm
from meetings.replies.links import Ended, invited_by

# Answers by links of one participant in a day.
MOST_CHANGES = 20
# The name under which wrong links count for their network; with a space it is no user name.
WRONG_LINK = "undangan rapat"
SAID = {
    Answer.PRESENT: "Jawaban Anda tercatat: hadir.",
    Answer.REPRESENTED: "Jawaban Anda tercatat: diwakili.",
    Answer.ABSENT: "Jawaban Anda tercatat: berhalangan.",
}
OFTEN = "Jawaban ini sudah terlalu sering diubah hari ini. Coba lagi besok."
MOVED = "Waktu rapat berubah sejak halaman ini dibuka. Periksa hari dan jamnya di atas, lalu kirim lagi."
BY_BAPPEDA_ONLY = "Rapat ini sudah dimulai. Sampaikan perubahan jawaban Anda kepada panitia."
NOT_OPEN = "Jawaban undangan hanya dicatat untuk rapat yang dijadwalkan."


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitation_reply(request, token):
    """Show the meeting of a link, and record the answer that is posted; opening changes nothing."""
    found = invited_by(token)
    if found.person is None:
        return _private(_ended(request, found.ended))
    meeting = found.person.meeting
    form, status = LinkReplyForm(initial={"starts_at": meeting.starts_at.isoformat()}), 200
    if request.method == "POST":
        form, status = LinkReplyForm(request.POST), 422
        if form.is_valid():
            if form.cleaned_data.pop("starts_at") not in ("", meeting.starts_at.isoformat()):
                status = 409
                form.data = form.data.copy()
                form.data["starts_at"] = meeting.starts_at.isoformat()
                form.add_error(None, MOVED)
            elif _is_often(found.person):
                status = 429
                form.add_error(None, OFTEN)
            else:
                return _private(_answered(request, found.person, form))
    context = {
        "form": form,
        "title": meeting.title,
        "day": labels.day_text(meeting),
        "time": labels.time_text(meeting),
        "place": labels.place_text(meeting),
        "programme": meeting.programme,
    }
    return _private(render(request, "meetings/replies/invitation.html", context, status=status))


def _answered(request, person, form):
    reply = Reply.give(person, means=ReplyMeans.LINK, **form.cleaned_data)
    messages.success(
        request, f"{SAID[reply.answer]} Sampai rapat dimulai, jawaban dapat diubah di halaman ini."
    )
    return redirect(request.path)


def _is_often(person) -> bool:
    since = timezone.now() - timedelta(days=1)
    return person.replies.filter(means=ReplyMeans.LINK, at__gte=since).count() >= MOST_CHANGES


def _ended(request, ended):
    """Say that a link does not work. Wrong ones that are posted count for their network."""
    address = throttled_address(request)
    lock = address_lock(address) if request.method == "POST" else None
    if request.method == "POST" and ended == Ended.UNKNOWN and lock is None:
        note_request(address, [WRONG_LINK])
    context = {"ended": ended, "wait": wait_text(lock) if lock else ""}
    status = 429 if lock else 410
    response = render(request, "meetings/replies/ended.html", context, status=status)
    if lock:
        response["Retry-After"] = str(max(1, round((lock - timezone.now()).total_seconds())))
    return response


def _private(response):
    """Keep the page out of caches and search engines.

    The site's policy names no address to other sites. A stricter one would refuse the form: its
    origin would be missing.
    """
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def reply_address(request, pk):
    """Return the address of the page with the answer of a participant."""
    return reverse("meetings:participant-reply", args=[pk])


@kept_forms.keeps_form(reply_address)
def participant_reply(request, pk):
    """Show and record the answer of a participant: the user's own, or as told to Bappeda."""
    people = Participant.objects.answerable_by(request.user).select_related("meeting__programme")
    person = get_object_or_404(people, pk=pk)
    is_own = Participant.objects.invited_as(request.user).filter(pk=pk).exists()
    meeting = person.meeting
    back = f"{reverse('meetings:meeting-detail', args=[meeting.pk])}#peserta"
    if meeting.state != MeetingState.SCHEDULED or (is_own and meeting.has_begun):
        is_begun = meeting.state == MeetingState.SCHEDULED
        messages.error(request, BY_BAPPEDA_ONLY if is_begun else NOT_OPEN)
        return redirect(back)
    typed, waiting = kept_forms.typed(request)
    last = person.reply
    form = SeenReplyForm(typed, initial=_shown(last))
    stale = None
    if request.method == "POST" and form.is_valid():
        try:
            _record(request, person, form, is_own)
        except StaleRecord as refusal:
            stale, last = refusal, refusal.row
            form.data = form.data.copy()
            form.data["seen"] = str(last.pk)
        else:
            kept_forms.forget(request, reply_address(request, pk))
            return redirect(back)
    context = {
        "form": form,
        "meeting": meeting,
        "programme": meeting.programme,
        "day": labels.day_text(meeting),
        "time": labels.time_text(meeting),
        "heading": "Jawaban undangan",
        "hint": _hint(person, last, is_own),
        "back": back,
        "back_label": "Peserta",
        "button": "Simpan jawaban",
        "address": reply_address(request, pk),
        "refusal": None,
        "stale": stale,
        "current": [("Jawaban", last.text)] if stale else [],
        "waiting": waiting,
        "owner": kept_forms.owner_note(request.user),
    }
    status = 409 if stale else 422 if request.method == "POST" else 200
    return render(request, "meetings/plain_form.html", context, status=status)


def _shown(last) -> dict:
    if last is None:
        return {"seen": 0}
    return {"seen": last.pk, "answer": last.answer, "represented_by": last.represented_by}


def _record(request, person, form, is_own):
    means = ReplyMeans.ACCOUNT if is_own else ReplyMeans.RECORDED
    reply = Reply.give(person, means=means, by=request.user, **form.cleaned_data)
    said = f"Jawaban {person.display_name} tercatat: {reply.text}."
    messages.success(request, SAID[reply.answer] if is_own else said)


def _hint(person, last, is_own) -> str:
    who = "Anda" if is_own else f"{person.display_name}, {person.organisation},"
    said = f"{last.note}." if last else "belum menjawab."
    return f"{who} {said}"

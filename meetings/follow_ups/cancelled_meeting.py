"""Close the open follow-ups of a cancelled meeting, or move them to another meeting."""

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse

from kotaku.interface.fields import SeveralField, TextField
from kotaku.requests import kept_forms
from kotaku.requests.permissions import bappeda_required
from kotaku.workflow import StaleRecord, TransitionNotAllowed
from meetings.detail import page as detail_page
from meetings.detail.views import editable_meeting, meeting_address
from meetings.models import Decision, Meeting, MeetingState
from meetings.models.moving import NOT_CANCELLED, close_follow_ups, move_decisions
from meetings.models.states import FOLLOW_UP_OPEN, MINUTES_OPEN

CLOSE, MOVE = "tutup", "pindah"
NONE_LEFT = "Tindak lanjut rapat ini sudah ditutup atau dipindahkan."
CHANGED = "Tindak lanjut rapat ini berubah sejak halaman ini dibuka."


class DecisionField(SeveralField):
    """A choice of decisions, each shown with its open follow-ups."""

    def label_from_instance(self, decision):
        """Return the tasks and the decision that they follow from."""
        tasks = "; ".join(each.what for each in decision.follow_ups.all() if each.is_open)
        return f"{tasks} (keputusan: {decision.text})"


class TargetField(forms.ModelChoiceField):
    """A choice of meetings, shown with their day."""

    def label_from_instance(self, meeting):
        """Return the day and the title."""
        return f"{meeting.days_text}: {meeting}"


class CancelledMeetingForm(forms.Form):
    """Which follow-ups of a cancelled meeting are closed, or moved and where to.

    `seen` are the open follow-ups with their versions that the page showed.
    """

    decisions = DecisionField(
        label="Tindak lanjut yang masih terbuka",
        queryset=Decision.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Centang paling sedikit satu."},
    )
    choice = forms.ChoiceField(
        label="Yang dilakukan",
        choices=[(CLOSE, "Tutup: tindak lanjutnya dibatalkan"), (MOVE, "Pindahkan ke rapat lain")],
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih ditutup atau dipindahkan."},
    )
    meeting = TargetField(
        label="Rapat tujuan, bila dipindahkan",
        required=False,
        queryset=Meeting.objects.none(),
        empty_label="–",
        help_text="Rapat yang notulennya belum diajukan.",
    )
    text = TextField(
        label="Alasan",
        rows=3,
        max_length=2000,
        error_messages={"required": "Tulis alasannya; penanggung jawab membacanya."},
    )
    seen = forms.CharField(required=False, max_length=20_000, widget=forms.HiddenInput)

    def __init__(self, *args, source, user, **kwargs):
        decisions = waiting_decisions(source)
        self.now = seen_now(decisions)
        initial = {"decisions": decisions, "text": source.cancel_reason, "seen": self.now}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["decisions"].queryset = decisions
        self.fields["meeting"].queryset = targets(source, user)

    def clean(self):
        """Require a meeting to move to."""
        cleaned = super().clean()
        lacks_target = not cleaned.get("meeting") and "meeting" not in self.errors
        if cleaned.get("choice") == MOVE and lacks_target:
            self.add_error("meeting", "Pilih rapat tujuannya.")
        return cleaned


def waiting_decisions(source):
    """Return the decisions of a cancelled meeting that have open follow-ups."""
    return (
        Decision.objects.filter(meeting=source, follow_ups__state__in=FOLLOW_UP_OPEN)
        .prefetch_related("follow_ups")
        .distinct()
        .order_by("pk")
    )


def seen_now(decisions) -> str:
    """Return the open follow-ups of these decisions with their versions."""
    tasks = [each for decision in decisions for each in decision.follow_ups.all() if each.is_open]
    return " ".join(f"{each.pk}:{each.version}" for each in sorted(tasks, key=lambda row: row.pk))


def targets(source, user):
    """Return the meetings to which decisions of a cancelled meeting may move."""
    is_sample = bool(source.programme and source.programme.is_sample)
    found = Meeting.objects.editable_by(user).filter(
        region=source.region, source=Meeting.Source.OWN, minutes__state__in=MINUTES_OPEN
    )
    alike = found.filter(programme__is_sample=True)
    found = alike if is_sample else found.exclude(pk__in=alike.values("pk"))
    return found.exclude(state=MeetingState.CANCELLED).exclude(pk=source.pk)


def cancelled_page(request, pk):
    """Return the address of the form for the follow-ups of a cancelled meeting."""
    return reverse("meetings:cancelled-follow-ups", args=[pk])


@bappeda_required
@kept_forms.keeps_form(cancelled_page)
def cancelled_follow_ups(request, pk):
    """Close or move the open follow-ups of a cancelled meeting."""
    source = editable_meeting(request, pk)
    data, waiting = kept_forms.typed(request)
    form = CancelledMeetingForm(data, source=source, user=request.user)
    chosen = set(data.getlist("decisions")) if data else set()
    left = {str(each.pk) for each in form.fields["decisions"].queryset}
    if source.state != MeetingState.CANCELLED:
        return _away(request, pk, messages.error, NOT_CANCELLED)
    if not left or (request.method == "POST" and chosen and not chosen & left):
        return _away(request, pk, messages.info, NONE_LEFT)
    if request.method != "POST":
        return _page(request, source, form, waiting=waiting)
    if not form.is_valid():
        return _page(request, source, form, status=422)
    if form.cleaned_data["seen"] != form.now:
        return _page(request, source, form, stale=CHANGED, status=409)
    try:
        _carry_out(source, form.cleaned_data, request.user)
    except (StaleRecord, TransitionNotAllowed) as refusal:
        return _page(request, source, form, refusal=refusal, status=409)
    kept_forms.forget(request, cancelled_page(request, pk))
    is_moved = form.cleaned_data["choice"] == MOVE
    done = "dipindahkan. Periksa batas waktunya di sana." if is_moved else "ditutup."
    return _away(request, pk, messages.success, f"Tindak lanjut {done}")


def _away(request, pk, say, text):
    say(request, text)
    return redirect(meeting_address(request, pk))


def _carry_out(source, cleaned, user):
    said = {"source": source, "by": user, "text": cleaned["text"]}
    keys = [each.pk for each in cleaned["decisions"]]
    if cleaned["choice"] == MOVE:
        move_decisions(keys, target=cleaned["meeting"], **said)
    else:
        close_follow_ups(keys, **said)


def _page(request, source, form, *, refusal=None, stale=None, waiting=None, status=200):
    if form.is_bound:
        form.data = form.data.copy()
        form.data["seen"] = form.now
    context = vars(detail_page.facts(source)) | {
        "form": form,
        "refusal": refusal,
        "stale": stale,
        "current": (),
        "waiting": waiting,
        "heading": "Tindak lanjut rapat yang dibatalkan",
        "hint": f"Rapat dibatalkan: {source.cancel_reason}",
        "button": "Simpan",
        "address": cancelled_page(request, source.pk),
        "back": meeting_address(request, source.pk),
        "back_label": "Rapat",
        "owner": kept_forms.owner_note(request.user),
    }
    return render(request, "meetings/plain_form.html", context, status=status)

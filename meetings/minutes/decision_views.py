"""Views for the decisions of an agenda item and the follow-ups of a decision."""

from datetime import timedelta

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from kotaku.formats import format_date
from kotaku.requests import kept_forms
from kotaku.requests.permissions import bappeda_required
from kotaku.workflow import StaleRecord, TransitionNotAllowed
from kotaku.workflow.perform import perform
from meetings.detail import page as detail_page
from meetings.minutes.forms import DecisionForm, FollowUpForm, fingerprint
from meetings.minutes.views import minutes_page
from meetings.models import AgendaItem, Decision, FollowUp
from meetings.models.minutes import FROM_NEWS
from meetings.models.states import MINUTES_OPEN

# The same text sent again within this time is a double click.
TWICE = timedelta(minutes=5)


def add_page(request, pk):
    """Return the address of the form for a new decision on an item."""
    return reverse("meetings:decision-add", args=[pk])


def change_page(request, pk):
    """Return the address of a decision's form."""
    return reverse("meetings:decision-edit", args=[pk])


def follow_up_page(request, pk):
    """Return the address of the form for a new follow-up of a decision."""
    return reverse("meetings:follow-up-add", args=[pk])


@bappeda_required
@kept_forms.keeps_form(add_page)
def decision_add(request, pk):
    """Record a decision on an agenda item."""
    items = AgendaItem.objects.editable_by(request.user)
    related = ("meeting__minutes", "meeting__region")
    item = get_object_or_404(items.select_related(*related), pk=pk)
    meeting = item.meeting
    initial = {"villages": meeting.villages.all()}
    form, waiting = _form(request, DecisionForm, initial, meeting=meeting)

    def store(cleaned):
        recent = timezone.now() - TWICE
        same = item.decisions.filter(text=cleaned["text"], author=request.user, at__gte=recent)
        decision = same.first() or Decision.objects.create(
            meeting=item.meeting, agenda_item=item, text=cleaned["text"], author=request.user
        )
        decision.villages.set(cleaned["villages"])

    page = {
        "heading": "Tambah keputusan",
        "hint": f"Acara: {item}",
        "address": add_page(request, pk),
    }
    return _answer(request, item.meeting, form, store, page, waiting)


@bappeda_required
@kept_forms.keeps_form(change_page)
def decision_edit(request, pk):
    """Change a decision's text or villages, as long as the minutes are open."""
    decision = _decision(request, pk)
    opened = fingerprint(decision.text, True)
    villages = decision.villages.all()
    initial = {"text": decision.text, "villages": villages, "opened": opened}
    form, waiting = _form(request, DecisionForm, initial, meeting=decision.meeting, stored=villages)

    def store(cleaned):
        if cleaned["opened"] != opened and cleaned["text"] != decision.text:
            form.data["opened"] = opened
            raise TransitionNotAllowed(
                f"Keputusan ini baru saja diubah orang lain menjadi “{decision.text}”."
            )
        changed = Decision.objects.filter(pk=pk, text=decision.text).update(text=cleaned["text"])
        if not changed:
            raise TransitionNotAllowed("Keputusan ini baru saja diubah orang lain.")
        decision.villages.set(cleaned["villages"])

    page = {"heading": "Ubah keputusan", "hint": "", "address": change_page(request, pk)}
    return _answer(request, decision.meeting, form, store, page, waiting)


@bappeda_required
@require_POST
def decision_removal(request, pk):
    """Delete a decision without follow-ups or activities, as long as the minutes are open."""
    decision = _decision(request, pk)
    try:
        with transaction.atomic():
            decision.meeting.minutes.lock_editable()
            if decision.follow_ups.exists():
                raise TransitionNotAllowed(
                    "Keputusan ini sudah mempunyai tindak lanjut, jadi tidak dihapus. "
                    "Batalkan tindak lanjutnya bila tidak jadi."
                )
            if decision.origins.exists():
                raise TransitionNotAllowed(
                    "Keputusan ini asal kegiatan dalam rencana kerja, jadi tidak dihapus. "
                    "Lepaskan dahulu hubungannya."
                )
            decision.delete()
        messages.success(request, "Keputusan dihapus.")
    except TransitionNotAllowed as refusal:
        messages.error(request, str(refusal))
    return redirect(minutes_page(request, decision.meeting_id))


@bappeda_required
@kept_forms.keeps_form(follow_up_page)
def follow_up_add(request, pk):
    """Record a follow-up of a decision: the task, its responsible party and due date."""
    decision = _decision(request, pk)
    form, waiting = _form(request, FollowUpForm, {}, meeting=decision.meeting)

    def store(cleaned):
        recent = timezone.now() - TWICE
        same = decision.follow_ups.filter(
            changed_by=request.user, changed_at__gte=recent, version=1, **form.content
        )
        if not same.exists():
            FollowUp.objects.create(decision=decision, changed_by=request.user, **form.content)

    page = {
        "heading": "Tambah tindak lanjut",
        "hint": f"Keputusan: {decision.text}",
        "address": follow_up_page(request, pk),
    }
    return _answer(request, decision.meeting, form, store, page, waiting)


def follow_up_edit_page(request, pk):
    """Return the address of a follow-up's form."""
    return reverse("meetings:follow-up-edit", args=[pk])


@bappeda_required
@kept_forms.keeps_form(follow_up_edit_page)
def follow_up_edit(request, pk):
    """Change a follow-up's task, responsible party or due date while the minutes are open."""
    follow_ups = FollowUp.objects.reportable_by(request.user).select_related(
        "decision__meeting__minutes", "decision__meeting__region", "changed_by"
    )
    follow_up = get_object_or_404(follow_ups, pk=pk)
    if request.method != "POST" and follow_up.can_be_reassigned:
        return redirect("meetings:follow-up-assignment", pk=pk)
    initial = {name: getattr(follow_up, name) for name in FollowUpForm.FIELDS}
    initial["version"] = follow_up.version
    form, waiting = _form(
        request, FollowUpForm, initial, meeting=follow_up.meeting, follow_up=follow_up
    )

    def store(cleaned):
        try:
            follow_up.change(by=request.user, version=cleaned["version"], **form.content)
        except StaleRecord as stale:
            form.data["version"] = stale.row.version
            raise TransitionNotAllowed(
                f"{stale} Tersimpan sekarang: “{stale.row.what}”, batas {format_date(stale.row.due_on)}."
            ) from None

    page = {
        "heading": "Ubah tindak lanjut",
        "hint": f"Keputusan: {follow_up.decision.text}",
        "address": follow_up_edit_page(request, pk),
    }
    return _answer(request, follow_up.meeting, form, store, page, waiting)


def _decision(request, pk):
    decisions = Decision.objects.editable_by(request.user)
    related = ("meeting__minutes", "meeting__region")
    return get_object_or_404(decisions.select_related(*related), pk=pk)


def _form(request, form_class, initial, **more):
    if request.method == "POST":
        # A mutable copy: a refusal writes the current values into the hidden fields.
        return form_class(request.POST.copy(), **more), None
    waiting = kept_forms.restore(request)
    if waiting:
        return form_class(waiting.typed, **more), waiting
    return form_class(initial=initial, **more), None


def _answer(request, meeting, form, store, page, waiting):
    """Show the form, or store its values in one transaction with the check for open minutes.

    A form that cannot be saved any more is not shown, unless it was typed before.
    """
    back = minutes_page(request, meeting.pk)

    def shown(meeting, *, form, refusal=None, status=200):
        context = vars(detail_page.facts(meeting)) | page
        context |= {
            "form": form,
            "refusal": refusal,
            "stale": None,
            "current": (),
            "waiting": waiting,
            "button": "Simpan",
            "back": back,
            "back_label": "Notulen",
            "owner": kept_forms.owner_note(request.user),
        }
        return render(request, "meetings/plain_form.html", context, status=status)

    def carry_out(meeting, *, by, **cleaned):
        with transaction.atomic():
            meeting.minutes.lock_for_decisions()
            store(cleaned)

    if request.method != "POST":
        if meeting.minutes.state in MINUTES_OPEN or waiting:
            return shown(meeting, form=form)
        messages.error(request, FROM_NEWS if meeting.is_from_news else meeting.minutes.refusal())
        return redirect("meetings:meeting-detail", pk=meeting.pk)
    return perform(
        request,
        meeting,
        form,
        carry_out,
        page=shown,
        to=lambda _: back,
        done="Tersimpan.",
        kept=page["address"],
    )

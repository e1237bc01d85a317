"""Change who is responsible for a follow-up and until when, after its minutes are approved."""

from django import forms
from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from kotaku.formats import format_date
from kotaku.interface.fields import TextField
from kotaku.requests import kept_forms
from kotaku.requests.permissions import bappeda_required
from kotaku.workflow import StaleRecord
from kotaku.workflow.perform import perform
from meetings.detail import page as detail_page
from meetings.follow_ups import mail
from meetings.minutes.forms import FollowUpForm
from meetings.models import FollowUp
from meetings.models.follow_up import ASSIGNED
from meetings.people import owners


class AssignmentForm(FollowUpForm):
    """The responsible party and the due date of a follow-up, with the reason of the change."""

    FIELDS = ASSIGNED

    what = None
    text = TextField(
        label="Alasan perubahan",
        rows=3,
        max_length=2000,
        help_text="Tercatat dalam riwayat bersama nilai yang lama.",
        error_messages={"required": "Tulis alasan perubahannya."},
    )

    field_order = (*ASSIGNED, "text", "version")

    def __init__(self, *args, follow_up, **kwargs):
        initial = {name: getattr(follow_up, name) for name in ASSIGNED}
        kwargs.setdefault("initial", initial | {"version": follow_up.version})
        super().__init__(*args, meeting=follow_up.meeting, follow_up=follow_up, **kwargs)
        self.follow_up = follow_up

    def clean_due_on(self):
        """Reject a new due date that has passed; the present one may stay."""
        due_on = super().clean_due_on()
        if due_on != self.follow_up.due_on and due_on < timezone.localdate():
            raise forms.ValidationError(
                f"Tanggal {format_date(due_on)} sudah lewat. Pilih hari ini atau sesudahnya."
            )
        return due_on


def assignment_page(request, pk):
    """Return the address of the form for a follow-up's assignment."""
    return reverse("meetings:follow-up-assignment", args=[pk])


@bappeda_required
@kept_forms.keeps_form(assignment_page)
def assignment(request, pk):
    """Change owner, account and due date with a reason; shown only where it can be saved."""
    follow_ups = FollowUp.objects.reportable_by(request.user).loaded()
    follow_up = get_object_or_404(follow_ups.select_related("changed_by"), pk=pk)
    data, waiting = kept_forms.typed(request)
    form = AssignmentForm(data, follow_up=follow_up)
    if request.method == "POST":
        return _answer(request, follow_up, form)
    if not (follow_up.can_be_reassigned or waiting):
        messages.error(request, follow_up.assignment_refusal)
        return redirect(_back(follow_up))
    return _page(request, follow_up, form=form, waiting=waiting)


def _back(follow_up):
    return reverse("meetings:follow-up", args=[follow_up.pk])


def _answer(request, follow_up, form):
    def reassign(row, *, by, version, text, **cleaned):
        before = owners(row)
        with transaction.atomic():
            row.reassign(by=by, version=version, text=text, **cleaned)
            mail.announce_new_owners(row, before, by=by)

    def repeated(row, cleaned):
        said = {"version": cleaned["version"], "reason": cleaned["text"]}
        is_same = all(getattr(row, name) == cleaned[name] for name in ASSIGNED)
        return is_same and row.was_last_done_by(request.user, "reassign", **said)

    def page(row, *, form, refusal=None, status):
        stale = refusal if isinstance(refusal, StaleRecord) else None
        if stale:
            # The user now sees the stored values, so the next save is checked against them.
            form.data = form.data.copy()
            form.data["version"] = stale.row.version
        refusal = None if stale else refusal
        return _page(request, row, form=form, refusal=refusal, stale=stale, status=status)

    return perform(
        request, follow_up, form, reassign, page=page, to=_back, repeated=repeated,
        done="Penugasan diubah. Nilai yang lama ada dalam riwayat.",
        kept=assignment_page(request, follow_up.pk),
    )  # fmt: skip


def _page(request, row, *, form, refusal=None, stale=None, waiting=None, status=200):
    context = vars(detail_page.facts(row.meeting)) | {
        "form": form,
        "refusal": refusal,
        "stale": stale,
        "current": _stored(row) if stale else (),
        "waiting": waiting,
        "heading": "Ubah penanggung jawab atau batas waktu",
        "hint": row.what,
        "button": "Simpan perubahan",
        "address": assignment_page(request, row.pk),
        "back": _back(row),
        "back_label": "Tindak lanjut",
        "owner": kept_forms.owner_note(request.user),
    }
    return render(request, "meetings/plain_form.html", context, status=status)


def _stored(row):
    account = str(row.responsible_user) if row.responsible_user_id else "–"
    return [
        ("Penanggung jawab", row.owner_text),
        ("Akun yang melaporkan kemajuannya", account),
        ("Batas waktu", format_date(row.due_on)),
    ]

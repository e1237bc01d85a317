"""Follow-ups: the list, one of them, and the verbs that move it on."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from kotaku.requests import kept_forms
from kotaku.requests.permissions import bappeda_required
from kotaku.workflow import StaleRecord, TransitionNotAllowed
from kotaku.workflow.forms import VersionForm
from meetings.detail import follow_up_page
from meetings.follow_ups.filters import FollowUpFilterForm
from meetings.minutes.forms import FollowUpReasonForm, ProgressForm
from meetings.models import FollowUp

PAGE = 30


@require_safe
def follow_up_list(request):
    """Show what is to be done: one's own first, then all, the overdue on top."""
    form = FollowUpFilterForm(request.GET or None, user=request.user)
    visible = FollowUp.objects.visible_to(request.user)
    own = FollowUp.objects.of(request.user).open().loaded().urgent_first()
    is_filtered = any(request.GET.get(name) for name in form.fields)
    found = form.filtered(visible).loaded().urgent_first()
    page = Paginator(found, PAGE).get_page(request.GET.get("hal"))
    context = {
        "form": form,
        "is_filtered": is_filtered,
        "own": [] if is_filtered else follow_up_page.lines(own[:PAGE]),
        "page": page,
        "lines": follow_up_page.lines(page),
        "overdue": visible.overdue().count(),
    }
    return render(request, "meetings/follow_ups/follow_up_list.html", context)


def follow_up_address(request, pk):
    """Return the address of a follow-up's page."""
    return reverse("meetings:follow-up", args=[pk])


@require_safe
def follow_up(request, pk):
    """Show one follow-up with its history, and what this person can do about it."""
    waiting = kept_forms.restore(request)
    forms = {}
    if waiting and "text" in waiting.typed:
        forms["form"] = ProgressForm(waiting.typed)
    elif waiting:
        forms["reason_form"] = FollowUpReasonForm(waiting.typed)
    return _page(request, _visible(request, pk), waiting=waiting, **forms)


def _visible(request, pk):
    return get_object_or_404(FollowUp.objects.visible_to(request.user).loaded(), pk=pk)


def _page(
    request, follow_up, *, form=None, reason_form=None, refusal=None, waiting=None, status=200
):
    context = follow_up_page.detail_context(follow_up, request.user) | {
        "form": form or ProgressForm(),
        "reason_form": reason_form or FollowUpReasonForm(),
        "refusal": refusal,
        "waiting": waiting,
        "owner": kept_forms.owner_note(request.user),
    }
    return render(request, "meetings/follow_ups/follow_up_detail.html", context, status=status)


def _carry_out(request, pk, form_class, verb, done):
    follow_up = _visible(request, pk)
    form = form_class(request.POST)
    shown = {ProgressForm: {"form": form}, FollowUpReasonForm: {"reason_form": form}}
    shown = shown.get(form_class, {})
    if not form.is_valid():
        return _page(request, follow_up, **shown, status=422)
    try:
        verb(follow_up, form.cleaned_data)
    except StaleRecord as stale:
        now = _visible(request, pk)
        if not _is_repeated(now, request.user, form.cleaned_data):
            return _page(request, now, **shown, refusal=stale, status=409)
    except TransitionNotAllowed as refusal:
        return _page(request, follow_up, **shown, refusal=refusal, status=409)
    kept_forms.forget(request, follow_up_address(request, pk))
    messages.success(request, done)
    return redirect(follow_up_address(request, pk))


def _is_repeated(follow_up, user, cleaned):
    """Whether a second click brings what the first one has already written."""
    last = follow_up.notes.last()
    text = cleaned.get("text", cleaned.get("reason", ""))
    return bool(
        last
        and last.author_id == user.pk
        and last.text == text
        and follow_up.version == cleaned["version"] + 1
    )


def _reportable_or_404(request, pk):
    get_object_or_404(FollowUp.objects.reportable_by(request.user), pk=pk)


@require_POST
@kept_forms.keeps_form(follow_up_address)
def progress(request, pk):
    """Write down progress."""
    _reportable_or_404(request, pk)

    def report(follow_up, cleaned):
        follow_up.report(by=request.user, **cleaned)

    return _carry_out(request, pk, ProgressForm, report, "Kemajuan tercatat.")


@require_POST
@kept_forms.keeps_form(follow_up_address)
def completion(request, pk):
    """Say that it is done."""
    _reportable_or_404(request, pk)

    def finish(follow_up, cleaned):
        follow_up.finish(by=request.user, **cleaned)

    done = "Tercatat selesai. Bappeda akan mengonfirmasi."
    return _carry_out(request, pk, ProgressForm, finish, done)


@bappeda_required
@require_POST
def confirmation(request, pk):
    """Agree that it is done."""
    _reportable_or_404(request, pk)

    def confirm(follow_up, cleaned):
        follow_up.confirm(by=request.user, **cleaned)

    return _carry_out(request, pk, VersionForm, confirm, "Penyelesaian dikonfirmasi.")


@bappeda_required
@require_POST
@kept_forms.keeps_form(follow_up_address)
def reopening(request, pk):
    """Say what is still missing; it runs again."""
    _reportable_or_404(request, pk)

    def reopen(follow_up, cleaned):
        follow_up.reopen(by=request.user, version=cleaned["version"], text=cleaned["reason"])

    return _carry_out(request, pk, FollowUpReasonForm, reopen, "Tindak lanjut dibuka kembali.")


@bappeda_required
@require_POST
@kept_forms.keeps_form(follow_up_address)
def cancellation(request, pk):
    """Say why it will not be done."""
    _reportable_or_404(request, pk)

    def cancel(follow_up, cleaned):
        follow_up.cancel(by=request.user, version=cleaned["version"], text=cleaned["reason"])

    return _carry_out(request, pk, FollowUpReasonForm, cancel, "Tindak lanjut dibatalkan.")

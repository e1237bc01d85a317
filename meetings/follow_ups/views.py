"""Views of the list of follow-ups, of one follow-up, and of its state changes."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from kotaku.requests import kept_forms
from kotaku.requests.permissions import bappeda_required
from kotaku.workflow.forms import VersionForm
from kotaku.workflow.perform import perform
from meetings.detail import follow_up_page
from meetings.follow_ups.filters import FollowUpFilterForm
from meetings.minutes.forms import FollowUpReasonForm, ProgressForm
from meetings.models import FollowUp

PAGE = 30


@require_safe
def follow_up_list(request):
    """Show the user's own open follow-ups first, then all, the overdue on top."""
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
    """Show one follow-up with its history and the actions open to this user."""
    waiting = kept_forms.restore(request)
    form = None
    if waiting:
        form_class = ProgressForm if "text" in waiting.typed else FollowUpReasonForm
        form = form_class(waiting.typed)
    return _page(request, _visible(request, pk), form=form, waiting=waiting)


def _visible(request, pk):
    return get_object_or_404(FollowUp.objects.visible_to(request.user).loaded(), pk=pk)


def _page(request, follow_up, *, form=None, refusal=None, waiting=None, status=200):
    context = vars(follow_up_page.detail_context(follow_up, request.user)) | {
        "form": form if isinstance(form, ProgressForm) else ProgressForm(),
        "reason_form": form if isinstance(form, FollowUpReasonForm) else FollowUpReasonForm(),
        "refusal": refusal,
        "waiting": waiting,
        "owner": kept_forms.owner_note(request.user),
    }
    return render(request, "meetings/follow_ups/follow_up_detail.html", context, status=status)


def _carry_out(request, pk, form_class, verb, done):
    get_object_or_404(FollowUp.objects.reportable_by(request.user), pk=pk)
    address = follow_up_address(request, pk)

    def page(_, **shown):
        return _page(request, _visible(request, pk), **shown)

    def repeated(row, cleaned):
        last = row.notes.last()
        text = cleaned.get("text", cleaned.get("reason", ""))
        is_mine = last is not None and (last.author_id, last.text) == (request.user.pk, text)
        return is_mine and row.version == cleaned["version"] + 1

    return perform(
        request,
        _visible(request, pk),
        form_class(request.POST),
        verb,
        page=page,
        to=lambda _: address,
        done=done,
        kept=address,
        repeated=repeated,
    )


@require_POST
@kept_forms.keeps_form(follow_up_address)
def progress(request, pk):
    """Report progress."""
    return _carry_out(request, pk, ProgressForm, FollowUp.report, "Kemajuan tercatat.")


@require_POST
@kept_forms.keeps_form(follow_up_address)
def completion(request, pk):
    """Report completion."""
    done = "Tercatat selesai. Bappeda akan mengonfirmasi."
    return _carry_out(request, pk, ProgressForm, FollowUp.finish, done)


@bappeda_required
@require_POST
def confirmation(request, pk):
    """Confirm completion."""
    return _carry_out(request, pk, VersionForm, FollowUp.confirm, "Penyelesaian dikonfirmasi.")


@bappeda_required
@require_POST
@kept_forms.keeps_form(follow_up_address)
def reopening(request, pk):
    """Set the follow-up back to running; the reason says what is missing."""

    def reopen(follow_up, *, reason, **said):
        follow_up.reopen(text=reason, **said)

    return _carry_out(request, pk, FollowUpReasonForm, reopen, "Tindak lanjut dibuka kembali.")


@bappeda_required
@require_POST
@kept_forms.keeps_form(follow_up_address)
def cancellation(request, pk):
    """Cancel the follow-up with a reason."""

    def cancel(follow_up, *, reason, **said):
        follow_up.cancel(text=reason, **said)

    return _carry_out(request, pk, FollowUpReasonForm, cancel, "Tindak lanjut dibatalkan.")

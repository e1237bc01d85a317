"""Views of the list of follow-ups, of one follow-up, and of its state changes."""

from django.core.paginator import Paginator
from django.db import transaction
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from kotaku.requests import kept_forms
from kotaku.requests.sent_once import seen_on_phone, sent_once
from kotaku.workflow.forms import ReasonForm
from kotaku.workflow.perform import perform, perform_step
from meetings.detail import follow_up_page
from meetings.follow_ups import mail, reminding
from meetings.follow_ups.filters import FollowUpFilterForm
from meetings.follow_ups.forms import ProgressForm
from meetings.models import FollowUp, FollowUpEvidence
from meetings.models.states import WHY

PAGE = 30


@require_safe
def follow_up_list(request):
    """Show the user's own open follow-ups first, then all, the overdue on top."""
    form = FollowUpFilterForm(request.GET or None, user=request.user)
    visible = FollowUp.objects.visible_to(request.user)
    mine = FollowUp.objects.of(request.user)
    is_officer = request.user.is_village_officer
    own = mine.open().loaded().urgent_first()
    is_filtered = any(request.GET.get(name) for name in form.fields)
    found = form.filtered(visible).loaded().urgent_first()
    page = Paginator(found, PAGE).get_page(request.GET.get("hal"))
    context = {
        "form": form,
        "is_filtered": is_filtered,
        "own": [] if is_filtered else follow_up_page.lines(own[:PAGE]),
        "page": page,
        "lines": follow_up_page.lines(page),
        "overdue": (mine if is_officer else visible).overdue().count(),
        "is_officer": is_officer,
    }
    return render(request, "meetings/follow_ups/follow_up_list.html", context)


def follow_up_address(request, pk, **_):
    """Return the address of a follow-up's page."""
    return reverse("meetings:follow-up", args=[pk])


@require_safe
@seen_on_phone
def follow_up(request, pk):
    """Show one follow-up with its history and the actions open to this user."""
    waiting = kept_forms.restore(request)
    form = None
    if waiting:
        is_report = "text" in waiting.typed
        form = ProgressForm(waiting.typed) if is_report else ReasonForm(waiting.typed, asks=WHY)
    return _page(request, _visible(request, pk), form=form, waiting=waiting)


def _visible(request, pk):
    return get_object_or_404(FollowUp.objects.visible_to(request.user).loaded(), pk=pk)


def _page(request, follow_up, *, form=None, refusal=None, waiting=None, status=200):
    context = vars(follow_up_page.detail_context(follow_up, request.user)) | {
        "form": form if form and "text" in form.fields else ProgressForm(),
        "reason_form": form if form and "reason" in form.fields else ReasonForm(asks=WHY),
        "no_account": _no_account(follow_up, request.user),
        "refusal": refusal,
        "waiting": waiting,
        "owner": kept_forms.owner_note(request.user),
    }
    return render(request, "meetings/follow_ups/follow_up_detail.html", context, status=status)


def _no_account(follow_up, user) -> str:
    """Return, for staff, that no owner can be reminded; "" otherwise."""
    is_told = user.is_staff_reader and reminding.is_unreachable(follow_up)
    return reminding.NO_ACCOUNT if is_told else ""


@require_POST
@kept_forms.keeps_form(follow_up_address)
@sent_once
def report(request, pk, verb):
    """Report progress or completion, with evidence."""
    get_object_or_404(FollowUp.objects.reportable_by(request.user), pk=pk)
    address, row = follow_up_address(request, pk), _visible(request, pk)

    def act(row, *, by, **said):
        with transaction.atomic():
            getattr(row, verb)(by=by, **said)
            if verb == "finish":
                mail.announce_done(row)

    def page(_, **shown):
        return _page(request, _visible(request, pk), **shown)

    def repeated(row, typed):
        said = {"version": typed["version"], "reason": typed["text"]}
        has_all = FollowUpEvidence.has_all(row, typed["evidence"])
        return has_all and row.was_last_done_by(request.user, verb, **said)

    form = ProgressForm(request.POST, request.FILES)
    done = row.transitions[verb].button.done
    return perform(
        request, row, form, act, page=page, to=lambda _: address, done=done, kept=address,
        repeated=repeated,
    )  # fmt: skip


@require_POST
@kept_forms.keeps_form(follow_up_address)
def step(request, pk, verb):
    """Carry out a transition of a follow-up by Bappeda."""
    get_object_or_404(FollowUp.objects.reportable_by(request.user), pk=pk)
    address = follow_up_address(request, pk)

    def page(_, **shown):
        return _page(request, _visible(request, pk), **shown)

    row = _visible(request, pk)
    return perform_step(request, row, verb, page=page, to=lambda _: address, kept=address)

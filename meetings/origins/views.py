"""Views for linking activities of the work plan to decisions and follow-ups."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from areas.workplan.views import editable, planner_required
from kotaku.workflow import TransitionNotAllowed
from meetings.models import ActivityOrigin
from meetings.origins.causes import (
    DECISION,
    FOLLOW_UP,
    causes_for,
    find_cause,
)
from meetings.origins.forms import ActivityLinkForm, CauseForm


@planner_required
def decision_activities(request, pk):
    """Show the activities of a decision; plan or link more."""
    return _activities(request, f"{DECISION}-{pk}")


@planner_required
def follow_up_activities(request, pk):
    """Show the activities of a follow-up; plan or link more."""
    return _activities(request, f"{FOLLOW_UP}-{pk}")


@planner_required
def activity_origin(request, pk):
    """Set the decision or follow-up that an activity comes from."""
    activity = editable(request, pk)
    origin = ActivityOrigin.objects.filter(activity=pk).first()
    if origin and not ActivityOrigin.objects.visible_to(request.user).filter(pk=origin.pk).exists():
        # Set by a user with more rights; this user may not read it.
        messages.error(request, "Asal kegiatan ini tercatat dalam notulen yang belum disahkan.")
        return redirect("areas:activity", pk=pk)
    form = CauseForm(_posted(request), causes=causes_for(activity, request.user))
    if form.is_valid():
        form.cleaned_data["asal"].attach(activity, by=request.user)
        messages.success(request, "Asal kegiatan tersimpan.")
        return redirect("areas:activity", pk=pk)
    context = {
        "activity": activity,
        "is_sample": activity.is_sample,
        "form": form,
        "origin": origin,
    }
    status = 422 if form.errors else 200
    return render(request, "meetings/origins/activity_origin_form.html", context, status=status)


@planner_required
@require_POST
def origin_removal(request, pk):
    """Remove the link between an activity and its origin."""
    origin = get_object_or_404(ActivityOrigin.objects.removable_by(request.user), pk=pk)
    activity = origin.activity_id
    origin.untie(by=request.user)
    messages.success(request, "Hubungan kegiatan dengan rapat dilepas.")
    return redirect("areas:activity", pk=activity)


def _posted(request):
    return request.POST if request.method == "POST" else None


def _activities(request, reference):
    cause = find_cause(reference, request.user)
    if cause is None:
        raise Http404("Keputusan atau tindak lanjut tidak ditemukan.")
    linkable = cause.linkable(request.user)
    form = ActivityLinkForm(_posted(request), linkable=linkable)
    if form.is_valid():
        try:
            cause.attach(form.cleaned_data["kegiatan"], by=request.user, replaces=False)
        except TransitionNotAllowed as refusal:
            form.add_error("kegiatan", str(refusal))
        else:
            messages.success(request, "Kegiatan dihubungkan.")
            return redirect(cause.activities_url)
    context = {
        "cause": cause,
        "programme": cause.decision.meeting.programme,
        "origins": list(cause.origins(request.user)),
        "form": form,
        "has_linkable": linkable.exists(),
    }
    status = 422 if form.errors else 200
    return render(request, "meetings/origins/cause_activities.html", context, status=status)

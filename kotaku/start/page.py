"""The start page of the admin, and the first-run checklist on other pages."""

from dataclasses import dataclass

from django.contrib import admin
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kotaku import contributions
from kotaku.audit.filters import AuditFilterForm
from kotaku.contributions import SetupStep, gather
from kotaku.formats import format_count, format_date
from kotaku.interface.moments import moment_text

CHANGES = 8
COUNTED = 1000


@dataclass(frozen=True)
class Checklist:
    """The steps of setting up, in their order; the first open one is the one to do now."""

    steps: list[SetupStep]

    @property
    def done(self) -> int:
        """Return the number of steps done."""
        return sum(step.is_done for step in self.steps)

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to do."""
        return self.done == len(self.steps)

    @property
    def next(self) -> SetupStep | None:
        """Return the first open step."""
        return next((step for step in self.steps if not step.is_done), None)


@dataclass(frozen=True)
class ListLine:
    """A list of the admin, with the number of its rows as text ("" for other pages)."""

    text: str
    url: str
    count: str = ""


def checklist(user) -> Checklist:
    """Return the steps of setting up, as far as the data shows them done."""
    steps = gather(contributions.setup_steps, user)
    return Checklist(sorted(steps, key=lambda step: step.order))


@require_safe
def start_page(request):
    """Show what waits, what is odd, the checklist, the lists and the last changes."""
    user = request.user
    waits = gather(contributions.admin_waits, user) if user.is_superuser else []
    found = gather(contributions.admin_findings, user) if user.is_superuser else []
    found.sort(key=lambda each: (each.is_good, not each.is_bad))
    steps = checklist(user) if user.is_superuser else None
    context = {
        "heading": _heading(sum(wait.count for wait in waits), sum(not f.is_good for f in found)),
        "today": format_date(timezone.localdate()),
        "waits": waits,
        "findings": found,
        "checklist": steps,
        "is_setting_up": steps is not None and not steps.is_done,
        "groups": _groups(request),
        "is_sample": any(gather(contributions.admin_samples, user)),
        "changes": _changes(user) if user.reads_audit else [],
    }
    return render(request, "admin/start.html", context)


def _heading(waiting: int, odd: int) -> str:
    first = f"{waiting} hal menunggu" if waiting else "Tidak ada yang menunggu"
    return f"{first}, {odd} perlu diperiksa" if odd else first


def _groups(request) -> list[tuple[str, list[ListLine]]]:
    """Return the lists by group; a list that no app puts into a group comes last."""
    lines = {
        model["model"]._meta.label: model
        for app in admin.site.get_app_list(request)
        for model in app["models"]
        if model["admin_url"]
    }
    groups: dict[str, list[ListLine]] = {}
    for group in gather(contributions.admin_lists):
        there = groups.setdefault(group.title, [])
        there += [_line(request, lines.pop(label)) for label in group.models if label in lines]
        there += [ListLine(*link) for link in group.links if request.user.is_superuser]
    if lines:
        groups.setdefault("Lainnya", []).extend(_line(request, each) for each in lines.values())
    return [(title, there) for title, there in groups.items() if there]


def _line(request, model) -> ListLine:
    room = admin.site.get_model_admin(model["model"])
    count = room.get_queryset(request).order_by()[: COUNTED + 1].count()
    text = f"lebih dari {format_count(COUNTED)}" if count > COUNTED else format_count(count)
    return ListLine(str(model["name"]), model["admin_url"], text)


def _changes(user) -> list[dict]:
    """Return the last changes of the record; sign-ins and downloads are in the audit alone."""
    form = AuditFilterForm({}, user=user)
    form.trails = [trail for trail in form.trails if trail.key != "akun"]
    rows = form.lines()[:CHANGES]
    return [
        {
            "at": moment_text(at),
            "who": actor or "",
            "what": form.labels.get(kind, kind),
            "text": text,
        }
        for at, kind, actor, _subject, text, _address in rows
    ]

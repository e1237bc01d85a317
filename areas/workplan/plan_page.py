"""The contents of the work plan's pages, as formatted strings."""

from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse

from areas.models import Activity, Village
from areas.rules.criteria import CURRENT, by_code, known_aspects, known_criteria
from areas.workplan.costs import cost_table
from areas.workplan.expected import effect_of
from areas.workplan.expected_lines import ExpectedLine, expected_lines
from kotaku.files.thumbs import Thumb, thumbs
from kotaku.formats import (
    NBSP,
    format_amount,
    format_count,
    format_percent,
    format_rupiah,
)
from kotaku.interface.moments import moment_text
from kotaku.workflow.history import HistoryLine, change_text
from kotaku.workflow.states import Tone

EXPORTS = (("xlsx", "Excel"), ("csv", "CSV"))
ASPECT_NAMES = known_aspects()


@dataclass(frozen=True)
class ActivityLine:
    """One activity in a list."""

    title: str
    url: str
    village: str
    facts: str
    cost: str
    progress: str
    tone: str
    status_label: str
    is_sample: bool


def activity_line(activity: Activity) -> ActivityLine:
    """Return one activity, loaded with its cost, as a line."""
    parts = [f"{activity.year}", ASPECT_NAMES[activity.aspect], volume_text(activity)]
    if activity.plan_document:
        parts.append(activity.get_plan_document_display())
    return ActivityLine(
        title=activity.description,
        url=reverse("areas:activity", args=[activity.pk]),
        village=activity.village.full_name,
        facts=" · ".join(part for part in parts if part),
        cost=_cost_text(activity),
        progress=f"fisik {activity.physical_percent}{NBSP}%" if activity.physical_percent else "",
        tone=activity.tone,
        status_label=activity.get_status_display(),
        is_sample=activity.is_sample,
    )


def _cost_text(activity) -> str:
    if activity.planned_idr:
        return format_rupiah(activity.planned_idr)
    if activity.realised_idr:
        return f"{format_rupiah(activity.realised_idr)} di luar anggaran"
    return "biaya belum diketahui" if activity.sources == 0 else format_rupiah(Decimal(0))


def volume_text(activity) -> str:
    """Return `120 m`, or ""."""
    if activity.volume is None:
        return ""
    return f"{format_amount(activity.volume)} {activity.unit}"


def plan_query(sample: bool) -> dict:
    """Return the query of the plan's addresses that selects sample activities."""
    return {"contoh": "1"} if sample else {}


def list_context(address, found, page, source: str) -> dict:
    """Return the context of the list; `source` is the funding source selected in its filters."""
    filters = address.copy()
    filters.pop("hal", None)
    query = f"?{filters.urlencode()}" if filters else ""
    return {
        "page": page,
        "lines": [activity_line(each) for each in page],
        "costs": cost_table(found, source),
        "downloads": [
            (label, reverse("areas:activity-export", args=[form]) + query)
            for form, label in EXPORTS
        ],
    }


@dataclass(frozen=True)
class ActivityContext:
    """An activity's page, as one user may see it."""

    activity: Activity
    village: Village
    is_sample: bool
    aspect: str
    facts: list[tuple[str, str]]
    funding: list[tuple[str, str, str]]
    total: tuple[str, str] | None
    improvements: list[str]
    realisation: list[tuple[str, str]]
    photos: list[Thumb]
    effect: list[ExpectedLine]
    history: list[HistoryLine]
    list_url: str
    can_edit: bool


def detail_context(activity: Activity, user) -> ActivityContext:
    """Return the context of an activity's page for this user."""
    improvements = list(activity.improvements.select_related("neighbourhood"))
    effect = effect_of(activity)
    editions = {rt.assessment.neighbourhood_id: rt.assessment.edition for rt in effect}
    funding = list(activity.funding.all())
    query = {"desa": activity.village.code} | plan_query(activity.is_sample)
    can_edit = Village.objects.planned_by(user).filter(pk=activity.village_id).exists()
    return ActivityContext(
        activity=activity,
        village=activity.village,
        is_sample=activity.is_sample,
        aspect=f"{activity.aspect} {ASPECT_NAMES[activity.aspect]}",
        facts=_facts(activity),
        funding=[
            (each.get_source_display(), _digits(each.planned_idr), _digits(each.realised_idr))
            for each in funding
        ],
        total=_totals(activity),
        improvements=[_improvement(each, editions) for each in improvements],
        realisation=_realisation(activity),
        photos=_photos(activity, can_edit),
        effect=expected_lines(effect),
        history=[_history_line(each) for each in activity.events.select_related("actor")],
        list_url=reverse("areas:activity-list", query=query),
        can_edit=can_edit,
    )


def _photos(activity, can_edit) -> list[Thumb]:
    return thumbs(
        activity.photos.all(),
        "areas:activity-photo",
        alt="Foto kegiatan",
        note=lambda photo: f"Keadaan {photo.get_stage_display()}",
        removal="areas:activity-photo-removal" if can_edit else "",
    )


def _facts(activity) -> list[tuple[str, str]]:
    plan = activity.get_plan_document_display() or "Belum tercantum"
    if activity.plan_reference:
        plan += f", {activity.plan_reference}"
    known = [
        ("Tahun", str(activity.year)),
        ("Volume", volume_text(activity) or "belum diketahui"),
        ("Pelaku", activity.actor),
        ("Perencanaan desa", plan),
    ]
    return [(name, value) for name, value in known if value]


def _totals(activity) -> tuple[str, str] | None:
    if not (activity.planned_idr or activity.realised_idr):
        return None
    return _digits(activity.planned_idr), _digits(activity.realised_idr)


def _digits(amount) -> str:
    return format_count(int(amount))


def _improvement(each, editions) -> str:
    """Return an improvement as text, in the words of the RT's edition if it has the criterion."""
    edition = editions.get(each.neighbourhood_id, CURRENT)
    criterion = (known_criteria() | by_code(edition))[each.criterion]
    return (
        f"{each.neighbourhood.short_name}: {criterion.key} {criterion.name}, "
        f"{format_amount(each.volume)} {criterion.unit}"
    )


def _realisation(activity) -> list[tuple[str, str]]:
    known = [("Kemajuan fisik", f"{activity.physical_percent} %")]
    if activity.planned_idr:
        share = activity.realised_idr * 100 / activity.planned_idr
        known.append(("Kemajuan keuangan", format_percent(share)))
    if activity.realised_volume is not None:
        known.append(
            ("Volume terlaksana", f"{format_amount(activity.realised_volume)} {activity.unit}")
        )
    for name, count, unit in (
        ("Penerima manfaat", activity.people_served, "jiwa"),
        ("Penerima manfaat", activity.households_served, "KK"),
    ):
        if count is not None:
            known.append((name, f"{format_count(count)} {unit}"))
    return known


def _history_line(event) -> HistoryLine:
    """Return an event as a line; the event of the first plan lists no changes."""
    changes = [] if event.kind == event.Kind.PLANNED else event.changes
    return HistoryLine(
        tone=Tone.PLAIN if event.kind == event.Kind.PLANNED else Tone.WAIT,
        actor=str(event.actor),
        action=event.get_kind_display(),
        area="",
        at=moment_text(event.at),
        reason="\n".join(change_text(*change) for change in changes),
    )

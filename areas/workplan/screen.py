"""What the pages about the work plan show, as ready strings."""

from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse

from areas.criteria import ASPECTS, BY_KEY
from areas.models import Activity, ActivityStatus, CommunityBoard
from areas.workplan.expected import ExpectedRt, expected_rts
from kotaku.formats import (
    format_amount,
    format_count,
    format_date,
    format_hectares_unit,
    format_percent,
    format_rupiah,
)

MANY = 20
ASPECT_NAMES = {each.number: each.name for each in ASPECTS}


@dataclass(frozen=True)
class ActivityLine:
    """One activity in a list."""

    title: str
    url: str
    village: str
    facts: str
    cost: str
    status: str
    status_label: str
    is_sample: bool


def activity_line(activity: Activity) -> ActivityLine:
    """Return one activity (with its cost) as a line."""
    parts = [f"{activity.year}", ASPECT_NAMES[activity.aspect], volume_text(activity)]
    if activity.plan_document:
        parts.append(activity.get_plan_document_display())
    return ActivityLine(
        title=activity.description,
        url=reverse("areas:activity", args=[activity.pk]),
        village=activity.village.full_name,
        facts=" · ".join(part for part in parts if part),
        cost=format_rupiah(activity.planned_idr) if activity.planned_idr else "biaya belum ada",
        status=activity.status,
        status_label=activity.get_status_display(),
        is_sample=activity.is_sample,
    )


def volume_text(activity) -> str:
    """Return `120 m`, or nothing."""
    if activity.volume is None:
        return ""
    return f"{format_amount(activity.volume)} {activity.unit}"


def detail_context(activity: Activity, user) -> dict:
    """Return what the page of an activity shows to this user."""
    improvements = list(activity.improvements.select_related("neighbourhood"))
    funding = list(activity.funding.all())
    return {
        "activity": activity,
        "village": activity.village,
        "is_sample": activity.is_sample,
        "aspect": f"{activity.aspect} {ASPECT_NAMES[activity.aspect]}",
        "facts": _facts(activity),
        "funding": [
            (
                each.get_source_display(),
                format_rupiah(each.planned_idr),
                format_rupiah(each.realised_idr),
            )
            for each in funding
        ],
        "total": _totals(activity),
        "improvements": [_improvement(each) for each in improvements],
        "realisation": _realisation(activity),
        "photos": list(activity.photos.all()),
        "can_edit": Activity.objects.editable_by(user).filter(pk=activity.pk).exists(),
        "is_ahead": activity.status in (ActivityStatus.PLANNED, ActivityStatus.RUNNING),
    }


def _facts(activity) -> list[tuple[str, str]]:
    plan = activity.get_plan_document_display() or "Belum tercantum"
    if activity.plan_reference:
        plan += f", {activity.plan_reference}"
    known = [
        ("Tahun", str(activity.year)),
        ("Volume", volume_text(activity)),
        ("Pelaku", activity.actor),
        ("Perencanaan desa", plan),
    ]
    return [(name, value) for name, value in known if value]


def _totals(activity) -> tuple[str, str, str] | None:
    if not activity.planned_idr:
        return None
    share = activity.realised_idr * 100 / activity.planned_idr
    return (
        format_rupiah(activity.planned_idr),
        format_rupiah(activity.realised_idr),
        format_percent(share),
    )


def _improvement(each) -> str:
    criterion = BY_KEY[each.criterion]
    return (
        f"{each.neighbourhood.short_name}: {each.criterion} {criterion.name}, "
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


@dataclass(frozen=True)
class ExpectedLine:
    """One RT with what the plan would make of it."""

    name: str
    url: str
    now: str
    then: str
    hectares: str
    is_better: bool


@dataclass(frozen=True)
class ExpectedVillage:
    """What the plan would bring to a village: its RTs, and the sentence about its hectares."""

    sentence: str
    lines: list[ExpectedLine]


def expected_village(village, *, sample: bool) -> ExpectedVillage | None:
    """Return what the plan would bring; None where it improves no assessed RT."""
    rts = expected_rts(sample=sample, village=village)
    if not rts:
        return None
    gone = sum((rt.now.slum_ha - rt.then.slum_ha for rt in rts), Decimal(0))
    leaving = sum(rt.now.is_slum and not rt.then.is_slum for rt in rts)
    sentence = (
        f"Bila rencana terlaksana, {leaving} RT keluar dari kumuh dan luas kumuh berkurang "
        f"{format_hectares_unit(gone)}."
        if leaving
        else "Bila rencana terlaksana, nilainya turun, tetapi belum ada RT yang keluar dari kumuh."
    )
    return ExpectedVillage(sentence, [_expected_line(rt) for rt in rts])


def _expected_line(rt: ExpectedRt) -> ExpectedLine:
    now, then = rt.now, rt.then
    return ExpectedLine(
        name=rt.assessment.neighbourhood.short_name,
        url=reverse("areas:assessment", args=[rt.assessment.pk]),
        now=f"{now.slum_class.label}, nilai {now.total}",
        then=f"{then.slum_class.label}, nilai {then.total}",
        hectares=f"{format_hectares_unit(now.slum_ha)} → {format_hectares_unit(then.slum_ha)}",
        is_better=now.slum_class != then.slum_class,
    )


def village_plan(village, user, *, sample: bool) -> dict | None:
    """Return the plan's part of a village's page; None for who may not read it."""
    if not user.is_authenticated:
        return None
    activities = Activity.objects.visible_to(user).of_kind(sample=sample).filter(village=village)
    newest = list(activities.loaded().order_by("-year", "pk")[:MANY])
    editable = user.is_bappeda or (
        user.is_village_officer and village.officers.filter(pk=user.pk).exists()
    )
    query = {"desa": village.code} | ({"contoh": "1"} if sample else {})
    board = CommunityBoard.objects.visible_to(user).filter(village=village).first()
    return {
        "lines": [activity_line(each) for each in newest],
        "list_url": reverse("areas:activity-list", query=query),
        "add_url": reverse("areas:activity-add", query=query) if editable else "",
        "expected": expected_village(village, sample=sample),
        "board": board,
        "board_url": reverse("areas:community-board", args=[village.code]),
    }


def board_facts(board: CommunityBoard) -> list[tuple[str, str]]:
    """Return what is known about a board."""
    known = [
        ("Koordinator", board.coordinator_position),
        ("Berdiri", format_date(board.founded_on) if board.founded_on else ""),
        ("Kemandirian", board.get_independence_display()),
    ]
    return [(name, value) for name, value in known if value]


def support_rows(board: CommunityBoard) -> list[dict]:
    """Return the village's support, year by year."""
    return [
        {
            "year": each.year,
            "rpjmdes": "Ya" if each.in_rpjmdes else "Belum",
            "rkpdes": "Ya" if each.in_rkpdes else "Belum",
            "budget": "–" if each.budget_idr is None else format_rupiah(each.budget_idr),
            "technical": each.technical_support,
        }
        for each in board.support.all()
    ]

"""The list of assessments to decide on, and the number per status in each village."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.urls import reverse

from areas.assessments.last_year import unfinished
from areas.assessments.page import village_url
from areas.assessments.village_page import PAGE, YearLink, rule_text, this_year
from areas.models import Assessment, Neighbourhood, Status
from areas.rules.criteria import CURRENT
from kotaku.formats import format_count, format_hectares_unit


@dataclass(frozen=True)
class VillageLine:
    """One village in the work list, with its number of assessments per status in a year."""

    name: str
    url: str
    counts: str


def work_context(user, year: int, *, queue_page) -> dict:
    """Return the work list: assessments to decide on, and the number per status in each village."""
    waiting = Assessment.objects.reviewable_by(user).loaded()
    page = Paginator(waiting, PAGE).get_page(queue_page)
    begun = unfinished(user)
    offered = {this_year(), this_year() - 1}
    return {
        "year": year,
        "rule": rule_text(CURRENT),
        "queue": [_queue_line(each, user) for each in page],
        "page": page,
        "villages": _village_lines(user, year),
        "reviews": user.is_bappeda,
        "years": [
            YearLink(
                str(each), reverse("areas:assessment-overview", query={"tahun": each}), each == year
            )
            for each in sorted({*_assessed_years(user), *offered, year}, reverse=True)
        ],
        "unfinished": begun,
        "unfinished_years": ", ".join(sorted({str(each.year) for each in begun})),
    }


def _queue_line(assessment, user) -> dict:
    return {
        "name": str(assessment),
        "url": reverse("areas:assessment", args=[assessment.pk]),
        "class_label": assessment.slum_class.label,
        "total": assessment.total,
        "area": format_hectares_unit(assessment.area_ha),
        "who": str(assessment.submitted_by),
        "is_own": assessment.is_own_entry_of(user),
        "is_sample": assessment.neighbourhood.is_sample,
    }


def _neighbourhoods(user):
    """Return the RTs on the list: of the officer's villages, else of the user's region."""
    rts = Neighbourhood.objects.filter(user.within(Neighbourhood.region_path))
    return rts.editable_by(user) if user.is_village_officer else rts


def _assessed_years(user):
    assessed = Assessment.objects.filter(neighbourhood__in=_neighbourhoods(user))
    return assessed.order_by().values_list("year", flat=True).distinct()


def _village_lines(user, year) -> list[VillageLine]:
    rts = _neighbourhoods(user)
    found: dict = {}
    for rt in (
        rts.order_by("village__name", "is_sample")
        .values("village__code", "village__name", "village__kind", "is_sample")
        .annotate(**_states(year))
    ):
        found[rt["village__code"], rt["is_sample"]] = rt
    lines = [_village_line(row, year) for row in found.values()]
    if user.is_village_officer:
        known = {code for code, _ in found}
        for village in user.villages.exclude(code__in=known):
            lines.append(
                VillageLine(village.full_name, village_url(village, year, False), "Belum ada RT")
            )
    return lines


def _states(year) -> dict:
    of_year = Q(assessments__year=year)
    return {
        "rts": Count("pk", distinct=True),
        **{
            status.value: Count("assessments", filter=of_year & Q(assessments__status=status))
            for status in Status
        },
    }


def _village_line(row, year) -> VillageLine:
    kind = row["village__kind"].capitalize()
    words = [
        f"{format_count(row[status.value])} {status.label.lower()}"
        for status in reversed(Status)
        if row[status.value]
    ]
    query = {"tahun": year} | ({"contoh": "1"} if row["is_sample"] else {})
    return VillageLine(
        name=f"{kind} {row['village__name']}" + (" (data contoh)" if row["is_sample"] else ""),
        url=reverse("areas:village-assessments", args=[row["village__code"]], query=query),
        counts=f"{format_count(row['rts'])} RT, {year}: " + (", ".join(words) or "belum dinilai"),
    )

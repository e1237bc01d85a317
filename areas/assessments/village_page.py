"""The contexts of the pages about a village's assessments, as formatted strings."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from areas.assessments.page import village_url
from areas.assessments.village_totals import (
    Comparison,
    VillageYear,
    compare,
    village_year,
)
from areas.models import Assessment, Neighbourhood, Status, Village
from areas.rules.comparing import years_listed
from areas.rules.edition import Edition
from areas.rules.narrative import reduction_text
from areas.rules.plausibility import change_text
from areas.rules.progress import ZERO
from kotaku.formats import (
    format_hectares,
    format_hectares_unit,
    format_percent,
    format_percent_points,
)
from kotaku.workflow.states import Tone

PAGE = 50


@dataclass(frozen=True)
class NeighbourhoodRow:
    """One RT in a year: the assessment that counts, else the newest visible one, or none.

    `newer` is the sentence about a newer assessment that does not count yet.
    """

    name: str
    hamlet: str
    year: str
    area: str
    total: str
    class_label: str
    class_key: str
    tone: str
    status_label: str
    url: str
    start_url: str
    newer: str = ""
    newer_url: str = ""


@dataclass(frozen=True)
class YearLink:
    """A link to another year."""

    label: str
    url: str
    is_here: bool


@dataclass(frozen=True)
class VillageContext:
    """The context of a village's page of assessments; `before` is the year to compare with."""

    village: Village
    year: int
    is_sample: bool
    headline: str
    counted: VillageYear
    note: str
    rules: str
    slum_from: str
    years: list[YearLink]
    page: Page
    rows: list[NeighbourhoodRow]
    works_here: bool
    reads_all: bool
    comparison: dict | None
    compare_years: list[int]
    before: int | None
    form_url: str


def village_context(
    village: Village, user, *, year: int, sample: bool, before: int | None, page
) -> VillageContext:
    """Return the context of a village's page of assessments for this user."""
    visible = Assessment.objects.visible_to(user).of_village(village).of_kind(sample=sample)
    states = set(visible.order_by().values_list("year", "status").distinct())
    years = sorted({each for each, _ in states})
    verified = sorted({each for each, status in states if status == Status.VERIFIED})
    counted = village_year(village, year, sample=sample)
    works_here = user.is_authenticated and user.is_village_officer and _is_officer(village, user)
    reads_all = user.is_authenticated and (user.reads_all_of(village.district.region) or works_here)
    comparison = None
    if before is not None and before < year:
        comparison = compare(village_year(village, before, sample=sample), counted)
    rts = _page_of(village, user, sample, reads_all, page)
    return VillageContext(
        village=village,
        year=year,
        is_sample=sample,
        headline=headline(village, counted),
        counted=counted,
        note=carried_note(counted, reads_all=reads_all),
        rules="; ".join(map(rule_text, counted.editions)),
        slum_from=slum_from_text(counted.editions),
        years=[
            YearLink(str(each), village_url(village, each, sample), each == year)
            for each in sorted({*years, year, *_enterable(works_here)}, reverse=True)
        ],
        page=rts,
        rows=_rows(rts, visible, counted, works_here),
        works_here=works_here,
        reads_all=reads_all,
        comparison=comparison and comparison_view(comparison),
        # A year without a verified assessment compares nothing.
        compare_years=[each for each in verified if each < year] if year in verified else [],
        before=before,
        form_url=reverse("areas:neighbourhood-add", args=[village.code]),
    )


def _enterable(works_here) -> tuple[int, ...]:
    """Return the years that an officer of the village is offered: this one and the one before."""
    return (this_year(), this_year() - 1) if works_here else ()


def headline(village, counted: VillageYear) -> str:
    """Return the sentence about the hectares that count as slum by assessment."""
    if not counted.assessments:
        return f"Belum ada penilaian terverifikasi {village.full_name} sampai {counted.year}"
    of = "penilaian" if len(counted.made_then) == len(counted.assessments) else "penilaian terakhir"
    return (
        f"Menurut {of} ({years_listed({each.year for each in counted.assessments})}), "
        f"{format_hectares_unit(counted.slum_ha)} {village.full_name} kumuh — "
        f"{counted.slum_count} dari {len(counted.assessments)} RT"
    )


def carried_note(counted: VillageYear, *, reads_all: bool) -> str:
    """Return the sentences about RTs assessed earlier, waiting for verification or never assessed.

    Only readers of everything are told what waits.
    """
    sentences = []
    carried = len(counted.assessments) - counted.of_year
    if carried:
        sentences.append(
            f"{counted.of_year} RT dinilai pada {counted.year}; "
            f"{carried} RT memakai penilaian terakhir sebelumnya."
        )
    unassessed = counted.unassessed if counted.assessments else 0
    waiting = counted.waiting if reads_all and unassessed else 0
    if waiting:
        sentences.append(f"{waiting} RT menunggu verifikasi dan belum ikut dihitung.")
    if unassessed > waiting:
        missing = "belum dinilai" if reads_all else "belum mempunyai penilaian terverifikasi"
        sentences.append(f"{unassessed - waiting} RT {missing} dan tidak ikut dihitung.")
    return " ".join(sentences)


def rule_text(edition: Edition) -> str:
    """Return an edition's number of aspects and criteria, and its name."""
    return f"{edition.extent} ({edition.regulation})"


def slum_from_text(editions: list[Edition]) -> str:
    """Return the total from which an RT counts as slum; by edition if they differ."""
    if len({each.slum_from for each in editions}) == 1:
        return f"{editions[0].slum_from} atau lebih"
    return " atau ".join(f"{each.slum_from} atau lebih ({each.regulation})" for each in editions)


def _is_officer(village, user) -> bool:
    return village.officers.filter(pk=user.pk).exists()


def _page_of(village, user, sample, reads_all, number) -> Page:
    rts = Neighbourhood.objects.filter(village=village).of_kind(sample=sample)
    if not reads_all:
        shown = Assessment.objects.visible_to(user).filter(neighbourhood=OuterRef("pk"))
        rts = rts.filter(Exists(shown))
    return Paginator(rts.order_by("rw", "rt", "pk"), PAGE).get_page(number)


def _rows(page, visible, counted, works_here) -> list[NeighbourhoodRow]:
    shown = visible.filter(neighbourhood__in=list(page), year__lte=counted.year)
    newest = {each.neighbourhood_id: each for each in shown.order_by("year", "pk")}
    counting = {each.neighbourhood_id: each for each in counted.assessments}
    is_mixed = len({each.rule for each in (*newest.values(), *counting.values())}) > 1
    return [
        _row(rt, newest.get(rt.pk), counting.get(rt.pk), counted.year, works_here, is_mixed)
        for rt in page
    ]


def _row(rt, newest, counting, year, works_here, is_mixed) -> NeighbourhoodRow:
    start = ""
    if works_here and (newest is None or newest.year < year):
        start = reverse("areas:assessment-start", query={"rt": rt.pk, "tahun": year})
    assessment = counting or newest
    if assessment is None:
        return NeighbourhoodRow(
            rt.short_name,
            rt.hamlet,
            "–",
            "–",
            "–",
            "",
            "",
            Tone.NONE.value,
            "Belum dinilai",
            "",
            start,
        )
    total, slum_class = assessment.total, assessment.slum_class
    rule = f", {assessment.edition.regulation}" if is_mixed else ""
    return NeighbourhoodRow(
        name=rt.short_name,
        hamlet=rt.hamlet,
        year=f"{assessment.year}{rule}",
        area=format_hectares(assessment.area_ha),
        total="–" if total is None else str(total),
        class_label=slum_class.label if slum_class else "",
        class_key=slum_class.value if slum_class else "",
        tone=assessment.tone,
        status_label=assessment.get_status_display(),
        url=reverse("areas:assessment", args=[assessment.pk]),
        start_url=start,
        **_under_way(newest, assessment),
    )


def _under_way(newest, shown) -> dict:
    if newest is None or newest.pk == shown.pk:
        return {}
    words = f"Penilaian {newest.year}: {newest.get_status_display().lower()}"
    return {"newer": words, "newer_url": reverse("areas:assessment", args=[newest.pk])}


def comparison_view(comparison: Comparison) -> dict:
    """Return a comparison as formatted strings."""
    aspects = comparison.aspects
    is_mixed = len({each.edition for each in aspects}) > 1
    return {
        "before": comparison.before.year,
        "after": comparison.after.year,
        "change": _change_text(comparison.reduced_ha),
        "only_once": comparison.only_once,
        "incomparable": comparison.incomparable,
        "rows": [
            {
                "name": row.after.neighbourhood.short_name,
                "area": format_hectares(row.after.area_ha),
                "before": str(row.before_result.total),
                "before_class": row.before_result.slum_class.label,
                "after": str(row.after_result.total),
                "after_class": row.after_result.slum_class.label,
                "reduced": reduction_text(row.reduced_ha, format_hectares),
                "contribution": "–"
                if row.contribution_percent is None
                else format_percent(row.contribution_percent),
            }
            for row in comparison.rows
        ],
        "aspects": [
            {
                "name": aspect.name + (f" ({aspect.edition.regulation})" if is_mixed else ""),
                "before": format_percent(aspect.before_percent),
                "after": format_percent(aspect.after_percent),
                "change": format_percent_points(aspect.before_percent, aspect.after_percent),
            }
            for aspect in aspects
        ],
    }


def _change_text(reduced_ha) -> str:
    words = change_text(reduced_ha, ZERO)
    return words[:1].upper() + words[1:]


def this_year() -> int:
    """Return the present calendar year of the city."""
    return timezone.localdate().year

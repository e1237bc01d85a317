"""Score, class and hectares that other volumes would give; nothing is stored."""

from dataclasses import replace

from areas.assessments.page import frame, result_view
from areas.assessments.village_totals import village_year
from areas.models import Assessment, Status
from areas.rules import scoring
from kotaku.formats import format_amount, format_hectares_unit, round_half_up


def what_if_context(assessment: Assessment, form) -> dict:
    """Return the page's context: the stored result and that of the typed volumes."""
    now = assessment.result()
    context = vars(frame(assessment)) | {
        "form": form,
        "groups": _groups(assessment, form),
        "now": result_view(now),
        "then": None,
    }
    if not form.is_bound or not form.is_valid():
        return context
    changed = replace(assessment.measured(), volumes=form.volumes())
    then = scoring.score(changed)
    return context | {
        "then": result_view(then),
        "difference": now.total - then.total,
        "changes": _changes(now, then),
        "village_text": _village_text(assessment, then),
    }


def _groups(assessment, form):
    stored = assessment.measured().volumes
    return [
        (
            f"{aspect.number} {aspect.name}",
            [
                (form[each.key], f"{format_amount(stored[each.key])} {each.unit}")
                for each in aspect.criteria
                if each.key in form.fields
            ],
        )
        for aspect in assessment.edition.aspects
    ]


def _changes(now, then) -> list[str]:
    return [
        f"{before.criterion.key} {before.criterion.name}: nilai {before.score} → {after.score}"
        for before, after in zip(now.criteria, then.criteria, strict=True)
        if before.score != after.score
    ]


def _village_text(assessment, then) -> str:
    """Return the change of the village's hectares; "" if this assessment does not count."""
    rt = assessment.neighbourhood
    counted = village_year(rt.village, assessment.year, sample=rt.is_sample)
    if assessment.status != Status.VERIFIED or assessment not in counted.assessments:
        return ""
    own_ha = assessment.area_ha if assessment.is_slum else 0
    then_ha = round_half_up(counted.exact_slum_ha - own_ha + then.slum_ha)
    return (
        f"{rt.village.full_name} {assessment.year}: {format_hectares_unit(counted.slum_ha)} → "
        f"{format_hectares_unit(then_ha)}"
    )

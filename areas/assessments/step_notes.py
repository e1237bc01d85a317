"""What a step of an assessment's form shows beside its fields: live scores, criteria not asked."""

from dataclasses import dataclass

from areas.models import Assessment
from areas.rules import scoring
from kotaku.formats import format_percent


@dataclass(frozen=True)
class LiveScore:
    """The score of a field's stored volume, and the data for the preview in the browser."""

    base: str
    unit: str
    bands: str
    text: str


def unasked_sentence(assessment: Assessment, aspect) -> str:
    """Return which criteria of an aspect are not asked in this RT, and why; "" if all are."""
    unasked = [
        each for each in aspect.criteria if not each.is_asked(getattr(assessment, each.base.value))
    ]
    if not unasked:
        return ""
    base = unasked[0].base
    keys = " dan ".join(each.key for each in unasked)
    return f"Kriteria {keys} tidak ditanyakan karena {base.label} RT ini 0 {base.unit}."


def live_scores(assessment: Assessment, form) -> list[tuple]:
    """Return each field of an aspect's form with the score of its stored volume."""
    lines, edition = [], assessment.edition
    bands = " ".join(f"{lowest}:{score}" for lowest, score in edition.bands)
    for field in form.visible_fields():
        criterion = field.field.criterion
        base = getattr(assessment, criterion.base.value)
        volume = getattr(assessment, criterion.field)
        text = ""
        if volume is not None and base is not None and volume <= base:
            percent = scoring.percent_of(volume, base)
            text = f"{format_percent(percent, 2)}, nilai {edition.score_of(percent)}"
        lines.append((field, LiveScore(str(base), criterion.unit, bands, text)))
    return lines

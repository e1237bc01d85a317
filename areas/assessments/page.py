"""What the pages about one assessment show, as ready strings."""

from dataclasses import dataclass

from django.urls import reverse

from areas.assessments.history import assessment_lines
from areas.assessments.steps import (
    STEPS,
    FormStep,
    first_open,
    is_done,
)
from areas.charts.score_scale import ScoreScale, score_scale
from areas.models import Assessment, Status
from areas.rules import scoring
from areas.rules.scoring import CriterionScore, Result, SlumClass
from kotaku.formats import (
    format_amount,
    format_count,
    format_percent,
    format_rt_hectares,
)
from kotaku.interface.moments import moment_text

# As many causes are read at once; the rest is folded.
COSTLIEST = 5


@dataclass(frozen=True)
class CriterionLine:
    """One criterion in words: "7 dari 42 KK", "16,67 %", "0"."""

    key: str
    name: str
    question: str
    volume: str
    percent: str
    score: str
    remedy: str


@dataclass(frozen=True)
class AspectLines:
    """One aspect with its criteria, its average and its score."""

    name: str
    average: str
    score: str
    criteria: list[CriterionLine]


@dataclass(frozen=True)
class ResultView:
    """What an assessment comes to, for the page and for print."""

    total: str
    class_label: str
    class_key: str
    distance: str
    slum_text: str
    sectoral: str
    scale: ScoreScale
    aspects: list[AspectLines]
    costliest: list[CriterionLine]
    less_costly: list[CriterionLine]


def result_view(result: Result) -> ResultView:
    """Return a result in words."""
    costing = [criterion_line(each) for each in result.costliest()]
    return ResultView(
        total=str(result.total),
        class_label=result.slum_class.label,
        class_key=result.slum_class.value,
        distance=distance_sentence(result),
        slum_text=format_rt_hectares(result.slum_ha),
        sectoral=format_percent(result.sectoral_percent, 2),
        scale=score_scale(result.total),
        aspects=[
            AspectLines(
                name=f"{aspect.aspect.number} {aspect.aspect.name}",
                average=format_percent(aspect.average_percent, 2),
                score=str(aspect.score),
                criteria=[criterion_line(each) for each in aspect.criteria],
            )
            for aspect in result.aspects
        ],
        costliest=costing[:COSTLIEST],
        less_costly=costing[COSTLIEST:],
    )


def criterion_line(scored: CriterionScore) -> CriterionLine:
    """Return one criterion in words."""
    criterion = scored.criterion
    volume, base = format_amount(scored.volume), format_amount(scored.base)
    return CriterionLine(
        key=criterion.key,
        name=criterion.name,
        volume=f"{volume} dari {base} {criterion.unit}",
        question=criterion.question,
        percent=format_percent(scored.percent, 2),
        score=str(scored.score),
        remedy=criterion.remedy,
    )


def distance_sentence(result: Result) -> str:
    """Say how far it is to the next better class."""
    if result.slum_class == SlumClass.NONE:
        return f"Nilainya di bawah {scoring.SLUM_FROM}, jadi tidak dihitung sebagai kawasan kumuh."
    classes = list(SlumClass)
    better = classes[classes.index(result.slum_class) + 1]
    below = result.slum_class.lowest
    return (
        f"Bila nilainya turun {result.points_above} lagi (di bawah {below}), "
        f"tingkatnya menjadi {better.label.lower()}."
    )


@dataclass(frozen=True)
class StepLink:
    """One step of the form in the list of steps."""

    title: str
    url: str
    is_done: bool
    is_here: bool


def step_links(assessment, here: FormStep | None = None) -> list[StepLink]:
    """Return all steps of an assessment; without addresses while it is not there yet."""
    return [
        StepLink(
            title=step.title,
            url=step_url(assessment, step) if assessment.pk else "",
            is_done=is_done(step, assessment),
            is_here=step is here,
        )
        for step in STEPS
    ]


def step_url(assessment, step: FormStep) -> str:
    """Return the address of one step of an assessment."""
    return reverse("areas:assessment-step", args=[assessment.pk, step.key])


def next_url(assessment, step: FormStep | None) -> str:
    """Return where the form goes on after a step: the next one, and at last the result."""
    if step is None:
        return reverse("areas:assessment", args=[assessment.pk])
    return step_url(assessment, step)


def facts(assessment: Assessment) -> list[tuple[str, str]]:
    """Return the ground of an assessment: name and value."""
    return [
        ("Luas RT", format_rt_hectares(assessment.area_ha)),
        ("Bangunan", f"{format_count(assessment.buildings)} unit"),
        ("Penduduk", f"{format_count(assessment.people)} jiwa"),
        ("Kepala keluarga", f"{format_count(assessment.households)} KK"),
        ("Jalan ideal", f"{format_amount(assessment.ideal_road_m)} m"),
        ("Drainase ideal", f"{format_amount(assessment.ideal_drainage_m)} m"),
    ]


def considerations(assessment: Assessment) -> list[tuple[str, str]]:
    """Return what is weighed beside the score, as far as it is known, and the priority."""
    signs = {True: "Ya (+)", False: "Tidak (−)"}
    known = [
        ("Pertimbangan lain", assessment.get_consideration_display()),
        ("Status penguasaan lahan jelas", signs.get(assessment.is_tenure_clear, "")),
        ("Sesuai rencana tata ruang", signs.get(assessment.is_zoning_met, "")),
    ]
    priority = assessment.priority()
    if priority:
        known.append(("Prioritas penanganan", f"{priority} dari 9"))
    return [(name, value) for name, value in known if value]


def detail_context(assessment: Assessment, user) -> dict:
    """Return what the page of an assessment shows to this user."""
    result = assessment.result()
    is_traceable = Assessment.objects.traceable_by(user).filter(pk=assessment.pk).exists()
    can_edit = is_editor(assessment, user)
    open_step = first_open(assessment)
    decides = Assessment.objects.verifiable_by(user).filter(pk=assessment.pk).exists()
    return {
        **frame(assessment),
        "result": result_view(result) if result else None,
        "facts": facts(assessment),
        "considerations": considerations(assessment),
        "is_traceable": is_traceable,
        "history": assessment_lines(assessment.events.select_related("actor"))
        if is_traceable
        else [],
        "steps": step_links(assessment) if can_edit else [],
        "can_edit": can_edit,
        "continue_url": step_url(assessment, open_step) if can_edit and open_step else "",
        "can_submit": can_edit and result is not None,
        "can_decide": decides,
        "is_own": user.is_authenticated
        and user.is_bappeda
        and assessment.status == Status.SUBMITTED
        and not decides,
        "can_reopen": is_traceable
        and user.is_bappeda
        and assessment.status == Status.VERIFIED
        and not assessment.is_own_entry_of(user),
        "dates": {
            "submitted": moment_text(assessment.submitted_at),
            "returned": moment_text(assessment.returned_at),
            "verified": moment_text(assessment.verified_at),
        },
    }


def is_editor(assessment: Assessment, user) -> bool:
    """Whether this person may change it now."""
    if not (user.is_authenticated and user.is_village_officer and assessment.is_editable):
        return False
    return Assessment.objects.editable_by(user).filter(pk=assessment.pk).exists()


def frame(assessment: Assessment) -> dict:
    """Return what every page about an assessment shows on top."""
    neighbourhood = assessment.neighbourhood
    return {
        "assessment": assessment,
        "neighbourhood": neighbourhood,
        "village": neighbourhood.village,
        "is_sample": neighbourhood.is_sample,
        "village_url": village_url(neighbourhood.village, assessment.year, neighbourhood.is_sample),
    }


def village_url(village, year: int, sample: bool) -> str:
    """Return the address of a village's assessments of a year."""
    query = {"tahun": year} | ({"contoh": "1"} if sample else {})
    return reverse("areas:village-assessments", args=[village.code], query=query)


@dataclass(frozen=True)
class LiveScore:
    """What a field's value comes to now, and what a browser needs to say it while typing."""

    base: str
    unit: str
    text: str


def live_scores(assessment: Assessment, form) -> list[tuple]:
    """Return each field of an aspect with what is stored for it, scored."""
    lines = []
    for field in form.visible_fields():
        criterion = field.field.criterion
        base = getattr(assessment, criterion.base.value)
        volume = getattr(assessment, criterion.field)
        text = ""
        if volume is not None and base is not None and volume <= base:
            percent = scoring.percent_of(volume, base)
            text = f"{format_percent(percent, 2)}, nilai {scoring.score_of(percent)}"
        lines.append((field, LiveScore(str(base), criterion.unit, text)))
    return lines

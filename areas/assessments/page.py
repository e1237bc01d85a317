"""The contexts of the pages about one assessment, as formatted strings."""

from dataclasses import dataclass
from functools import lru_cache

from django.urls import reverse

from areas.assessments.history import assessment_lines
from areas.assessments.steps import (
    FormStep,
    first_open,
    is_done,
    steps_of,
)
from areas.charts.score_scale import ScoreScale, score_scale
from areas.models import Assessment, Neighbourhood, Status, Village
from areas.models.reviewed import Signature
from areas.rules.edition import Edition, SlumClass
from areas.rules.scoring import CriterionScore, Result
from kotaku.formats import (
    format_amount,
    format_count,
    format_percent,
    format_rt_hectares,
)
from kotaku.interface.moments import moment_text
from kotaku.workflow.buttons import Offer, offers
from kotaku.workflow.history import HistoryLine
from kotaku.workflow.states import Actor

# The number of causes shown at first; the others are collapsed.
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
    """The result of an assessment, for the page and for print."""

    total: str
    max_total: str
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
        max_total=str(result.edition.max_total),
        class_label=result.slum_class.label,
        class_key=result.slum_class.value,
        distance=distance_sentence(result),
        slum_text=format_rt_hectares(result.slum_ha),
        sectoral=format_percent(result.sectoral_percent, 2),
        scale=score_scale(result.edition, result.total),
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
    text = f"{volume} dari {base} {criterion.unit}"
    if not criterion.is_asked(scored.base):
        text = f"tidak ditanyakan, {criterion.base.label} {base} {criterion.unit}"
    return CriterionLine(
        key=criterion.key,
        name=criterion.name,
        volume=text,
        question=criterion.question,
        percent=format_percent(scored.percent, 2),
        score=str(scored.score),
        remedy=criterion.remedy,
    )


def distance_sentence(result: Result) -> str:
    """Return the sentence on how far the score must fall to reach the next better class."""
    edition = result.edition
    if result.slum_class == SlumClass.NONE:
        return f"Nilainya di bawah {edition.slum_from}, jadi tidak dihitung sebagai kawasan kumuh."
    below = edition.lowest(result.slum_class)
    better = edition.class_of(below - 1)
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
    """Return all steps of an assessment; without URLs while it is not stored yet."""
    return [
        StepLink(
            title=step.title,
            url=step_url(assessment, step) if assessment.pk else "",
            is_done=is_done(step, assessment),
            is_here=step is here,
        )
        for step in steps_of(assessment.edition)
    ]


def step_url(assessment, step: FormStep) -> str:
    """Return the URL of one step of an assessment."""
    return reverse("areas:assessment-step", args=[assessment.pk, step.key])


def next_url(assessment, step: FormStep | None) -> str:
    """Return the URL of the next step, or of the result after the last one."""
    if step is None:
        return reverse("areas:assessment", args=[assessment.pk])
    return step_url(assessment, step)


def facts(assessment: Assessment) -> list[tuple[str, str]]:
    """Return the area and the bases of an assessment: name and value."""
    return [
        ("Luas RT", format_rt_hectares(assessment.area_ha)),
        ("Bangunan", f"{format_count(assessment.buildings)} unit"),
        ("Penduduk", f"{format_count(assessment.people)} jiwa"),
        ("Kepala keluarga", f"{format_count(assessment.households)} KK"),
        ("Jalan ideal", f"{format_amount(assessment.ideal_road_m)} m"),
        ("Drainase ideal", f"{format_amount(assessment.ideal_drainage_m)} m"),
    ]


def considerations(assessment: Assessment) -> list[tuple[str, str]]:
    """Return the known considerations beside the score, and the handling priority."""
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


@dataclass(frozen=True)
class AssessmentFrame:
    """The context that all pages about an assessment share."""

    assessment: Assessment
    edition: Edition
    neighbourhood: Neighbourhood
    village: Village
    is_sample: bool
    village_url: str


@dataclass(frozen=True)
class AssessmentContext(AssessmentFrame):
    """The context of an assessment's page; `signed` is who brought it into its state."""

    result: ResultView | None
    facts: list[tuple[str, str]]
    considerations: list[tuple[str, str]]
    is_traceable: bool
    history: list[HistoryLine]
    steps: list[StepLink]
    can_edit: bool
    continue_url: str
    offers: list[Offer]
    is_own: bool
    signed: Signature | None
    signed_at: str


def detail_context(assessment: Assessment, user, *, typed=None, verb="") -> AssessmentContext:
    """Return the context of an assessment's page for this user.

    `typed` is what was sent with the button of `verb`, as for `kotaku.workflow.buttons.offers`.
    """
    result = assessment.result()
    is_traceable = Assessment.objects.traceable_by(user).filter(pk=assessment.pk).exists()
    can_edit = is_editor(assessment, user)
    open_step = first_open(assessment)
    signature = assessment.signature() if is_traceable else None
    found = _offers(assessment, user, result, is_traceable, typed=typed, verb=verb)
    is_own = bool(found) and user.is_bappeda and assessment.is_own_entry_of(user)
    return AssessmentContext(
        **vars(frame(assessment)),
        result=result_view(result) if result else None,
        facts=facts(assessment),
        considerations=considerations(assessment),
        is_traceable=is_traceable,
        history=assessment_lines(assessment.events.select_related("actor")) if is_traceable else [],
        steps=step_links(assessment) if can_edit else [],
        can_edit=can_edit,
        continue_url=step_url(assessment, open_step) if can_edit and open_step else "",
        offers=[] if is_own else found,
        is_own=is_own and assessment.status == Status.SUBMITTED,
        signed=signature,
        signed_at=moment_text(signature.at) if signature else "",
    )


def _offers(assessment, user, result, is_traceable, **sent) -> list[Offer]:
    """Return the buttons of this user: an officer of the village, or Bappeda of the region."""
    if not (is_traceable and (user.is_village_officer or user.is_bappeda)):
        return []
    by = Actor.OWNER if user.is_village_officer else Actor.REVIEWER
    if by == Actor.OWNER and assessment.is_editable and result is None:
        return []
    area = format_rt_hectares(result.slum_ha) if result else ""
    return offers(assessment, by, "areas:assessment", **sent, result=area, year=assessment.year)


def is_editor(assessment: Assessment, user) -> bool:
    """Whether this user may change the assessment now."""
    if not (user.is_authenticated and user.is_village_officer and assessment.is_editable):
        return False
    return Assessment.objects.editable_by(user).filter(pk=assessment.pk).exists()


def frame(assessment: Assessment) -> AssessmentFrame:
    """Return the context that all pages about an assessment share."""
    neighbourhood = assessment.neighbourhood
    return AssessmentFrame(
        assessment=assessment,
        edition=assessment.edition,
        neighbourhood=neighbourhood,
        village=neighbourhood.village,
        is_sample=neighbourhood.is_sample,
        village_url=village_url(neighbourhood.village, assessment.year, neighbourhood.is_sample),
    )


def village_url(village, year: int, sample: bool) -> str:
    """Return the URL of a village's assessments of a year."""
    return _village_url(village.code, year, sample)


# A page names the same years for each reader.
@lru_cache(maxsize=2048)
def _village_url(code: str, year: int, sample: bool) -> str:
    query = {"tahun": year} | ({"contoh": "1"} if sample else {})
    return reverse("areas:village-assessments", args=[code], query=query)

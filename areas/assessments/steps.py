"""The steps in which an assessment is entered: the ground, one for each aspect, considerations. Pure."""

from dataclasses import dataclass

from areas.rules.criteria import ASPECTS, Aspect

GENERAL, CONSIDERATIONS = "umum", "pertimbangan"


@dataclass(frozen=True)
class FormStep:
    """One page of the form; `aspect` is the aspect that it asks about, if it is one."""

    key: str
    title: str
    aspect: Aspect | None = None

    @property
    def is_required(self) -> bool:
        """Whether an assessment is incomplete without it."""
        return self.key != CONSIDERATIONS


STEPS = (
    FormStep(GENERAL, "Data umum"),
    *(FormStep(aspect.key, f"{aspect.number} {aspect.name}", aspect) for aspect in ASPECTS),
    FormStep(CONSIDERATIONS, "Pertimbangan lain"),
)
BY_KEY = {step.key: step for step in STEPS}


def neighbours(step: FormStep) -> tuple[FormStep | None, FormStep | None]:
    """Return the steps before and after this one."""
    place = STEPS.index(step)
    before = STEPS[place - 1] if place else None
    return before, STEPS[place + 1] if place + 1 < len(STEPS) else None


def is_done(step: FormStep, assessment) -> bool:
    """Whether everything this step asks for is stored."""
    if step.aspect:
        fields = [criterion.field for criterion in step.aspect.criteria]
        return all(getattr(assessment, field) is not None for field in fields)
    if step.key == CONSIDERATIONS:
        return bool(assessment.consideration)
    return assessment.pk is not None


def first_open(assessment) -> FormStep | None:
    """Return the first required step that is not done; None when the assessment is complete."""
    return next(
        (step for step in STEPS if step.is_required and not is_done(step, assessment)), None
    )

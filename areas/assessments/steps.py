"""The steps in which an assessment is entered: general data, each aspect, considerations. Pure."""

from dataclasses import dataclass
from functools import cache

from areas.rules.edition import Aspect, Edition

GENERAL, CONSIDERATIONS = "umum", "pertimbangan"


@dataclass(frozen=True)
class FormStep:
    """One page of the form; `aspect` is the aspect whose volumes it asks for, if any."""

    key: str
    title: str
    aspect: Aspect | None = None

    @property
    def is_required(self) -> bool:
        """Whether an assessment is incomplete without this step."""
        return self.key != CONSIDERATIONS


@cache
def steps_of(edition: Edition) -> tuple[FormStep, ...]:
    """Return the steps of an assessment under this edition."""
    return (
        FormStep(GENERAL, "Data umum"),
        *(FormStep(each.key, f"{each.number} {each.name}", each) for each in edition.aspects),
        FormStep(CONSIDERATIONS, "Pertimbangan lain"),
    )


def step_of(edition: Edition, key: str) -> FormStep | None:
    """Return the step with this key; None if the edition has none."""
    return next((step for step in steps_of(edition) if step.key == key), None)


def neighbours(edition: Edition, key: str) -> tuple[FormStep | None, FormStep | None]:
    """Return the steps before and after the one with this key."""
    steps = steps_of(edition)
    place = next(place for place, step in enumerate(steps) if step.key == key)
    before = steps[place - 1] if place else None
    return before, steps[place + 1] if place + 1 < len(steps) else None


def is_done(step: FormStep, assessment) -> bool:
    """Whether the step's values are stored; the considerations need only `consideration`."""
    if step.aspect:
        return all(getattr(assessment, each.field) is not None for each in step.aspect.criteria)
    if step.key == CONSIDERATIONS:
        return bool(assessment.consideration)
    return assessment.pk is not None


def first_open(assessment) -> FormStep | None:
    """Return the first required step that is not done; None when the assessment is complete."""
    required = (step for step in steps_of(assessment.edition) if step.is_required)
    return next((step for step in required if not is_done(step, assessment)), None)

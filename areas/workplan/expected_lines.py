"""The expected effect of the plan on RTs, as lines of formatted strings."""

from dataclasses import dataclass

from django.urls import reverse

from areas.workplan.expected import ExpectedRt
from kotaku.formats import format_rt_hectares


@dataclass(frozen=True)
class ExpectedLine:
    """One RT with the expected effect of the plan."""

    name: str
    url: str
    now: str
    then: str
    hectares: str
    is_better: bool


def expected_lines(rts: list[ExpectedRt]) -> list[ExpectedLine]:
    """Return RTs as lines, the largest reduction of slum hectares first."""
    ordered = sorted(
        rts, key=lambda rt: (rt.then.slum_ha - rt.now.slum_ha, rt.then.total - rt.now.total)
    )
    return [_expected_line(rt) for rt in ordered]


def _expected_line(rt: ExpectedRt) -> ExpectedLine:
    now, then = rt.now, rt.then
    return ExpectedLine(
        name=rt.assessment.neighbourhood.short_name,
        url=reverse("areas:assessment", args=[rt.assessment.pk]),
        now=f"{now.slum_class.label}, nilai {now.total} ({_known_by(rt)})",
        then=f"{then.slum_class.label}, nilai {then.total}",
        hectares=f"{format_rt_hectares(now.slum_ha)} → {format_rt_hectares(then.slum_ha)}",
        is_better=now.slum_class != then.slum_class,
    )


def _known_by(rt: ExpectedRt) -> str:
    """Return the basis of the current score: an assessment's year, perhaps with work done since."""
    year = rt.assessment.year
    return f"{year}, sesudah kegiatan selesai" if rt.now.total != rt.assessment.total else f"{year}"

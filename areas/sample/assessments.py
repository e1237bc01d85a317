"""Invented assessments for demonstration: the RTs do not exist and are marked as sample data.

Their hectares agree with the sample figures of their villages (`areas.sample.figures`).
"""

from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from areas.assessments.steps import steps_of
from areas.models import Assessment, Neighbourhood, Village
from areas.rules.edition import Base
from areas.rules.permen_14_2018 import PERMEN_14_2018

# Volume as a percentage of the base, one per criterion in the order of Permen PUPR 14/PRT/M/2018.
PROFILES = {
    "sedang": [60, 30, 40, 30, 80, 55, 30, 30, 80, 20, 80, 80, 80, 80, 60, 60],
    "ringan": [12, 0, 15, 10, 30, 46, 20, 0, 76, 24, 10, 30, 55, 55, 80, 80],
    "tidak": [5, 0, 8, 0, 10, 12, 5, 0, 15, 10, 8, 12, 55, 40, 26, 100],
}


@dataclass(frozen=True)
class SampleRt:
    """One invented RT: its bases, and year → (profile, state)."""

    rt: int
    area_ha: str
    buildings: int
    people: int
    households: int
    road_m: int
    drainage_m: int
    years: dict[int, tuple[str, str]]


VILLAGES = {
    # 2016: 8,90 Ha; 2018: 4,05 Ha, as in the sample figures.
    "32.79.04.2001": (
        SampleRt(1, "4.05", 84, 327, 96, 620, 540, {
            2016: ("sedang", "verified"), 2018: ("ringan", "verified"), 2019: ("ringan", "draft"),
        }),
        SampleRt(2, "2.66", 33, 168, 42, 400, 0, {
            2016: ("ringan", "verified"), 2018: ("tidak", "verified"),
        }),
        SampleRt(3, "2.19", 51, 204, 58, 452, 544, {
            2016: ("ringan", "verified"), 2018: ("tidak", "verified"), 2019: ("tidak", "submitted"),
        }),
        SampleRt(4, "1.10", 40, 155, 44, 310, 280, {}),
    ),
    # 2016: 16,35 Ha; 2019: 5,60 Ha, as in the returned sample figure.
    "32.79.02.2006": (
        SampleRt(1, "7.20", 130, 511, 149, 980, 900, {
            2016: ("sedang", "verified"), 2019: ("tidak", "verified"),
        }),
        SampleRt(2, "5.60", 97, 388, 110, 760, 700, {
            2016: ("sedang", "verified"), 2019: ("ringan", "verified"),
        }),
        SampleRt(3, "3.55", 66, 251, 71, 520, 480, {
            2016: ("ringan", "verified"), 2019: ("tidak", "verified"),
        }),
    ),
}  # fmt: skip


def load_assessments(officers, reviewer) -> None:
    """Create the invented RTs and their assessments; `officers` is village code → account."""
    for code, rts in VILLAGES.items():
        village = Village.objects.get(code=code)
        for sample in rts:
            rt = Neighbourhood.objects.create(
                village=village, rt=sample.rt, rw=1, hamlet="Contoh", is_sample=True
            )
            for year, (profile, state) in sample.years.items():
                _load(rt, sample, year, profile, state, officers[code], reviewer)


def _load(rt, sample, year, profile, state, officer, reviewer):
    edition = PERMEN_14_2018
    steps = steps_of(edition)
    assessment = Assessment(neighbourhood=rt, year=year, version=0, rule=edition.key)
    bases = {
        Base.AREA.value: Decimal(sample.area_ha),
        Base.BUILDINGS.value: sample.buildings,
        Base.HOUSEHOLDS.value: sample.households,
        Base.ROAD.value: Decimal(sample.road_m),
        Base.DRAINAGE.value: Decimal(sample.drainage_m),
    }
    general = {**bases, "people": sample.people, "assessor": "BKM (contoh)"}
    assessment.fill(by=officer, version=0, step=steps[0].title, values=general)
    percents = dict(zip(edition.by_key, PROFILES[profile], strict=True))
    for step in steps:
        if step.aspect is None:
            continue
        values = {
            each.field: _volume(bases[each.base.value], percents[each.key], each.base)
            for each in step.aspect.criteria
        }
        assessment.fill(by=officer, version=assessment.version, step=step.title, values=values)
        if state == "draft" and step.aspect.number == 4:
            return
    assessment.submit(by=officer, version=assessment.version)
    if state == "verified":
        assessment.verify(by=reviewer, version=assessment.version)


def _volume(base, percent, kind) -> Decimal:
    """Return a percentage of a base, rounded down to a whole unit or two decimals."""
    places = Decimal(1) if kind.is_whole else Decimal("0.01")
    return (Decimal(base) * percent / 100).quantize(places, ROUND_DOWN)

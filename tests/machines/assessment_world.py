"""One village with two RTs: one not assessed yet, one whose draft lacks its last aspect."""

from decimal import ROUND_HALF_UP, Decimal

from areas.models import Assessment, AssessmentEvent
from areas.rules.criteria import CURRENT
from tests.factories import (
    WUNGU,
    AssessmentFactory,
    BaselineFactory,
    NeighbourhoodFactory,
    ProgrammeFactory,
    UserFactory,
)
from tests.machines.machine import People

YEAR = 2018
GROUND = ("assessor", "area_ha", "buildings", "people", "households", "ideal_road_m")
GROUND += ("ideal_drainage_m",)
FIELDS = (*GROUND, *WUNGU, "consideration", "is_tenure_clear", "is_zoning_met", "note")


class World:
    """The officers are petugas and operator; pemeriksa, pemeriksa2 and pengelola review."""

    def __init__(self):
        self.programme = ProgrammeFactory(is_current=True)
        baseline = BaselineFactory(programme=self.programme, village__name="Balokang")
        self.village = baseline.village
        self.people = People(
            petugas=UserFactory(officer=True, username="petugas"),
            operator=UserFactory(officer=True, username="operator"),
            tetangga=UserFactory(officer=True, username="tetangga"),
            pemeriksa=UserFactory(bappeda=True, username="pemeriksa"),
            pemeriksa2=UserFactory(bappeda=True, username="pemeriksa2"),
            pengelola=UserFactory(admin=True, username="pengelola"),
        )
        self.village.officers.add(self.people["petugas"], self.people["operator"])
        self.rts = {
            number: NeighbourhoodFactory(village=self.village, rt=number, rw=1) for number in (1, 2)
        }
        begun = AssessmentFactory(
            neighbourhood=self.rts[2],
            year=YEAR,
            entered_by=self.people["petugas"],
            total=None,
            fire_infrastructure=None,
            fire_equipment=None,
        )
        begun.events.create(kind="entered", actor=begun.entered_by, at=begun.entered_at)

    def snapshot(self):
        """Return assessments by number of RT, and their events by key."""
        numbers = {rt.pk: number for number, rt in self.rts.items()}
        rows = {
            numbers[values["neighbourhood"]]: values
            for values in Assessment.objects.order_by("pk").values(
                *("pk", "neighbourhood", "status", "version", "total", "return_reason"),
                *("entered_by", "submitted_by", "verified_by", *FIELDS),
            )
        }
        rts = {row["pk"]: rt for rt, row in rows.items()}
        events = {
            pk: (rts[assessment], *rest)
            for pk, assessment, *rest in AssessmentEvent.objects.order_by("pk").values_list(
                "pk", "assessment", "kind", "actor", "before_total", "after_total", "reason",
                "source",
            )
        }  # fmt: skip
        return rows, events


def content(row) -> dict:
    """What was typed into an assessment."""
    return {name: row[name] for name in FIELDS}


def total(row) -> int | None:
    """The score once more: each volume's percentage of its base, banded from 25, 51 and 76."""
    points = 0
    for criterion in CURRENT.criteria:
        volume, base = row[criterion.field], Decimal(row[criterion.base.value])
        if volume is None:
            return None
        percent = volume * 100 / base if base else Decimal(0)
        percent = percent.quantize(Decimal("0.01"), ROUND_HALF_UP)
        points += 5 if percent >= 76 else 3 if percent >= 51 else 1 if percent >= 25 else 0
    return points

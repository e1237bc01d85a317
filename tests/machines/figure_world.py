"""Two villages, seven people and a village's assessments, stored once for all examples."""

from decimal import Decimal

from django.db.models import F

from areas.models import Evidence, FigureEvent, YearlyFigure
from tests.factories import (
    AssessmentFactory,
    BaselineFactory,
    NeighbourhoodFactory,
    ProgrammeFactory,
    UserFactory,
)
from tests.machines.machine import People
from tests.machines.naive import Row

YEARS = (2017, 2018, 2019)
COMPUTED_YEAR, COMPUTED_HA = 2018, Decimal("21.28")


class World:
    """The current period 2016–2019: Balokang with 20 Ha and two officers, Binangun with 30 Ha."""

    def __init__(self):
        self.programme = ProgrammeFactory(is_current=True)
        places = {"balokang": ("Balokang", 20), "binangun": ("Binangun", 30)}
        self.villages = {
            key: BaselineFactory(
                programme=self.programme, village__name=name, area_ha=Decimal(area_ha)
            )
            for key, (name, area_ha) in places.items()
        }
        self.baselines = {key: each.area_ha for key, each in self.villages.items()}
        self.codes = {key: each.village.code for key, each in self.villages.items()}
        self.officers = {"balokang": ("petugas", "operator"), "binangun": ("tetangga",)}
        self.people = People(
            petugas=UserFactory(officer=True, username="petugas"),
            operator=UserFactory(officer=True, username="operator"),
            tetangga=UserFactory(officer=True, username="tetangga"),
            pemeriksa=UserFactory(bappeda=True, username="pemeriksa"),
            pemeriksa2=UserFactory(bappeda=True, username="pemeriksa2"),
            pengelola=UserFactory(admin=True, username="pengelola"),
        )
        for village, names in self.officers.items():
            for name in names:
                self.villages[village].village.officers.add(self.people[name])
        # Eight RTs of Wungu's kind, 2,66 Ha each: more than Balokang's baseline.
        for number in range(8):
            rt = NeighbourhoodFactory(
                village=self.villages["balokang"].village, rt=number + 1, rw=1
            )
            AssessmentFactory(neighbourhood=rt, year=COMPUTED_YEAR, verified=True)

    def snapshot(self):
        """Return figures by village and year, and their events by key."""
        keys = {each.pk: key for key, each in self.villages.items()}
        files = {}
        for figure, digest in Evidence.objects.order_by().values_list("figure", "sha256"):
            files.setdefault(figure, set()).add(digest)
        rows = {}
        for values in YearlyFigure.objects.order_by("pk").values(
            *("pk", "baseline", "year", "status", "area_ha", "note", "reason", "is_confirmed"),
            *("version", "entered_by", "submitted_by", "verified_by", "return_reason"),
        ):
            slot = (keys[values.pop("baseline")], values.pop("year"))
            area = values.pop("area_ha")
            rows[slot] = Row(
                area=area,
                files=frozenset(files.get(values["pk"], ())),
                sent_back=sent_back(values["pk"]),
                **values,
            )
        slots = {row.pk: slot for slot, row in rows.items()}
        events = {
            pk: (slots[figure], *rest)
            for pk, figure, *rest in FigureEvent.objects.order_by("pk").values_list(
                "pk", "figure", "kind", "actor", "before_ha", "after_ha", "reason", "source"
            )
        }
        return rows, events


def sent_back(figure):
    """Return the area of a figure's last return; None where evidence was added since."""
    area, last = None, {}
    events = FigureEvent.objects.filter(figure=figure).order_by("pk")
    for kind, after_ha, reason in events.values_list("kind", "after_ha", "reason"):
        if kind == "returned":
            area, last = after_ha, {}
        elif kind.startswith("evidence"):
            last[reason] = kind
    return None if "evidence_added" in last.values() else area


def evidence_of(row) -> list[tuple[int, str]]:
    """Return (key, name) of a figure's files."""
    found = Evidence.objects.filter(figure=row.pk).order_by("slot")
    return list(found.values_list(F("pk"), "name"))

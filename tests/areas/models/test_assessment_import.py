"""Assessments from a file: stored many at once, each as if it were the only one."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from areas.models import Assessment, Neighbourhood, Status
from areas.models.assessment import BASES, VOLUME_FIELDS
from areas.models.assessment_import import ImportedAssessment, Place, import_assessments
from kotaku.workflow import TransitionNotAllowed
from tests.factories import AssessmentFactory, NeighbourhoodFactory, VillageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def village():
    return VillageFactory()


@pytest.fixture
def values():
    """The numbers of a complete assessment."""
    whole = AssessmentFactory.build()
    return {name: getattr(whole, name) for name in (*BASES, "people", *VOLUME_FIELDS)} | {
        "assessor": "BKM"
    }


def imported(village, values, rt="003", year=2018, **changes):
    place = Place(village.pk, rt, "001", is_sample=False, hamlet="Cibulan")
    return ImportedAssessment(place, year, {**values, **changes}, f"rt.xlsx, baris {int(rt)}")


def test_each_row_has_its_rt_its_score_and_one_event(bappeda, village, values):
    known = NeighbourhoodFactory(village=village, rt="004", rw="001", hamlet="Sukarame")
    rows = [
        imported(village, values),
        imported(village, values, rt="004", water_shortage=Decimal(0)),
        imported(village, values, year=2017),
    ]
    import_assessments(rows, by=bappeda)
    new = Neighbourhood.objects.exclude(pk=known.pk).get()
    assert (new.rt, new.rw, new.hamlet, new.village, new.is_sample) == (
        "003", "001", "Cibulan", village, False,
    )  # fmt: skip
    known.refresh_from_db()
    assert known.hamlet == "Sukarame"
    stored = {(each.neighbourhood_id, each.year): each for each in Assessment.objects.all()}
    assert stored.keys() == {(new.pk, 2018), (known.pk, 2018), (new.pk, 2017)}
    for row, key in zip(rows, [(new.pk, 2018), (known.pk, 2018), (new.pk, 2017)], strict=True):
        each = stored[key]
        assert (each.status, each.version, each.assessor) == (Status.SUBMITTED, 1, "BKM")
        assert each.entered_by == each.submitted_by == bappeda
        assert (each.returned_by, each.verified_by) == (None, None)
        assert each.total == each.result().total
        (event,) = each.events.all()
        assert (event.kind, event.actor, event.source) == ("imported", bappeda, row.source)
        assert (event.before_total, event.after_total) == (None, each.total)
        numbers = {name: Decimal(text) for name, text in event.numbers.items() if name != "rule"}
        assert numbers == {
            name: getattr(each, name)
            for name in (*BASES, "people", *VOLUME_FIELDS)
            if getattr(each, name) is not None
        }
        assert event.numbers["rule"] == each.rule


def test_twenty_rows_take_as_many_queries_as_two(bappeda, village, values):
    def queries(first, count):
        rows = [imported(village, values, rt=f"{first + each:03}") for each in range(count)]
        with CaptureQueriesContext(connection) as context:
            import_assessments(rows, by=bappeda)
        return len(context)

    assert queries(1, 2) == queries(100, 20) <= 8
    assert Assessment.objects.count() == 22


def test_what_another_person_has_stored_meanwhile_is_said(bappeda, village, values):
    rt = NeighbourhoodFactory(village=village, rt="003", rw="001")
    AssessmentFactory(neighbourhood=rt, year=2018)
    with pytest.raises(TransitionNotAllowed, match="baru saja diisi oleh orang lain"):
        import_assessments([imported(village, values)], by=bappeda)
    assert Assessment.objects.count() == 1


def test_an_rt_that_another_person_adds_meanwhile_is_taken(bappeda, village, values, monkeypatch):
    there = NeighbourhoodFactory(village=village, rt="003", rw="001", hamlet="Sukarame")
    row = imported(village, values)
    assert row.place.stored_rt() == there

    def refuses(rts):
        raise IntegrityError

    monkeypatch.setattr(Neighbourhood.objects, "bulk_create", refuses)
    import_assessments([row, imported(village, values, rt="004")], by=bappeda)
    found = Assessment.objects.values_list("neighbourhood__rt", "neighbourhood__hamlet")
    assert set(found) == {("003", "Sukarame"), ("004", "Cibulan")}


@pytest.mark.parametrize(
    "changes",
    [{"water_shortage": Decimal(4300)}, {"water_shortage": Decimal(-1)}, {"households": 1}],
)
def test_no_volume_outside_its_base_comes_in(bappeda, village, values, changes):
    with pytest.raises(TransitionNotAllowed, match=r"melebihi|kurang dari 0"):
        import_assessments([imported(village, values, **changes)], by=bappeda)
    assert not Assessment.objects.exists()


def test_another_rule_of_the_database_is_no_other_person(bappeda, village, values):
    with pytest.raises(IntegrityError):
        import_assessments([imported(village, values, year=1800)], by=bappeda)

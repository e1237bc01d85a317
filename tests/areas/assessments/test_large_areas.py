"""An RT's area that seems too large is asked about on the form, as it is in a spreadsheet."""

from decimal import Decimal

import pytest

from areas.models import Assessment
from tests.areas.assessments.test_assessment_pages import GROUND
from tests.areas.public.pages import text_of
from tests.drawn_forms import as_drawn
from tests.factories import AssessmentFactory, BoundaryFactory, NeighbourhoodFactory, square

TICK = "confirmed_ha"


@pytest.fixture
def rt(baseline):
    return NeighbourhoodFactory(village=baseline.village, rt=3, rw=1)


@pytest.fixture
def client(client_of, officer):
    return client_of(officer)


def page_of(rt):
    return f"/penilaian/baru/?rt={rt.pk}&tahun=2018"


@pytest.mark.parametrize("typed", ["26600", "100,01 Ha", "2.660,00", "99999999"])
def test_a_large_area_is_stored_only_with_a_tick(client, rt, typed):
    form = GROUND | {"version": 0, "area_ha": typed}
    response = client.post(page_of(rt), form)
    assert response.status_code == 422
    assert "Luas RT lebih dari 100,00 Ha. Periksa lagi satuannya" in text_of(response)
    assert not Assessment.objects.exists()
    drawn = as_drawn(response, "area_ha")
    assert drawn["area_ha"] == [typed]
    assert TICK not in drawn
    ticked = drawn | {TICK: response.context["form"].fields[TICK].widget.attrs["value"]}
    assert client.post(page_of(rt), ticked).status_code == 302
    assert Assessment.objects.get().area_ha > 100


def test_a_tick_for_one_area_does_not_cover_another(client, rt):
    form = GROUND | {"version": 0, "area_ha": "26600", TICK: "266,00"}
    response = client.post(page_of(rt), form)
    assert response.status_code == 422
    assert TICK not in as_drawn(response, "area_ha")
    assert "Ya, luas RT ini memang 26.600,00 Ha" in text_of(response)


def test_a_tick_stays_while_something_else_is_wrong(client, rt):
    form = GROUND | {"version": 0, "area_ha": "266", TICK: "266,00", "buildings": "1,000"}
    response = client.post(page_of(rt), form)
    assert response.status_code == 422
    assert as_drawn(response, "area_ha")[TICK] == ["266,00"]
    assert "lebih dari 100,00 Ha" not in text_of(response)


def test_a_stored_large_area_is_not_asked_about_again(client, rt):
    assessment = AssessmentFactory(neighbourhood=rt, area_ha=Decimal(266))
    page = f"/penilaian/{assessment.pk}/langkah/umum/"
    form = as_drawn(client.get(page), "area_ha") | {"assessor": "Kader"}
    assert client.post(page, form).status_code == 302


def test_an_rt_larger_than_its_village_is_asked_about(client, rt):
    BoundaryFactory(village=rt.village, polygons=square(rt.village, 0.001))
    response = client.post(page_of(rt), GROUND | {"version": 0, "area_ha": "50"})
    assert response.status_code == 422
    assert "Luas RT melebihi wilayah" in text_of(response)

"""Numbers of the work plan: a foreign unit, a short word or a doubtful separator changes nothing."""

import pytest

from areas.models import Activity
from tests.areas.public.pages import text_of
from tests.factories import ActivityFactory


@pytest.fixture
def planner(client_of, bappeda):
    return client_of(bappeda)


@pytest.fixture
def activity(baseline):
    return ActivityFactory(village=baseline.village, unit="m")


def realise(client, activity, **typed):
    data = {"version": activity.version, "status": "running", "physical_percent": "50"}
    return client.post(f"/rencana/{activity.pk}/realisasi/", data | typed)


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("physical_percent", "50 KK", "“50 KK” bersatuan KK, bukan %."),
        ("physical_percent", "1,000", "1,000 bisa berarti 1 atau 1.000 %."),
        ("people_served", "2 ribu", "Tulis angkanya lengkap, tanpa “ribu”."),
        ("people_served", "1.200", "1.200 bisa berarti 1,2 atau 1.200 jiwa."),
        ("households_served", "40 jiwa", "“40 jiwa” bersatuan jiwa, bukan KK."),
        ("realised_volume", "12 m2", "“12 m2” bersatuan m², bukan m."),
    ],
)
def test_progress_is_never_misread(planner, activity, name, typed, sentence):
    response = realise(planner, activity, **{name: typed})
    assert response.status_code == 422
    assert sentence in text_of(response)
    activity.refresh_from_db()
    assert (activity.physical_percent, activity.version) == (0, 1)


def test_units_that_fit_may_stand_behind_the_number(planner, activity):
    typed = {
        "physical_percent": "50 %",
        "people_served": "120 orang",
        "households_served": "40,0 KK",
        "realised_volume": "12, 5 m",
    }
    assert realise(planner, activity, **typed).status_code == 302
    activity.refresh_from_db()
    found = (activity.physical_percent, activity.people_served, activity.households_served)
    assert found == (50, 120, 40)
    assert str(activity.realised_volume.normalize()) == "12.5"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("150,000", "150,000 bisa berarti 150 atau 150.000 rupiah."),
        ("2 juta", "Tulis jumlah rupiah tanpa sen, misalnya 1.250.000."),
        ("0.125", "Tulis jumlah rupiah tanpa sen, misalnya 1.250.000."),
    ],
)
def test_money_is_never_misread(planner, baseline, typed, sentence):
    data = {
        "village": baseline.village_id,
        "aspect": 4,
        "description": "Drainase",
        "year": 2027,
        "actor": "DCKTLH",
        "version": 0,
        "dana-apbn": typed,
    }
    response = planner.post("/rencana/baru/", data)
    assert response.status_code == 422
    assert sentence in text_of(response)
    assert not Activity.objects.exists()

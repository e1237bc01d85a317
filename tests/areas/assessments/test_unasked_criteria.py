"""Where an RT needs no drainage (ideal length 0 m), its length (4b, 4c) is not asked for."""

from decimal import Decimal

import pytest

from areas.models import Assessment
from tests.areas.assessments.test_assessment_pages import begin, save_step, step_address
from tests.areas.public.pages import text_of
from tests.factories import AssessmentFactory, NeighbourhoodFactory


@pytest.fixture
def rt(baseline):
    return NeighbourhoodFactory(village=baseline.village, rt=3, rw=1)


@pytest.fixture
def browser(client_of, officer):
    return client_of(officer)


def test_drainage_length_is_asked_only_where_there_should_be_drainage(browser, rt):
    begin(browser, rt, ideal_drainage_m="0")
    assessment = Assessment.objects.get()
    page = browser.get(step_address(assessment, "aspek-4"))
    assert "drainage_flooded_ha" in page.content.decode()
    assert "drainage_missing_m" not in page.content.decode()
    assert "Kriteria 4b dan 4c tidak ditanyakan karena panjang drainase ideal RT ini 0 m" in (
        text_of(page)
    )
    assert save_step(browser, assessment, "aspek-4", drainage_flooded_ha="0").status_code == 302
    assessment.refresh_from_db()
    assert (assessment.drainage_missing_m, assessment.drainage_poor_m) == (0, 0)

    # Once there should be drainage, both are open questions again and not zeros.
    general = {"assessor": "BKM", "area_ha": "2,66", "buildings": "33", "people": "168"}
    general |= {"households": "42", "ideal_road_m": "400", "ideal_drainage_m": "300"}
    assert save_step(browser, assessment, "umum", **general).status_code == 302
    assessment.refresh_from_db()
    assert (assessment.drainage_missing_m, assessment.drainage_flooded_ha) == (None, 0)
    page = browser.get(step_address(assessment, "aspek-4")).content.decode()
    assert "drainage_missing_m" in page
    assert save_step(browser, assessment, "aspek-4", drainage_flooded_ha="0").status_code == 422


def test_a_returned_assessment_asks_again_before_it_is_submitted(browser, rt, officer):
    assessment = AssessmentFactory(neighbourhood=rt, returned=True, entered_by=officer)
    values = {"ideal_drainage_m": Decimal(300)}
    assessment.fill(by=officer, version=1, step="uji", values=values)
    page = browser.get(f"/penilaian/{assessment.pk}/")
    assert "Penilaian belum lengkap" in text_of(page)
    assert step_address(assessment, "aspek-4") in page.content.decode()
    response = browser.post(f"/penilaian/{assessment.pk}/pengajuan/", {"version": 2})
    assert response.status_code == 409
    assert "Isi semua kriteria" in text_of(response)


def test_result_print_and_what_if_do_not_ask_either(browser, rt):
    assessment = AssessmentFactory(neighbourhood=rt, verified=True)
    for page in ("", "cetak/"):
        text = text_of(browser.get(f"/penilaian/{assessment.pk}/{page}"))
        assert "tidak ditanyakan, panjang drainase ideal 0 m" in text
        assert "0 dari 0 m" not in text
    page = browser.get(f"/penilaian/{assessment.pk}/andai/").content.decode()
    assert 'name="4a"' in page
    assert 'name="4b"' not in page

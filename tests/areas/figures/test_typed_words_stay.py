"""What was typed is shown again even where it can no longer be saved."""

from decimal import Decimal

import pytest
from django.test import Client

from areas.models import FigureEvent, YearlyFigure
from kotaku.requests import kept_forms
from tests.areas.assessments.test_assessment_pages import GROUND
from tests.areas.figures.test_entry import FORM, SUBMISSION, typed
from tests.areas.public.pages import text_of
from tests.factories import (
    PASSWORD,
    AssessmentFactory,
    NeighbourhoodFactory,
    YearlyFigureFactory,
)


def after_sign_in(user, address, page, data, *, is_plain=True):
    """Post without a session, sign in, and return the page that shows the form, plain or as sent."""
    browser = Client()
    response = browser.post(address, data | {"_owner": kept_forms.owner_note(user)})
    assert response["Location"].endswith("&tersimpan=1")
    credentials = {"username": user.username, "password": PASSWORD, "next": page}
    browser.post("/akun/masuk/", credentials)
    shown = browser.get(page)
    return text_of(shown) if is_plain else shown.content.decode()


@pytest.mark.parametrize("state", ["submitted", "verified"])
def test_figure_that_a_colleague_handed_in_meanwhile(officer, baseline, state):
    YearlyFigureFactory(baseline=baseline, **{state: True})
    page = after_sign_in(
        officer, SUBMISSION, FORM, typed("13,5", note="Sudah saya ketik", reason="Longsor")
    )
    assert "Isian Anda belum tersimpan" in page
    assert "Isian tahun ini tidak dapat diubah lagi." in page
    assert "13,5" in page
    assert "Sudah saya ketik" in page
    assert "Alasan Longsor" in page


def test_decision_that_a_colleague_took_meanwhile(bappeda, baseline):
    figure = YearlyFigureFactory(baseline=baseline, returned=True)
    page = f"/verifikasi/{figure.pk}/"
    data = {"version": 1, "reason": "Alasan yang panjang"}
    shown = after_sign_in(bappeda, f"/isian/{figure.pk}/pengembalian/", page, data)
    assert "Alasan yang panjang" in shown


def test_step_of_an_assessment_that_a_colleague_handed_in_meanwhile(officer, baseline):
    assessment = AssessmentFactory(neighbourhood__village=baseline.village, submitted=True)
    page = f"/penilaian/{assessment.pk}/langkah/pertimbangan/"
    data = {"version": 1, "consideration": "", "note": "Catatan lapangan"}
    assert "Catatan lapangan" in after_sign_in(officer, page, page, data)


def test_assessment_that_a_colleague_began_meanwhile(officer, baseline):
    rt = NeighbourhoodFactory(village=baseline.village)
    AssessmentFactory(neighbourhood=rt, begun=True)
    page = f"/penilaian/baru/?rt={rt.pk}&tahun=2018"
    data = GROUND | {"version": 0, "assessor": "Bu Kader"}
    browser = after_sign_in(officer, page, page, data)
    assert "Tulisan Anda belum tersimpan" in browser


def test_reason_for_an_assessment_that_a_colleague_returned_meanwhile(bappeda, baseline):
    assessment = AssessmentFactory(neighbourhood__village=baseline.village, returned=True)
    page = f"/penilaian/{assessment.pk}/"
    data = {"version": 1, "reason": "KK tidak cocok"}
    assert "KK tidak cocok" in after_sign_in(bappeda, f"{page}pengembalian/", page, data)


def test_second_click_on_the_computation_ends_where_the_first_one_did(client_of, officer, baseline):
    rt = NeighbourhoodFactory(village=baseline.village)
    AssessmentFactory(neighbourhood=rt, year=2017, verified=True)
    client = client_of(officer)
    for _ in range(2):
        response = client.post("/isian/2017/penilaian/", typed("", note="Dari RT"))
        assert response.status_code == 302
    assert YearlyFigure.objects.get().area_ha == Decimal("2.66")
    assert FigureEvent.objects.count() == 1
    assert client.post("/isian/2017/penilaian/", typed("", note="Lain")).status_code == 409


def test_a_tick_without_a_number_confirms_nothing(client_of, officer, baseline):
    client_of(officer).post(FORM, typed("", is_confirmed="on"))
    assert YearlyFigure.objects.get().is_confirmed is False

"""The day of a photo, sent by the browser beside it or read by the server, and where it is shown."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from areas.models import Evidence
from tests.areas.figures.test_entry import FORM, SUBMISSION, photo, typed
from tests.areas.public.pages import text_of
from tests.kotaku.files.test_photo_metadata import upload_of

pytestmark = pytest.mark.django_db

TOMORROW = (timezone.localdate() + timedelta(days=1)).isoformat()


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    """A media folder of this test's own."""
    settings.MEDIA_ROOT = str(tmp_path)


@pytest.fixture
def browser(officer, client_of):
    """The officer's browser."""
    return client_of(officer)


def days(browser, files, sent):
    response = browser.post(FORM, typed("12", evidence=files, evidence_taken=sent))
    assert response.status_code == 302
    return {each.name: each.taken_on for each in Evidence.objects.all()}


def test_days_belong_to_the_files_in_their_order_also_beside_a_refused_one(browser):
    broken = photo("rusak.jpg")
    broken.file.truncate(200)
    files = [photo("a.jpg", colour=(9, 9, 9)), broken, photo("b.jpg", colour=(90, 9, 9))]
    data = typed("12", evidence=files, evidence_taken=["2025-11-01", "2025-11-02", "2025-11-03"])
    assert browser.post(FORM, data).status_code == 422
    found = {each.name: each.taken_on for each in Evidence.objects.all()}
    assert found == {"a.jpg": date(2025, 11, 1), "b.jpg": date(2025, 11, 3)}


@pytest.mark.parametrize(
    "sent", [[""], ["31 Desember"], [TOMORROW], ["1970-01-01"], ["2025-02-30"]]
)
def test_nonsense_is_unknown_and_nothing_is_shown(browser, sent):
    assert days(browser, [photo()], sent) == {"foto.jpg": None}
    assert "menurut ponsel" not in text_of(browser.get(FORM))


@pytest.mark.parametrize("sent", [[], [""], ["2025-10-30", "2025-10-31"]])
def test_server_reads_the_day_itself_if_none_or_too_many_came(browser, sent):
    assert days(browser, [upload_of()], sent) == {"foto.jpeg": date(2025, 11, 2)}


def test_stored_photo_names_no_place_and_both_sides_see_its_day(browser, client_of, bappeda):
    browser.post(SUBMISSION, typed("12", evidence=upload_of()))
    evidence = Evidence.objects.get()
    with evidence.file.open("rb") as file:
        content = file.read()
    assert b"GPS" not in content
    assert b"HP Murah" not in content
    assert evidence.size_bytes == len(content)
    for page in (
        browser.get(FORM),
        client_of(bappeda).get(f"/verifikasi/{evidence.figure_id}/"),
    ):
        assert "difoto 2 November 2025 menurut ponsel" in text_of(page)

"""In January an officer still finds and finishes the assessments of the year that has ended."""

import re
from datetime import UTC, datetime

import pytest
from django.utils import timezone

from areas.models import Assessment
from tests.areas.assessments.test_assessment_pages import begin
from tests.areas.public.pages import text_of
from tests.factories import AssessmentFactory, NeighbourhoodFactory


@pytest.fixture
def january(monkeypatch):
    moment = datetime(2020, 1, 12, 3, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: moment)


def test_last_years_draft_is_linked_in_january(january, client_of, officer, baseline):
    rt = NeighbourhoodFactory(village=baseline.village, rt=3, rw=1)
    draft = AssessmentFactory(neighbourhood=rt, year=2019, begun=True, entered_by=officer)
    browser = client_of(officer)
    link = f'href="/penilaian/{draft.pk}/"'
    page = browser.get("/penilaian/")
    assert "Belum selesai dari 2019" in text_of(page)
    assert link in page.content.decode()
    assert "/penilaian/?tahun=2019" in page.content.decode()
    page = browser.get(f"/penilaian/baru/?rt={rt.pk}&tahun=2020")
    assert "tahun 2019 belum selesai (draf)" in text_of(page)
    assert link in page.content.decode()


def test_an_rt_without_assessment_can_be_assessed_for_last_year(
    january, client_of, officer, baseline, monkeypatch
):
    rt = NeighbourhoodFactory(village=baseline.village, rt=3, rw=1)
    browser = client_of(officer)
    village = f"/desa/{baseline.village.code}/penilaian/"
    assert f"{village}?tahun=2019" in browser.get(village).content.decode()
    address = f"/penilaian/baru/?rt={rt.pk}&tahun=2020"
    assert "belum dinilai untuk tahun 2019" in text_of(browser.get(address))
    assert begin(browser, rt, year=2019).status_code == 302
    assert Assessment.objects.get().year == 2019
    other = NeighbourhoodFactory(village=baseline.village, rt=4, rw=1)
    address = f"/penilaian/baru/?rt={other.pk}&tahun=2020"
    assert "belum dinilai untuk tahun 2019" in text_of(browser.get(address))
    monkeypatch.setattr(timezone, "now", lambda: datetime(2020, 6, 1, 3, tzinfo=UTC))
    assert "belum dinilai untuk" not in text_of(browser.get(address))


def test_list_offers_every_year_with_assessments(january, client_of, officer, baseline):
    for year, village in ((2016, baseline.village), (2018, baseline.village), (2017, None)):
        rt = {"neighbourhood__village": village} if village else {}
        AssessmentFactory(year=year, verified=True, **rt)
    page = client_of(officer).get("/penilaian/")
    shown = re.findall(r'href="/penilaian/\?tahun=(\d{4})"', page.content.decode())
    # 2017 was assessed elsewhere; 2020 and 2019 can be assessed.
    assert shown == ["2020", "2019", "2018", "2016"]

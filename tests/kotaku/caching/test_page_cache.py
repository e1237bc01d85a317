"""Public pages are kept until what they show changes, and never longer."""

import gzip
import re
from datetime import timedelta
from decimal import Decimal

import brotli
import pytest
from django.contrib.messages import constants
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from areas.models import Baseline, Village
from kotaku.caching import page_cache
from tests import factories
from tests.areas.test_admin import programme_form
from tests.drawn_forms import save_shown
from tests.factories import ALL_MARKS

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def empty_store():
    """No page from another test."""
    page_cache.store.clear()


@pytest.fixture
def visitor(client_of):
    """Somebody who is signed in to nothing."""
    return client_of()


@pytest.fixture
def figure(baseline):
    """A figure of 2018, 12 Ha, that waits for its verification; 2017 is verified."""
    factories.YearlyFigureFactory(baseline=baseline, verified=True, area_ha=15)
    return factories.YearlyFigureFactory(baseline=baseline, year=2018, submitted=True, area_ha=12)


def queries_of(client, address, **headers):
    """Return the response and how many questions it cost the database."""
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address, headers=headers)
    return response, len(queries)


def test_an_unchanged_page_costs_one_small_question(visitor, figure):
    first, before = queries_of(visitor, "/")
    second, after = queries_of(visitor, "/")
    assert (before > 5, after) == (True, 1)
    assert second.content == first.content
    for name in ("Content-Type", "X-Frame-Options", "Vary", "ETag", "Cache-Control",
                 "Content-Security-Policy", "Referrer-Policy"):  # fmt: skip
        assert second[name] == first[name]
    assert {"Cookie", "Accept-Encoding"} <= set(second["Vary"].split(", "))
    assert second["Cache-Control"] == "no-cache"
    assert not second.cookies
    assert not Session.objects.exists()


def test_who_has_the_page_gets_304_until_it_changes(visitor, figure, bappeda):
    etag = visitor.get("/")["ETag"]
    response, count = queries_of(visitor, "/", if_none_match=etag)
    assert (response.status_code, response.content, count) == (304, b"", 1)
    # A change that the page does not show is drawn once more, and is the same page.
    factories.UserFactory()
    response, count = queries_of(visitor, "/", if_none_match=etag)
    assert response.status_code == 304
    assert count > 1
    figure.verify(by=bappeda, version=1, ticked=ALL_MARKS)
    response, _ = queries_of(visitor, "/", if_none_match=etag)
    assert response.status_code == 200
    assert response["ETag"] != etag


def test_pages_are_packed_as_the_browser_can_unpack(visitor, figure):
    plain = visitor.get("/").content
    squeezed = visitor.get("/", headers={"Accept-Encoding": "gzip, deflate, br"})
    zipped = visitor.get("/", headers={"Accept-Encoding": "gzip;q=0.5, br; q=0, *"})
    assert (squeezed["Content-Encoding"], zipped["Content-Encoding"]) == ("br", "gzip")
    assert brotli.decompress(squeezed.content) == gzip.decompress(zipped.content) == plain
    assert int(squeezed["Content-Length"]) == len(squeezed.content) < len(plain) / 3


def test_addresses_and_days_are_kept_apart(visitor, figure, monkeypatch):
    pages = {visitor.get(address).content for address in ("/", "/?urut=-baseline", "/desa/")}
    assert len(pages) == 3
    _, count = queries_of(visitor, "/")
    assert count == 1
    tomorrow = timezone.localdate() + timedelta(days=1)
    monkeypatch.setattr("kotaku.caching.page_cache.timezone.localdate", lambda: tomorrow)
    _, count = queries_of(visitor, "/")
    assert count > 1


def test_people_with_a_session_are_drawn_their_own_page(visitor, client_of, figure, bappeda):
    visitor.get("/")
    own = client_of(bappeda).get("/").content.decode()
    assert "Pekerjaan saya" in own
    assert "Pekerjaan saya" not in visitor.get("/").content.decode()


def test_only_whole_answers_without_cookies_are_kept(visitor, figure):
    for address in ("/desa/99.99.99.9999/", "/akun/masuk/", "/isian/", "/data/desa.csv"):
        visitor.get(address)
        visitor.head(address)
    assert len(page_cache.store) == 0
    assert visitor.post("/").status_code == 405


def test_hosts_and_schemes_are_kept_apart(visitor, figure, settings):
    settings.ALLOWED_HOSTS = ["satu.test", "dua.test"]
    # Each address is asked twice: the second answer is the kept one.
    for _ in range(2):
        for host in settings.ALLOWED_HOSTS:
            for scheme in ("http", "https"):
                response = visitor.get(
                    "/grafik/peta.svg", secure=scheme == "https", headers={"host": host}
                )
                links = set(re.findall(r'href="(\w+://[^/]+)', response.content.decode()))
                assert links == {f"{scheme}://{host}"}
    assert len(page_cache.store) == 4


def test_a_message_is_read_once_by_whom_it_is_for(visitor, client_of, figure, rf):
    said, answer = "Pesan untuk satu orang", HttpResponse()
    storage = CookieStorage(rf.get("/"))
    storage.add(constants.SUCCESS, said)
    storage.update(answer)
    for _ in range(2):
        # With the page kept already, and without.
        visitor.cookies["messages"] = answer.cookies["messages"].value
        assert said in visitor.get("/").content.decode()
        assert said not in visitor.get("/").content.decode()
        assert said not in client_of().get("/").content.decode()
        assert len(page_cache.store) == 1


@pytest.mark.parametrize("name", [None, "csrftoken", "messages", "pilihan"])
def test_an_answer_with_a_cookie_is_not_kept(rf, name):
    def view(request):
        answer = HttpResponse("Isi")
        answer.kept_version = page_cache._version()
        if name:
            answer.set_cookie(name, "1")
        return answer

    for _ in range(2):
        answer = page_cache.KeptPages(view)(rf.get("/"))
        assert name is None or name in answer.cookies
    assert len(page_cache.store) == (name is None)


def test_what_may_be_rolled_back_is_not_kept(visitor, figure):
    with transaction.atomic():
        Village.objects.update(name="Tidak Jadi")
        assert "Tidak Jadi" in visitor.get("/").content.decode()
        transaction.set_rollback(True)
    assert "Tidak Jadi" not in visitor.get("/").content.decode()


def test_the_store_is_bounded_and_gives_up_what_was_unused_longest(visitor, figure, settings):
    settings.PAGE_CACHE_BYTES = 5 * 2 * len(visitor.get("/desa/").content)
    page_cache.store.clear()
    for number in range(20):
        visitor.get(f"/desa/?x={number}")
        visitor.get("/desa/?x=0")
    assert 3 <= len(page_cache.store) <= 5
    assert queries_of(visitor, "/desa/?x=0")[1] == 1
    settings.PAGE_CACHE_BYTES = 0
    assert queries_of(visitor, "/desa/?x=0")[1] > 3


def _verify(people, figure):
    people["bappeda"].post(f"/isian/{figure.pk}/verifikasi/", {"version": 1, "ticked": ALL_MARKS})


def _correct(people, figure):
    verified = figure.baseline.figures.get(year=2017)
    typed = {"version": 1, "area_ha": "14", "reason": "Salah ukur."}
    people["bappeda"].post(f"/isian/{verified.pk}/koreksi/", typed)


def _edit_programme(people, figure):
    programme = figure.baseline.programme
    typed = programme_form(programme, name="Nama baru")
    save_shown(people["admin"], f"/admin/areas/programme/{programme.pk}/change/", typed)


def _edit_baseline(people, figure):
    programme = figure.baseline.programme
    row = {"baselines-0-area_ha": "21", "baselines-0-reason": "SK."}
    typed = programme_form(programme, **row)
    save_shown(people["admin"], f"/admin/areas/programme/{programme.pk}/change/", typed)


def _edit_district(people, figure):
    district = figure.baseline.village.district
    typed = {"code": district.code, "name": "Kecamatan Lain", "region": district.region_id}
    save_shown(people["admin"], f"/admin/areas/district/{district.pk}/change/", typed)


def _publish(people, figure):
    article = factories.ArticleFactory()
    page_cache.store.clear()
    people["visitor"].get("/")
    people["bappeda"].post(f"/berita/{article.slug}/penerbitan/", {"version": 1})


def _finish_meeting(people, figure):
    meeting = factories.MeetingFactory(programme=figure.baseline.programme)
    page_cache.store.clear()
    people["visitor"].get("/")
    people["bappeda"].post(f"/rakor/{meeting.pk}/penyelesaian/", {"version": 1})


def _verify_assessment(people, figure):
    assessment = factories.AssessmentFactory(
        neighbourhood__village=figure.baseline.village, submitted=True
    )
    page_cache.store.clear()
    people["visitor"].get("/")
    people["bappeda"].post(
        f"/penilaian/{assessment.pk}/verifikasi/", {"version": 1, "ticked": ALL_MARKS}
    )


def _load_boundary(people, figure):
    factories.BoundaryFactory(village=figure.baseline.village)


def _type_sql(people, figure):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE areas_village SET name = 'Lewat SQL'")


def _change_baseline_in_bulk(people, figure):
    Baseline.objects.update(area_ha=Decimal(33))


DOORS = [
    _verify, _correct, _edit_programme, _edit_baseline, _edit_district, _publish, _finish_meeting,
    _verify_assessment, _load_boundary, _type_sql, _change_baseline_in_bulk,
]  # fmt: skip


def test_whatever_the_page_shows_changes_on_the_page_at_once(
    visitor, client_of, figure, bappeda, admin
):
    people = {"visitor": visitor, "bappeda": client_of(bappeda), "admin": client_of(admin)}
    for go_through in DOORS:
        visitor.get("/")
        kept, count = queries_of(visitor, "/")
        assert count == 1
        go_through(people, figure)
        drawn, count = queries_of(visitor, "/")
        assert count > 5, go_through
        assert drawn.content != kept.content, go_through

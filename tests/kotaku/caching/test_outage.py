"""The database is away for a while: what visitors read, and what becomes of what they typed."""

import html
import re
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import caches
from django.db import InterfaceError, OperationalError, connection
from django.test import Client
from django.utils import timezone

from areas.models import YearlyFigure
from kotaku.caching import page_cache
from kotaku.requests.error_pages import is_database_gone
from tests.areas.figures.test_entry import photo
from tests.factories import PASSWORD

SUBMISSION = "/isian/2017/pengajuan/"
TYPED = {"area_ha": "15", "note": 'Catatan "saya" <b>', "reason": "", "version": 0, "asked_ha": ""}


@contextmanager
def database_gone(error=OperationalError):
    def refuse(*arguments):
        raise error("connection to server at 10.0.0.5 as kotaku failed")

    with connection.execute_wrapper(refuse):
        yield


@pytest.fixture(autouse=True)
def no_copies():
    caches["last-good-copy"].clear()


@pytest.fixture
def visitor():
    """Somebody without an account; the site answers them instead of failing the test."""
    return Client(raise_request_exception=False)


def of(user):
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


def test_public_pages_answer_from_their_last_good_copy(visitor, baseline):
    pages = ("/", "/desa/", f"/desa/{baseline.village.code}/")
    good = {page: visitor.get(page).content.decode() for page in pages}
    hour = timezone.localtime().strftime("%H.")
    with database_gone():
        for page in pages:
            response = visitor.get(page)
            text = response.content.decode()
            assert response.status_code == 200
            assert response["Cache-Control"] == "no-store"
            assert "ETag" not in response
            assert f"<strong>Salinan pukul {hour}" in text
            assert "basis data sedang tidak dapat dihubungi" in text
            assert (
                re.sub(r'(?s)<aside class="sample" aria-label="Salinan">.*?</aside>\n', "", text)
                == good[page]
            )
    assert "Salinan" not in visitor.get("/").content.decode()


def test_head_and_conditional_requests_get_the_copy_too(visitor, baseline):
    etag = visitor.get("/desa/")["ETag"]
    with database_gone():
        assert visitor.head("/desa/").status_code == 200
        response = visitor.get("/desa/", headers={"if-none-match": etag})
        assert response.status_code == 200


def test_a_copy_of_another_day_says_which(visitor, baseline, monkeypatch):
    visitor.get("/")
    monkeypatch.setattr(page_cache.timezone, "localdate", date(2031, 5, 2).replace)
    with database_gone():
        text = visitor.get("/").content.decode()
    assert f"Salinan {timezone.localtime().day} " in text
    assert "WIB;" in text


def test_nobody_who_is_signed_in_is_ever_copied(officer, bappeda, visitor):
    for user in (officer, bappeda):
        for page in ("/", "/desa/"):
            assert of(user).get(page).status_code == 200
    with database_gone():
        assert visitor.get("/").status_code == visitor.get("/desa/").status_code == 503


def test_who_is_signed_in_reads_the_public_copy(visitor, officer):
    visitor.get("/")
    client = of(officer)
    with database_gone():
        text = client.get("/").content.decode()
    assert "Salinan pukul" in text
    assert officer.full_name not in text


def test_addresses_with_a_question_cannot_crowd_out_the_pages(visitor, programme):
    for number in range(3):
        visitor.get(f"/?apa={number}")
    with database_gone():
        assert visitor.get("/?apa=1").status_code == 503


def test_a_page_is_copied_once_a_minute(visitor, programme, monkeypatch):
    visitor.get("/")
    first = list(caches["last-good-copy"]._cache.values())
    visitor.get("/")
    assert list(caches["last-good-copy"]._cache.values()) == first
    now = page_cache.time.monotonic() + 61
    monkeypatch.setattr(page_cache.time, "monotonic", lambda: now)
    monkeypatch.setattr(
        page_cache.timezone, "now", lambda: datetime.now(ZoneInfo("UTC")) + timedelta(1)
    )
    visitor.get("/")
    assert list(caches["last-good-copy"]._cache.values()) != first


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_what_was_typed_comes_back_and_is_sent_again(officer, baseline, error):
    client = of(officer)
    with database_gone(error):
        response = client.post(f"{SUBMISSION}?desa={baseline.village.code}", TYPED)
    assert (response.status_code, response["Retry-After"]) == (503, "10")
    page = response.content.decode()
    assert "<strong>belum tersimpan</strong>" in page
    assert "10.0.0.5" not in page
    action = re.search(r'<form method="post" action="([^"]+)"', page)[1]
    hidden = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', page)
    again = {html.unescape(name): html.unescape(value) for name, value in hidden}
    assert again == {name: str(value) for name, value in TYPED.items()}
    assert not YearlyFigure.objects.exists()
    assert client.post(html.unescape(action), again).status_code == 302
    assert YearlyFigure.objects.get().note == TYPED["note"]


def test_files_cannot_be_kept_and_the_page_says_so(officer, baseline):
    client = of(officer)
    with database_gone():
        page = client.post(SUBMISSION, TYPED | {"evidence": photo()}).content.decode()
    assert "Berkas yang Anda pilih tidak dapat disimpan di sini." in page
    assert 'name="area_ha" value="15"' in page


def test_passwords_are_never_written_into_a_page(visitor, officer):
    with database_gone():
        typed = {"username": officer.username, "password": PASSWORD}
        response = visitor.post("/akun/masuk/", typed)
    assert response.status_code == 503
    page = response.content.decode()
    assert PASSWORD not in page
    assert "Tekan tombol kembali di peramban" in page


def test_pages_for_who_is_signed_in_ask_to_come_back(officer):
    client = of(officer)
    with database_gone():
        response = client.get("/isian/")
    assert response.status_code == 503
    assert "muat ulang halaman ini sebentar lagi" in response.content.decode()


def test_other_faults_stay_faults(visitor, programme):
    with database_gone(ValueError):
        response = visitor.get("/desa/")
    assert response.status_code == 500
    assert response["X-Request-ID"] in response.content.decode()
    # SQLite's words for a database of another version.
    assert not is_database_gone(OperationalError("no such table: areas_village"))


def test_one_outage_fills_no_mailbox(visitor, programme, settings, mailoutbox):
    settings.ADMINS = [("it@example.go.id", "it@example.go.id")]
    with database_gone():
        for _ in range(5):
            visitor.get("/desa/")
    assert len(mailoutbox) <= 1

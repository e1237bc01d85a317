"""A report about invented data says so, wherever it is shown."""

import pytest

from tests.areas.public.pages import text_of
from tests.factories import ArticleFactory, ProgrammeFactory

BAND = "Data contoh."


@pytest.fixture
def article(db):
    """A published report about a meeting of a sample period, beside a real current period."""
    ProgrammeFactory(is_current=True)
    sample = ProgrammeFactory(is_current=False, is_sample=True)
    return ArticleFactory(published=True, meeting__programme=sample, title="Laporan karangan")


def test_the_report_carries_the_band(client_of, bappeda, article):
    address = f"/berita/{article.slug}/"
    for client in (client_of(), client_of(bappeda)):
        assert BAND in text_of(client.get(address))
    assert BAND in text_of(client_of(bappeda).get(f"{address}ubah/"))


def test_its_preview_carries_the_band(client_of, bappeda, article):
    preview = ArticleFactory(meeting=article.meeting)
    assert BAND in text_of(client_of(bappeda).get(f"/berita/{preview.slug}/"))


def test_lists_mark_it(client_of, article):
    assert "· Data contoh Laporan karangan" in text_of(client_of().get("/berita/"))
    home = text_of(client_of().get("/"))
    marked = f"Laporan karangan {article.lead} "
    assert home[home.index(marked) :].split("Semua berita")[0].strip().endswith("· Data contoh")


def test_feed_and_search_mark_it(client_of, article):
    assert "Data contoh: Laporan karangan" in client_of().get("/berita/atom.xml").content.decode()
    assert "(data contoh)" in text_of(client_of().get("/cari/?q=karangan"))


def test_a_real_report_carries_no_band(client_of, db):
    article = ArticleFactory(published=True)
    for address in (f"/berita/{article.slug}/", "/berita/"):
        assert "Data contoh" not in text_of(client_of().get(address))

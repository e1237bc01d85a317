"""The guides of one page: for each role, and true to the names on the pages."""

import re
from html import unescape

import pytest
from django.test import Client

from kotaku.interface.guides import GUIDES
from tests import factories
from tests.areas.public.pages import text_of

pytestmark = pytest.mark.ignore_template_errors  # The admin's templates use missing variables.


TAGS = ("button", "a", "label", "summary", "option", "h1", "h2", "h3")


def quoted_in(response) -> set[str]:
    """Return the names of buttons, menus and fields that a guide quotes."""
    html = response.content.decode()
    article = html[html.index('<article class="guide"') :]
    return {unescape(name) for name in re.findall(r"<b>(.*?)</b>", article)}


def pressed_in(response) -> set[str]:
    """Return the names that a guide tells to press: `Tekan <b>Rakor</b>, lalu <b>…</b>`."""
    html = response.content.decode()
    return {unescape(name) for name in re.findall(r"ekan <b>(.*?)</b>", html)}


def names_on(client, addresses) -> set[str]:
    """Return the names of all buttons, links, fields, choices and headings on these pages."""
    names = set()
    for address in addresses:
        response = client.get(address)
        assert response.status_code == 200, address
        html = response.content.decode()
        for tag in TAGS:
            for inner in re.findall(rf"<{tag}\b[^>]*>(.*?)</{tag}>", html, re.DOTALL):
                names.add(" ".join(unescape(re.sub(r"<[^>]+>", " ", inner)).split()))
        names |= set(re.findall(r'<input[^>]*type="submit"[^>]*value="([^"]*)"', html))
        names |= {unescape(each) for each in re.findall(r'aria-label="([^"]*)"', html)}
    return names


@pytest.fixture
def pages(baseline, officer, bappeda, admin):
    """The guides' pages: slug → (user, addresses)."""
    code = baseline.village.code
    submitted = factories.YearlyFigureFactory(
        baseline=baseline, year=2018, entered_by=officer, submitted=True
    )
    verified = factories.YearlyFigureFactory(
        baseline=baseline, year=2017, entered_by=officer, verified=True
    )
    place = factories.NeighbourhoodFactory(village=baseline.village)
    assessed = factories.AssessmentFactory(neighbourhood=place, year=2019)
    held = factories.MeetingFactory(done=True)
    coming = factories.MeetingFactory()
    factories.ParticipantFactory(meeting=coming)
    planned = factories.MeetingFactory(state="draft")
    factories.AgendaItemFactory(meeting=held)
    factories.AgendaItemFactory(meeting=coming)
    handed_in = factories.MeetingFactory(done=True, minutes__submitted=True)
    mine = factories.FollowUpFactory(village=baseline.village)
    done = factories.FollowUpFactory(village=baseline.village)
    done.finish(by=officer, version=done.version, text="Sudah.")
    official = factories.FollowUpFactory()
    given = official.meeting.minutes
    given.submit(by=bappeda, version=given.version)
    given.approve(by=factories.UserFactory(bappeda=True), version=given.version)
    query = f"?desa={code}&periode={baseline.programme.slug}"
    return {
        "umum": (None, ["/", "/data/"]),
        "desa": (
            officer,
            ["/", f"/isian/2019/{query}", f"/isian/2018/{query}", f"/tindak-lanjut/{mine.pk}/",
             f"/penilaian/{assessed.pk}/langkah/umum/", f"/penilaian/{assessed.pk}/"],
        ),
        "bappeda": (
            bappeda,
            ["/", f"/verifikasi/{submitted.pk}/", f"/verifikasi/{verified.pk}/", "/rakor/",
             "/rakor/baru/", f"/rakor/{held.pk}/", f"/rakor/{coming.pk}/", f"/rakor/{planned.pk}/",
             f"/rakor/{coming.pk}/kehadiran/", f"/rakor/{held.pk}/notulen/",
             f"/rakor/{handed_in.pk}/", f"/tindak-lanjut/{done.pk}/", "/tindak-lanjut/",
             f"/tindak-lanjut/{official.pk}/", "/rencana/", "/data/",
             "/data/impor/", f"/isian/{verified.pk}/koreksi/"],
        ),
        "admin": (
            admin,
            ["/", "/admin/", "/admin/areas/village/", "/admin/kotaku/user/",
             "/admin/kotaku/user/add/", f"/admin/kotaku/user/{officer.pk}/change/",
             f"/admin/areas/programme/{baseline.programme_id}/change/"],
        ),
    }  # fmt: skip


# Shown only after a step that is not taken here.
ELSEWHERE = {"bappeda": {"Terapkan"}, "umum": {"Masuk"}, "desa": {"Masuk"}}


@pytest.mark.parametrize("slug", [each.slug for each in GUIDES])
def test_names_that_a_guide_quotes_are_on_the_pages(pages, client_of, slug):
    user, addresses = pages[slug]
    quoted = quoted_in(client_of(user).get(f"/panduan/{slug}/"))
    assert quoted
    names = names_on(client_of(user), addresses) | ELSEWHERE.get(slug, set())
    names |= names_on(Client(), ["/akun/masuk/"])
    # A label may go on: `Sisa luas kumuh akhir 2019`.
    missing = {q for q in quoted if not any(re.match(rf"{re.escape(q)}(?!\w)", n) for n in names)}
    assert missing == set()
    # What is to be pressed has exactly this name, and perhaps a count.
    pressed = pressed_in(client_of(user).get(f"/panduan/{slug}/"))
    assert {
        q for q in pressed if not any(re.fullmatch(rf"{re.escape(q)}( \d.*)?", n) for n in names)
    } == set()


def test_menu_leads_each_role_to_its_guide(client_of, officer, bappeda, admin, viewer):
    titles = {
        None: "Masyarakat",
        officer: "Kepala desa dan lurah",
        bappeda: "Bappeda",
        admin: "Admin",
        viewer: "Masyarakat",
    }
    for user, title in titles.items():
        client = client_of(user)
        assert 'href="/panduan/"' in client.get("/").content.decode()
        assert f"Panduan satu halaman {title}" in text_of(client.get("/panduan/"))


def test_unknown_guide_is_not_found(client_of, db):
    assert client_of(None).get("/panduan/gubernur/").status_code == 404

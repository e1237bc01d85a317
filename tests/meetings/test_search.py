"""One box for everything; each finds what is theirs to see."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kotaku.interface.search import excerpt
from tests.areas.public.pages import text_of
from tests.factories import (
    AgendaItemFactory,
    ArticleFactory,
    DecisionFactory,
    DistrictFactory,
    MeetingFactory,
    MinutesFactory,
    ParticipantFactory,
    VillageFactory,
)


@pytest.fixture
def world(baseline):
    """A draft, a held meeting with notes, a decision, two reports, a village."""
    MeetingFactory(title="Zamrud rencana", state="draft")
    held = MeetingFactory(title="Zamrud terjadi", done=True)
    item = AgendaItemFactory(meeting=held, title="Acara", notes="Catatan zamrud di saluran.")
    DecisionFactory(meeting=held, agenda_item=item, text="Putusan zamrud")
    ArticleFactory(meeting=held, title="Berita zamrud", published=True)
    ArticleFactory(meeting=held, title="Draf zamrud")
    return held


def found(client, query):
    page = text_of(client.get("/cari/", {"q": query}))
    names = ("Zamrud rencana", "Zamrud terjadi", "Putusan zamrud", "Berita zamrud", "Draf zamrud")
    return {name for name in names if name in page}


def test_everybody_finds_what_is_theirs(client_of, world, viewer, officer, bappeda):
    assert found(client_of(), "zamrud") == {"Berita zamrud"}
    assert found(client_of(officer), "ZAMRUD") == {"Zamrud terjadi", "Berita zamrud"}
    staff = {"Zamrud terjadi", "Putusan zamrud", "Berita zamrud"}
    assert found(client_of(viewer), "zamrud") == staff
    assert found(client_of(bappeda), "zamrud") == staff | {"Zamrud rencana", "Draf zamrud"}


def test_notes_are_found_by_who_may_read_them(client_of, world, viewer, officer):
    assert "Zamrud terjadi" in found(client_of(viewer), "saluran catatan")
    assert found(client_of(officer), "saluran catatan") == set()


def test_decisions_of_approved_minutes_are_found_by_officers(client_of, officer, db):
    meeting = MeetingFactory(done=True, minutes=None)
    DecisionFactory(meeting=meeting, text="Putusan zamrud")
    MinutesFactory(meeting=meeting, approved=True)
    assert found(client_of(officer), "putusan") == {"Putusan zamrud"}


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("Banjar", "Kelurahan Banjar"),
        ("  banjar ", "Kelurahan Banjar"),
        ("kelurahan banjar", "Kelurahan Banjar"),
        ("desa binangun", "Desa Binangun"),
        ("BINANGUN desa", "Desa Binangun"),
        ("binangun kidul", "Desa Binangun Kidul"),
    ],
)
def test_a_village_named_as_asked_comes_first(client_of, db, query, first):
    banjar = DistrictFactory(name="Banjar", code="32.79.05")
    # More than one page of hits, and all of them before the village by code and by name.
    for number in range(25):
        VillageFactory(name=f"Aman {number}", district=banjar)
    for name in ("Banjaran", "Sukabanjar", "Binangun Kidul", "Binangun"):
        VillageFactory(name=name, district=banjar)
    VillageFactory(name="Banjar", kind="kelurahan", district=banjar)
    ArticleFactory(title=f"Berita {query}", published=True)
    page = client_of().get("/cari/", {"q": query}).content.decode()
    hits = re.findall(r'<p class="queue__name"><a[^>]*>([^<]+)<', page)
    assert hits[0] == first
    assert hits[-1].startswith("Berita")


def test_villages_are_found_by_kind_and_name(client_of, baseline):
    page = text_of(client_of().get("/cari/?q=desa+balo"))
    assert "Desa Balokang" in page
    assert "1 hasil" in page


@pytest.fixture
def early_meeting(db):
    """Six in the morning of 12 March 2026 in Jakarta: in UTC the day before."""
    meeting = MeetingFactory(
        title="Rakor “Kumuh Nol” 2016–2019",
        place="Aula RT-01",
        starts_at=datetime(2026, 3, 12, 6, tzinfo=ZoneInfo("Asia/Jakarta")),
        ends_at=datetime(2026, 3, 12, 9, tzinfo=ZoneInfo("Asia/Jakarta")),
        done=True,
    )
    ParticipantFactory(
        meeting=meeting, name="Siti Rahayu", position="Lurah", organisation="Dinas PU"
    )
    ParticipantFactory(meeting=meeting, name="Dadang", position="Camat", organisation="Kecamatan")
    return meeting


@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        ('"kumuh nol"', True),
        ("„Kumuh  Nol“ rakor", True),
        ('"nol kumuh"', False),
        ("nol kumuh", True),
        ('"kumuh', True),
        ("2016-2019", True),
        ("2016—2019", True),
        ("rt\u201101", True),
        ("rakor - aula", True),
        ("2016-2018", False),
        ("12 Maret 2026", True),
        ("Kamis, 12 maret 2026 rakor", True),
        ("12/3/2026", True),
        ("12-03-26", True),
        ("2026-03-12", True),
        ("12.3.2026", True),
        ("12 mar", True),
        ("rakor, maret 2026", True),
        ("mar. 2026", True),
        ("2026", True),
        ("11 Maret 2026", False),
        ("12/4/2026", False),
        ("31/2/2026", False),
        ("maret 2025", False),
        ("siti rahayu", True),
        ("rakor siti", True),
        ('"siti rahayu" 12/3/2026', True),
        ("dinas lurah", True),
        ("siti camat", False),
        ("45/3/2026", False),
    ],
)
def test_meetings_are_found_as_people_write(client_of, early_meeting, bappeda, query, is_found):
    page = text_of(client_of(bappeda).get("/cari/", {"q": query}))
    assert ("Rakor “Kumuh Nol”" in page) is is_found


@pytest.fixture
def long_meeting(db):
    """From six in the morning of 30 December 2026 to 3 January 2027 in Jakarta, end not known."""
    return MeetingFactory(
        title="Lokakarya topaz",
        starts_at=datetime(2026, 12, 30, 6, tzinfo=ZoneInfo("Asia/Jakarta")),
        ends_at=datetime(2027, 1, 3, 23, 59, tzinfo=ZoneInfo("Asia/Jakarta")),
        is_end_known=False,
        done=True,
    )


ON_ITS_DAYS = [
    "30 Desember 2026", "tanggal 31 Desember 2026", "topaz 31-12-2026", "31/12/26", "2027-01-02",
    "Minggu, 3 Januari 2027", "31 des", "tgl 1 jan", "Desember", "januari", "jan 2027", "2026",
    "2027", "30 Desember 2026–3 Januari 2027", "30 Desember 2026 s.d. 3 Januari 2027",
    "2-3 Januari 2027", "3 dan 4 Januari 2027", "1 sampai dengan 2 Januari",
]  # fmt: skip
ON_OTHER_DAYS = [
    "29 Desember 2026", "4 Januari 2027", "31 Desember 2027", "4 jan", "29 des", "Juli", "jan 2026",
    "Desember 2027", "2025", "Senin–Selasa, 4—5 Januari 2027", "4 s/d 6 Januari", "28–29 Desember",
    "3-2 Januari 2027", "31–32 Desember 2026", "31 Desember 0000",
]  # fmt: skip


def test_a_meeting_of_several_days_is_found_by_each_of_them(client_of, long_meeting, bappeda):
    client = client_of(bappeda)
    found = {
        query: "Lokakarya topaz" in text_of(client.get("/cari/", {"q": query}))
        for query in ON_ITS_DAYS + ON_OTHER_DAYS
    }
    assert found == dict.fromkeys(ON_ITS_DAYS, True) | dict.fromkeys(ON_OTHER_DAYS, False)


def test_a_meeting_on_two_days_of_a_month_is_found_as_its_page_names_them(client_of, bappeda, db):
    MeetingFactory(
        title="Lokakarya topaz",
        starts_at=datetime(2016, 11, 8, 9, tzinfo=ZoneInfo("Asia/Jakarta")),
        ends_at=datetime(2016, 11, 9, 12, tzinfo=ZoneInfo("Asia/Jakarta")),
        done=True,
    )
    queries = {"8–9 November 2016": True, "9–10 November": True, "10-11 November 2016": False}
    for query, is_found in queries.items():
        page = text_of(client_of(bappeda).get("/cari/", {"q": query}))
        assert ("Lokakarya topaz" in page) is is_found


def test_participants_are_found_by_staff_only(client_of, early_meeting, officer, viewer):
    titles = {
        user: "Rakor “Kumuh Nol”" in text_of(client_of(user).get("/cari/?q=siti+rahayu"))
        for user in (None, officer, viewer)
    }
    assert titles == {None: False, officer: False, viewer: True}


@pytest.mark.parametrize(
    ("name", "day", "other"),
    [("early_meeting", "12/3/2026", "13/3/2026"), ("long_meeting", "1/1/2027", "4/1/2027")],
)
def test_reports_and_decisions_are_found_by_each_day_of_their_meeting(
    client_of, viewer, request, name, day, other
):
    meeting = request.getfixturevalue(name)
    DecisionFactory(meeting=meeting, text="Putusan saluran")
    ArticleFactory(meeting=meeting, title="Berita saluran", published=True)
    for query, is_found in ((f"saluran {day}", True), (f"saluran {other}", False)):
        page = text_of(client_of(viewer).get("/cari/", {"q": query}))
        assert ("Putusan saluran" in page) is is_found
        assert ("Berita saluran" in page) is is_found


@pytest.mark.parametrize("query", ["", "   ", "%", "_", "'", "\\", '"><script>', "a " * 90, "✓"])
def test_odd_queries_are_answered(client_of, world, query):
    response = client_of().get("/cari/", {"q": query})
    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()


def test_nothing_found_says_what_to_do(client_of, db):
    page = text_of(client_of().get("/cari/?q=tidakada"))
    assert "Tidak ada yang cocok" in page
    assert "Coba lebih sedikit kata" in page


@given(st.text(max_size=400), st.lists(st.text(min_size=1, max_size=8), max_size=3))
def test_excerpt_is_short_and_from_the_text(text, words):
    short = excerpt(text, words)
    assert len(short) <= 170
    inner = short.removeprefix("… ").removesuffix(" …")
    assert inner in " ".join(text.split())

"""A meeting that is known only from a news report: points of discussion, and nothing official."""

import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from kotaku.workflow import TransitionNotAllowed
from meetings.contributions import waiting_work
from meetings.models import (
    ActivityOrigin,
    AgendaItem,
    Article,
    Decision,
    FollowUp,
    Meeting,
    MeetingState,
    Minutes,
)
from meetings.papers.calendar import meeting_calendar
from meetings.papers.reminders import pending
from tests.areas.open_data.test_open_data import body
from tests.areas.public.pages import text_of
from tests.factories import (
    ActivityFactory,
    AgendaItemFactory,
    ArticleFactory,
    DecisionFactory,
    MeetingFactory,
    ProgrammeFactory,
    UserFactory,
)
from tests.meetings.planning.test_planning import form


@pytest.fixture
def meeting(db):
    """A meeting from the news, with one point of discussion."""
    meeting = MeetingFactory(source="news", state=MeetingState.DONE)
    Minutes.objects.filter(meeting=meeting).update(state="none")
    AgendaItemFactory(meeting=meeting, title="Diskusi", notes="Drainase dibahas.")
    return Meeting.objects.get()


@pytest.fixture
def client(bappeda, client_of):
    """Bappeda's browser."""
    return client_of(bappeda)


def test_its_page_says_where_it_is_from_and_offers_nothing_official(client, meeting):
    response = client.get(f"/rakor/{meeting.pk}/")
    page, html = text_of(response), response.content.decode()
    assert "Disusun dari berita" in page
    assert "Acara dan pokok bahasan" in page
    assert "Drainase dibahas." in page
    for words in (
        "Cetak",
        "Draf",
        "Ajukan notulen",
        "Sahkan",
        "Rencanakan kegiatan",
        "Jadwalkan lagi",
    ):
        assert words not in page, words
    assert "notulen/pengajuan" not in html


def test_everybody_who_is_signed_in_reads_its_points(client_of, meeting, viewer, officer):
    for user in (viewer, officer):
        assert "Drainase dibahas." in text_of(client_of(user).get(f"/rakor/{meeting.pk}/"))


def test_the_list_says_so(client, meeting):
    assert "disusun dari berita" in text_of(client.get("/rakor/"))


@pytest.mark.parametrize("name", ["undangan", "daftar-hadir", "notulen"])
def test_it_has_no_official_papers(client, meeting, name):
    assert client.get(f"/rakor/{meeting.pk}/cetak/{name}/").status_code == 404


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("notulen/pengajuan/", {}),
        ("notulen/pengesahan/", {}),
        ("notulen/pengembalian/", {"reason": "Belum lengkap."}),
        ("pembukaan/", {}),
    ],
)
def test_no_step_of_minutes_is_taken(client, meeting, path, data):
    version = meeting.minutes.version if "notulen" in path else meeting.version
    response = client.post(f"/rakor/{meeting.pk}/{path}", data | {"version": version})
    assert response.status_code == 409, path
    assert "disusun dari berita" in text_of(response)
    meeting.refresh_from_db()
    assert (meeting.state, Minutes.objects.get().state) == ("done", "none")
    assert not meeting.events.exists()


def test_it_takes_no_decision_from_the_site(client, meeting):
    item = AgendaItem.objects.get()
    response = client.post(f"/rakor/acara/{item.pk}/keputusan/", {"text": "Diputuskan."})
    assert response.status_code == 409
    page = text_of(response)
    assert "pokok bahasannya bukan keputusan" in page
    assert "Diputuskan." in page
    assert not Decision.objects.exists()


def test_the_models_refuse_decisions_and_origins(meeting, bappeda):
    with pytest.raises(TransitionNotAllowed, match="bukan keputusan"):
        Decision.objects.create(meeting=meeting, text="Diputuskan.", author=bappeda)
    decision = DecisionFactory()
    # The database refuses to store it: a meeting from the news has no decisions.
    decision.meeting.source = "news"
    with pytest.raises(TransitionNotAllowed, match="bukan keputusan"):
        ActivityOrigin.link(ActivityFactory(), decision=decision, by=bappeda)


def test_no_mail_goes_out(client, meeting, mailoutbox):
    for path in ("surel-undangan/", "surel-notulen/"):
        page = client.post(f"/rakor/{meeting.pk}/{path}", {"version": meeting.version}, follow=True)
        assert "disusun dari berita" in text_of(page)
    assert mailoutbox == []


def test_it_is_nobodys_work(client, meeting, bappeda):
    assert waiting_work(bappeda) == []
    assert pending(timezone.localdate()) == []
    assert not FollowUp.objects.exists()
    AgendaItem.objects.update(notes="", is_discussed=False)
    assert not AgendaItem.objects.undiscussed().exists()


def test_its_points_are_written_without_minutes(client, meeting):
    address = f"/rakor/{meeting.pk}/notulen/"
    page = text_of(client.get(address))
    assert "Pokok bahasan" in page
    for words in ("Tambah keputusan", "Kesimpulan", "Notulen"):
        assert words not in page, words
    item = AgendaItem.objects.get()
    prefix = f"acara{item.pk}"
    typed = {
        "version": meeting.minutes.version,
        f"{prefix}-version": item.version,
        f"{prefix}-notes": "Persampahan dibahas.",
    }
    assert client.post(address, typed).status_code == 302
    assert AgendaItem.objects.get().notes == "Persampahan dibahas."
    assert Minutes.objects.get().state == "none"


def test_bappeda_records_one_from_the_news(client, bappeda):
    typed = form([{"title": "Diskusi"}], source="news", day="2016-11-08")
    assert client.post("/rakor/baru/", typed).status_code == 302
    meeting = Meeting.objects.get()
    assert (meeting.source, meeting.state, meeting.minutes.state) == ("news", "done", "none")


def test_one_from_the_news_lies_in_the_past_and_has_no_letter(client):
    day = (timezone.localdate() + timedelta(days=2)).isoformat()
    response = client.post("/rakor/baru/", form(source="news", day=day, letter_number="5/2030"))
    assert response.status_code == 422
    page = text_of(response)
    assert "Rapat yang disusun dari berita sudah berlangsung." in page
    assert "tidak mempunyai surat undangan" in page
    assert not Meeting.objects.exists()


def edited(client, meeting, **changes):
    typed = form(version=meeting.version, day="2016-11-08", **changes)
    return client.post(f"/rakor/{meeting.pk}/ubah/", typed)


def test_the_source_changes_while_nothing_official_hangs_on_it(client, bappeda):
    meeting = MeetingFactory(done=True)
    assert edited(client, meeting, source="news").status_code == 302
    meeting = Meeting.objects.get()
    assert (meeting.source, meeting.minutes.state) == ("news", "none")
    assert meeting.events.get().text == "Disusun dari berita"
    assert edited(client, meeting, source="own").status_code == 302
    assert (Meeting.objects.get().source, Minutes.objects.get().state) == ("own", "draft")


@pytest.mark.parametrize("why", ["decision", "approved", "open", "invited"])
def test_the_source_stays_where_something_official_hangs_on_it(client, why):
    meeting = MeetingFactory(done=why != "open")
    if why == "decision":
        DecisionFactory(meeting=meeting)
    elif why == "approved":
        Minutes.objects.update(
            state="approved",
            submitted_by=meeting.changed_by,
            submitted_at=timezone.now(),
            decided_by=UserFactory(),
            decided_at=timezone.now(),
        )
    elif why == "invited":
        Meeting.objects.update(invited_at=timezone.now(), invited_version=1)
    assert edited(client, meeting, source="news").status_code == 409
    assert Meeting.objects.get().source == "own"


def test_the_database_insists(meeting):
    for changes in ({"state": "scheduled"}, {"letter_number": "5/2016"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Meeting.objects.update(**changes)


def test_a_form_without_the_field_keeps_the_source(client, meeting):
    assert edited(client, meeting).status_code == 302
    assert Meeting.objects.get().source == "news"


def test_a_copy_is_a_meeting_of_its_own(client, meeting):
    html = client.get(f"/rakor/baru/?salin={meeting.pk}").content.decode()
    assert '<option value="own" selected>' in html


def test_its_report_is_dated_by_the_meeting(client, client_of, meeting):
    draft = text_of(client.get(f"/rakor/{meeting.pk}/berita/"))
    assert "Disusun dari berita." in draft
    article = ArticleFactory(meeting=meeting)
    client.post(f"/berita/{article.slug}/penerbitan/", {"version": article.version})
    article = Article.objects.get()
    assert article.published_at == meeting.starts_at
    response = client_of().get(f"/berita/{article.slug}/")
    page = text_of(response)
    assert "Rapat 8 November 2016" in page
    assert "tanggal terbitnya tidak diketahui" in page
    assert "Terbit " not in page
    assert "datePublished" not in response.content.decode()
    assert "Rapat 8 November 2016" in text_of(client_of().get("/berita/"))
    feed = client_of().get("/berita/atom.xml").content.decode()
    assert "<published>2016-11-08T" in feed


def test_calendar_and_open_data_say_so(client_of, meeting):
    ProgrammeFactory()
    calendar = meeting_calendar(meeting).decode().replace("\r\n ", "")
    assert "Disusun dari berita." in calendar
    assert "ORGANIZER" not in calendar
    (row,) = json.loads(body(client_of().get("/data/rapat.json")))["baris"]
    assert row["disusun_dari_berita"] is True


def test_the_admin_shows_the_source_and_no_minutes(client_of, admin, meeting):
    client = client_of(admin)
    assert "Disusun dari berita" in text_of(client.get("/admin/meetings/meeting/"))
    assert meeting.title not in text_of(client.get("/admin/meetings/minutes/"))


def test_it_asks_for_nothing(client, meeting):
    page = text_of(client.get(f"/rakor/{meeting.pk}/"))
    for words in ("Langkah berikutnya", "Catat kehadiran", "Tulis pokok bahasan"):
        assert words not in page, words
    assert "Ubah siapa yang hadir menurut berita" in page
    assert "Langkah berikutnya" in text_of(client.get(f"/rakor/{MeetingFactory().pk}/"))

"""Online and hybrid meetings: what they ask for, and who may know the link and its code."""

import re

import pytest
import vobject
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from meetings.models import CalendarFeed, Delivery, Meeting, Participant
from meetings.reports.first_draft import first_draft
from tests.areas.public.pages import text_of
from tests.factories import (
    AgendaItemFactory,
    ArticleFactory,
    MeetingFactory,
    ParticipantFactory,
    UserFactory,
    city,
)
from tests.meetings.planning.test_planning import form

LINK = "https://rapat.contoh.id/j/987654321?pwd=Rahasia"
SECRETS = (LINK, "987 654 321", "K0d3-Rahasia")
ACCESS = {"link": LINK, "online_id": "987 654 321", "access_code": "K0d3-Rahasia"}


@pytest.fixture
def client(bappeda, client_of):
    """Bappeda's browser."""
    return client_of(bappeda)


@pytest.fixture
def hybrid(db):
    """A scheduled hybrid meeting."""
    meeting = MeetingFactory(title="Rakor hibrida", way="hybrid", **ACCESS)
    AgendaItemFactory(meeting=meeting, title="Pembukaan")
    return meeting


@pytest.fixture
def elsewhere_bappeda(db):
    """Bappeda of another city."""
    return UserFactory(bappeda=True, region=city("32.78", "Tasikmalaya"))


def seen(content) -> list[bool]:
    """Return which of the secrets stand in a text, as HTML or not."""
    text = content.replace("&amp;", "&")
    return [secret in text for secret in SECRETS]


NOTHING, EVERYTHING = [False] * 3, [True] * 3


def texts(response):
    return response.content.decode().replace("\r\n ", "")


@pytest.mark.parametrize("way", ["hybrid", "online"])
def test_bappeda_plans_a_meeting_with_a_link(client, way):
    place = "Aula" if way == "hybrid" else ""
    page = client.post("/rakor/baru/", form(way=way, **ACCESS | {"place": place}), follow=True)
    assert page.redirect_chain
    assert seen(texts(page)) == EVERYTHING
    assert f"Tempat {'Aula dan daring' if place else 'Daring'}" in text_of(page)
    meeting = Meeting.objects.get()
    assert (meeting.way, meeting.link, meeting.place) == (way, LINK, place)
    opened = client.get(f"/rakor/{meeting.pk}/ubah/")
    assert seen(texts(opened)) == EVERYTHING


REFUSED = [
    ({"way": "onsite", "place": ""}, "id_place", "Tulis tempat rapat."),
    ({"way": "hybrid", "place": "", "link": LINK}, "id_place", "Tulis tempat rapat."),
    ({"way": "online", "link": LINK}, "id_place", "Rapat daring tidak mempunyai tempat."),
    ({"way": "online", "place": ""}, "id_link", "Tulis tautan rapatnya"),
    ({"way": "hybrid"}, "id_link", "Tulis tautan rapatnya"),
    ({"link": LINK}, "id_link", "Rapat tatap muka tidak mempunyai tautan, ID, dan kode."),
    ({"access_code": "12"}, "id_access_code", "Rapat tatap muka tidak mempunyai tautan"),
    *(
        ({"way": "hybrid", "link": link}, "id_link", "dimulai dengan https://")
        for link in (
            "http://contoh.id/rapat",
            "javascript:alert(1)",
            "ftp://contoh.id",
            "https://bank.id@contoh.id/",
            "https://",
            "bukan tautan",
        )
    ),
    ({"way": "lain"}, "id_way", "salah satu pilihan"),
]


@pytest.mark.parametrize(("facts", "field", "sentence"), REFUSED)
def test_what_does_not_fit_is_refused_at_its_field_and_stays_typed(client, facts, field, sentence):
    response = client.post("/rakor/baru/", form(**facts))
    assert response.status_code == 422
    assert sentence in text_of(response)
    assert f'href="#{field}"' in texts(response)
    assert not Meeting.objects.exists()
    if typed := facts.get("link"):
        assert typed in texts(response).replace("&amp;", "&")


def test_address_without_scheme_gets_https(client):
    client.post("/rakor/baru/", form(way="hybrid", link=" rapat.contoh.id/j/1 "))
    assert Meeting.objects.get().link == "https://rapat.contoh.id/j/1"
    client.post(
        "/rakor/baru/", form(way="hybrid", link="HTTPS://Contoh.id/A", uid="", title="Kedua")
    )
    assert Meeting.objects.get(title="Kedua").link == "https://Contoh.id/A"


def test_copy_keeps_the_way_but_not_the_link(client, hybrid):
    page = texts(client.get(f"/rakor/baru/?salin={hybrid.pk}"))
    assert seen(page) == NOTHING
    assert re.search(r'<option value="hybrid" selected>', page)


def addresses(meeting):
    return [
        "/rakor/",
        f"/rakor/{meeting.pk}/",
        f"/rakor/{meeting.pk}/cetak/undangan/",
        f"/rakor/{meeting.pk}/cetak/daftar-hadir/",
        f"/rakor/{meeting.pk}/rakor.ics",
        "/cari/?q=Rakor+hibrida",
    ]


def shown(client, meeting) -> list[str]:
    """Return the addresses at which any secret is shown."""
    found = []
    for address in addresses(meeting):
        page = client.get(address)
        assert page.status_code == 200, address
        # The words of a search stand in its own box.
        if any(seen(texts(page))):
            found.append(address.rpartition(str(meeting.pk))[2])
    return found


WHERE = ["/", "/cetak/undangan/", "/rakor.ics"]


def test_participants_and_bappeda_see_the_access_and_other_users_do_not(
    client, client_of, hybrid, viewer, officer, other_officer, baseline
):
    for user in (viewer, officer, other_officer):
        assert shown(client_of(user), hybrid) == []
        assert "Hanya untuk peserta" in text_of(client_of(user).get(f"/rakor/{hybrid.pk}/"))
    assert shown(client, hybrid) == WHERE
    for words in ("Rahasia", "987654321", '"987 654 321"', "rapat.contoh.id"):
        assert "Rakor hibrida" not in text_of(client.get("/cari/", {"q": words})), words
    assert "Rakor hibrida" in text_of(client.get("/cari/", {"q": "hibrida"}))
    ParticipantFactory(meeting=hybrid, user=viewer)
    ParticipantFactory(meeting=hybrid, village=baseline.village)
    for user in (viewer, officer):
        assert shown(client_of(user), hybrid) == WHERE
    assert shown(client_of(other_officer), hybrid) == []


def test_other_meetings_of_a_participant_stay_closed(client_of, hybrid, viewer):
    ParticipantFactory(meeting=MeetingFactory(), user=viewer)
    assert shown(client_of(viewer), hybrid) == []


def test_user_of_another_region_and_the_public_see_nothing(client_of, hybrid, elsewhere_bappeda):
    assert client_of(elsewhere_bappeda).get(f"/rakor/{hybrid.pk}/").status_code == 404
    assert client_of().get(f"/rakor/{hybrid.pk}/").status_code == 302
    guest = ParticipantFactory(meeting=hybrid, user=elsewhere_bappeda)
    assert seen(texts(client_of(elsewhere_bappeda).get(f"/rakor/{hybrid.pk}/"))) == EVERYTHING
    guest.delete()
    elsewhere_bappeda.is_active = False
    elsewhere_bappeda.save()
    assert not Meeting.objects.joinable_by(elsewhere_bappeda).exists()


def test_own_calendar_has_the_access_of_own_meetings_only(client_of, hybrid, viewer):
    Meeting.objects.update(starts_at="2026-11-08T02:00Z", ends_at=None)
    address = f"/kalender/{CalendarFeed.renew(viewer).token}/kotaku.ics"
    assert seen(texts(client_of().get(address))) == NOTHING
    ParticipantFactory(meeting=hybrid, user=viewer)
    assert seen(texts(client_of().get(address)).replace("\\", "")) == EVERYTHING


def test_news_draft_and_published_report_name_no_link(client_of, hybrid):
    draft = first_draft(hybrid)
    assert seen(" ".join(draft.values())) == NOTHING
    assert "di Aula DCKTLH dan secara daring" in draft["lead"]
    Meeting.objects.update(way="online", place="")
    assert "secara daring." in first_draft(Meeting.objects.get())["lead"]
    article = ArticleFactory(meeting=hybrid, published=True)
    for address in (f"/berita/{article.slug}/", "/berita/", "/berita/atom.xml"):
        page = client_of().get(address)
        assert page.status_code == 200
        assert seen(texts(page)) == NOTHING
    assert "Daring" in text_of(client_of().get(f"/berita/{article.slug}/"))


def calendar_of(message):
    (event,) = Calendar.from_ical(message.attachments[0][1]).walk("VEVENT")
    return event


def send(client, meeting):
    version = Meeting.objects.get(pk=meeting.pk).version
    client.post(f"/rakor/{meeting.pk}/surel-undangan/", {"version": version})
    messages = list(mail.outbox)
    mail.outbox.clear()
    return messages


def change(meeting, **facts):
    version = Meeting.objects.get(pk=meeting.pk).version
    Meeting.objects.filter(pk=meeting.pk).update(version=version + 1, **facts)


@pytest.fixture
def told(client, hybrid):
    """A participant who has the invitation."""
    ParticipantFactory(meeting=hybrid, email="ani@contoh.id")
    (message,) = send(client, hybrid)
    assert seen(message.body) == EVERYTHING
    assert "Tempat: Aula DCKTLH dan daring" in message.body
    event = calendar_of(message)
    assert str(event["location"]) == "Aula DCKTLH dan daring"
    assert str(event["conference"]) == LINK
    assert event["conference"].params["VALUE"] == "URI"
    other = vobject.readOne(message.attachments[0][1]).vevent
    assert (other.conference.value, other.location.value) == (LINK, str(event["location"]))
    assert other.description.value == str(event["description"])
    assert seen(str(event["description"])) == EVERYTHING
    return hybrid


CHANGES = [
    ({"link": "https://rapat.contoh.id/j/2"}, "tautan rapat"),
    ({"online_id": "111"}, "ID rapat"),
    ({"access_code": "Baru-22"}, "kode akses"),
    ({"link": "https://rapat.contoh.id/j/2", "access_code": ""}, "tautan rapat; kode akses"),
]


@pytest.mark.parametrize(("facts", "news"), CHANGES)
def test_changed_access_is_named_but_not_told_in_the_subject(client, told, facts, news):
    change(told, **facts)
    page = text_of(client.get(f"/rakor/{told.pk}/"))
    assert "Kirim undangan yang diperbarui" in page
    (message,) = send(client, told)
    assert message.subject.endswith(f"({news})")
    assert seen(message.subject) == NOTHING
    row = Delivery.objects.get(kind="change")
    assert row.changes == news
    for value in filter(None, facts.values()):
        assert value not in message.subject
        assert value in message.body
    assert news.partition(";")[0] in message.body
    assert send(client, told) == []


def test_change_of_way_is_told_with_both_ways(client, told):
    change(told, way="onsite", link="", online_id="", access_code="")
    (message,) = send(client, told)
    assert "cara rapat Hibrida (tatap muka dan daring) → Tatap muka" in message.body
    assert seen(message.body) == NOTHING
    assert "conference" not in calendar_of(message)
    change(told, way="online", place="", **ACCESS)
    (message,) = send(client, told)
    assert "tempat Aula DCKTLH → Daring" in message.body
    assert str(calendar_of(message)["location"]) == LINK


def test_cancellation_and_withdrawal_name_no_access(client, told, bappeda):
    gone = ParticipantFactory(meeting=told, name="Budi", email="budi@contoh.id")
    send(client, told)
    gone.delete()
    (withdrawal,) = send(client, told)
    meeting = Meeting.objects.get()
    meeting.cancel(by=bappeda, version=meeting.version, reason="Banjir.")
    (cancellation,) = send(client, told)
    for message in (withdrawal, cancellation):
        assert seen(message.body) == NOTHING
        assert seen(message.attachments[0][1].replace("\r\n ", "")) == NOTHING


def test_earlier_messages_of_a_meeting_on_site_stay_valid(client, meeting_told_before):
    page = text_of(client.get(f"/rakor/{meeting_told_before.pk}/"))
    assert "Kirim undangan yang diperbarui" not in page


@pytest.fixture
def meeting_told_before(client):
    """A meeting whose message knows nothing of ways to meet, changed since in its chair only."""
    meeting = MeetingFactory()
    ParticipantFactory(meeting=meeting, email="ani@contoh.id")
    send(client, meeting)
    row = Delivery.objects.get()
    assert not {"way", "link", "number", "code"} & set(row.told)
    change(meeting, chair="Lain")
    return meeting


def test_page_of_an_online_meeting_asks_no_more_for_400_participants(client_of, hybrid):
    guest = UserFactory(officer=True)
    ParticipantFactory(meeting=hybrid, user=guest)
    browser, counts = client_of(guest), []
    for number in (4, 395):
        Participant.objects.bulk_create(
            Participant(meeting=hybrid, name=f"Warga {number} {n}") for n in range(number)
        )
        browser.get(f"/rakor/{hybrid.pk}/")
        with CaptureQueriesContext(connection) as asked:
            browser.get(f"/rakor/{hybrid.pk}/")
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 17

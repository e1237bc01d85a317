"""Texts for WhatsApp: to copy, and as a link for each phone number; the server sends nothing."""

import re
from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from meetings.models import Delivery, Meeting, MeetingState, Minutes, Participant, Reply
from tests.areas.public.pages import text_of
from tests.factories import (
    DeliveryFactory,
    MeetingFactory,
    MinutesFactory,
    ParticipantFactory,
    UserFactory,
    city,
)

COMING = datetime(2096, 11, 8, 9, 0, tzinfo=ZoneInfo("Asia/Jakarta"))


@pytest.fixture
def meeting(db):
    """A scheduled meeting that has not begun."""
    return MeetingFactory(title="Rakor triwulan", starts_at=COMING, ends_at=None)


@pytest.fixture
def person(meeting):
    """A guest with a phone and without an address."""
    return ParticipantFactory(meeting=meeting, name="Pak Tanpa", phone="0812-3456-7890")


def page(client, meeting, topic=""):
    return client.get(f"/rakor/{meeting.pk}/whatsapp/", {"pesan": topic} if topic else {})


def texts(response) -> dict[str, str]:
    """Return number → text of the links that open WhatsApp; "" for the text to all."""
    found = {}
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    for link in re.findall(r'href="(https://wa\.me/[^"]*)"', main):
        parts = urlsplit(link.replace("&amp;", "&"))
        found[parts.path.strip("/")] = parse_qs(parts.query)["text"][0]
    return found


def reply_links(text):
    return re.findall(r"https?://[^/\s]+(/undangan/\S+)", text)


def test_an_invitation_is_ready_to_copy_and_for_each_phone(client, meeting, person):
    ParticipantFactory(meeting=meeting, name="Tanpa nomor", phone="tidak ada")
    response = page(client, meeting)
    found = texts(response)
    assert set(found) == {"", "6281234567890"}
    everybody, own = found[""], found["6281234567890"]
    facts = (
        "*Rakor triwulan*\nHari/tanggal: Kamis, 8 November 2096\n"
        "Waktu: 09.00 WIB s.d. selesai\nTempat: Aula DCKTLH\nPenyelenggara: Bappeda"
    )
    assert everybody.startswith("Yth. Bapak/Ibu,\n\nAnda diundang untuk mengikuti rapat berikut.")
    assert own.startswith("Yth. Pak Tanpa,")
    assert facts in everybody
    assert facts in own
    # The text for all, and nobody else's, has no link that answers for one person.
    assert reply_links(everybody) == []
    (link,) = reply_links(own)
    assert Client().post(link, {"answer": "present"}).status_code == 302
    assert Reply.objects.get().participant == person
    shown = text_of(response)
    assert "1 orang tanpa nomor HP yang dapat dipakai." in shown
    assert "Tanpa tautan jawaban" in shown
    assert response["Cache-Control"] == "private, no-store"
    assert everybody in response.content.decode().replace("&quot;", '"')
    assert mail.outbox == []
    assert not Delivery.objects.exists()


def test_the_page_of_the_meeting_leads_to_the_text_of_a_person(client, meeting, person):
    ParticipantFactory(meeting=meeting, name="Tanpa nomor")
    html = client.get(f"/rakor/{meeting.pk}/").content.decode()
    target = f"/rakor/{meeting.pk}/whatsapp/?pesan=undangan#orang-{person.pk}"
    assert html.count("#orang-") == 1
    assert f'href="{target}"' in html
    assert f'id="orang-{person.pk}"' in client.get(target).content.decode()


def test_who_was_sent_it_is_ticked_there_and_keeps_the_link(client, meeting, person):
    response = page(client, meeting, "undangan")
    (link,) = reply_links(texts(response)["6281234567890"])
    html = response.content.decode()
    typed = {
        name: re.search(rf'name="{name}" value="([^"]*)"', html)[1]
        for name in ("message", "means", "day")
    }
    said = client.post(f"/rakor/{meeting.pk}/penyerahan/", typed | {"people": [person.pk]})
    assert said.status_code == 302
    assert list(Delivery.objects.values_list("kind", "state")) == [("invitation", "whatsapp")]
    assert "Sudah menerima (1)" in text_of(page(client, meeting, "undangan"))
    assert Client().get(link).status_code == 200
    # The next invitation by WhatsApp brings another link, and ends this one once it is ticked.
    Meeting.objects.update(version=2, place="Balai kota")
    (second,) = reply_links(texts(page(client, meeting, "perubahan"))["6281234567890"])
    client.post(f"/rakor/{meeting.pk}/penyerahan/", typed | {"people": [person.pk]})
    assert Client().get(link).status_code == 410
    assert Client().get(second).status_code == 200


def test_mail_sent_later_ends_the_link_of_whatsapp(client, meeting, person):
    (link,) = reply_links(texts(page(client, meeting))["6281234567890"])
    Participant.objects.update(email="tanpa@contoh.id")
    client.post(f"/rakor/{meeting.pk}/surel-undangan/", {"version": 1})
    assert Client().get(link).status_code == 410
    (newer,) = reply_links(texts(page(client, meeting))["6281234567890"])
    assert Client().get(newer).status_code == 200
    # Another number is another person's.
    Participant.objects.update(phone="0813-9999-9999")
    assert Client().get(newer).status_code == 410


def test_a_change_says_to_each_what_is_new_for_them(client, meeting, person):
    late = ParticipantFactory(meeting=meeting, name="Bu Baru", phone="0813 1111 2222")
    told = {"title": "Rakor triwulan", "place": "Aula lama", "starts": "13.00", "ends": ""}
    DeliveryFactory(
        participant=person, state="whatsapp", address="", handed_on=timezone.localdate(), told=told
    )
    Meeting.objects.update(version=2)
    found = texts(page(client, meeting, "perubahan"))
    assert set(found) == {"", "6281234567890"}
    for text in found.values():
        assert "Rapat berikut berubah.\n" in text
        assert "- waktu 13.00 → 09.00" in text
        assert "- tempat Aula lama → Aula DCKTLH" in text
    # Who is told for the first time is invited.
    assert set(texts(page(client, meeting, "undangan"))) == {"", "6281311112222"}
    assert late.phone in text_of(page(client, meeting, "undangan"))


def test_a_reminder_goes_to_all_who_are_invited_until_it_begins(client, meeting, person):
    ParticipantFactory(meeting=meeting, name="Tamu", phone="0813 1111 2222", is_invited=False)
    response = page(client, meeting, "pengingat")
    found = texts(response)
    assert set(found) == {"", "6281234567890"}
    assert "Kami mengingatkan rapat berikut." in found[""]
    assert len(reply_links(found["6281234567890"])) == 1
    # A reminder is not a message that is kept as received.
    assert 'type="checkbox"' not in response.content.decode().partition("<main")[2]
    Meeting.objects.update(starts_at=timezone.now() - timedelta(minutes=1))
    assert "Pengingat" not in text_of(page(client, meeting))
    assert reply_links(texts(page(client, meeting))["6281234567890"]) == []


def test_a_cancelled_meeting_says_why_to_who_was_told(client, meeting, person):
    ParticipantFactory(meeting=meeting, name="Tidak tahu", phone="0813 1111 2222")
    DeliveryFactory(participant=person, state="letter", address="", handed_on=timezone.localdate())
    Meeting.objects.update(state="cancelled", cancel_reason="Banjir.", version=2)
    found = texts(page(client, meeting))
    assert set(found) == {"", "6281234567890"}
    assert "Rapat berikut DIBATALKAN: Banjir." in found["6281234567890"]
    assert reply_links(found["6281234567890"]) == []


def test_who_is_no_longer_invited_is_told_alone(client, meeting, person):
    ParticipantFactory(meeting=meeting, name="Bu Tetap", phone="0813 1111 2222")
    Participant.objects.filter(pk=person.pk).update(email="tanpa@contoh.id", is_invited=False)
    DeliveryFactory(participant=person, address="tanpa@contoh.id")
    found = texts(page(client, meeting, "pembatalan"))
    assert set(found) == {"6281234567890"}
    assert "Undangan kepada Anda untuk rapat berikut tidak berlaku lagi." in found["6281234567890"]


def test_minutes_are_told_once_they_are_approved(client, db):
    meeting = MeetingFactory(done=True, minutes=None)
    minutes = MinutesFactory(meeting=meeting, approved=True)
    ParticipantFactory(meeting=meeting, name="Ani", phone="0812-3456-7890")
    found = texts(page(client, meeting))
    assert set(found) == {"", "6281234567890"}
    for text in found.values():
        assert "Notulen rapat berikut sudah disahkan." in text
        assert f"http://testserver/rakor/{meeting.pk}/" in text
    assert reply_links(found["6281234567890"]) == []
    assert 'name="message" value="notulen"' in page(client, meeting).content.decode()
    other = MeetingFactory(done=True)
    ParticipantFactory(meeting=other, name="Ani", phone="0812-3456-7890")
    assert Minutes.objects.get(meeting=other).state != minutes.state
    assert "Belum ada yang perlu diberitahukan" in text_of(page(client, other, "notulen"))


@pytest.mark.parametrize("state", [MeetingState.DRAFT, MeetingState.DONE])
def test_before_it_is_scheduled_and_after_it_was_held_nobody_is_invited(
    client, meeting, person, state
):
    Meeting.objects.update(state=state)
    response = page(client, meeting, "undangan")
    assert texts(response) == {}
    assert "Belum ada yang perlu diberitahukan" in text_of(response)


def test_access_to_an_online_meeting_is_in_the_texts_to_single_people(client, meeting, person):
    Meeting.objects.update(
        way="hybrid",
        link="https://rapat.contoh.id/j/123",
        online_id="987 654",
        access_code="rahasia1",
    )
    for topic in ("undangan", "pengingat"):
        everybody, own = (texts(page(client, meeting, topic))[to] for to in ("", "6281234567890"))
        assert "dan daring" in everybody
        for secret in ("https://rapat.contoh.id/j/123", "987 654", "rahasia1"):
            # A text for all ends up in groups.
            assert secret not in everybody
            assert secret in own
    meeting.refresh_from_db()
    DeliveryFactory(participant=person, meeting=meeting, state="whatsapp", handed_on="2016-11-08")
    meeting.cancel(by=UserFactory(bappeda=True), version=1, reason="Banjir")
    assert "rahasia1" not in page(client, meeting, "pembatalan").content.decode()


@pytest.mark.parametrize("topic", ["undangan", "pengingat"])
def test_a_long_list_has_a_search_box_also_without_boxes_to_tick(client, meeting, bappeda, topic):
    # As many people as need no search, one of whom has the invitation by now.
    people = ParticipantFactory.create_batch(20, meeting=meeting, phone="0812-3456-7890")
    DeliveryFactory(participant=people[0], state="whatsapp", handed_on="2026-01-02")
    assert "data-kotaku-filter=" not in page(client, meeting, topic).content.decode()
    ParticipantFactory(meeting=meeting, phone="0813 1111 2222")
    shown = page(client, meeting, topic).content.decode()
    assert 'type="search" data-kotaku-filter="daftar-wa"' in shown
    assert shown.count("data-kotaku-filter-row") == 21
    assert shown.count('name="people"') == (20 if topic == "undangan" else 0)


def test_others_do_not_open_it(client_of, meeting, person, viewer):
    away = UserFactory(bappeda=True, region=city("32.78", "Tasikmalaya"))
    assert page(client_of(away), meeting).status_code == 404
    assert page(client_of(viewer), meeting).status_code == 403


@pytest.mark.parametrize("count", [5, 400])
def test_texts_take_the_same_queries_for_any_number(
    client, meeting, count, django_assert_num_queries
):
    Participant.objects.bulk_create(
        Participant(meeting=meeting, name=f"Orang {n}", organisation="X", phone=f"0812000{n:05}")
        for n in range(count)
    )
    page(client, meeting)
    with django_assert_num_queries(10):
        assert len(texts(page(client, meeting))) == count + 1

"""Who has no address is named with a phone and a letter, and ticked once the message is there."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from kotaku.formats import format_date
from meetings.models import Addendum, Delivery, Meeting, MeetingEvent
from tests.areas.public.pages import text_of
from tests.factories import (
    DeliveryFactory,
    MeetingFactory,
    MinutesFactory,
    ParticipantFactory,
    UserFactory,
    city,
)


@pytest.fixture
def person(meeting):
    """A guest without an address."""
    return ParticipantFactory(meeting=meeting, name="Pak Tanpa", phone="0812-3456-7890")


def tick(client, meeting, people, *, means="letter", day=None, message="undangan"):
    typed = {
        "message": message,
        "people": [person.pk for person in people],
        "means": means,
        "day": (day or timezone.localdate()).isoformat(),
    }
    return client.post(f"/rakor/{meeting.pk}/penyerahan/", typed, follow=True)


def section(response):
    return text_of(response).partition(" Pengiriman ")[2].partition(" Peserta ")[0]


def test_who_has_no_address_is_named_with_phone_and_letter(client, meeting, person):
    response = client.get(f"/rakor/{meeting.pk}/")
    shown = section(response)
    assert "0 dari 1 orang sudah menerima." in shown
    assert "Pak Tanpa" in shown
    assert "Tanpa alamat" in shown
    html = response.content.decode()
    assert 'href="tel:+6281234567890"' in html
    letter = re.search(r'href="(/rakor/\d+/cetak/undangan/\?untuk=\d+)"', html)[1]
    ParticipantFactory(meeting=meeting, name="Orang Lain")
    paper = text_of(client.get(letter))
    assert "Pak Tanpa" in paper
    assert "Orang Lain" not in paper
    assert "Orang Lain" in text_of(client.get(letter.partition("?")[0]))


def test_a_letter_is_ticked_with_its_day_and_can_be_taken_back(client, meeting, person, bappeda):
    day = timezone.localdate() - timedelta(days=1)
    for count in (1, 0):
        response = tick(client, meeting, [person], day=day)
        said = f"Tercatat untuk {count} peserta." if count else "Tidak ada yang berubah"
        assert said in text_of(response)
    row = Delivery.objects.get()
    assert (row.state, row.handed_on, row.by, row.version) == ("letter", day, bappeda, 1)
    assert "Sudah diterima semua 1 orang." in section(response)
    assert "Diserahkan sebagai surat" in section(response)
    assert Meeting.objects.get().invited_at
    # The change reaches nobody by itself: the secretary is asked again.
    Meeting.objects.update(version=2, place="Lain")
    assert "0 dari 1 orang sudah menerima." in section(client.get(f"/rakor/{meeting.pk}/"))
    tick(client, meeting, [person], means="whatsapp")
    assert list(Delivery.objects.values_list("kind", "state")) == [
        ("invitation", "letter"),
        ("change", "whatsapp"),
    ]
    for _ in range(2):
        response = tick(client, meeting, [person], means="")
    assert list(Delivery.objects.values_list("kind", "state")) == [("invitation", "letter")]
    # What was ticked is still known, once.
    said = f"Perubahan, Pak Tanpa: dikirim lewat WhatsApp {format_date(timezone.localdate())}"
    event = MeetingEvent.objects.get(kind="untick")
    assert (event.actor, event.text) == (bappeda, said)
    assert "menarik centang penyerahan" in text_of(response)
    assert said in text_of(response)


def test_mail_that_was_sent_is_neither_ticked_over_nor_taken_back(client, meeting):
    person = ParticipantFactory(meeting=meeting, name="Ani", email="ani@contoh.id")
    client.post(f"/rakor/{meeting.pk}/surel-undangan/", {"version": 1})
    for means in ("letter", ""):
        assert "Tidak ada yang berubah" in text_of(tick(client, meeting, [person], means=means))
    assert Delivery.objects.get().state == "sent"


def test_who_got_a_letter_instead_of_refused_mail_gets_no_mail(client, meeting):
    person = ParticipantFactory(meeting=meeting, name="Ani", email="ani@contoh.id")
    DeliveryFactory(
        participant=person, meeting=meeting, state="refused", answer="550", address=person.email
    )
    tick(client, meeting, [person])
    assert list(Delivery.objects.values_list("state", flat=True)) == ["letter"]
    client.post(f"/rakor/{meeting.pk}/surel-undangan/", {"version": 1})
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"people": []}, "Centang dahulu pesertanya"),
        ({"people": ["x", "9" * 40]}, "Centang dahulu pesertanya"),
        ({"day": ""}, "Tulis tanggal penyerahannya."),
        ({"day": "2999-01-01"}, "Tulis tanggal dari tahun"),
        ({"means": "merpati"}, "Cara"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(client, meeting, person, typed, sentence):
    tomorrow = {
        "message": "undangan",
        "people": [person.pk],
        "means": "letter",
        "day": "2016-11-08",
    }
    response = client.post(f"/rakor/{meeting.pk}/penyerahan/", tomorrow | typed)
    assert response.status_code == 422
    assert sentence in text_of(response)
    assert not Delivery.objects.exists()
    html = response.content.decode()
    if "people" not in typed:
        assert re.search(rf'value="{person.pk}"\s+id="id_undangan_{person.pk}" checked', html)
    if "day" not in typed:
        assert 'value="2016-11-08"' in html


def test_a_day_to_come_is_refused(client, meeting, person):
    response = tick(client, meeting, [person], day=timezone.localdate() + timedelta(days=1))
    assert response.status_code == 422
    assert "Tanggal penyerahan tidak sesudah hari ini." in text_of(response)


def test_people_of_other_meetings_and_unknown_messages_are_left_alone(client, meeting, person):
    other = ParticipantFactory(name="Lain")
    for message in ("undangan", "adendum-1", "adendum-x", "apa"):
        tick(client, meeting, [other], message=message)
    tick(client, meeting, [person], message="apa")
    assert not Delivery.objects.exists()


def test_another_region_and_other_roles_tick_nothing(client_of, meeting, person, viewer):
    away = UserFactory(bappeda=True, region=city("32.78", "Tasikmalaya"))
    assert tick(client_of(away), meeting, [person]).status_code == 404
    assert tick(client_of(viewer), meeting, [person]).status_code == 403
    added = Addendum.objects.create(
        minutes=MinutesFactory(approved=True), text="Tambahan.", author=viewer
    )
    assert client_of(away).post(f"/rakor/adendum/{added.pk}/surel/").status_code == 404
    assert client_of(away).post(f"/rakor/{meeting.pk}/surel-lanjutan/").status_code == 404
    assert not Delivery.objects.exists()


def test_minutes_and_addenda_are_kept_per_person(client, db, bappeda):
    meeting = MeetingFactory(done=True, minutes=None)
    minutes = MinutesFactory(meeting=meeting, approved=True)
    ParticipantFactory(meeting=meeting, name="Ani", email="ani@contoh.id")
    absent = ParticipantFactory(meeting=meeting, name="Budi")
    ParticipantFactory(meeting=meeting, name="Cici", email="cici@contoh.id", is_invited=False)
    client.post(f"/rakor/{meeting.pk}/surel-notulen/")
    assert [message.to for message in mail.outbox] == [["ani@contoh.id"]]
    page = client.get(f"/rakor/{meeting.pk}/")
    assert "1 dari 2 orang sudah menerima." in section(page)
    tick(client, meeting, [absent], message="notulen")
    added = Addendum.objects.create(minutes=minutes, text="Angka diperbaiki.", author=bappeda)
    page = client.get(f"/rakor/{meeting.pk}/")
    assert "Kirim adendum kepada peserta" in text_of(page)
    response = client.post(f"/rakor/adendum/{added.pk}/surel/", follow=True)
    assert "Adendum terkirim kepada 1 peserta." in text_of(response)
    message = mail.outbox[-1]
    assert message.subject.startswith("Adendum notulen: ")
    assert "Angka diperbaiki." in message.body
    assert not message.attachments
    assert sorted(Delivery.objects.values_list("kind", "name", "state")) == [
        ("addendum", "Ani", "sent"),
        ("addendum", "Budi", "no_address"),
        ("minutes", "Ani", "sent"),
        ("minutes", "Budi", "letter"),
    ]
    again = client.post(f"/rakor/adendum/{added.pk}/surel/", follow=True)
    assert "Adendum ini sudah dikirim." in text_of(again)
    assert len(mail.outbox) == 2


def test_without_a_mail_server_letters_can_be_ticked(client, meeting, person, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    assert "Catat penyerahan tanpa email" in text_of(client.get(f"/rakor/{meeting.pk}/"))
    assert "Tercatat untuk 1 peserta." in text_of(tick(client, meeting, [person]))


@pytest.mark.parametrize("is_told_again", [False, True])
def test_who_holds_a_letter_is_told_of_the_cancellation(
    client, meeting, person, bappeda, is_told_again
):
    ParticipantFactory(meeting=meeting, name="Ani", email="ani@contoh.id")
    client.post(f"/rakor/{meeting.pk}/surel-undangan/", {"version": 1})
    tick(client, meeting, [person])
    Meeting.objects.update(version=2, place="Lain")
    if is_told_again:
        client.post(f"/rakor/{meeting.pk}/surel-undangan/", {"version": 2})
    shown = section(client.get(f"/rakor/{meeting.pk}/"))
    assert "Tanpa alamat rapat berubah sesudah diberitahukan" in shown
    Meeting.objects.get().cancel(by=bappeda, version=2, reason="Banjir")
    shown = section(client.get(f"/rakor/{meeting.pk}/"))
    assert "0 dari 2 orang sudah menerima." in shown
    assert "Tanpa alamat rapat dibatalkan sesudah diberitahukan" in shown
    assert "Pak Tanpa" in text_of(client.get(f"/rakor/{meeting.pk}/whatsapp/?pesan=pembatalan"))
    client.post(f"/rakor/{meeting.pk}/surel-undangan/", {"version": 3})
    assert "1 dari 2 orang sudah menerima." in section(client.get(f"/rakor/{meeting.pk}/"))
    tick(client, meeting, [person], means="whatsapp")
    assert "Sudah diterima semua 2 orang." in section(client.get(f"/rakor/{meeting.pk}/"))


@pytest.mark.parametrize("is_cancelled", [False, True])
def test_who_holds_a_letter_and_is_removed_is_still_to_be_told(
    client, meeting, person, bappeda, is_cancelled
):
    ParticipantFactory(meeting=meeting, name="Belum Diundang")
    tick(client, meeting, [person])
    person.remove()
    if is_cancelled:
        meeting.refresh_from_db()
        meeting.cancel(by=bappeda, version=1, reason="Banjir")
    page = client.get(f"/rakor/{meeting.pk}/")
    assert "Pak Tanpa" in section(page)
    (key,) = re.findall(r'name="people" value="(-\d+)"', page.content.decode())
    typed = {"message": "undangan", "people": key, "means": "letter", "day": "2016-11-08"}
    done = client.post(f"/rakor/{meeting.pk}/penyerahan/", typed, follow=True)
    assert "Tercatat untuk 1 peserta." in text_of(done)
    assert "Pak Tanpa" not in section(done)
    row = Delivery.objects.get(kind="cancellation")
    assert (row.name, row.state, row.participant) == ("Pak Tanpa", "letter", None)

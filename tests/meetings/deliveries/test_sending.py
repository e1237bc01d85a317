"""Mail through a real server: it drops, refuses and delays, and every row says how it went."""

import re
from collections import Counter
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from meetings.deliveries import sending
from meetings.models import Delivery, Meeting, Participant
from tests.areas.models.test_concurrency import all_at_once
from tests.areas.public.pages import text_of
from tests.factories import DeliveryFactory, MeetingFactory, ParticipantFactory, UserFactory


def invite(meeting, count):
    return [
        ParticipantFactory(meeting=meeting, name=f"Orang {n:03}", email=f"orang{n:03}@contoh.id")
        for n in range(count)
    ]


def send(client, meeting, version=1):
    address = f"/rakor/{meeting.pk}/surel-undangan/"
    return text_of(client.post(address, {"version": version}, follow=True))


def states(meeting):
    return Counter(meeting.deliveries.values_list("state", flat=True))


def run_timer():
    out = StringIO()
    call_command("send_meeting_mail", stdout=out)
    return out.getvalue()


def section(page):
    """Return the words of the part about deliveries."""
    return page.partition(" Pengiriman ")[2].partition(" Peserta ")[0]


def test_a_dropped_connection_is_opened_again_and_all_get_their_mail(client, meeting, sink):
    people = invite(meeting, 12)
    sink.drop_after = 4
    page = send(client, meeting)
    assert "Undangan terkirim kepada 12 peserta." in page
    assert sorted(sink.addresses()) == [person.email for person in people]
    assert states(meeting) == {"sent": 12}
    assert sink.connections == 3


def test_a_refused_address_is_named_with_the_servers_words_and_tried_again_alone(
    client, meeting, sink
):
    invite(meeting, 3)
    sink.answers["orang001@contoh.id"] = "550 5.1.1 Kotak surat tidak dikenal"
    page = send(client, meeting)
    assert "Undangan terkirim kepada 2 peserta. 1 alamat ditolak" in page
    shown = section(page)
    assert "2 dari 3 orang sudah menerima." in shown
    waits = shown.partition("Sudah menerima (")[0]
    assert "Orang 001" in waits
    assert "550 5.1.1 Kotak surat tidak dikenal" in waits
    assert "Orang 002" not in waits
    assert "Kirim kepada yang belum menerima (1)" in page
    sink.answers.clear()
    page = send(client, meeting)
    assert "Undangan terkirim kepada 1 peserta." in page
    assert Counter(sink.addresses()) == dict.fromkeys(
        [f"orang00{n}@contoh.id" for n in range(3)], 1
    )
    assert "Sudah diterima semua 3 orang." in section(page)
    assert Meeting.objects.get().invited_version == 1


def test_a_server_that_asks_to_wait_is_asked_again_later(client, meeting, sink):
    invite(meeting, 2)
    sink.answers["orang000@contoh.id"] = "451 4.7.1 Coba lagi nanti"
    page = send(client, meeting)
    assert states(meeting) == {"sent": 1, "waiting": 1}
    assert "451 4.7.1 Coba lagi nanti" in section(page)
    sink.answers.clear()
    # Not at once, which such a server would refuse again.
    assert run_timer() == ""
    Delivery.objects.update(claimed_at=timezone.now() - sending.CLAIM - timedelta(seconds=1))
    assert "sent: 1, refused: 0, waiting: 0" in run_timer()
    assert states(meeting) == {"sent": 2}


def test_going_on_by_hand_also_tries_what_failed_for_now(client, meeting, sink):
    invite(meeting, 3)
    sink.answers["orang000@contoh.id"] = "451 4.7.1 Coba lagi nanti"
    page = send(client, meeting)
    # What waits is not sent by the button for those who have not got it, and the path says so.
    assert "Kirim kepada yang belum menerima" not in page
    assert "2 dari 3 orang sudah menerima" in page.partition("Pengiriman")[0]
    assert "Undangan terkirim kepada 2 peserta." in page
    sink.answers.clear()
    page = text_of(client.post(f"/rakor/{meeting.pk}/surel-lanjutan/", follow=True))
    assert "Email terkirim kepada 1 peserta." in page
    assert states(meeting) == {"sent": 3}
    page = text_of(client.post(f"/rakor/{meeting.pk}/surel-lanjutan/", follow=True))
    assert "Tidak ada email yang menunggu dikirim." in page


def test_a_failure_is_shown_as_one(client, meeting, settings):
    invite(meeting, 1)
    settings.EMAIL_BACKEND = "tests.meetings.papers.broken_mail.EmailBackend"
    answer = client.post(f"/rakor/{meeting.pk}/surel-undangan/", {"version": 1}, follow=True)
    (message,) = answer.context["messages"]
    assert message.level_tag == "error"


def test_a_message_refused_for_now_again_and_again_is_given_up(client, meeting, sink):
    invite(meeting, 1)
    sink.answers["orang000@contoh.id"] = "451 4.7.1 Coba lagi nanti"
    send(client, meeting)
    for _ in range(sending.MOST_ATTEMPTS - 1):
        assert states(meeting) == {"waiting": 1}
        Delivery.objects.update(claimed_at=None)
        run_timer()
    assert states(meeting) == {"refused": 1}
    assert Delivery.objects.get().answer == "451 4.7.1 Coba lagi nanti"


def test_an_address_at_which_the_server_hangs_up_does_not_stop_the_others(client, meeting, sink):
    invite(meeting, 4)
    sink.drops.add("orang001@contoh.id")
    send(client, meeting)
    assert sorted(sink.addresses()) == [f"orang00{n}@contoh.id" for n in (0, 2, 3)]
    (row,) = Delivery.objects.exclude(state="sent")
    assert (row.address, row.state) == ("orang001@contoh.id", "waiting")
    assert row.answer


def test_a_server_that_hangs_up_on_everybody_is_left_alone(client, meeting, sink):
    people = invite(meeting, 6)
    sink.drops |= {person.email for person in people}
    page = send(client, meeting)
    assert "Email tidak terkirim" in page
    assert sink.connections == 2 * sending.MOST_DROPS
    assert Meeting.objects.get().invited_at is None


def test_400_recipients_of_a_slow_server_take_no_longer_than_a_click_may(
    client, meeting, sink, monkeypatch
):
    Participant.objects.bulk_create(
        Participant(meeting=meeting, name=f"Orang {n}", organisation="X", email=f"o{n}@contoh.id")
        for n in range(400)
    )
    monkeypatch.setattr(sending, "CLICK_SECONDS", 1)
    sink.delay = 0.2
    began = timezone.now()
    page = send(client, meeting)
    assert timezone.now() - began < timedelta(seconds=10)
    first = len(sink.taken)
    assert 1 <= first <= 10
    assert f"Undangan terkirim kepada {first} peserta. {400 - first} lagi menunggu." in page
    assert f"{400 - first} email menunggu dikirim" in page
    page = text_of(client.post(f"/rakor/{meeting.pk}/surel-lanjutan/", follow=True))
    second = len(sink.taken)
    assert first < second <= 20
    assert f"{400 - second} lagi menunggu." in page
    sink.delay = 0
    assert f"sent: {400 - second}, refused: 0, waiting: 0" in run_timer()
    assert Counter(sink.addresses()) == {f"o{n}@contoh.id": 1 for n in range(400)}


def test_a_server_that_does_not_answer_in_time_is_left_and_nothing_is_lost(
    client, meeting, sink, monkeypatch
):
    invite(meeting, 2)
    monkeypatch.setattr(sending, "CLICK_TIMEOUT", 1)
    sink.delay = 3
    page = send(client, meeting)
    assert "Email tidak terkirim karena layanan email tidak dapat dihubungi." in page
    assert states(meeting) == {"waiting": 2}
    assert "Lanjutkan pengiriman" in page


def test_the_timer_says_that_the_server_is_down_and_keeps_what_waits(meeting, settings, client):
    invite(meeting, 2)
    settings.EMAIL_BACKEND = "tests.meetings.papers.broken_mail.EmailBackend"
    send(client, meeting)
    with pytest.raises(CommandError, match="does not respond"):
        run_timer()
    assert states(meeting) == {"waiting": 2}
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    assert "goes on waiting" in run_timer()
    assert states(meeting) == {"waiting": 2}


@pytest.mark.django_db(transaction=True)
def test_two_senders_at_once_send_each_mail_once(bappeda, sink):
    meeting = MeetingFactory()
    people = invite(meeting, 8)
    for person in people:
        DeliveryFactory(participant=person, state="waiting", address=person.email)
    all_at_once([sending.send_waiting] * 4)
    assert Counter(sink.addresses()) == {person.email: 1 for person in people}
    assert states(meeting) == {"sent": 8}


def test_what_a_dead_sender_left_is_sent_after_a_while(meeting, sink):
    (person,) = invite(meeting, 1)
    DeliveryFactory(
        participant=person, state="waiting", address=person.email, claimed_at=timezone.now()
    )
    run_timer()
    assert sink.taken == []
    Delivery.objects.update(claimed_at=timezone.now() - sending.CLAIM - timedelta(seconds=1))
    run_timer()
    assert sink.addresses() == [person.email]


def test_accounts_that_are_switched_off_get_nothing(client, meeting, sink):
    gone = UserFactory(email="lama@contoh.id", is_active=False)
    ParticipantFactory(meeting=meeting, name="Ani", user=gone)
    ParticipantFactory(meeting=meeting, name="Budi", user=gone, email="budi@contoh.id")
    ParticipantFactory(meeting=meeting, name="Cici", email="LAMA@contoh.id")
    ParticipantFactory(meeting=meeting, name="Dedi", email="dedi@contoh.id")
    page = section(send(client, meeting))
    assert sink.addresses() == ["dedi@contoh.id"]
    assert states(meeting) == {"sent": 1, "no_address": 3}
    assert len(re.findall("akunnya tidak aktif", page, re.IGNORECASE)) == 3


def test_an_account_switched_off_after_the_click_gets_nothing(client, meeting, sink, settings):
    account = UserFactory(email="lama@contoh.id")
    ParticipantFactory(meeting=meeting, name="Ani", user=account)
    backend = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "tests.meetings.papers.broken_mail.EmailBackend"
    send(client, meeting)
    assert states(meeting) == {"waiting": 1}
    account.is_active = False
    account.save()
    settings.EMAIL_BACKEND = backend
    run_timer()
    assert sink.taken == []
    assert states(meeting) == {"no_address": 1}


def test_waiting_invitations_of_a_cancelled_or_held_meeting_are_not_sent(
    client, meeting, sink, settings
):
    invite(meeting, 2)
    backend = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "tests.meetings.papers.broken_mail.EmailBackend"
    send(client, meeting)
    settings.EMAIL_BACKEND = backend
    Meeting.objects.update(state="done", version=2)
    run_timer()
    assert (sink.taken, states(meeting)) == ([], {})


@pytest.mark.parametrize("count", [5, 400])
def test_page_takes_the_same_queries_for_any_number(
    client, meeting, count, django_assert_num_queries
):
    Participant.objects.bulk_create(
        Participant(meeting=meeting, name=f"Orang {n}", organisation="X") for n in range(count)
    )
    for person in meeting.participants.all():
        DeliveryFactory(participant=person, meeting=meeting)
    client.get(f"/rakor/{meeting.pk}/")
    with django_assert_num_queries(17):
        client.get(f"/rakor/{meeting.pk}/")


def test_others_do_not_see_who_got_mail(client_of, viewer, meeting):
    person = ParticipantFactory(meeting=meeting, name="Ani")
    DeliveryFactory(participant=person, address="ani@contoh.id")
    page = text_of(client_of(viewer).get(f"/rakor/{meeting.pk}/"))
    assert "Pengiriman" not in page
    assert "ani@contoh.id" not in page

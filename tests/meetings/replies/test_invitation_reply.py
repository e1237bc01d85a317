"""Who is invited answers by the link of the mail, without an account."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from axes.models import AccessFailureLog
from django.core import mail
from django.test import Client
from django.utils import timezone

from meetings.models import Delivery, Meeting, Participant, Reply
from meetings.replies.links import whatsapp_reply_url
from tests.areas.public.pages import text_of
from tests.factories import DeliveryFactory, ParticipantFactory, UserFactory

PRESENT = {"answer": "present"}


def test_a_link_shows_title_time_and_place_only(client, ani, invite):
    ParticipantFactory(meeting=ani.meeting, name="Orang Lain", phone="0812-3456-7890")
    (link,) = invite()
    response = Client().get(link)
    shown = text_of(response).partition("Jawab undangan")[2]
    for words in ("Rakor triwulan", "Kamis, 8 November 2096", "09.00 WIB", "Aula Lain"):
        assert words in shown
    html = response.content.decode()
    for secret in ("Ani", "ani@contoh.id", "Orang Lain", "0812", "DCKTLH", "Pemeriksa"):
        assert secret not in html
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Referrer-Policy"] == "same-origin"
    assert 'content="noindex, nofollow"' in html


def test_mail_scanners_that_open_a_link_answer_nothing(ani, invite):
    (link,) = invite()
    for method in ("get", "head"):
        assert getattr(Client(), method)(link).status_code == 200
    for method in ("put", "delete", "options"):
        assert getattr(Client(), method)(link).status_code == 405
    assert not Reply.objects.exists()


def test_an_answer_can_be_changed_and_does_not_change_the_meeting(client, ani, invite):
    (link,) = invite()
    version = Meeting.objects.get().version
    guest = Client(enforce_csrf_checks=True)
    token = guest.get(link).context["csrf_token"]
    said = guest.post(link, PRESENT | {"csrfmiddlewaretoken": str(token)}, follow=True)
    assert "Jawaban Anda tercatat: hadir." in text_of(said)
    # Once said, the page does not show the answer to who else has the link.
    assert "tercatat" not in text_of(Client().get(link)).partition("Kirim jawaban")[0]
    assert "checked" not in Client().get(link).content.decode()
    Client().post(link, PRESENT)
    Client().post(link, {"answer": "represented", "represented_by": "  Bu   Sari "})
    Client().post(link, {"answer": "absent", "represented_by": "Bu Sari"})
    rows = Reply.objects.order_by("pk").values_list("answer", "represented_by", "means", "by")
    assert list(rows) == [
        ("present", "", "link", None),
        ("represented", "Bu Sari", "link", None),
        ("absent", "", "link", None),
    ]
    assert Meeting.objects.get().version == version
    page = text_of(client.get(f"/rakor/{ani.meeting_id}/"))
    assert "Jawaban undangan: 0 hadir, 0 diwakili, 1 berhalangan, 0 belum menjawab." in page


def test_an_answer_to_another_time_is_asked_again(ani, invite):
    (link,) = invite()
    page = Client().get(link).content.decode()
    (seen,) = re.findall(r'name="starts_at" value="([^"]+)"', page)
    Meeting.objects.update(starts_at=ani.meeting.starts_at + timedelta(hours=2))
    moved = Client().post(link, PRESENT | {"starts_at": seen})
    assert moved.status_code == 409
    assert "Waktu rapat berubah sejak halaman ini dibuka." in text_of(moved)
    assert "11.00 WIB" in text_of(moved)
    assert not Reply.objects.exists()
    (now,) = re.findall(r'name="starts_at" value="([^"]+)"', moved.content.decode())
    assert "checked" in moved.content.decode()
    assert Client().post(link, PRESENT | {"starts_at": now}).status_code == 302
    assert Reply.objects.get().is_current


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "Pilih hadir, diwakili, atau berhalangan."),
        ({"answer": "mungkin"}, "Pilih hadir, diwakili, atau berhalangan."),
        ({"answer": "represented", "represented_by": " "}, "Tulis nama orang yang mewakili"),
        ({"answer": "represented", "represented_by": "x" * 161}, "160"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_recorded(ani, invite, typed, sentence):
    (link,) = invite()
    response = Client().post(link, typed)
    assert response.status_code == 422
    assert sentence in text_of(response)
    assert not Reply.objects.exists()


def ended(link, words):
    """Whether this link neither shows nor records anything, and says these words."""
    for response in (Client().get(link), Client().post(link, PRESENT)):
        assert response.status_code == 410
        assert words in text_of(response)
        assert "Rakor triwulan" not in text_of(response)
        assert response["Cache-Control"] == "private, no-store"
    return not Reply.objects.exists()


def test_two_people_with_one_address_get_a_link_each(meeting, ani, invite):
    ParticipantFactory(meeting=meeting, name="Budi", email="ani@contoh.id")
    one, two = invite()
    assert len(mail.outbox) == 1
    assert f"Ani: http://testserver{one}" in mail.outbox[0].body
    assert f"Budi: http://testserver{two}" in mail.outbox[0].body
    Client().post(one, PRESENT)
    Client().post(two, {"answer": "absent"})
    assert sorted(Reply.objects.values_list("participant__name", "answer")) == [
        ("Ani", "present"),
        ("Budi", "absent"),
    ]


def test_the_next_invitation_ends_the_link_of_the_one_before(meeting, ani, invite):
    (first,) = invite()
    Meeting.objects.update(version=2, place="Balai kota")
    # The change has not arrived yet.
    assert Client().get(first).status_code == 200
    (second,) = invite()
    assert ended(first, "Ada undangan yang lebih baru")
    assert Client().post(second, PRESENT).status_code == 302


def test_a_letter_brings_no_link_and_ends_none(meeting, ani, invite):
    (link,) = invite()
    day = timezone.localdate()
    DeliveryFactory(participant=ani, kind="change", state="letter", handed_on=day, address="")
    assert Client().get(link).status_code == 200


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda ani: ani.delete(), "Tautan ini tidak berlaku"),
        (lambda ani: update(ani, is_invited=False), "Tautan ini tidak berlaku"),
        (lambda ani: update(ani, email="sari@contoh.id"), "Tautan ini tidak berlaku"),
        (lambda ani: update(ani, email=""), "Tautan ini tidak berlaku"),
        (lambda ani: moved(timezone.now() - timedelta(seconds=1)), "Rapat ini sudah dimulai"),
        (lambda ani: Meeting.objects.update(state="done"), "Rapat ini sudah dimulai"),
        (
            lambda ani: Meeting.objects.update(state="cancelled", cancel_reason="Banjir."),
            "Rapat ini dibatalkan",
        ),
        (lambda ani: Meeting.objects.update(state="draft"), "Tautan ini tidak berlaku"),
    ],
)
def test_a_link_ends(ani, invite, change, words):
    (link,) = invite()
    change(ani)
    assert ended(link, words)


def update(person, **facts):
    Participant.objects.filter(pk=person.pk).update(**facts)


def moved(moment):
    Meeting.objects.update(starts_at=moment)


def test_links_that_were_never_made_tell_nothing_about_who_is_there(meeting, ani, invite):
    (link,) = invite()
    token = link.split("/")[-2]
    named, _, signature = token.partition(".")
    other = ParticipantFactory(meeting=meeting, name="Tanpa kontak")
    pk, number, way = named.split("-")
    wrong = [
        f"{named}.{signature[:-2]}aa",
        f"{other.pk}-{number}-{way}.{signature}",
        f"{pk}-{int(number) + 1}-{way}.{signature}",
        f"{pk}-{number}-w.{signature}",
        f"{'9' * 30}-{number}-e.{signature}",
        f"999999-0-e.{signature}",
        f"{other.pk}-0-w.",
        "apa", "-", "1-2", "1-2-x.y", "١-٢-e.z",
    ]  # fmt: skip
    known = {text_of(Client().get(f"/undangan/{each}/")) for each in wrong}
    assert len(known) == 1
    assert all(ended(f"/undangan/{each}/", "Tautan ini tidak berlaku") for each in wrong)


def test_wrong_links_count_for_their_network_and_right_ones_do_not(ani, invite, settings):
    settings.SIGN_IN_FAILURES_OF_ADDRESS = 3
    (link,) = invite()
    for answer in ("present", "absent", "present", "absent"):
        assert Client().post(link, {"answer": answer}).status_code == 302
    assert not AccessFailureLog.objects.exists()
    for _ in range(3):
        assert Client().post("/undangan/apa/", PRESENT).status_code == 410
    response = Client().post("/undangan/apa/", PRESENT)
    assert response.status_code == 429
    assert int(response["Retry-After"]) > 0
    assert "Terlalu banyak percobaan dari jaringan ini" in text_of(response)
    # Who has a link can still answer, and reading is free.
    assert Client().get("/undangan/apa/").status_code == 410
    assert Client().post(link, PRESENT).status_code == 302


def test_an_answer_is_changed_twenty_times_in_a_day_at_most(ani, invite):
    (link,) = invite()
    answers = ("present", "absent")
    for number in range(20):
        assert Client().post(link, {"answer": answers[number % 2]}).status_code == 302
    response = Client().post(link, PRESENT)
    assert response.status_code == 429
    assert "terlalu sering diubah" in text_of(response)
    assert Reply.objects.count() == 20


def test_mail_after_the_start_and_cancellations_bring_no_link(meeting, ani, invite):
    moved(timezone.now() - timedelta(hours=1))
    assert invite() == []
    assert "Mohon dijawab" not in mail.outbox[-1].body
    Meeting.objects.update(state="cancelled", cancel_reason="Banjir.", version=3)
    assert invite() == []
    assert len(mail.outbox) == 2


def test_an_account_without_address_of_its_own_answers_by_link_too(meeting, invite):
    user = UserFactory(full_name="Cici", email="cici@contoh.id")
    ParticipantFactory(meeting=meeting, name="Cici", user=user)
    (link,) = invite("cici@contoh.id")
    assert Client().post(link, PRESENT).status_code == 302
    assert Delivery.objects.get().state == "sent"
    assert Reply.objects.get().name == "Cici"


def test_the_page_of_an_online_meeting_says_so_and_shows_no_access(ani, invite):
    Meeting.objects.update(
        way="hybrid",
        link="https://rapat.contoh.id/j/123",
        online_id="987 654",
        access_code="rahasia1",
    )
    (link,) = invite()
    html = Client().get(link).content.decode()
    assert "Aula Lain dan daring" in html
    for secret in ("rapat.contoh.id", "987 654", "rahasia1"):
        assert secret not in html


def test_a_link_to_nobodys_phone_is_none(meeting):
    person = ParticipantFactory(meeting=meeting, name="Tanpa nomor")
    assert ended(urlsplit(whatsapp_reply_url(person)).path, "Tautan ini tidak berlaku")

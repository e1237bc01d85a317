"""A change goes to who knows of the meeting, says what changed, and goes to nobody for nothing."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from icalendar import Calendar

from meetings.models import Delivery, Meeting, MeetingState
from tests.areas.public.pages import text_of
from tests.factories import AgendaItemFactory, MeetingFactory, ParticipantFactory, UserFactory

JAKARTA = ZoneInfo("Asia/Jakarta")


@pytest.fixture
def people(meeting):
    """Ani and Budi, who have the invitation."""
    return [
        ParticipantFactory(meeting=meeting, name=name, email=f"{name.lower()}@contoh.id")
        for name in ("Ani", "Budi")
    ]


@pytest.fixture
def told(client, meeting, people):
    """Let both be told, and forget the mail."""
    send(client, meeting)
    assert len(mail.outbox) == 2
    mail.outbox.clear()
    return people


def send(client, meeting):
    version = Meeting.objects.get(pk=meeting.pk).version
    address = f"/rakor/{meeting.pk}/surel-undangan/"
    return text_of(client.post(address, {"version": version}, follow=True))


def change(meeting, **facts):
    version = Meeting.objects.get(pk=meeting.pk).version
    Meeting.objects.filter(pk=meeting.pk).update(version=version + 1, **facts)


def offered(client, meeting):
    """Return the words of the buttons that send mail."""
    page = text_of(client.get(f"/rakor/{meeting.pk}/"))
    return "Kirim undangan" in page or "Kirim kepada" in page


def mails():
    """Return (address, beginning of the subject, method of the calendar) of each mail."""
    return sorted(
        (
            message.to[0],
            message.subject.partition(":")[0],
            message.attachments[0][2].partition("method=")[2],
        )
        for message in mail.outbox
    )


def calendar_of(message):
    return Calendar.from_ical(message.attachments[0][1])


def test_a_change_is_named_in_subject_and_text(client, meeting, told):
    start = datetime(2016, 11, 8, 9, tzinfo=JAKARTA)
    change(meeting, starts_at=start)
    send(client, meeting)
    mail.outbox.clear()
    change(meeting, starts_at=start.replace(hour=13), place="Aula Bappeda")
    page = text_of(client.get(f"/rakor/{meeting.pk}/"))
    assert "Kirim undangan yang diperbarui" in page
    assert "rapat berubah sesudah diberitahukan" in page
    send(client, meeting)
    assert mails() == [(f"{n}@contoh.id", "Perubahan", "REQUEST") for n in ("ani", "budi")]
    news = "waktu 09.00 → 13.00; tempat Aula DCKTLH → Aula Bappeda"
    for message in mail.outbox:
        assert message.subject == (f"Perubahan: Rakor triwulan, Selasa, 8 November 2016 ({news})")
        assert "- waktu 09.00 → 13.00\n- tempat Aula DCKTLH → Aula Bappeda\n" in message.body
        assert "Waktu: 13.00–16.15 WIB" in message.body
    assert set(
        Delivery.objects.filter(kind="change").order_by("-pk")[:2].values_list("changes")
    ) == {(news,)}


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"title": "Rakor akhir"}, "nama rapat Rakor triwulan → Rakor akhir"),
        (
            {"starts_at": datetime(2016, 11, 9, 13, 30, tzinfo=JAKARTA),
             "ends_at": datetime(2016, 11, 9, 16, 15, tzinfo=JAKARTA)},
            "tanggal Selasa, 8 November 2016 → Rabu, 9 November 2016",
        ),
        ({"ends_at": datetime(2016, 11, 8, 15, tzinfo=JAKARTA)}, "waktu selesai 16.15 → 15.00"),
        ({"ends_at": None}, "waktu selesai 16.15 → belum ditentukan"),
        (
            {"starts_at": datetime(2016, 11, 8, 9, tzinfo=JAKARTA),
             "ends_at": datetime(2016, 11, 8, 12, tzinfo=JAKARTA)},
            "waktu 13.30–16.15 → 09.00–12.00",
        ),
        ({"letter_number": "005/12"}, "nomor surat belum ditentukan → 005/12"),
        ({"organiser": "DCKTLH"}, "penyelenggara Bappeda → DCKTLH"),
    ],
)  # fmt: skip
def test_each_fact_that_people_see_is_named(client, meeting, told, facts, words):
    change(meeting, **facts)
    send(client, meeting)
    assert len(mail.outbox) == 2
    assert all(message.subject.endswith(f"({words})") for message in mail.outbox)


def test_a_changed_agenda_is_told_and_notes_are_not(client, meeting, told):
    item = meeting.agenda.get()
    item.notes, item.is_discussed = "Catatan pimpinan.", True
    item.save()
    change(meeting)
    assert not offered(client, meeting)
    AgendaItemFactory(meeting=meeting, order=2, title="Kemajuan")
    change(meeting)
    send(client, meeting)
    assert all("(susunan acara)" in message.subject for message in mail.outbox)
    assert len(mail.outbox) == 2


def test_what_participants_do_not_see_asks_for_no_mail(client, meeting, told):
    account = UserFactory(bappeda=True)
    change(meeting, chair="Kabid Fisik", chair_user=account, minute_taker="Cici", signer_nip="1")
    told[0].phone, told[0].sex, told[0].represented_by = "0812", "P", "Staf"
    told[0].save()
    assert not offered(client, meeting)
    assert "Undangan versi ini sudah dikirim." in send(client, meeting)
    assert mail.outbox == []


def test_a_change_that_is_taken_back_before_it_is_sent_asks_for_no_mail(client, meeting, told):
    change(meeting, place="Lain")
    change(meeting, place="Aula DCKTLH")
    assert not offered(client, meeting)


def test_one_late_invitee_is_one_mail(client, meeting, told):
    ParticipantFactory(meeting=meeting, name="Cici", email="cici@contoh.id")
    change(meeting)
    assert "Kirim kepada yang belum menerima (1)" in text_of(client.get(f"/rakor/{meeting.pk}/"))
    send(client, meeting)
    assert mails() == [("cici@contoh.id", "Undangan", "REQUEST")]


def test_a_late_invitee_of_a_changed_meeting_is_invited_and_others_are_told_the_change(
    client, meeting, told
):
    ParticipantFactory(meeting=meeting, name="Cici", email="cici@contoh.id")
    change(meeting, place="Lain")
    send(client, meeting)
    assert mails() == [
        ("ani@contoh.id", "Perubahan", "REQUEST"),
        ("budi@contoh.id", "Perubahan", "REQUEST"),
        ("cici@contoh.id", "Undangan", "REQUEST"),
    ]


def test_who_was_told_and_is_removed_gets_a_cancel(client, meeting, told):
    told[0].remove()
    change(meeting)
    page = text_of(client.get(f"/rakor/{meeting.pk}/"))
    assert "tidak diundang lagi" in page
    send(client, meeting)
    assert mails() == [("ani@contoh.id", "Undangan dicabut", "CANCEL")]
    (message,) = mail.outbox
    assert "tidak berlaku lagi" in message.body
    assert "DIBATALKAN" not in message.body
    (event,) = calendar_of(message).walk("VEVENT")
    # The meeting goes on for the others, so it has no status here (RFC 5546, 3.2.5).
    assert "status" not in event
    assert str(event["attendee"]) == "mailto:ani@contoh.id"
    assert int(event["sequence"]) == 2
    assert "Undangan versi ini sudah dikirim." in send(client, meeting)
    assert len(mail.outbox) == 1


def test_a_changed_address_gets_the_invitation_and_the_old_one_a_cancel(client, meeting, told):
    told[0].email = "baru@contoh.id"
    told[0].save()
    change(meeting)
    send(client, meeting)
    assert mails() == [
        ("ani@contoh.id", "Undangan dicabut", "CANCEL"),
        ("baru@contoh.id", "Undangan", "REQUEST"),
    ]
    mail.outbox.clear()
    assert not offered(client, meeting)
    told[0].email = "ani@contoh.id"
    told[0].save()
    change(meeting)
    send(client, meeting)
    assert mails() == [
        ("ani@contoh.id", "Undangan", "REQUEST"),
        ("baru@contoh.id", "Undangan dicabut", "CANCEL"),
    ]


def test_an_account_that_changes_its_address_is_invited_there(client, meeting):
    account = UserFactory(email="lama@contoh.id")
    ParticipantFactory(meeting=meeting, user=account)
    send(client, meeting)
    mail.outbox.clear()
    account.email = "baru@contoh.id"
    account.save()
    send(client, meeting)
    assert mails() == [
        ("baru@contoh.id", "Undangan", "REQUEST"),
        ("lama@contoh.id", "Undangan dicabut", "CANCEL"),
    ]


def test_who_was_not_told_gets_no_cancel(client, meeting):
    person = ParticipantFactory(meeting=meeting, name="Ani", email="ani@contoh.id")
    ParticipantFactory(meeting=meeting, name="Budi", email="budi@contoh.id")
    person.remove()
    send(client, meeting)
    assert mails() == [("budi@contoh.id", "Undangan", "REQUEST")]


def test_one_of_two_at_an_address_may_go_without_a_cancel(client, meeting, told):
    other = ParticipantFactory(meeting=meeting, name="Ani Dua", email="ANI@contoh.id")
    change(meeting)
    send(client, meeting)
    assert [message.body.partition(",")[0] for message in mail.outbox] == ["Yth. Ani Dua"]
    mail.outbox.clear()
    other.remove()
    change(meeting)
    assert not offered(client, meeting)
    assert "Undangan versi ini sudah dikirim." in send(client, meeting)
    assert mail.outbox == []


def test_a_cancelled_meeting_tells_who_was_told_and_a_reopened_one_invites_again(
    client, meeting, told, bappeda
):
    ParticipantFactory(meeting=meeting, name="Cici", email="cici@contoh.id")
    Meeting.objects.get().cancel(by=bappeda, version=1, reason="Banjir.")
    send(client, meeting)
    assert mails() == [(f"{n}@contoh.id", "Batal", "CANCEL") for n in ("ani", "budi")]
    (event,) = calendar_of(mail.outbox[0]).walk("VEVENT")
    assert str(event["status"]) == "CANCELLED"
    mail.outbox.clear()
    assert "Undangan versi ini sudah dikirim." in send(client, meeting)
    Meeting.objects.get().reopen(by=bappeda, version=2)
    send(client, meeting)
    assert mails() == [(f"{n}@contoh.id", "Undangan", "REQUEST") for n in ("ani", "budi", "cici")]


def test_a_draft_that_is_cancelled_stays_invisible(
    client, client_of, bappeda, viewer, other_officer, django_user_model
):
    meeting = MeetingFactory(title="Rencana rahasia", state=MeetingState.DRAFT)
    ParticipantFactory(meeting=meeting, user=other_officer)
    meeting.cancel(by=bappeda, version=1, reason="Tidak jadi.")
    assert "Belum ada peserta" in send(client, meeting)
    for person in (viewer, other_officer):
        other = client_of(person)
        assert other.get(f"/rakor/{meeting.pk}/").status_code == 404
        assert other.get(f"/rakor/{meeting.pk}/rakor.ics").status_code == 404
        for page in ("/rakor/", "/cari/?q=rahasia", "/"):
            assert "Rencana rahasia" not in text_of(other.get(page)), page
        assert not Meeting.objects.concerning(person).exists()
    assert not Meeting.objects.concerning(bappeda).exists()
    assert client.get(f"/rakor/{meeting.pk}/").status_code == 200
    meeting.reopen(by=bappeda, version=2)
    assert client_of(viewer).get(f"/rakor/{meeting.pk}/").status_code == 200
    meeting.cancel(by=bappeda, version=3, reason="Banjir.")
    assert client_of(viewer).get(f"/rakor/{meeting.pk}/").status_code == 200

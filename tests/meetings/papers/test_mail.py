"""Mail: invitations, minutes, news about figures, reminders."""

import uuid
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone
from icalendar import Calendar

from areas.figures.to_do import due_figures
from areas.models import Entry, Programme, Question, YearlyFigure
from meetings.models import Delivery, Meeting, Minutes, SentReminder
from meetings.papers import reminders
from tests.areas.models.test_concurrency import all_at_once
from tests.areas.public.pages import text_of
from tests.factories import (
    ALL_MARKS,
    AgendaItemFactory,
    BaselineFactory,
    DecisionFactory,
    FollowUpFactory,
    MeetingFactory,
    MinutesFactory,
    ParticipantFactory,
    UserFactory,
    YearlyFigureFactory,
)

BROKEN = "tests.meetings.papers.broken_mail.EmailBackend"


@pytest.fixture
def client(bappeda, client_of):
    """Bappeda's browser."""
    return client_of(bappeda)


@pytest.fixture
def meeting(db):
    """A scheduled meeting with two people whom mail reaches."""
    meeting = MeetingFactory(title="Rakor triwulan")
    AgendaItemFactory(meeting=meeting, title="Pembukaan", length_minutes=15)
    ParticipantFactory(meeting=meeting, name="Ani", email="ani@contoh.id")
    account = UserFactory(email="budi@contoh.id")
    ParticipantFactory(meeting=meeting, name="Budi", user=account)
    ParticipantFactory(meeting=meeting, name="Tanpa email")
    return meeting


def test_without_a_mail_server_no_invitation_is_offered_or_said_to_be_sent(
    client, meeting, settings
):
    page, address = f"/rakor/{meeting.pk}/", f"/rakor/{meeting.pk}/surel-undangan/"
    assert "Kirim undangan lewat email" in text_of(client.get(page))
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    shown = text_of(client.get(page))
    assert "Kirim undangan" not in shown
    assert "server emailnya belum diatur" in shown
    assert "terkirim kepada" not in text_of(client.post(address, {"version": 1}, follow=True))
    meeting.refresh_from_db()
    assert meeting.invited_at is None


def test_invitation_goes_to_each_alone_with_the_calendar_file(client, meeting):
    response = client.post(f"/rakor/{meeting.pk}/surel-undangan/", {"version": 1}, follow=True)
    assert "Undangan terkirim kepada 2 peserta." in text_of(response)
    assert [message.to for message in mail.outbox] == [["ani@contoh.id"], ["budi@contoh.id"]]
    message = mail.outbox[0]
    assert message.subject == "Undangan: Rakor triwulan, Selasa, 8 November 2016"
    for words in (
        "Yth. Ani",
        "13.30–16.15 WIB",
        "1. 13.30–13.45 Pembukaan",
        f"/rakor/{meeting.pk}/",
    ):
        assert words in message.body
    name, content, kind = message.attachments[0]
    assert (name, kind) == ("rakor.ics", "text/calendar; method=REQUEST")
    assert Calendar.from_ical(content).walk("VEVENT")
    assert "boundary" in message.message().as_string()


def test_mail_reaches_only_who_is_meant_and_each_once(client, meeting):
    ParticipantFactory(meeting=meeting, name="Cici", email="cici@contoh.id", is_invited=False)
    ParticipantFactory(meeting=meeting, name="Ani, ajudan", email="ANI@contoh.id")
    client.post(f"/rakor/{meeting.pk}/surel-undangan/", {"version": 1})
    assert [message.to for message in mail.outbox] == [["ani@contoh.id"], ["budi@contoh.id"]]
    # The shared address gets one mail that names both.
    assert "Yth. Ani dan Ani, ajudan," in mail.outbox[0].body
    assert Delivery.objects.filter(state="sent").count() == 3


def test_double_click_invites_once_and_a_change_again(client, meeting):
    address = f"/rakor/{meeting.pk}/surel-undangan/"
    client.post(address, {"version": 1})
    page = text_of(client.post(address, {"version": 1}, follow=True))
    assert "Undangan versi ini sudah dikirim." in page
    assert len(mail.outbox) == 2
    Meeting.objects.update(version=2, place="Pindah")
    page = text_of(client.get(f"/rakor/{meeting.pk}/"))
    assert "Kirim undangan yang diperbarui" in page
    page = text_of(client.post(address, {"version": 1}, follow=True))
    assert "Data ini baru saja diubah" in page
    client.post(address, {"version": 2})
    assert len(mail.outbox) == 4


def test_cancelled_meeting_says_so(client, meeting, bappeda):
    client.post(f"/rakor/{meeting.pk}/surel-undangan/", {"version": 1})
    client.post(f"/rakor/{meeting.pk}/pembatalan/", {"version": 1, "reason": "Banjir."})
    assert "Kirim pemberitahuan batal" in text_of(client.get(f"/rakor/{meeting.pk}/"))
    client.post(f"/rakor/{meeting.pk}/surel-undangan/", {"version": 2})
    message = mail.outbox[-1]
    assert message.subject.startswith("Batal: ")
    assert "DIBATALKAN: Banjir." in message.body
    assert "method=CANCEL" in message.attachments[0][2]


def test_server_that_is_down_is_told_and_can_be_tried_again(client, meeting, settings):
    settings.EMAIL_BACKEND = BROKEN
    address = f"/rakor/{meeting.pk}/surel-undangan/"
    page = text_of(client.post(address, {"version": 1}, follow=True))
    assert "Email tidak terkirim" in page
    assert Meeting.objects.get().invited_at is None
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    client.post(address, {"version": 1})
    assert len(mail.outbox) == 2


def test_draft_and_meetings_without_addresses_send_nothing(client, db):
    draft = MeetingFactory(state="draft")
    page = text_of(client.post(f"/rakor/{draft.pk}/surel-undangan/", {"version": 1}, follow=True))
    assert "Jadwalkan rapatnya dahulu" in page
    empty = MeetingFactory()
    page = text_of(client.post(f"/rakor/{empty.pk}/surel-undangan/", {"version": 1}, follow=True))
    assert "Belum ada peserta dengan alamat email" in page
    assert mail.outbox == []


def test_approved_minutes_go_to_the_participants_once(client, db):
    meeting = MeetingFactory(done=True, minutes=None)
    decision = DecisionFactory(meeting=meeting, text="Drainase didahulukan.")
    minutes = MinutesFactory(meeting=meeting, approved=True, conclusion="Lanjutkan.")
    FollowUpFactory(decision=decision, what="Perbaiki saluran")
    ParticipantFactory(meeting=meeting, email="ani@contoh.id")
    for _ in range(2):
        client.post(f"/rakor/{meeting.pk}/surel-notulen/")
    (message,) = mail.outbox
    for words in ("Drainase didahulukan.", "Perbaiki saluran", "31 Desember 2016", "Lanjutkan."):
        assert words in message.body
    minutes.state = "submitted"
    assert "Notulen dikirim" in text_of(client.get(f"/rakor/{meeting.pk}/"))


def test_minutes_are_mailed_only_once_they_are_approved(client, meeting, second_bappeda):
    Meeting.objects.update(state="done")
    DecisionFactory(meeting=meeting, agenda_item=meeting.agenda.get())
    for step in ("draft", "submitted", "returned"):
        minutes = Minutes.objects.get()
        if step == "submitted":
            minutes.submit(by=meeting.changed_by, version=minutes.version)
        elif step == "returned":
            said = {"version": minutes.version, "reason": "Kurang."}
            minutes.return_for_correction(by=second_bappeda, **said)
        page = client.post(f"/rakor/{meeting.pk}/surel-notulen/", follow=True)
        assert "Notulen dikirim sesudah disahkan." in text_of(page), step
    assert mail.outbox == []


# Figures


@pytest.fixture
def figure(baseline, officer, second_officer):
    """A draft of the officer's."""
    officer.email = "petugas@contoh.id"
    officer.save()
    figure = YearlyFigure(baseline=baseline, year=2017, version=0)
    figure.enter(by=officer, version=0, entry=Entry(15))
    return figure


def test_submission_tells_bappeda(
    client_of, officer, figure, bappeda, viewer, django_capture_on_commit_callbacks
):
    bappeda.email, viewer.email = "bappeda@contoh.id", "pembaca@contoh.id"
    bappeda.save()
    viewer.save()
    with django_capture_on_commit_callbacks(execute=True):
        client_of(officer).post(
            "/isian/2017/pengajuan/", {"area_ha": "15", "version": figure.version}
        )
    (message,) = mail.outbox
    assert message.to == ["bappeda@contoh.id"]
    assert "15,00 Ha" in message.body
    assert f"/verifikasi/{figure.pk}/" in message.body


@pytest.mark.parametrize(
    ("step", "more", "words"),
    [
        ("pengembalian", {"reason": "Foto kurang."}, "Foto kurang."),
        ("verifikasi", {"ticked": ALL_MARKS}, "sekarang resmi"),
    ],
)
def test_decision_tells_the_village(
    client, officer, figure, step, more, words, django_capture_on_commit_callbacks
):
    figure.submit(by=officer, version=1)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/isian/{figure.pk}/{step}/", {"version": 2, **more})
    (message,) = mail.outbox
    assert message.to == ["petugas@contoh.id"]
    assert words in message.body
    assert "Desa Balokang" in message.body


def test_figure_is_verified_also_when_mail_fails(
    client, officer, figure, settings, django_capture_on_commit_callbacks
):
    settings.EMAIL_BACKEND = BROKEN
    figure.submit(by=officer, version=1)
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(
            f"/isian/{figure.pk}/verifikasi/", {"version": 2, "ticked": ALL_MARKS}
        )
    assert response.status_code == 302
    assert YearlyFigure.objects.get().status == "verified"


def test_news_waits_for_the_commit(client, officer, figure, django_capture_on_commit_callbacks):
    figure.submit(by=officer, version=1)
    with django_capture_on_commit_callbacks() as callbacks:
        client.post(f"/isian/{figure.pk}/verifikasi/", {"version": 2, "ticked": ALL_MARKS})
    assert len(callbacks) == 1
    assert mail.outbox == []


def test_refused_step_sends_nothing(client, figure, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/isian/{figure.pk}/verifikasi/", {"version": 9, "ticked": ALL_MARKS})
    assert mail.outbox == []


# Reminders


@pytest.fixture
def world(baseline, officer):
    """An officer with an overdue follow-up; nothing is due about figures."""
    Programme.objects.update(is_closed=True, is_current=False)
    officer.email = "petugas@contoh.id"
    officer.save()
    today = timezone.localdate()
    FollowUpFactory(village=baseline.village, what="Lewat", due_on=today - timedelta(days=3))
    FollowUpFactory(village=baseline.village, what="Pekan ini", due_on=today + timedelta(days=7))
    FollowUpFactory(village=baseline.village, what="Masih lama", due_on=today + timedelta(days=8))
    FollowUpFactory(village=baseline.village, what="Beres", done=True, due_on=today)
    return officer


def remind(*options):
    out = StringIO()
    call_command("send_reminders", *options, stdout=out)
    return out.getvalue()


def test_reminder_names_what_is_overdue_or_due_within_seven_days(world):
    assert "Reminders sent: 1, not sent: 0." in remind()
    (message,) = mail.outbox
    assert message.to == ["petugas@contoh.id"]
    for words in ("Lewat”: sudah lewat batas", "Pekan ini”: batas", "/tindak-lanjut/"):
        assert words in message.body
    assert "Masih lama" not in message.body
    assert "Beres" not in message.body


def test_second_run_of_the_day_sends_nothing(world):
    remind()
    assert "Reminders sent: 0, not sent: 0." in remind()
    assert len(mail.outbox) == 1


def test_dry_run_lists_and_sends_nothing(world):
    listed = remind("--dry-run")
    assert "petugas <petugas@contoh.id>" in listed
    assert "Lewat" in listed
    assert mail.outbox == []
    assert not SentReminder.objects.exists()


def test_reminder_that_failed_is_sent_by_the_next_run(world, settings):
    settings.EMAIL_BACKEND = BROKEN
    assert "Reminders sent: 0, not sent: 1." in remind()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert "Reminders sent: 1" in remind()


def test_person_without_an_address_and_account_of_an_organisation(db):
    Programme.objects.update(is_closed=True, is_current=False)
    named = UserFactory(email="dinas@contoh.id")
    UserFactory(officer=True, email="tanpa-desa@contoh.id")
    FollowUpFactory(responsible_user=named)
    FollowUpFactory(responsible_user=UserFactory())
    remind()
    assert [message.to for message in mail.outbox] == [["dinas@contoh.id"]]


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_remind_once():
    user = UserFactory(email="satu@contoh.id")
    reminder = reminders.Reminder(user, [("Satu", "/")])
    today = timezone.localdate()
    results = all_at_once([lambda: reminders.send(reminder, today)] * 6)
    assert sorted(results) == [False] * 5 + [True]
    assert len(mail.outbox) == 1


def due(officer, today):
    return [line.text for line in due_figures(officer, today)]


def test_figures_are_reminded_of_once_their_year_is_over(baseline, officer):
    today = timezone.localdate()
    lines = due(officer, today)
    assert len(lines) == today.year - 2017
    assert lines[0] == (
        "Luas kumuh Desa Balokang tahun 2017 belum diajukan, sudah lewat batas 31 Januari 2018"
    )
    assert f"tahun {today.year - 1}" in lines[-1]
    assert "sudah lewat batas" in lines[-1] or "batas 31 Januari" in lines[-1]
    YearlyFigureFactory(baseline=baseline, year=2017, submitted=True)
    YearlyFigureFactory(baseline=baseline, year=2018)
    assert "tahun 2018 " in due(officer, today)[0]


def test_closed_period_reminds_nobody(baseline, officer):
    Programme.objects.update(is_closed=True, is_current=False)
    assert due(officer, timezone.localdate()) == []


def test_returned_figures_are_reminded_of(baseline, officer):
    last = timezone.localdate().year - 1
    YearlyFigureFactory(baseline=baseline, year=last, returned=True)
    lines = due(officer, timezone.localdate())
    assert "dikembalikan, perlu diperbaiki" in lines[0]
    assert sum(f"tahun {last}" in line for line in lines) == 1


def test_other_villages_are_not_ones_own(officer, programme):
    other = BaselineFactory(programme=programme)
    lines = due(officer, date(timezone.localdate().year, 6, 1))
    assert lines
    assert not any(str(other.village) in line for line in lines)


def test_open_questions_are_in_the_reminder_of_who_should_answer(
    bappeda, officer, other_officer, viewer, baseline
):
    for user in (bappeda, officer, other_officer, viewer):
        user.email = f"{user.username}@contoh.id"
        user.save()
    figure = YearlyFigureFactory(baseline=baseline, year=2017, submitted=True)
    asked = Question.ask(
        figure, village=baseline.village, by=bappeda, text="Sudah benar?", uid=uuid.uuid4()
    )

    def questions():
        found = {}
        for each in reminders.pending(date(2017, 6, 1)):
            for sentence, address in each.lines:
                if "pertanyaan" in sentence:
                    found[each.user] = (sentence, address)
        return found

    sentence = "Jawab pertanyaan: Luas kumuh Desa Balokang, tahun 2017"
    (one,) = questions().items()
    assert one[0] == officer
    assert one[1][0] == sentence
    assert f"/pertanyaan/isian/{figure.pk}/" in one[1][1]
    Question.objects.filter(pk=asked.pk).update(is_from_village=True, asked_by=officer)
    assert set(questions()) == {bappeda}
    Question.objects.filter(pk=asked.pk).update(state="answered")
    assert questions() == {}

"""Reminders of follow-ups: on their days, once each, to Bappeda where no owner can be reached."""

from datetime import date, datetime, timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from areas.models import Programme
from meetings.follow_ups import reminding
from meetings.models import FollowUpReminder, MeetingState
from meetings.papers import reminders
from tests.areas.public.pages import text_of
from tests.factories import DecisionFactory, FollowUpFactory, MeetingFactory, UserFactory, city

DUE = date(2026, 3, 20)
BROKEN = "tests.meetings.papers.broken_mail.EmailBackend"


@pytest.fixture
def task(baseline, officer, bappeda):
    """What the officer's village has to do by 20 March 2026; nothing else is reminded of."""
    Programme.objects.update(is_closed=True, is_current=False)
    officer.email, bappeda.email = "petugas@contoh.id", "bappeda@contoh.id"
    officer.save()
    bappeda.save()
    return FollowUpFactory(
        village=baseline.village, organisation="", what="Perbaiki drainase", due_on=DUE
    )


def run_on(day, monkeypatch):
    """Run the command on a day; return whom it mailed."""
    monkeypatch.setattr(reminders.timezone, "localdate", lambda *_: day)
    mail.outbox.clear()
    call_command("send_reminders", stdout=StringIO())
    return [message.to[0] for message in mail.outbox]


def test_the_owner_is_reminded_on_the_days_of_the_schedule_and_on_no_other(task, monkeypatch):
    days = [DUE + timedelta(days=each) for each in range(-10, 30)]
    told = [(day - DUE).days for day in days if run_on(day, monkeypatch)]
    assert told == [-7, -1, 0, 7, 14, 21, 28]
    assert set(FollowUpReminder.objects.values_list("user__username", flat=True)) == {"petugas"}


@pytest.mark.parametrize(
    ("days", "told"),
    [
        ([-7, -7, -6], [-7]),
        # The timer was off: what was missed is told once, the next at its day.
        ([-9, -5, -4, -1], [-5, -1]),
        ([3, 4, 7], [3, 7]),
        ([40, 41, 42, 43], [40, 42]),
    ],
)
def test_each_reminder_comes_once_though_the_timer_runs_twice_or_missed_days(
    task, monkeypatch, days, told
):
    assert [day for day in days if run_on(DUE + timedelta(days=day), monkeypatch)] == told


def test_what_was_told_is_not_told_again_beside_what_is_new(task, monkeypatch):
    FollowUpFactory(
        village=task.village, organisation="", what="Ukur jalan", due_on=DUE + timedelta(days=1)
    )
    run_on(DUE, monkeypatch)
    assert run_on(DUE + timedelta(days=1), monkeypatch) == ["petugas@contoh.id"]
    body = mail.outbox[0].body
    assert "Ukur jalan" in body
    assert "Perbaiki drainase" not in body


def test_a_new_due_date_begins_a_new_schedule(task, bappeda, monkeypatch):
    assert run_on(DUE, monkeypatch)
    task.due_on = DUE + timedelta(days=30)
    task.save(update_fields=["due_on"])
    assert not run_on(DUE + timedelta(days=7), monkeypatch)
    assert run_on(DUE + timedelta(days=23), monkeypatch) == ["petugas@contoh.id"]


def test_what_is_done_or_cancelled_is_reminded_of_no_more(task, officer, bappeda, monkeypatch):
    task.finish(by=officer, version=1, text="Sudah.")
    assert run_on(DUE, monkeypatch) == []
    task.reopen(by=bappeda, version=2, text="Belum.")
    assert run_on(DUE, monkeypatch) == ["petugas@contoh.id"]


@pytest.mark.parametrize("state", [MeetingState.CANCELLED, MeetingState.DRAFT])
def test_meetings_that_are_off_or_drafts_remind_of_nothing(
    task, bappeda, officer, client_of, monkeypatch, state
):
    officer.villages.clear()
    reason = "Batal." if state == MeetingState.CANCELLED else ""
    decision = DecisionFactory(meeting=MeetingFactory(state=state, cancel_reason=reason))
    type(task).objects.update(decision=decision)
    assert run_on(DUE, monkeypatch) == []
    page = text_of(client_of(bappeda).get(f"/tindak-lanjut/{task.pk}/"))
    assert reminding.NO_ACCOUNT not in page


def test_a_failed_mail_is_sent_by_the_next_run(task, monkeypatch, settings):
    settings.EMAIL_BACKEND = BROKEN
    run_on(DUE, monkeypatch)
    assert not FollowUpReminder.objects.exists()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert run_on(DUE, monkeypatch) == ["petugas@contoh.id"]


def test_the_named_account_and_the_village_are_owners(task, viewer, monkeypatch):
    viewer.email = "dinas@contoh.id"
    viewer.save()
    task.responsible_user = viewer
    task.save(update_fields=["responsible_user"])
    assert sorted(run_on(DUE, monkeypatch)) == ["dinas@contoh.id", "petugas@contoh.id"]


def test_without_an_active_account_bappeda_is_reminded_and_the_page_says_so(
    task, officer, bappeda, client_of, monkeypatch
):
    elsewhere = UserFactory(
        bappeda=True, username="ciamis", email="ciamis@contoh.id", region=city("32.07", "Ciamis")
    )
    office, page = client_of(bappeda), f"/tindak-lanjut/{task.pk}/"
    assert reminding.NO_ACCOUNT not in text_of(office.get(page))
    officer.is_active = False
    officer.save()
    assert reminding.NO_ACCOUNT in text_of(office.get(page))
    assert reminding.NO_ACCOUNT not in text_of(client_of(elsewhere).get(page))
    assert run_on(DUE, monkeypatch) == ["bappeda@contoh.id"]
    assert "Desa Balokang belum mempunyai akun aktif" in mail.outbox[0].body
    assert run_on(DUE + timedelta(days=1), monkeypatch) == []


def test_a_named_account_that_is_switched_off_reaches_nobody(task, viewer, bappeda, monkeypatch):
    viewer.email, viewer.is_active = "dinas@contoh.id", False
    viewer.save()
    type(task).objects.update(village=None, organisation="DCKTLH", responsible_user=viewer)
    assert run_on(DUE, monkeypatch) == ["bappeda@contoh.id"]


def test_an_account_without_an_address_reaches_nobody(task, officer, bappeda, monkeypatch):
    officer.email = ""
    officer.save()
    assert run_on(DUE, monkeypatch) == ["bappeda@contoh.id"]


@pytest.mark.parametrize("count", [2, 40])
def test_reminders_take_the_same_queries_for_any_number(task, count, django_assert_max_num_queries):
    FollowUpFactory.create_batch(count, village=task.village, organisation="", due_on=DUE)
    with django_assert_max_num_queries(4):
        found = list(reminding.pending(DUE))
    assert len(found) == count + 1


def test_midnight_in_jakarta_decides_the_day(task, monkeypatch):
    late = datetime(2026, 3, 12, 17, 30, tzinfo=timezone.get_fixed_timezone(0))
    assert timezone.localdate(late) == DUE - timedelta(days=7)
    assert reminding.reminder_day(DUE, timezone.localdate(late)) == DUE - timedelta(days=7)

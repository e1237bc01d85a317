"""What has outlived its term is deleted each night, and the privacy page says the same terms."""

import io
import re
from datetime import timedelta
from pathlib import Path

import pytest
from axes.models import AccessAttempt, AccessFailureLog
from django.contrib.sessions.models import Session
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction
from django.utils import timezone

from areas.models import ImportRun
from areas.models.import_run import KEPT_DAYS
from kotaku import contributions
from kotaku.accounts import devices
from kotaku.contributions import Term
from kotaku.models import AuditEvent, SentForm
from kotaku.models.sent_form import KEPT_FOR
from kotaku.privacy import own_terms
from kotaku.privacy.own_terms import ADDRESS_DAYS
from meetings.models import Delivery, FollowUpReminder, Reply, SentReminder
from meetings.personal_data import DELIVERY_DAYS, REMINDER_DAYS
from tests.areas.public.pages import text_of
from tests.factories import DeliveryFactory, FollowUpFactory, ReplyFactory

ROOT = Path(__file__).parents[3]


def session(user, age):
    Session.objects.create(
        session_key=f"s{age.total_seconds()}",
        expire_date=timezone.now() - age + timedelta(hours=12),
    )


def attempt(user, age):
    at = timezone.now() - age
    row = AccessAttempt.objects.create(
        username=str(age), ip_address="192.0.2.1", failures_since_start=1
    )
    AccessAttempt.objects.filter(pk=row.pk).update(attempt_time=at)


def failure(user, age):
    row = AccessFailureLog.objects.create(username="a", ip_address="192.0.2.1")
    AccessFailureLog.objects.filter(pk=row.pk).update(attempt_time=timezone.now() - age)


def sent_form(user, age):
    SentForm.objects.create(
        user=user, key=f"{int(age.total_seconds()):032x}", at=timezone.now() - age
    )


def follow_up_reminder(user, age):
    day = (timezone.now() - age).date()
    FollowUpReminder.objects.create(follow_up=FollowUpFactory(), user=user, day=day)


def reminder(user, age):
    SentReminder.objects.create(user=user, day=(timezone.now() - age).date())


# name of the term -> the table, a row of an age, and the longest age
CASES = {
    "sessions": (Session, session, timedelta(hours=12)),
    "failed sign-ins (at an address)": (AccessAttempt, attempt, timedelta(minutes=15)),
    "failed sign-ins": (AccessFailureLog, failure, timedelta(days=1)),
    "receipts of sent forms": (SentForm, sent_form, KEPT_FOR),
    "notes about sent reminders of follow-ups": (
        FollowUpReminder, follow_up_reminder, timedelta(days=REMINDER_DAYS),
    ),
    "notes about sent reminders": (SentReminder, reminder, timedelta(days=REMINDER_DAYS)),
}  # fmt: skip
ELSEWHERE = {
    "previews of imports",
    "addresses in the audit",
    "addresses of mail about meetings",
    # In tests/meetings/pokja.
    "contacts of former members of the working group",
    "names typed in answers to invitations",
}


def run():
    out = io.StringIO()
    call_command("remove_expired", stdout=out)
    return dict(line.rsplit(": ", 1) for line in out.getvalue().splitlines())


@pytest.mark.parametrize("name", CASES)
def test_what_outlived_its_term_is_removed_and_nothing_else(officer, name):
    model, make, term = CASES[name]
    margin = timedelta(minutes=5) if term < timedelta(days=2) else timedelta(days=1, hours=1)
    make(officer, term - margin)
    kept = set(model.objects.values_list("pk", flat=True))
    make(officer, term + margin)
    assert run()[name.partition(" (")[0]] == "1"
    assert set(model.objects.values_list("pk", flat=True)) == kept


def test_audit_entries_stay_and_forget_their_address_after_a_year(officer):
    now = timezone.now()
    for days in (ADDRESS_DAYS - 1, ADDRESS_DAYS + 1):
        at = now - timedelta(days=days)
        AuditEvent.objects.create(kind="signed_in", actor=officer, at=at, address="192.0.2.1")
    before = list(AuditEvent.objects.values_list("pk", "kind", "actor", "at"))
    assert run()["addresses in the audit"] == "1"
    assert list(AuditEvent.objects.values_list("pk", "kind", "actor", "at")) == before
    assert list(AuditEvent.objects.values_list("address", flat=True)) == ["192.0.2.1", None]
    # Afterwards nothing of the audit can be changed, as before.
    with pytest.raises(DatabaseError), transaction.atomic():
        AuditEvent._base_manager.update(address=None)
    assert run()["addresses in the audit"] == "0"


def test_deliveries_stay_and_forget_their_address_after_a_year(db):
    now = timezone.now()
    for days in (DELIVERY_DAYS - 1, DELIVERY_DAYS + 1):
        for state, answer in (("sent", ""), ("refused", "550 <x@contoh.id> tidak dikenal")):
            DeliveryFactory(state=state, answer=answer, at=now - timedelta(days=days))
    assert run()["addresses of mail about meetings"] == "2"
    found = Delivery.objects.order_by("-at", "pk").values_list("state", "answer", "address")
    young, old = list(found)[:2], list(found)[2:]
    assert all(address for _, _, address in young)
    assert old == [("sent", "", ""), ("no_address", "", "")]
    assert run()["addresses of mail about meetings"] == "0"


def test_names_typed_in_answers_go_after_a_year_and_the_answers_stay(db):
    now = timezone.now()
    for days in (DELIVERY_DAYS - 1, DELIVERY_DAYS + 1):
        facts = {"answer": "represented", "represented_by": "Bu Sari"}
        ReplyFactory(at=now - timedelta(days=days), **facts)
    assert run()["names typed in answers to invitations"] == "1"
    found = Reply.objects.order_by("-at").values_list("answer", "represented_by")
    assert list(found) == [("represented", "Bu Sari"), ("represented", "")]
    assert run()["names typed in answers to invitations"] == "0"


def test_previews_are_removed_with_their_files_and_applied_ones_stay(
    baseline, bappeda, django_capture_on_commit_callbacks
):
    def start(number, days, **values):
        sheet = SimpleUploadedFile("angka.csv", b"kode;tahun;luas\n%d" % number)
        run = ImportRun.start(sheet, kind="angka", programme=baseline.programme, by=bappeda)
        at = timezone.now() - timedelta(days=days)
        ImportRun.objects.filter(pk=run.pk).update(uploaded_at=at, **values)
        return run

    applied = {"state": "applied", "applied_by": bappeda, "applied_at": timezone.now()}
    runs = [
        start(1, KEPT_DAYS - 1),
        start(2, KEPT_DAYS + 1, **applied),
        start(3, KEPT_DAYS + 1),
    ]
    with django_capture_on_commit_callbacks(execute=True):
        assert run()["previews of imports"] == "1"
    assert set(ImportRun.objects.all()) == set(runs[:2])
    assert [default_storage.exists(run.file.name) for run in runs] == [True, True, False]


def test_every_term_that_deletes_is_tried_here():
    names = {
        term.name for term in contributions.gather(contributions.retention_terms) if term.remove
    }
    assert names == {name.partition(" (")[0] for name in CASES} | ELSEWHERE


def test_a_refused_deletion_does_not_stop_the_others(officer, monkeypatch):
    def refuse(now):
        raise DatabaseError("locked")

    bad = Term("odd rows", "", "", refuse)
    monkeypatch.setattr(contributions, "retention_terms", [lambda: [bad], own_terms.terms])
    failure(officer, timedelta(days=3))
    with pytest.raises(CommandError, match="Not removed: odd rows"):
        call_command("remove_expired", stdout=io.StringIO())
    assert not AccessFailureLog.objects.exists()


def test_the_page_names_every_term_with_its_number(client, db, settings):
    settings.SESSION_COOKIE_AGE = 7 * 3600
    page = text_of(client.get("/privasi/"))
    for term in [*contributions.gather(contributions.retention_terms), *own_terms.device_terms()]:
        assert f"{term.what} {term.lasts}" in page
    for number in (
        "7 jam sesudah masuk",
        "365 hari",
        "90 hari",
        "7 hari",
        "30 cadangan",
        f"{devices.DAYS} hari",
    ):
        assert number in page
    assert 'href="/privasi/"' in client.get("/").content.decode()


def test_numbers_of_other_languages_are_those_of_the_page():
    unit = (ROOT / "kotaku/deploy/kotaku-backup.service").read_text()
    script = (ROOT / "static/js/kept-files.js").read_text()
    assert f"--keep {own_terms.BACKUPS_KEPT} " in unit
    assert re.findall(r"LONGEST_KEPT = (\d+);", script) == [str(own_terms.UNSENT_DAYS)]

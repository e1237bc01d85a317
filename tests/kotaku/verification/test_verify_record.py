"""`manage.py verify_record`: its report in Indonesian, its exit code, and the mail to ADMINS."""

import io
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.utils import timezone

from areas.models import Evidence
from kotaku.backup.making import archives, backup
from kotaku.verification import report
from kotaku.verification.checks import LISTED, Check
from tests.factories import UserFactory
from tests.kotaku.backup import installation
from tests.kotaku.backup.rewritten import rewritten

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def admins(settings, tmp_path, monkeypatch):
    """Administrators with a mail address, a media folder of their own, and no time to wait."""
    settings.ADMINS = [("it@example.go.id", "it@example.go.id")]
    settings.MEDIA_ROOT = str(tmp_path / "media")
    monkeypatch.setattr(report, "SECONDS_TO_SETTLE", 0)


@pytest.fixture
def one_check(monkeypatch):
    """`one_check(finds)`: the only check there is, which finds the sentences of each look in turn."""

    def only(*looks):
        remaining = list(looks)
        check = Check("Berkas", "Periksa.", lambda: remaining.pop(0))
        monkeypatch.setattr(report, "checks", lambda backups=None: [check])

    return only


def verify(**options):
    """Return the report and the exit code."""
    out = io.StringIO()
    try:
        call_command("verify_record", stdout=out, **options)
    except CommandError as error:
        return out.getvalue(), error.returncode
    return out.getvalue(), 0


def test_a_record_that_is_well_is_told_so_and_nobody_gets_mail(mailoutbox):
    UserFactory()
    said, code = verify()
    assert code == 0, said
    assert said.startswith("Pemeriksaan data KOTAKU Banjar, ")
    assert "Basis data: baik.\n" in said
    assert said.endswith("Hasil: semua baik.\n")
    assert mailoutbox == []


def test_findings_are_mailed_with_what_to_do_and_without_names(mailoutbox):
    installation.install_one_of_each()
    evidence = Evidence.objects.get()
    evidence.file.storage.delete(evidence.file.name)
    said, code = verify()
    assert code == 3
    (mail,) = mailoutbox
    assert mail.to == ["it@example.go.id"]
    assert mail.subject.startswith("[KOTAKU Banjar] Pemeriksaan data: ")
    assert mail.body in said
    sentence = (
        f"Berkas {evidence.file.name} (bukti dukung no. {evidence.pk}) hilang dari penyimpanan."
    )
    assert sentence in mail.body
    assert "manage.py restore --files-only ARSIP" in mail.body
    for secret in (evidence.name, evidence.uploaded_by.full_name, evidence.uploaded_by.username):
        assert secret not in mail.body


def test_what_a_second_look_does_not_find_was_only_work_under_way(one_check, mailoutbox):
    one_check(["A hilang.", "B hilang."], ["B hilang.", "C hilang."])
    said, code = verify()
    assert code == 3
    assert "Berkas: 1 temuan.\n  - B hilang.\n  Yang perlu dilakukan: Periksa.\nHasil: 1 " in said
    one_check(["A hilang."], [])
    assert verify()[1] == 0


def test_many_findings_are_counted_and_the_first_are_told(one_check):
    many = [f"Berkas {number} hilang." for number in range(LISTED + 5)]
    one_check(many, many)
    said, _ = verify()
    assert f"Berkas: {LISTED + 5} temuan." in said
    assert said.count("  - ") == LISTED
    assert "dan 5 temuan lain." in said


def test_a_check_that_fails_is_a_finding_and_the_others_go_on(monkeypatch):
    def fails():
        yield "Satu hilang."
        raise DatabaseError("database disk image is malformed")

    checks = [Check("Isi tabel", "Periksa.", fails), Check("Ringkasan", "Periksa.", list)]
    monkeypatch.setattr(report, "checks", lambda backups=None: checks)
    said, code = verify()
    assert code == 3
    assert "Satu hilang.\n  - Pemeriksaan ini tidak dapat diselesaikan: DatabaseError." in said
    assert "Ringkasan: baik." in said


def test_a_database_that_is_away_is_mailed_too(monkeypatch, mailoutbox):
    def away():
        raise DatabaseError

    monkeypatch.setattr(connection, "ensure_connection", away)
    said, code = verify()
    assert (code, len(mailoutbox)) == (3, 1)
    assert "Basis data tidak dapat dihubungi atau dibaca: DatabaseError." in said


def test_findings_without_admins_say_that_nobody_was_told(one_check, settings, mailoutbox, capsys):
    settings.ADMINS = []
    one_check(["A hilang."], ["A hilang."])
    assert verify()[1] == 3
    assert "ADMINS kosong" in capsys.readouterr().err
    assert mailoutbox == []


def test_mail_that_cannot_be_sent_changes_neither_report_nor_code(one_check, monkeypatch):
    def refuse(*arguments):
        raise ConnectionRefusedError

    one_check(["A hilang."], ["A hilang."])
    monkeypatch.setattr("kotaku.management.commands.verify_record.mail_admins", refuse)
    said, code = verify()
    assert (code, "A hilang." in said) == (3, True)


def told_of_archives(folder):
    """Return what is found about the archives of a folder."""
    (check,) = (each for each in report.checks(folder) if each.title == "Cadangan")
    return report._sentences(check)


def test_the_newest_archive_is_recent_whole_and_one_that_can_be_restored(tmp_path):
    folder = tmp_path / "cadangan"
    folder.mkdir()
    assert told_of_archives(folder) == [f"Tidak ada arsip cadangan di {folder}."]
    names = installation.install_one_of_each()
    made = backup(folder)
    assert told_of_archives(folder) == []

    old = (timezone.now() - timedelta(hours=50)).isoformat()
    rewritten(made.path, lambda members: None, made_at=old).rename(made.path)
    assert told_of_archives(folder) == [
        f"Arsip cadangan terbaru ({made.path.name}) dibuat 50 jam yang lalu."
    ]

    installation.damage_file(names[0])
    Evidence.objects.get().file.delete(save=False)
    gappy = backup(folder)
    assert told_of_archives(folder) == [
        f"Arsip cadangan {gappy.path.name} tidak memuat 1 berkas yang hilang.",
        f"Arsip cadangan {gappy.path.name} memuat 1 berkas yang berubah sejak diunggah.",
    ]

    content = gappy.path.read_bytes()
    gappy.path.write_bytes(content[: len(content) // 2])
    (sentence,) = told_of_archives(folder)
    assert f"{gappy.path.name} tidak dapat dipulihkan: The archive is damaged" in sentence
    assert archives(folder)[-1] == gappy.path

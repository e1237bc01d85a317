"""The record in one file, and back, on the database of the run."""

import io
import threading
from decimal import Decimal

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from areas.models import Entry, Evidence, ImportRun, Status, YearlyFigure
from kotaku.backup import making, restoring
from kotaku.backup.archive import verified_manifest
from kotaku.backup.making import backup
from kotaku.backup.manifest import BackupError
from kotaku.backup.restoring import restore
from kotaku.caching import data_version
from kotaku.models import User
from tests.factories import BaselineFactory, DistrictFactory, UserFactory, YearlyFigureFactory
from tests.kotaku.backup.state import media, rows

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def media_folder(settings, tmp_path):
    """A media folder that this test has for itself."""
    settings.MEDIA_ROOT = str(tmp_path / "media")
    return tmp_path / "media"


def paper(text):
    upload = SimpleUploadedFile("surat.pdf", b"%PDF-1.4 " + text.encode() + b"\n%%EOF")
    upload.checked_type = "application/pdf"
    return upload


@pytest.fixture
def figure(officer, baseline):
    """A draft with one piece of evidence."""
    figure = YearlyFigureFactory(baseline=baseline, entered_by=officer)
    Evidence.attach(figure, paper("satu"), by=officer)
    return figure


def test_a_restored_installation_is_the_one_that_was_backed_up(tmp_path, figure, officer):
    before = rows(), media()
    made = backup(tmp_path / "cadangan")
    assert (made.files, made.path.stat().st_mode & 0o777) == (1, 0o600)
    name = figure.evidence.get().file.name

    figure.evidence.get().remove(by=officer)
    Evidence.attach(figure, paper("dua"), by=officer)
    newer = figure.evidence.get().file.name
    UserFactory(username="sesudah")
    restored = restore(made.path, replace=True)

    assert (rows(), media()) == before
    assert default_storage.exists(name)
    assert not default_storage.exists(newer)
    assert (restored.files, restored.removed_files, restored.missing_migrations) == (1, 1, 0)
    # What was replaced is kept, and is an archive as good as any other.
    restore(restored.safety_copy.path, replace=True)
    assert User.objects.filter(username="sesudah").exists()
    assert default_storage.exists(newer)
    # Numbers go on where the restored record stopped.
    assert UserFactory().pk


def test_a_restored_record_has_a_version_that_it_never_had(tmp_path, figure):
    version, made = data_version.current(), backup(tmp_path)
    restore(made.path, replace=True)
    restored = data_version.current()
    assert [topic for topic, _ in restored] == [topic for topic, _ in version]
    assert not {token for _, token in restored} & {token for _, token in version}
    UserFactory()
    assert data_version.current() != restored


def test_so_it_has_when_the_restore_stops_after_the_database(tmp_path, figure, monkeypatch):
    version, made = data_version.current(), backup(tmp_path)

    def differ(manifest):
        raise BackupError("Somebody wrote meanwhile")

    monkeypatch.setattr(restoring, "_compare_counts", differ)
    with pytest.raises(BackupError, match="meanwhile"):
        restore(made.path, replace=True)
    assert not set(data_version.current()) & set(version)


def test_data_is_not_replaced_unless_told(tmp_path, figure):
    made = backup(tmp_path)
    UserFactory(username="sesudah")
    with pytest.raises(BackupError, match=r"holds data\. To replace .* say --replace"):
        restore(made.path)
    assert User.objects.filter(username="sesudah").exists()


def test_an_empty_installation_needs_no_permission(tmp_path, figure):
    before, made = rows(), backup(tmp_path)
    figure.evidence.all().delete()
    call_command("flush", interactive=False)
    out = io.StringIO()
    call_command("restore", str(made.path), stdout=out)
    assert rows() == before
    assert out.getvalue().startswith("Restored the state of 20")


def test_commands_say_what_they_did_and_keep_the_newest(tmp_path, figure):
    for day in ("01", "02"):
        (tmp_path / f"kotaku-202611{day}T010000Z.tar.gz").touch()
    out = io.StringIO()
    call_command("backup", str(tmp_path), keep=2, stdout=out)
    archives = sorted(path.name for path in tmp_path.glob("*.tar.gz"))
    assert archives[0] == "kotaku-20261102T010000Z.tar.gz"
    assert len(archives) == 2
    assert " 1 files, " in out.getvalue()
    assert "Removed" in out.getvalue()
    with pytest.raises(CommandError, match="--keep must be 1 or more"):
        call_command("backup", str(tmp_path), keep=0)


def test_an_archive_of_a_newer_version_is_refused(tmp_path, figure):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied)"
            " VALUES ('areas', '0999_next_year', '2027-01-01')"
        )
    made = backup(tmp_path)
    with pytest.raises(BackupError, match=r"newer version .* areas\.0999_next_year"):
        restore(made.path, replace=True)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE name = '0999_next_year'")


def test_an_archive_of_before_the_first_release_is_refused(tmp_path, figure):
    recorder = MigrationRecorder(connection)
    recorder.record_applied("kotaku", "0002_sign_in_and_audit")
    made = backup(tmp_path)
    recorder.record_unapplied("kotaku", "0002_sign_in_and_audit")
    with pytest.raises(BackupError, match="made before the first release"):
        restore(made.path, replace=True)


def test_an_archive_of_an_older_version_asks_for_migrate(tmp_path, figure):
    where = "WHERE app = 'sessions'"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT app, name, applied FROM django_migrations {where}")
        kept = cursor.fetchall()
        cursor.execute(f"DELETE FROM django_migrations {where}")
    made, out = backup(tmp_path), io.StringIO()
    call_command("restore", str(made.path), replace=True, stdout=out)
    assert f"run manage.py migrate ({len(kept)} migrations)" in out.getvalue()
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO django_migrations (app, name, applied) VALUES (%s, %s, %s)", kept
        )


def test_a_file_removed_while_the_backup_runs_means_a_second_look(
    tmp_path, figure, officer, monkeypatch
):
    original, rounds = making._add_file, []

    def remove_first(writer, name):
        rounds.append(name)
        if len(rounds) == 1:
            figure.evidence.get().remove(by=officer)
            Evidence.attach(figure, paper("dua"), by=officer)
        return original(writer, name)

    monkeypatch.setattr(making, "_add_file", remove_first)
    made = backup(tmp_path)
    assert len(rounds) == 2
    restore(made.path, replace=True)
    assert len(media()) == 1


def test_postgresql_without_its_client_programs_gets_a_sentence(tmp_path, figure, monkeypatch):
    if connection.vendor != "postgresql":
        return
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BackupError, match=r"pg_dump was not found.*apt install postgresql-client"):
        backup(tmp_path / "cadangan")


def test_a_full_disk_leaves_no_half_archive(tmp_path, figure, monkeypatch):
    def full(*arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(BackupError, match="could not be written: No space left"):
        backup(tmp_path / "cadangan")
    assert list((tmp_path / "cadangan").iterdir()) == []


class Load:
    """Village officers who submit figures and change evidence without a pause."""

    def __init__(self, baselines, officer):
        self.officer, self.going = officer, True
        self.submitted, self.failures = [], []
        self.threads = [threading.Thread(target=self.work, args=[one]) for one in baselines]

    def work(self, baselines):
        try:
            for baseline in baselines:
                if not self.going:
                    return
                figure = YearlyFigure(baseline=baseline, year=2017, version=0)
                figure.enter(by=self.officer, version=0, entry=Entry(Decimal("12.50")))
                for text in ("a", "b"):
                    Evidence.attach(figure, paper(f"{figure.pk}{text}"), by=self.officer)
                figure.evidence.order_by("slot").first().remove(by=self.officer)
                figure.submit(by=self.officer, version=figure.version)
                self.submitted.append(figure.pk)
        except Exception as error:
            self.failures.append(error)
        finally:
            connection.close()

    def wait_for(self, count):
        ticker = threading.Event()
        while len(self.submitted) < count and any(t.is_alive() for t in self.threads):
            ticker.wait(0.01)


def test_a_backup_under_write_load_restores_to_one_moment(tmp_path, officer, programme):
    baselines = BaselineFactory.create_batch(
        150, programme=programme, village__district=DistrictFactory()
    )
    load = Load([baselines[start::3] for start in range(3)], officer)
    for thread in load.threads:
        thread.start()
    load.wait_for(9)
    acknowledged = set(load.submitted)
    made = backup(tmp_path)
    load.wait_for(len(acknowledged) + 1)
    load.going = False
    for thread in load.threads:
        thread.join()
    assert load.failures == []
    restore(made.path, replace=True)

    restored = set(
        YearlyFigure.objects.filter(status=Status.SUBMITTED).values_list("pk", flat=True)
    )
    assert acknowledged <= restored <= set(load.submitted)
    assert len(load.submitted) > len(acknowledged)  # people went on working meanwhile
    for figure in YearlyFigure.objects.filter(status=Status.SUBMITTED):
        kinds = [event.kind for event in figure.events.order_by("pk")]
        assert (kinds[0], kinds[-1]) == ("entered", "submitted")
        assert figure.evidence.count() == 1
    first = rows(), media()

    again = backup(tmp_path / "lagi")
    User.objects.filter(pk=officer.pk).update(full_name="Lain")
    restore(again.path, replace=True)
    assert (rows(), media()) == first
    assert (
        verified_manifest(again.path)["counts"]["areas_yearlyfigure"]
        == YearlyFigure.objects.count()
    )


def test_the_file_of_a_cancelled_import_is_no_gap(tmp_path, programme, bappeda):
    upload = SimpleUploadedFile("angka.csv", b"desa,luas\n")
    run = ImportRun.start(upload, kind=ImportRun.Kind.FIGURES, programme=programme, by=bappeda)
    assert backup(tmp_path).files == 1
    run.cancel()
    made = backup(tmp_path)
    assert (made.files, made.is_complete) == (0, True)

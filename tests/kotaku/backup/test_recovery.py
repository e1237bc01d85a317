"""The walk of recovery: what can be lost or damaged, and what brings it back, on both databases."""

import io
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, models

from kotaku.backup import loading, record, restoring
from kotaku.backup.archive import verified_manifest
from kotaku.backup.making import archives, backup
from kotaku.backup.manifest import BackupError
from kotaku.models import AuditEvent, User
from tests.factories import UserFactory
from tests.kotaku.backup import installation
from tests.kotaku.backup.rewritten import members_of, rewritten
from tests.kotaku.backup.state import rows

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def media_folder(settings, tmp_path):
    """A media folder that this test has for itself."""
    settings.MEDIA_ROOT = str(tmp_path / "media")
    return tmp_path / "media"


@pytest.fixture(autouse=True)
def whole_again(tmp_path):
    """Put the test database back if a test fails while it is damaged."""
    if connection.vendor != "sqlite":
        yield
        return
    path, kept = loading.sqlite_files()[0], tmp_path / "kept"
    with closing(sqlite3.connect(path)) as live, closing(sqlite3.connect(kept)) as copy:
        live.backup(copy)
    yield
    try:
        with closing(sqlite3.connect(path)) as live:
            is_whole = live.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
            is_whole &= bool(live.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone())
    except sqlite3.Error:
        is_whole = False
    if not is_whole:
        connection.close()
        installation.lose_database()
        shutil.copy(kept, path)


@pytest.fixture
def names(media_folder):
    """The names of the stored files: one of every file field."""
    return installation.install_one_of_each()


def contents(names):
    """Return what the storage holds under these names; None for a lost file."""
    found = {}
    for name in names:
        if default_storage.exists(name):
            with default_storage.open(name) as content:
                found[name] = content.read()
        else:
            found[name] = None
    return found


def run(command, *arguments, **options):
    """Return the output of a command and its exit code, with the sentences of a failure."""
    out = io.StringIO()
    try:
        call_command(command, *map(str, arguments), stdout=out, **options)
    except CommandError as error:
        return out.getvalue() + str(error), error.returncode
    return out.getvalue(), 0


def test_an_archive_holds_one_file_of_every_field_and_counts_every_table(names, tmp_path):
    columns = [field for model in record.all_models() for field in model._meta.local_fields]
    fields = [field for field in columns if isinstance(field, models.FileField)]
    made = backup(tmp_path)
    assert made.files == len(names) == len(fields) == 7
    members = members_of(made.path)
    assert {name: members[f"media/{name}"] for name in names} == contents(names)
    counts = verified_manifest(made.path)["counts"]
    assert counts == {
        model._meta.db_table: model._base_manager.count() for model in record.all_models()
    }
    assert sum(counts.values()) == made.rows
    # Every count is compared before anything is touched, and after.
    tables = record.live_tables()
    for table in counts:
        manifest = {"counts": {table: counts[table] + 1}}
        assert record.miscounted(record.live_query, tables, manifest) == table
    said, code = run("restore", made.path, replace=True)
    assert (code, f"{made.rows} rows, 7 files" in said) == (0, True)


def test_a_lost_disk_comes_back_whole(names, tmp_path, media_folder):
    before, files = rows(), contents(names)
    made = backup(tmp_path)
    installation.lose_media(media_folder)
    installation.lose_database()
    said, code = run("restore", made.path)
    assert (rows(), contents(names), code) == (before, files, 0)
    assert "7 files" in said


def test_a_disk_lost_with_the_folder_of_the_database_comes_back(names, tmp_path, monkeypatch):
    if connection.vendor != "sqlite":
        return  # PostgreSQL's server keeps its own folder.
    before, made = rows(), backup(tmp_path)
    connection.close()
    with monkeypatch.context() as patch:
        patch.setitem(connection.settings_dict, "NAME", tmp_path / "new" / "disk" / "db.sqlite3")
        said, code = run("restore", made.path)
        assert (rows(), code) == (before, 0), said
        connection.close()


def test_a_lost_database_keeps_damaged_files_aside(names, tmp_path):
    files, made = contents(names), backup(tmp_path)
    installation.damage_file(names[0])
    damaged = contents(names[:1])[names[0]]
    installation.lose_database()
    said, _ = run("restore", made.path)
    assert contents(names) == files
    (aside,) = tmp_path.glob("kotaku-replaced-*")
    assert f"Files that were replaced by others of the same name: {aside}." in said
    assert (aside / names[0]).read_bytes() == damaged
    assert len([path for path in aside.rglob("*") if path.is_file()]) == 1


def test_without_the_media_folder_there_is_an_archive_that_names_the_gaps(
    names, tmp_path, media_folder
):
    old = backup(tmp_path)
    installation.lose_media(media_folder)
    said, code = run("backup", tmp_path, keep=1)
    assert code == 3
    assert "7 files that the database names are not in the archive" in said
    assert all(repr(name) in said for name in names)
    # The older archive has the files, so it stays although only one was to be kept.
    assert archives(tmp_path)[0] == old.path
    gappy = verified_manifest(archives(tmp_path)[-1])
    assert gappy["missing"] == names
    assert sum(gappy["counts"].values()) == old.rows


def test_a_lost_media_folder_comes_back_without_touching_the_database(
    names, tmp_path, media_folder
):
    files, made = contents(names), backup(tmp_path)
    newer = UserFactory()
    installation.lose_media(media_folder)
    said, code = run("restore", made.path, files_only=True)
    assert (contents(names), code) == (files, 0)
    assert "7 files were put back" in said
    assert User.objects.filter(pk=newer.pk).exists()
    # Nothing is lost, so nothing is to be done.
    assert run("restore", made.path, files_only=True)[0].startswith("0 files were put back")


def test_a_lost_media_folder_and_replace_say_what_the_safety_copy_lacks(
    names, tmp_path, media_folder
):
    before, files, made = rows(), contents(names), backup(tmp_path)
    UserFactory()
    installation.lose_media(media_folder)
    said, code = run("restore", made.path, replace=True)
    assert (rows(), contents(names), code) == (before, files, 0)
    assert "7 files that its rows name were lost already" in said


def test_an_archive_with_gaps_keeps_the_files_that_are_still_here(names, tmp_path):
    lost, *others = names
    path = Path(default_storage.path(lost))
    kept = path.rename(tmp_path / "kept-file")
    gappy = backup(tmp_path / "gappy")
    assert gappy.missing == (lost,)
    said, _ = run("restore", gappy.path, replace=True)
    assert (
        f"1 files were lost when the archive was made; try an older archive; the first is {lost!r}"
        in said
    )
    kept.rename(path)
    said, _ = run("restore", gappy.path, replace=True)
    assert "were lost when" not in said
    assert None not in contents([lost, *others]).values()


def test_altered_files_are_noticed_and_restored(names, tmp_path):
    files, made = contents(names), backup(tmp_path)
    for name in names:
        installation.damage_file(name)
    said, code = run("backup", tmp_path / "altered", keep=1)
    assert (code, "7 files are not as they were uploaded" in said) == (3, True)
    altered = archives(tmp_path / "altered")[-1]
    # An archive that has the damage cannot repair it.
    said, _ = run("restore", altered, files_only=True)
    assert said.startswith("0 files were put back")
    assert "7 files are still lost or altered" in said
    damaged = contents(names)
    said, _ = run("restore", made.path, files_only=True)
    assert said.startswith("7 files were put back")
    assert contents(names) == files
    (aside,) = tmp_path.glob("kotaku-replaced-*")
    assert f"Files that were replaced by others of the same name: {aside}." in said
    assert {name: (aside / name).read_bytes() for name in names} == damaged
    # Nor does it replace the files that are well.
    said, _ = run("restore", altered, replace=True)
    assert contents(names) == files
    assert "not as they were uploaded" not in said
    for name in names:
        installation.damage_file(name)
    said, _ = run("restore", altered, replace=True)
    assert "7 files are not as they were uploaded; try restore --files-only" in said
    run("restore", made.path, replace=True)
    assert contents(names) == files
    # The safety copy holds what was replaced.
    assert list(tmp_path.glob("**/kotaku-replaced-*")) == [aside]


def test_an_unreadable_file_is_a_gap_and_no_half_member(names, tmp_path, monkeypatch):
    class Broken(ContentFile):
        def read(self, size):
            raise OSError(5, "Input/output error")

    original = default_storage.open

    def from_a_bad_disk(name, mode="rb"):
        return Broken(b"%PDF") if name == names[0] else original(name, mode)

    monkeypatch.setattr(default_storage._wrapped, "open", from_a_bad_disk)
    made = backup(tmp_path)
    assert made.missing == (names[0],)
    assert len(verified_manifest(made.path)["sha256"]) == 7


def test_no_safety_copy_means_that_nothing_is_touched(names, tmp_path):
    made, before = backup(tmp_path), rows()
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    said, code = run("restore", made.path, replace=True, safety_folder=blocked)
    assert code == 1
    assert f"So there is no safety copy in {blocked}, and nothing was touched." in said
    assert rows() == before


def test_storage_that_does_not_answer_ends_in_a_sentence(names, tmp_path, monkeypatch):
    def away(*arguments):
        raise ConnectionAbortedByBucket

    class ConnectionAbortedByBucket(Exception):
        pass

    monkeypatch.setattr(default_storage._wrapped, "open", away)
    said, code = run("backup", tmp_path / "cadangan")
    assert (said, code) == (
        "The uploaded files cannot be reached: ConnectionAbortedByBucket. Try again later.",
        1,
    )
    assert list((tmp_path / "cadangan").iterdir()) == []


@pytest.mark.parametrize("how", ["beginning", "middle", "half"])
def test_a_damaged_database_is_replaced_and_its_remains_are_kept(names, tmp_path, how):
    before, files, made = rows(), contents(names), backup(tmp_path)
    altered = names[0]
    installation.damage_file(altered)
    damaged = contents([altered])[altered]
    installation.damage_database(how)

    said, code = run("backup", tmp_path / "none")
    assert code == 1
    assert "SQLite" in said or "pg_dump failed" in said or "could not open file" in said
    said, code = run("restore", made.path)
    assert (code, "say --replace" in said) == (1, True)

    said, code = run("restore", made.path, replace=True)
    assert (rows(), contents(names), code) == (before, files, 0)
    (remains,) = tmp_path.glob("kotaku-damaged-*")
    assert f"What was here before is in {remains}" in said
    assert "no archive that `restore` reads" in said
    assert (remains / "media" / altered).read_bytes() == damaged
    kept = {path.name for path in remains.iterdir()}
    if connection.vendor == "sqlite":
        assert Path(connection.settings_dict["NAME"]).name in kept
    else:
        assert {"areas_yearlyfigure.csv", "areas_evidence.csv"} <= kept
        assert "csv is incomplete: could not open file" in said
    assert remains.stat().st_mode & 0o777 == 0o700
    # Numbers go on, and the database is one again that can be backed up.
    UserFactory()
    assert backup(tmp_path / "again").is_complete


def test_remains_that_cannot_be_copied_leave_everything_as_it_is(names, tmp_path, monkeypatch):
    made = backup(tmp_path)
    installation.damage_database("middle")

    def never(*arguments, **options):
        pytest.fail("the database was touched")

    monkeypatch.setattr(restoring.loading, "load", never)
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    said, code = run("restore", made.path, replace=True, safety_folder=blocked)
    assert code == 1
    assert "could not be" in said
    monkeypatch.undo()
    assert run("restore", made.path, replace=True)[1] == 0


@pytest.mark.parametrize("quarter", [0, 1, 2, 3])
def test_an_archive_that_is_cut_off_is_refused_before_anything_is_touched(names, tmp_path, quarter):
    made = backup(tmp_path)
    content = made.path.read_bytes()
    made.path.write_bytes(content[: len(content) * quarter // 4])
    before, files = rows(), contents(names)
    for options in ({"replace": True}, {"files_only": True}):
        said, code = run("restore", made.path, **options)
        assert (code, "Use another archive." in said) == (1, True)
    assert (rows(), contents(names)) == (before, files)
    assert archives(tmp_path) == [made.path]


def database_of(members):
    """Return the name of an archive's database."""
    (name,) = (name for name in members if name.startswith("database."))
    return name


def test_an_archive_without_its_database_or_with_two_is_refused(names, tmp_path):
    made, before = backup(tmp_path), rows()

    def without(members):
        del members[database_of(members)]

    def twice(members):
        other = {"database.dump", "database.sqlite3"} - {database_of(members)}
        members[other.pop()] = b"rows"

    for change, sentence in (
        (without, "The archive has no database"),
        (twice, "it was not made by backup"),
    ):
        said, code = run("restore", rewritten(made.path, change), replace=True)
        assert (code, sentence in said) == (1, True)
    assert rows() == before


def test_a_database_that_is_none_or_says_other_things_is_refused(names, tmp_path):
    made, before = backup(tmp_path), rows()

    def junk(members):
        members[database_of(members)] = b"rows" * 1000

    def cut(members):
        name = database_of(members)
        members[name] = members[name][: len(members[name]) // 2]

    for change in (junk, cut):
        said, code = run("restore", rewritten(made.path, change), replace=True)
        assert code == 1, said
    foreign = rewritten(made.path, lambda members: None, migrations=[])
    said, _ = run("restore", foreign, replace=True)
    assert "is not one of this software" in said
    manifest = verified_manifest(made.path)
    for facts, sentence in (
        (
            {"counts": manifest["counts"] | {"kotaku_user": 0}},
            "kotaku_user does not have the rows that its manifest counts",
        ),
        ({"migrations": manifest["migrations"][:-1]}, "other migrations than its manifest says"),
    ):
        said, code = run(
            "restore", rewritten(made.path, lambda members: None, **facts), replace=True
        )
        assert (code, sentence in said) == (1, True), said
    assert rows() == before


FOREIGN = {
    "sqlite": {
        "trigger": (
            "CREATE TRIGGER sneaky AFTER INSERT ON kotaku_user BEGIN DELETE FROM areas_evidence; END",
            "DROP TRIGGER sneaky",
        ),
        "view": ("CREATE VIEW sneaky AS SELECT 1", "DROP VIEW sneaky"),
        "virtual table": (
            "CREATE VIRTUAL TABLE sneaky USING fts5(a)",
            "DROP TABLE sneaky",
        ),
    },
    "postgresql": {
        "trigger": (
            """CREATE TRIGGER sneaky BEFORE UPDATE ON kotaku_user FOR EACH ROW
            EXECUTE FUNCTION suppress_redundant_updates_trigger()""",
            "DROP TRIGGER sneaky ON kotaku_user",
        ),
        "function": (
            "CREATE FUNCTION sneaky() RETURNS int LANGUAGE sql AS 'SELECT 1'",
            "DROP FUNCTION sneaky()",
        ),
        "view": ("CREATE VIEW sneaky AS SELECT 1 AS a", "DROP VIEW sneaky"),
    },
}


def execute(sql):
    """Run one statement on the live database."""
    with connection.cursor() as cursor:
        cursor.execute(sql)


def test_an_archive_with_foreign_triggers_or_programs_is_refused(names, tmp_path):
    for kind, (make, drop) in FOREIGN[connection.vendor].items():
        execute(make)
        made = backup(tmp_path / kind)
        execute(drop)
        before = rows()
        said, code = run("restore", made.path, replace=True)
        assert code == 1
        assert "sneaky" in said
        assert "which the software never makes" in said
        assert rows() == before


def test_an_archive_without_a_table_is_refused(names, tmp_path):
    execute("ALTER TABLE areas_boundary RENAME TO elsewhere")
    made = backup(tmp_path)
    execute("ALTER TABLE elsewhere RENAME TO areas_boundary")
    said, code = run("restore", made.path, replace=True)
    assert (code, "lacks the table areas_boundary" in said) == (1, True)


def test_triggers_are_never_taken_from_an_archive_but_made_anew(names, tmp_path):
    made, names_before = backup(tmp_path), set(triggers())
    assert len(names_before) > 50
    if connection.vendor == "sqlite":
        # One of our names, with another statement.
        path = tmp_path / "hostile.sqlite3"
        content = members_of(made.path)["database.sqlite3"]
        path.write_bytes(content)
        own = min(name for name in names_before if "data_changed" in name)
        with closing(sqlite3.connect(path)) as copy:
            copy.execute(f"DROP TRIGGER {own}")
            copy.execute(
                f"CREATE TRIGGER {own} AFTER INSERT ON kotaku_user BEGIN DELETE FROM axes_accesslog; END"
            )
            copy.commit()
        hostile = rewritten(
            made.path, lambda members: members.update({"database.sqlite3": path.read_bytes()})
        )
        assert run("restore", hostile, replace=True)[1] == 0
        assert "axes_accesslog" not in "".join(triggers().values())
    else:
        assert run("restore", made.path, replace=True)[1] == 0
    assert set(triggers()) == names_before
    AuditEvent.objects.create(kind=AuditEvent.Kind.SIGNED_OUT)
    with pytest.raises(DatabaseError):
        execute("UPDATE kotaku_auditevent SET text = ''")


def triggers():
    """Return the database's triggers, each with its statement."""
    sql = {
        "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname, tgname FROM pg_trigger WHERE NOT tgisinternal",
    }
    with connection.cursor() as cursor:
        cursor.execute(sql[connection.vendor])
        return dict(cursor.fetchall())


def test_files_only_needs_a_readable_database_and_says_no_to_replace(names, tmp_path):
    made = backup(tmp_path)
    said, _ = run("restore", made.path, files_only=True, replace=True)
    assert "either --files-only or --replace" in said
    call_command("flush", interactive=False)
    with pytest.raises(BackupError, match="empty or damaged"):
        restoring.restore_lost_files(made.path)

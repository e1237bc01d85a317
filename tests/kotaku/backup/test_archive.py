"""What is no archive of ours is refused before anything is touched."""

import hashlib
import io
import json
import tarfile

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from kotaku.backup import restoring
from kotaku.backup.archive import verified_manifest
from kotaku.backup.manifest import BackupError

CONTENTS = {"database.sqlite3": b"rows", "media/evidence/1/a.pdf": b"%PDF-1.4"}

BOTH = CONTENTS | {"database.dump": b"rows"}
NESTED = CONTENTS | {"media/a": b"x", "media/a/b": b"x"}


def manifest_of(contents, **changes):
    sums = {name: hashlib.sha256(content).hexdigest() for name, content in contents.items()}
    facts = {
        "format": 1,
        "vendor": "sqlite",
        "migrations": [],
        "counts": {},
        "made_at": "2026-11-25T01:30:00+00:00",
    }
    return json.dumps(facts | {"sha256": sums} | changes).encode()


def member(name, **attributes):
    info = tarfile.TarInfo(name)
    for attribute, value in attributes.items():
        setattr(info, attribute, value)
    return info


@pytest.fixture
def archive(tmp_path):
    """`archive(contents, manifest, extra)`: the path of a tar made of these."""

    def make(contents=CONTENTS, manifest=None, extra=()):
        path = tmp_path / "archive.tar.gz"
        manifest = manifest_of(CONTENTS) if manifest is None else manifest
        with tarfile.open(path, "w:gz") as tar:
            for name, content in [*contents.items(), *extra]:
                info = member(name) if isinstance(name, str) else name
                info.size = len(content)
                tar.addfile(info, io.BytesIO(content))
            if manifest:
                info = member("manifest.json", size=len(manifest))
                tar.addfile(info, io.BytesIO(manifest))
        return path

    return make


def test_a_whole_archive_passes(archive):
    assert verified_manifest(archive())["vendor"] == "sqlite"


@pytest.mark.parametrize(
    ("contents", "manifest", "sentence"),
    [
        (CONTENTS | {"media/evidence/1/a.pdf": b"%PDF-1.5"}, None, "its checksum differs"),
        ({"database.sqlite3": b"rows"}, None, "lacks 'media/evidence/1/a.pdf'"),
        (CONTENTS | {"media/b.pdf": b"x"}, None, "'media/b.pdf', which its manifest does not"),
        (CONTENTS, b"", "no manifest: it is incomplete"),
        (CONTENTS, b"{", "manifest cannot be read"),
        (CONTENTS, b"[]", "manifest cannot be read"),
        (CONTENTS, b'{"format": 1}', "manifest cannot be read"),
        (CONTENTS, manifest_of(CONTENTS, vendor="oracle"), "manifest cannot be read"),
        (CONTENTS, manifest_of(CONTENTS, format=2), "has format 2, this version reads 1"),
        ({"media/a.pdf": b"x"}, manifest_of({"media/a.pdf": b"x"}), "has no database"),
        (BOTH, manifest_of(BOTH), r"holds 'database\.dump' beside 'database\.sqlite3'"),
        (CONTENTS, manifest_of(CONTENTS, vendor="postgresql"), r"database\.dump is missing"),
        (NESTED, manifest_of(NESTED), "'media/a/b' below a file"),
        (CONTENTS, manifest_of(CONTENTS, missing=["evidence/1/a.pdf"]), "calls it missing"),
    ],
)
def test_what_does_not_fit_its_manifest_is_refused(archive, contents, manifest, sentence):
    with pytest.raises(BackupError, match=sentence):
        verified_manifest(archive(contents, manifest))


@pytest.mark.parametrize(
    "trick",
    [
        "media/../../outside",
        "/etc/cron.d/kotaku",
        "../outside",
        "media//a",
        "media/./a",
        "media\\..\\a",
        "elsewhere/a",
        member("media/link", type=tarfile.SYMTYPE, linkname="/etc/passwd"),
        member("media/hard", type=tarfile.LNKTYPE, linkname="database.sqlite3"),
        member("media/device", type=tarfile.CHRTYPE),
        member("media/folder", type=tarfile.DIRTYPE),
        member("media/sparse", type=tarfile.GNUTYPE_SPARSE, size=0),
        "media/" + "a" * 260,
        "media/line\nbreak",
        "media/\udcff",
    ],
    ids=lambda trick: getattr(trick, "name", trick),
)
def test_tricks_in_names_are_refused(archive, trick):
    with pytest.raises(BackupError, match="which backup never writes; nothing was touched"):
        verified_manifest(archive(extra=[(trick, b"")]))


@pytest.mark.parametrize("name", ["database.sqlite3", "manifest.json"])
def test_one_name_twice_is_refused(archive, name):
    content = manifest_of(CONTENTS) if name == "manifest.json" else b"rows"
    with pytest.raises(BackupError, match=f"'{name}' twice"):
        verified_manifest(archive(extra=[(name, content)]))


@pytest.mark.parametrize("damage", ["cut", "flipped", "text", "empty"])
def test_a_damaged_file_is_refused(archive, damage):
    path = archive()
    content = bytearray(path.read_bytes())
    if damage == "flipped":
        content[len(content) // 2] ^= 0xFF
    path.write_bytes({"cut": content[:-40], "text": b"hello", "empty": b""}.get(damage, content))
    with pytest.raises(
        BackupError, match=r"damaged|differs|incomplete|never writes|cannot be read"
    ):
        verified_manifest(path)


def test_the_command_touches_nothing_and_says_why(archive, monkeypatch):
    def never(*arguments):
        pytest.fail("the database was touched")

    monkeypatch.setattr(restoring.loading, "load", never)
    monkeypatch.setattr(restoring.safety, "state", never)
    with pytest.raises(CommandError, match="its checksum differs"):
        call_command(
            "restore", str(archive(CONTENTS | {"database.sqlite3": b"other"})), replace=True
        )
    with pytest.raises(CommandError, match="There is no archive"):
        call_command("restore", "/nowhere/archive.tar.gz")


def test_an_archive_of_the_other_database_is_refused(db, archive):
    other = {"sqlite": "postgresql", "postgresql": "sqlite"}[connection.vendor]
    names = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
    contents = {names[other]: b"rows"}
    path = archive(contents, manifest=manifest_of(contents, vendor=other))
    with pytest.raises(BackupError, match=f"holds a {other} database"):
        restoring.restore(path)

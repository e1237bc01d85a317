"""Whatever a manifest says, it is read or refused with a sentence, and nothing is touched."""

import gzip
import hashlib
import io
import json
import tarfile

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from kotaku.backup import restoring
from kotaku.backup.manifest import BackupError, parsed

DATABASE = {"database.sqlite3": hashlib.sha256(b"rows").hexdigest()}
HONEST = {
    "format": 1,
    "vendor": "sqlite",
    "made_at": "2026-11-25T01:30:00+00:00",
    "migrations": [["kotaku", "0001_initial"]],
    "counts": {"kotaku_user": 1},
    "sha256": DATABASE,
    "missing": [],
    "altered": {},
}
# Names that have broken readers of archives before, and any others.
NAMES = st.sampled_from(
    [
        "media/a.pdf",
        "media/../x",
        "/etc/passwd",
        "media/",
        "manifest.json",
        "media/\0",
        "\ud800",
        "",
    ]
) | st.text(max_size=12)
NUMBERS = st.integers() | st.floats() | st.sampled_from([2**63, -1, True, 10**4200])
ANYTHING = st.recursive(
    st.none() | st.booleans() | NUMBERS | NAMES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=6,
)
LIES = st.dictionaries(st.sampled_from([*HONEST, "django"]), ANYTHING, min_size=1, max_size=3)


@given(LIES)
@settings(max_examples=150)
def test_a_manifest_of_anything_is_read_or_refused(lies):
    try:
        manifest = parsed(json.dumps(HONEST | lies).encode("utf-8", "surrogatepass"))
    except BackupError as refusal:
        str(refusal).encode()
        return
    # What is taken can be used without a further look.
    assert manifest["vendor"] in ("sqlite", "postgresql")
    assert sum(manifest["counts"].values()) >= 0
    assert all(len(migration) == 2 for migration in manifest["migrations"])
    str(manifest["made_at"]).encode()
    for name in (*manifest["sha256"], *manifest["missing"], *manifest["altered"]):
        assert ".." not in name.split("/")
        assert not name.startswith("/")


@given(st.binary(max_size=60))
def test_bytes_that_are_no_json_are_refused(content):
    with pytest.raises(BackupError):
        parsed(content)


@pytest.mark.parametrize(
    "content",
    [
        b"[" * 100_000,
        b'{"format": ' + b"9" * 5000 + b"}",
        b'{"format": 1e999}',
        b'{"format": true}',
        b"\xff\xfe{}",
        b"NaN",
    ],
    ids=["deep", "digits", "infinite", "boolean", "utf-16", "nan"],
)
def test_known_tricks_of_json_are_refused(content):
    with pytest.raises(BackupError, match=r"manifest cannot be read|has format"):
        parsed(content)


def tampered(content, places):
    content = bytearray(content)
    for place, value in places:
        content[place % len(content)] = value
    return bytes(content)


@pytest.fixture(scope="module")
def tar():
    """The bytes of an uncompressed archive as backup writes it."""
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w", format=tarfile.PAX_FORMAT) as members:
        for name, content in {
            "media/é.pdf": b"%PDF",
            "database.sqlite3": b"rows",
            "manifest.json": json.dumps(HONEST).encode(),
        }.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            members.addfile(info, io.BytesIO(content))
    return stream.getvalue()


@pytest.fixture(scope="module")
def untouched():
    """Nothing of the installation is asked or changed."""

    def never(*arguments, **options):
        pytest.fail("the installation was touched")

    with pytest.MonkeyPatch.context() as patch:
        for module, name in (
            (restoring.safety, "state"),
            (restoring.loading, "load"),
            (restoring, "restore_files"),
        ):
            patch.setattr(module, name, never)
        yield


@given(
    # Headers, where names, sizes and types are, rather than contents.
    places=st.lists(st.tuples(st.integers(0, 6000), st.integers(0, 255)), min_size=1, max_size=6),
)
def test_a_tampered_archive_never_ends_in_a_traceback(tar, untouched, tmp_path_factory, places):
    path = tmp_path_factory.getbasetemp() / "tampered.tar.gz"
    path.write_bytes(gzip.compress(tampered(tar, places), 1))
    with pytest.raises(CommandError) as refused:
        call_command("restore", str(path), replace=True)
    str(refused.value).encode()

"""The disk is full in the middle of an upload: a clear page, no half record, no orphan file."""

import errno
import os
import re
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import OperationalError
from django.test import Client

from areas.models import Activity, ActivityPhoto, Evidence, FigureEvent, ImportRun, YearlyFigure
from kotaku.requests.error_pages import is_disk_full
from meetings.models import Article, Attachment, FollowUpEvidence, ProgressNote
from tests.areas.figures.test_entry import photo, typed
from tests.factories import FollowUpFactory, MeetingFactory
from tests.meetings.reports.test_articles import words


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    """A media folder of this test's own."""
    settings.MEDIA_ROOT = str(tmp_path)
    return tmp_path


@pytest.fixture
def full_disk(monkeypatch):
    """The bytes of an upload find no room."""

    def no_room(descriptor):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("kotaku.files.storage.os.fsync", no_room)


def files_in(folder):
    return [path for path in Path(folder).rglob("*") if path.is_file()]


def of(user):
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


def activity(village, user):
    return Activity.objects.create(
        village=village, aspect=1, description="Jalan", year=2017, actor="Desa", changed_by=user
    )


def evidence(world):
    return of(world.officer), "/isian/2017/", typed(evidence=photo())


def activity_photo(world):
    made = activity(world.village, world.officer)
    return of(world.officer), f"/rencana/{made.pk}/foto/", {"stage": "0", "photo": photo()}


def attachment(world):
    meeting = MeetingFactory()
    address = f"/rakor/{meeting.pk}/lampiran/"
    return of(world.bappeda), address, {"kind": "photo", "caption": "Suasana", "file": photo()}


def report(world):
    task = FollowUpFactory(village=world.village, organisation="")
    fields = {"version": "1", "text": "Sudah diukur.", "evidence": photo()}
    return of(world.officer), f"/tindak-lanjut/{task.pk}/kemajuan/", fields


def article_photo(world):
    address = f"/rakor/{MeetingFactory().pk}/berita/"
    return of(world.bappeda), address, words(photo=photo(), photo_caption="Suasana")


def sheet(world):
    file = ContentFile(b"kode;tahun;luas\n32.79.99.9999;2017;1\n", "angka.csv")
    fields = {"kind": "angka", "programme": world.programme.pk, "file": file}
    return of(world.bappeda), "/data/impor/", fields


class World:
    def __init__(self, baseline, officer, bappeda):
        self.officer, self.bappeda = officer, bappeda
        self.village, self.programme = baseline.village, baseline.programme


@pytest.fixture
def world(baseline, officer, bappeda):
    """Who uploads what."""
    return World(baseline, officer, bappeda)


MODELS = (
    YearlyFigure, FigureEvent, Evidence, ActivityPhoto, Attachment, Article, ImportRun,
    FollowUpEvidence, ProgressNote,
)  # fmt: skip
UPLOADS = pytest.mark.parametrize(
    "upload",
    [evidence, activity_photo, attachment, article_photo, sheet, report],
    ids=lambda f: f.__name__,
)


@UPLOADS
def test_the_page_says_so_and_nothing_is_half_there(world, media, full_disk, upload):
    client, address, fields = upload(world)
    response = client.post(address, fields)
    assert response.status_code == 507
    page = response.content.decode()
    assert "Ruang simpan server penuh" in page
    assert "<strong>belum tersimpan</strong>" in page
    assert response["X-Request-ID"] in page
    for name, value in fields.items():
        if isinstance(value, str) and value:
            assert re.search(rf'name="{name}" value="', page)
    assert [model.__name__ for model in MODELS if model.objects.exists()] == []
    assert files_in(media) == []


@UPLOADS
def test_the_same_upload_succeeds_once_there_is_room(world, media, upload):
    client, address, fields = upload(world)
    response = client.post(address, fields)
    assert response.status_code == 302
    assert len(files_in(media)) == 1


@pytest.mark.django_db(transaction=True)
@UPLOADS
def test_a_row_that_cannot_be_stored_leaves_no_file(world, media, monkeypatch, upload):
    client, address, fields = upload(world)

    def refuse(*arguments):
        raise OperationalError("database or disk is full")

    for model in (Evidence, ActivityPhoto, Attachment, Article, ImportRun, FollowUpEvidence):
        monkeypatch.setattr(model, "_do_insert", refuse)
    assert client.post(address, fields).status_code == 507
    assert [model.__name__ for model in MODELS if model.objects.exists()] == []
    assert files_in(media) == []


def test_good_files_before_the_last_stay_with_their_rows(world, media, monkeypatch):
    calls = []

    def second_has_no_room(descriptor):
        calls.append(descriptor)
        if len(calls) == 2:
            raise OSError(errno.EDQUOT, os.strerror(errno.EDQUOT))

    monkeypatch.setattr("kotaku.files.storage.os.fsync", second_has_no_room)
    files = [photo("a.jpg"), photo("b.jpg", size=(9, 9))]
    response = of(world.officer).post("/isian/2017/", typed(evidence=files))
    assert response.status_code == 507
    assert Evidence.objects.count() == len(files_in(media)) == 1


def test_a_file_has_its_name_only_when_it_is_whole(media):
    class Cut(ContentFile):
        def chunks(self, chunk_size=None):
            yield b"half"
            assert [path.parent.name for path in files_in(media)] == [".unfinished"]
            raise OSError(errno.EIO, "cut")

    with pytest.raises(OSError, match="cut"):
        default_storage.save("evidence/1/a.jpg", Cut(b"whole"))
    assert files_in(media) == []
    name = default_storage.save("evidence/1/a.jpg", ContentFile(b"whole"))
    assert (media / name).read_bytes() == b"whole"
    assert (media / name).stat().st_mode & 0o777 == 0o640


def test_a_disk_that_is_full_is_known_by_its_number():
    class DiskFull(Exception):
        pgcode = "53100"

    error = OperationalError("could not extend file")
    error.__cause__ = DiskFull()
    assert is_disk_full(error)
    assert not is_disk_full(OperationalError("database is locked"))
    assert not is_disk_full(OSError(errno.EACCES, "denied"))


def test_a_report_with_one_file_too_many_for_the_disk_leaves_nothing(world, media, monkeypatch):
    calls = []

    def second_has_no_room(descriptor):
        calls.append(descriptor)
        if len(calls) == 2:
            raise OSError(errno.EDQUOT, os.strerror(errno.EDQUOT))

    monkeypatch.setattr("kotaku.files.storage.os.fsync", second_has_no_room)
    client, address, fields = report(world)
    files = [photo("a.jpg"), photo("b.jpg", size=(9, 9))]
    assert client.post(address, fields | {"evidence": files}).status_code == 507
    assert not ProgressNote.objects.exists()
    assert not FollowUpEvidence.objects.exists()
    assert files_in(media) == []

"""A small installation with one file of every kind, and what can happen to it."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection

from areas.models import ActivityPhoto, Evidence, ImportRun
from kotaku.backup import loading, record
from kotaku.files.digested import digested_fields
from meetings.models import Article, Attachment, FollowUpEvidence, Letterhead
from tests import factories

PDF = {"content_type": "application/pdf", "name": "surat.pdf", "size_bytes": 9, "sha256": "c" * 64}


def _evidence():
    figure = factories.YearlyFigureFactory()
    return Evidence(figure=figure, slot=1, uploaded_by=figure.entered_by, **PDF)


def _attachment():
    meeting = factories.MeetingFactory()
    return Attachment(meeting=meeting, uploaded_by=meeting.changed_by, **PDF)


def _follow_up_evidence():
    task = factories.FollowUpFactory()
    return FollowUpEvidence(follow_up=task, uploaded_by=task.changed_by, **PDF)


def _letterhead():
    return Letterhead(region=factories.city(), government="Pemerintah Kota Banjar", city="Banjar")


ROWS = {
    ActivityPhoto: factories.ActivityPhotoFactory,
    Article: factories.ArticleFactory,
    Attachment: _attachment,
    Evidence: _evidence,
    FollowUpEvidence: _follow_up_evidence,
    ImportRun: factories.ImportRunFactory,
    Letterhead: _letterhead,
}


def install_one_of_each() -> list[str]:
    """Store one row with one file for every file field of the project; return the files' names."""
    names = []
    for model in record.all_models():
        for field in digested_fields(model):
            row = ROWS[model]()
            content = ContentFile(f"%PDF {model.__name__}".encode())
            getattr(row, field.name).save("berkas.pdf", content, save=True)
            names.append(getattr(row, field.name).name)
    return sorted(names)


def lose_media(folder: Path) -> None:
    """The folder of uploaded files is gone."""
    shutil.rmtree(folder)


def lose_database() -> None:
    """A new disk: no database file, or an empty database."""
    connection.close()
    if connection.vendor == "sqlite":
        for path in loading.sqlite_files():
            path.unlink(missing_ok=True)
    else:
        loading._drop_everything()


def damage_file(name: str) -> None:
    """One bit of a stored file has turned."""
    path = Path(default_storage.path(name))
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)


def damage_database(how: str) -> None:
    """Overwrite the beginning or the middle of the database, or cut it in half.

    On PostgreSQL the file of one table is gone, or of an important one.
    """
    if connection.vendor == "postgresql":
        table = "kotaku_user" if how == "beginning" else "areas_evidence"
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE pg_class SET relfilenode = 2147480000 WHERE relname = %s", [table]
            )
        connection.close()
        return
    connection.close()
    path = loading.sqlite_files()[0]
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (page_bytes,) = database.execute("PRAGMA page_size").fetchone()
    content = path.read_bytes()
    if how == "half":
        path.write_bytes(content[: len(content) // page_bytes // 2 * page_bytes])
        return
    start, end = (0, 100) if how == "beginning" else (4 * page_bytes, len(content))
    path.write_bytes(content[:start] + b"\xa5" * (end - start) + content[end:])

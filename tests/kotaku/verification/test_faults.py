"""Each kind of damage to a record is told in a sentence, and a record without damage is told so."""

import re
import shutil
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection, transaction

from areas.models import ActivityPhoto
from kotaku import contributions
from kotaku.files.drawn import Size, drawn_name
from kotaku.models import User
from kotaku.verification import report
from kotaku.workflow.versioned import Record
from meetings.models import Minutes
from tests.kotaku.verification import faults

pytestmark = pytest.mark.django_db


@pytest.fixture
def sample(settings, tmp_path):
    """The real and the sample data, with approved minutes, and a media folder of its own."""
    settings.MEDIA_ROOT = str(tmp_path / "media")
    settings.DEBUG = True
    call_command("load_reference", verbosity=0)
    call_command("load_sample", verbosity=0)
    minutes = Minutes.objects.get(meeting__state="done", meeting__source="own")
    minutes.submit(by=User.objects.get(username="bappeda"), version=minutes.version)
    minutes.approve(by=User.objects.get(username="bappeda2"), version=minutes.version)


def switch_triggers_off():
    """Drop the triggers that refuse a change; those of the data version only count it."""
    present = {
        "sqlite": "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal",
    }
    with connection.cursor() as cursor:
        cursor.execute(present[connection.vendor])
        for name, table in cursor.fetchall():
            if not name.startswith("kotaku_data_changed"):
                suffix = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER {name}{suffix}")
        if connection.vendor == "postgresql":
            # Otherwise a table with rows just written cannot be altered.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


@contextmanager
def undone():
    """Undo what is done to the database and to the files."""
    media, kept = Path(default_storage.location), Path(f"{default_storage.location}-kept")
    shutil.copytree(media, kept)
    try:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
    finally:
        shutil.rmtree(media)
        kept.rename(media)


def found_by(title) -> str:
    """Return what the check with this title finds, a sentence on each line."""
    (check,) = (each for each in report.checks() if each.title == title)
    return "\n".join(report._sentences(check))


def test_each_fault_is_told_and_a_record_without_one_is_well(sample):
    add_files_that_are_no_faults()
    assert [part.sentences for part in map(_part, report.checks())] == [[]] * 8
    missed = {}
    for name, (title, steps, words, *vendors) in faults.FAULTS.items():
        if vendors and connection.vendor not in vendors[0]:
            continue
        with undone():
            switch_triggers_off()
            steps() if callable(steps) else faults.run(*steps)
            told = found_by(title)
            if not re.search(words, told):
                missed[name] = told
    assert missed == {}


def _part(check):
    return report.Part(check, report._sentences(check))


def add_files_that_are_no_faults():
    """A picture drawn from a photo, and a file that is just being uploaded."""
    photo = ActivityPhoto.objects.first()
    default_storage.save(drawn_name(photo.file.name, Size.SMALL), ContentFile(b"JPEG"))
    default_storage.save("evidence/1/sedang-diunggah.pdf", ContentFile(b"%PDF"))
    for path in Path(default_storage.location).rglob("*.kecil.jpg"):
        faults.os.utime(path, (faults.LONG_AGO, faults.LONG_AGO))


def test_every_record_with_transitions_has_a_history_that_is_verified():
    known = {each.model for each in contributions.gather(contributions.record_histories)}
    records = {
        model for model in apps.get_models() if issubclass(model, Record) and model.transitions
    }
    assert known == records

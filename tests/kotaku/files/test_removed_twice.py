"""A file removed twice, as by a double click, is one line of its record's history."""

import pytest

from areas.models import ActivityEvent, ActivityPhoto, Evidence, FigureEvent
from meetings.models import Attachment, FollowUpEvidence, MeetingEvent, ProgressNote
from tests.areas.figures.test_entry import photo
from tests.factories import (
    ActivityPhotoFactory,
    FollowUpFactory,
    MeetingFactory,
    YearlyFigureFactory,
)


def evidence(person):
    picture = photo()
    picture.checked_type = "image/jpeg"
    Evidence.attach(YearlyFigureFactory(status="draft"), picture, by=person)
    return Evidence, FigureEvent, "evidence_removed"


def photo_of_an_activity(person):
    ActivityPhotoFactory()
    return ActivityPhoto, ActivityEvent, "photo_removed"


def attachment(person):
    Attachment.attach(MeetingFactory(), photo(), kind="photo", caption="", by=person)
    return Attachment, MeetingEvent, "detach"


def evidence_of_a_follow_up(person):
    picture = photo()
    picture.checked_type = "image/jpeg"
    FollowUpEvidence.attach(FollowUpFactory(), picture, by=person)
    return FollowUpEvidence, ProgressNote, "detach"


@pytest.mark.parametrize(
    "of", [evidence, photo_of_an_activity, attachment, evidence_of_a_follow_up]
)
def test_a_file_removed_twice_is_removed_once(admin, of):
    files, events, kind = of(admin)
    one, other = files.objects.get(), files.objects.get()
    one.remove(by=admin)
    other.remove(by=admin)
    assert not files.objects.exists()
    assert events.objects.filter(kind=kind).count() == 1

"""Meetings in the admin: looked up, corrected where that is safe, never deleted."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from meetings.models import Letterhead, Meeting, Minutes
from tests.areas.public.pages import text_of
from tests.drawn_forms import save_shown
from tests.factories import (
    AgendaItemFactory,
    ArticleFactory,
    FollowUpFactory,
    MeetingFactory,
    MinutesFactory,
    city,
)

pytestmark = pytest.mark.ignore_template_errors


@pytest.fixture
def client(admin, client_of):
    """The admin's browser."""
    return client_of(admin)


def inline(prefix, count=0):
    return {f"{prefix}-TOTAL_FORMS": count, f"{prefix}-INITIAL_FORMS": count}


def facts(**changes):
    return {
        "title": "Rakor admin",
        "kind": "coordination",
        "starts_at_0": "14-05-2030",
        "starts_at_1": "09:00:00",
        "ends_at_0": "",
        "ends_at_1": "",
        "is_time_known": "on",
        "is_end_known": "on",
        "way": "onsite",
        "place": "Aula",
        "organiser": "Bappeda",
        "region": city().pk,
        **inline("agenda"),
        **inline("participants"),
        **changes,
    }


def test_admin_adds_a_meeting_with_its_minutes(client, admin):
    response = client.post("/admin/meetings/meeting/add/", facts())
    assert response.status_code == 302, text_of(response)
    meeting = Meeting.objects.get()
    assert (meeting.changed_by, meeting.state) == (admin, "draft")
    assert Minutes.objects.get().meeting == meeting
    assert client.get(f"/rakor/{meeting.pk}/").status_code == 200


def test_correction_in_the_admin_raises_the_version(client):
    meeting = MeetingFactory()
    AgendaItemFactory(meeting=meeting)
    item = meeting.agenda.get()
    agenda = {
        **inline("agenda", 1),
        "agenda-0-id": item.pk,
        "agenda-0-meeting": meeting.pk,
        "agenda-0-order": 1,
        "agenda-0-day": 1,
        "agenda-0-title": "Diperbaiki",
    }
    address = f"/admin/meetings/meeting/{meeting.pk}/change/"
    response = save_shown(client, address, facts(**agenda))
    assert response.status_code == 302, text_of(response)
    meeting.refresh_from_db()
    assert (meeting.title, meeting.version) == ("Rakor admin", 2)
    assert meeting.agenda.get().title == "Diperbaiki"


def test_end_before_start_is_refused_in_the_admin_too(client):
    typed = facts(ends_at_0="14-05-2030", ends_at_1="08:00:00")
    response = client.post("/admin/meetings/meeting/add/", typed)
    assert "Waktu selesai harus sesudah waktu mulai." in text_of(response)


def test_item_on_a_day_after_the_meeting_is_refused_in_the_admin_too(client):
    item = {**inline("agenda", 1), "agenda-INITIAL_FORMS": 0, "agenda-0-order": 1,
            "agenda-0-day": 2, "agenda-0-title": "Lusa"}  # fmt: skip
    response = client.post("/admin/meetings/meeting/add/", facts(**item))
    assert "Acara berlangsung pada salah satu hari rapatnya." in text_of(response)
    assert 'value="Lusa"' in response.content.decode()
    assert not Meeting.objects.exists()
    long = facts(**item, ends_at_0="15-05-2030", ends_at_1="08:00:00")
    assert client.post("/admin/meetings/meeting/add/", long).status_code == 302
    meeting = Meeting.objects.get()
    stored = {**item, "agenda-INITIAL_FORMS": 1, "agenda-0-id": meeting.agenda.get().pk,
              "agenda-0-meeting": meeting.pk}  # fmt: skip
    address = f"/admin/meetings/meeting/{meeting.pk}/change/"
    assert "Ubah dahulu hari acaranya" in text_of(save_shown(client, address, facts(**stored)))
    meeting.refresh_from_db()
    assert meeting.day_count == 2


def test_meeting_with_approved_minutes_is_looked_at_only(client):
    meeting = MeetingFactory(done=True, minutes=None)
    MinutesFactory(meeting=meeting, approved=True)
    response = client.post(f"/admin/meetings/meeting/{meeting.pk}/change/", facts())
    assert response.status_code == 403


@pytest.mark.parametrize("name", ["minutes", "decision", "followup", "attachment", "article"])
def test_what_verbs_change_is_looked_at_only(client, name):
    task = FollowUpFactory()
    article = ArticleFactory(meeting=task.meeting)
    pk = {
        "minutes": task.meeting.minutes.pk,
        "decision": task.decision_id,
        "followup": task.pk,
        "article": article.pk,
    }.get(name)
    assert client.get(f"/admin/meetings/{name}/").status_code == 200
    assert client.get(f"/admin/meetings/{name}/add/").status_code == 403
    if pk:
        assert client.get(f"/admin/meetings/{name}/{pk}/change/").status_code == 200
        assert client.post(f"/admin/meetings/{name}/{pk}/change/", {}).status_code == 403
        assert client.post(f"/admin/meetings/{name}/{pk}/delete/", {}).status_code == 403


def logo(content=None):
    return SimpleUploadedFile("logo.png", picture("black") if content is None else content)


def picture(colour):
    buffer = io.BytesIO()
    Image.new("RGB", (20, 20), colour).save(buffer, "PNG")
    return buffer.getvalue()


def letterhead(**changes):
    return {
        "region": city().pk, "government": "Pemkot", "office": "Kantor", "city": "Banjar", **changes,
    }  # fmt: skip


def test_admin_sets_one_letterhead_for_each_region(client):
    typed = letterhead(logo=logo())
    assert client.post("/admin/meetings/letterhead/add/", typed).status_code == 302
    assert Letterhead.of(city()).office == "Kantor"
    page = text_of(client.post("/admin/meetings/letterhead/add/", letterhead()))
    assert "Wilayah ini sudah mempunyai kop surat; ubah yang sudah ada." in page
    assert Letterhead.of(city("32.78", "Tasikmalaya")).government == "Pemerintah Kota Tasikmalaya"


def test_a_replaced_logo_is_deleted_and_its_digest_follows(
    client, django_capture_on_commit_callbacks
):
    client.post("/admin/meetings/letterhead/add/", letterhead(logo=logo()))
    row = Letterhead.objects.get()
    old, digest = row.logo.name, row.logo_sha256
    assert len(digest) == 64
    address = f"/admin/meetings/letterhead/{row.pk}/change/"
    with django_capture_on_commit_callbacks(execute=True):
        save_shown(client, address, letterhead(logo=logo(picture("red"))))
    row.refresh_from_db()
    assert row.logo.name != old
    assert row.logo_sha256 not in ("", digest)
    assert not row.logo.storage.exists(old)
    with django_capture_on_commit_callbacks(execute=True):
        save_shown(client, address, letterhead(**{"logo-clear": "on"}))
    cleared = Letterhead.objects.get()
    assert (cleared.logo.name, cleared.logo_sha256) == ("", "")
    assert not row.logo.storage.exists(row.logo.name)


def test_logo_must_be_a_picture(client):
    typed = letterhead(logo=logo(b"<svg/>"))
    page = text_of(client.post("/admin/meetings/letterhead/add/", typed))
    assert "Jenis berkas tidak diterima." in page
    assert not Letterhead.objects.exists()


@pytest.mark.parametrize("address", ["add/", "{}/change/"])
def test_made_up_button_copies_no_meeting(client, address):
    meeting = MeetingFactory()
    typed = facts(title="Salinan", _saveasnew="1")
    response = client.post(f"/admin/meetings/meeting/{address.format(meeting.pk)}", typed)
    assert response.status_code == 403
    assert Meeting.objects.get().title == meeting.title

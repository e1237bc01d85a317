"""A second click on a meeting's button ends where the first one did; a colleague's does not."""

import pytest

from meetings.models import MeetingState
from tests.areas.figures.test_typed_words_stay import after_sign_in
from tests.areas.public.pages import text_of
from tests.factories import (
    AgendaItemFactory,
    FollowUpFactory,
    MeetingFactory,
    ParticipantFactory,
)

BUTTONS = {
    "penjadwalan": (MeetingState.DRAFT, {}, "schedule"),
    "penyelesaian": (MeetingState.SCHEDULED, {}, "finish"),
    "pembukaan": (MeetingState.DONE, {}, "reopen"),
    "pembatalan": (MeetingState.SCHEDULED, {"reason": "Banjir."}, "cancel"),
    "notulen/pengajuan": (MeetingState.DONE, {}, "submit"),
    "notulen/pengesahan": (MeetingState.DONE, {}, "approve"),
    "notulen/pengembalian": (MeetingState.DONE, {"reason": "Kurang."}, "return"),
}


@pytest.fixture
def pressed(client_of, bappeda, second_bappeda):
    """Return the answers to two clicks on a button of a meeting in the state that it needs."""

    def press(button, second=None, **other):
        state, typed, _ = BUTTONS[button]
        meeting = MeetingFactory(state=state)
        AgendaItemFactory(meeting=meeting, notes="Dibahas.")
        if button in ("notulen/pengesahan", "notulen/pengembalian"):
            meeting.minutes.submit(by=second_bappeda, version=1)
        version = meeting.minutes.version if "notulen" in button else 1
        page = f"/rakor/{meeting.pk}/{button}/"
        first = client_of(bappeda).post(page, {"version": version, **typed})
        again = client_of(second or bappeda).post(page, {"version": version, **typed, **other})
        return meeting, [first.status_code, again.status_code], text_of(again)

    return press


@pytest.mark.parametrize("button", BUTTONS)
def test_one_person_s_two_clicks_are_one_step(pressed, button):
    meeting, statuses, _ = pressed(button)
    assert statuses == [302, 302]
    assert meeting.events.filter(kind=BUTTONS[button][2]).count() == 1


@pytest.mark.parametrize("button", ["penjadwalan", "pembatalan", "notulen/pengajuan"])
def test_a_colleague_s_click_is_too_late(pressed, second_bappeda, button):
    _, statuses, page = pressed(button, second=second_bappeda)
    assert statuses == [302, 409]
    assert "Data ini baru saja diubah oleh" in page


@pytest.mark.parametrize("button", ["pembatalan", "notulen/pengembalian"])
def test_another_reason_is_too_late_and_is_shown(pressed, button):
    _, statuses, page = pressed(button, reason="Alasan yang lain")
    assert statuses == [302, 409]
    assert "Alasan yang lain" in page


def test_progress_on_what_is_done_meanwhile_is_shown_again(officer, baseline):
    task = FollowUpFactory(village=baseline.village, organisation="", done=True)
    page = f"/tindak-lanjut/{task.pk}/"
    shown = after_sign_in(officer, f"{page}kemajuan/", page, {"version": 1, "text": "Baru separuh"})
    assert "Baru separuh" in shown


def test_return_of_minutes_that_are_decided_meanwhile_shows_its_reason(bappeda):
    meeting = MeetingFactory(state=MeetingState.DONE, minutes__approved=True)
    page = f"/rakor/{meeting.pk}/"
    data = {"version": 1, "reason": "Kurang jelas"}
    assert "Kurang jelas" in after_sign_in(bappeda, f"{page}notulen/pengembalian/", page, data)


@pytest.mark.parametrize("page", ["notulen/", "kehadiran/", "ubah/"])
def test_what_waits_for_a_meeting_with_locked_minutes_is_shown(bappeda, page):
    meeting = MeetingFactory(state=MeetingState.DONE, minutes__approved=True)
    item = AgendaItemFactory(meeting=meeting)
    person = ParticipantFactory(meeting=meeting)
    data = {
        "opening": "Kata pembuka",
        f"acara{item.pk}-notes": "",
        f"hadir-{person.pk}": "on",
        f"wakil-{person.pk}": "Kata pembuka",
        f"semula-{person.pk}": "0||",
        "title": "Kata pembuka",
        "version": 1,
    }
    address = f"/rakor/{meeting.pk}/{page}"
    assert "Kata pembuka" in after_sign_in(bappeda, address, address, data, is_plain=False)


def test_attendance_that_comes_after_the_minutes_is_shown_again(client_of, bappeda):
    meeting = MeetingFactory(state=MeetingState.DONE, minutes__approved=True)
    person = ParticipantFactory(meeting=meeting)
    data = {f"wakil-{person.pk}": "Pak Wakil", f"semula-{person.pk}": "0||"}
    response = client_of(bappeda).post(f"/rakor/{meeting.pk}/kehadiran/", data)
    assert response.status_code == 409
    assert "Pak Wakil" in response.content.decode()
    person.refresh_from_db()
    assert person.represented_by == ""

"""Ticking the attendance of many people on a phone: each tick is saved by itself."""

import pytest
from django.db import transaction
from playwright.sync_api import expect

from kotaku.models import User
from meetings.models import Meeting, Participant
from tests.factories import ParticipantFactory

pytestmark = pytest.mark.usefixtures("sample_site")


@pytest.fixture
def hall(phone, sign_in):
    """The page with sixty more people, and the meeting."""
    meeting = Meeting.objects.get(title="Rakor triwulan (contoh)")
    with transaction.atomic():
        for number in range(60):
            ParticipantFactory(meeting=meeting, name=f"Warga {number:02}", unsur="other")
    sign_in(phone, User.objects.get(username="bappeda"))
    phone.goto(f"/rakor/{meeting.pk}/kehadiran/")
    return phone, meeting


def row_of(page, name):
    return page.locator(".attendance__row").filter(has_text=name)


def test_people_are_found_and_each_tick_is_saved(hall, assert_accessible):
    page, meeting = hall
    search = page.get_by_label("Cari dalam daftar")
    search.fill("warga 42")
    expect(page.locator(".attendance__row:visible")).to_have_count(1)
    assert_accessible(page)
    row_of(page, "Warga 42").get_by_role("checkbox").check()
    expect(row_of(page, "Warga 42")).to_contain_text("Tersimpan.")
    person = Participant.objects.get(meeting=meeting, name="Warga 42")
    assert person.is_present
    assert page.locator("[data-kotaku-head-count]").inner_text().startswith("9 dari 74 hadir")
    # And taken back, without a button; nobody else's row was sent.
    row_of(page, "Warga 42").get_by_role("checkbox").uncheck()
    expect(page.locator("[data-kotaku-head-count]")).to_contain_text("8 dari 74 hadir")
    search.fill("")
    expect(page.locator(".attendance__row:visible")).to_have_count(74)


def test_a_tick_without_a_line_says_so_and_the_button_saves_it(hall, page_problems):
    page_problems.allow("ERR_INTERNET_DISCONNECTED")
    page_problems.allow("status of 409")
    page, meeting = hall
    page.context.set_offline(True)
    row_of(page, "Warga 01").get_by_role("checkbox").check()
    expect(row_of(page, "Warga 01")).to_contain_text("Belum tersimpan")
    page.context.set_offline(False)
    # A colleague has written into another row meanwhile.
    Participant.objects.filter(meeting=meeting, name="Warga 02").update(represented_by="Dedi")
    row_of(page, "Warga 02").get_by_role("checkbox").check()
    expect(row_of(page, "Warga 02")).to_contain_text("baru saja diubah orang lain")
    row_of(page, "Warga 02").get_by_role("checkbox").uncheck()
    expect(row_of(page, "Warga 02")).to_contain_text("Tersimpan.")
    page.get_by_role("button", name="Simpan kehadiran").last.click()
    expect(page.locator(".flash")).to_contain_text("Kehadiran tersimpan.")
    names = Participant.objects.filter(meeting=meeting, is_present=True, name__startswith="Warga")
    assert [person.name for person in names] == ["Warga 01"]
    assert Participant.objects.get(meeting=meeting, name="Warga 02").represented_by == "Dedi"

"""Mail when minutes wait for approval, a task is new or has another owner, one is reported done."""
# ruff: noqa: F811

import pytest

from tests.areas.figures.test_mail_recipients import mailed, people  # noqa: F401
from tests.factories import DecisionFactory, FollowUpFactory, MeetingFactory


@pytest.fixture
def meeting(people, bappeda):
    """A meeting that was held, with minutes."""
    return MeetingFactory(done=True, title="Rakor triwulan", changed_by=bappeda)


@pytest.fixture
def task(meeting, baseline):
    """What the officer's village has to do."""
    decision = DecisionFactory(meeting=meeting)
    return FollowUpFactory(
        decision=decision, village=baseline.village, organisation="", what="Perbaiki saluran"
    )


def step(client, meeting, noun, version):
    return client.post(f"/rakor/{meeting.pk}/notulen/{noun}/", {"version": version})


OFFICE = ["pemeriksa", "pemeriksa2", "pengelola"]


def test_minutes_that_wait_are_told_to_who_may_approve_them(
    client_of,
    people,
    bappeda,
    task,
    mailed,
    mailoutbox,
):
    told = mailed(lambda: step(client_of(bappeda), task.meeting, "pengajuan", 1))
    assert told == ["pemeriksa2", "pengelola"]
    assert mailoutbox[0].subject == "Menunggu pengesahan: notulen Rakor triwulan"
    assert f"/rakor/{task.meeting.pk}/" in mailoutbox[0].body


def test_where_a_chair_is_named_only_the_chair_is_told(
    client_of,
    people,
    bappeda,
    viewer,
    task,
    mailed,
):
    type(task.meeting).objects.update(chair_user=viewer)
    assert mailed(lambda: step(client_of(bappeda), task.meeting, "pengajuan", 1)) == ["pembaca"]


def test_new_tasks_are_told_to_their_owners_once_the_minutes_are_approved(
    client_of,
    people,
    bappeda,
    second_bappeda,
    viewer,
    task,
    mailed,
    mailoutbox,
):
    FollowUpFactory(decision=task.decision, responsible_user=viewer, what="Ukur jalan")
    FollowUpFactory(
        decision=task.decision, responsible_user=viewer, what="Urung", state="cancelled"
    )
    FollowUpFactory(decision=task.decision, responsible_user=second_bappeda, what="Sahkan")
    FollowUpFactory(decision=task.decision, village=task.village, organisation="", what="Kedua")
    task.meeting.minutes.submit(by=bappeda, version=1)
    told = mailed(lambda: step(client_of(second_bappeda), task.meeting, "pengesahan", 2))
    assert told == ["operator", "pembaca", "petugas"]
    by_name = {each.to[0].split("@")[0]: each for each in mailoutbox}
    assert by_name["petugas"].subject == "2 tugas baru dari Rakor triwulan"
    for words in ("Perbaiki saluran", "Kedua", "Batas waktu: 31 Desember 2016"):
        assert words in by_name["petugas"].body
    assert by_name["pembaca"].subject == "Tugas baru: Ukur jalan"
    assert "Urung" not in by_name["pembaca"].body


def test_what_is_reported_done_is_told_to_the_office(
    client_of,
    people,
    officer,
    task,
    mailed,
    mailoutbox,
):
    client, address = client_of(officer), f"/tindak-lanjut/{task.pk}/"
    report = {"version": 1, "text": "Bahan dibeli."}
    assert mailed(lambda: client.post(f"{address}kemajuan/", report)) == []
    report = {"version": 2, "text": "Sudah."}
    assert mailed(lambda: client.post(f"{address}penyelesaian/", report)) == OFFICE
    assert mailoutbox[0].subject == "Menunggu konfirmasi: Perbaiki saluran"
    assert "Tidak ada bukti yang dilampirkan." in mailoutbox[0].body
    # A double click tells nobody twice.
    assert mailed(lambda: client.post(f"{address}penyelesaian/", report)) == OFFICE


def test_what_bappeda_reports_done_is_told_to_the_colleagues(
    client_of,
    people,
    bappeda,
    task,
    mailed,
):
    report = {"version": 1, "text": "Sudah."}
    address = f"/tindak-lanjut/{task.pk}/penyelesaian/"
    assert mailed(lambda: client_of(bappeda).post(address, report)) == ["pemeriksa2", "pengelola"]


def test_a_new_owner_is_told_and_the_old_ones_are_not(
    client_of,
    people,
    bappeda,
    second_bappeda,
    viewer,
    task,
    mailed,
    mailoutbox,
):
    minutes = task.meeting.minutes
    minutes.submit(by=bappeda, version=1)
    minutes.approve(by=second_bappeda, version=2)
    address = f"/tindak-lanjut/{task.pk}/penugasan/"
    data = {
        "version": 1, "village": task.village_id, "organisation": "", "due_on": "2099-01-31",
        "responsible_user": viewer.pk, "text": "Dibantu dinas.",
    }  # fmt: skip
    assert mailed(lambda: client_of(bappeda).post(address, data)) == ["pembaca"]
    assert "Batas waktu: 31 Januari 2099" in mailoutbox[0].body
    data |= {"version": 2, "due_on": "2099-02-28"}
    assert mailed(lambda: client_of(bappeda).post(address, data)) == ["pembaca"]

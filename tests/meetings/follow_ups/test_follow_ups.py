"""Follow-ups, through the URL: who sees what first, who reports, who confirms."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kotaku.requests import kept_forms
from meetings.models import FollowUp, MeetingState
from tests.areas.public.pages import text_of
from tests.factories import PASSWORD, DecisionFactory, FollowUpFactory, MeetingFactory, UserFactory


@pytest.fixture
def task(baseline):
    """What the officer's village has to do, overdue since 2016."""
    return FollowUpFactory(village=baseline.village, organisation="", what="Perbaiki drainase")


def test_overdue_comes_first_and_closed_last(client_of, viewer):
    today = timezone.localdate()
    FollowUpFactory(what="Tuntas dulu", done=True, due_on=today - timedelta(days=99))
    FollowUpFactory(what="Nanti", due_on=today + timedelta(days=5))
    FollowUpFactory(what="Lewat", due_on=today - timedelta(days=2))
    FollowUpFactory(what="Hari ini", due_on=today)
    page = text_of(client_of(viewer).get("/tindak-lanjut/"))
    assert (
        page.index("Lewat")
        < page.index("Hari ini")
        < page.index("Nanti")
        < page.index("Tuntas dulu")
    )
    assert "1 tindak lanjut lewat batas" in page
    assert "(lewat 2 hari)" in page


def test_officer_sees_the_own_village_first(client_of, officer, task):
    FollowUpFactory(what="Milik DCKTLH")
    page = text_of(client_of(officer).get("/tindak-lanjut/"))
    assert page.index("Tanggung jawab Anda") < page.index("Perbaiki drainase")
    assert page.index("Perbaiki drainase") < page.index("Semua tindak lanjut")
    assert "Milik DCKTLH" in page


def test_the_heading_counts_what_is_late_of_the_reader(client_of, officer, viewer, task):
    FollowUpFactory(what="Milik DCKTLH")
    assert "2 tindak lanjut lewat batas" in text_of(client_of(viewer).get("/tindak-lanjut/"))
    mine = text_of(client_of(officer).get("/tindak-lanjut/"))
    assert "1 tindak lanjut Anda lewat batas" in mine


def test_a_meeting_counts_in_the_words_of_its_rows(client_of, bappeda):
    decision = DecisionFactory()
    FollowUpFactory(decision=decision, done=True)
    FollowUpFactory(decision=decision)
    page = text_of(client_of(bappeda).get(f"/rakor/{decision.meeting_id}/"))
    assert "1 keputusan, 2 tindak lanjut: 1 menunggu konfirmasi, 1 terlambat." in page


def test_a_decision_is_read_with_the_approved_minutes(client_of, officer, bappeda, task):
    decision, address = task.decision, f"/tindak-lanjut/{task.pk}/"
    page = text_of(client_of(officer).get(address))
    assert "Isinya dapat dibaca setelah notulen disahkan." in page
    assert decision.text not in page
    assert "Perbaiki drainase" in page
    assert decision.text in text_of(client_of(bappeda).get(address))
    minutes = decision.meeting.minutes
    minutes.submit(by=bappeda, version=1)
    minutes.approve(by=UserFactory(bappeda=True), version=2)
    assert decision.text in text_of(client_of(officer).get(address))


def test_work_shows_on_the_home_strip_and_the_village_page(client_of, officer, task, baseline):
    browser = client_of(officer)
    assert "Tindak lanjut: Perbaiki drainase" in text_of(browser.get("/"))
    village = f"/desa/{baseline.village.code}/"
    assert "Perbaiki drainase" in text_of(browser.get(village))
    assert "Perbaiki drainase" not in text_of(client_of().get(village))


@pytest.mark.parametrize(
    ("query", "seen"),
    [
        ("keadaan=terlambat", {"Lewat"}),
        ("keadaan=terbuka", {"Lewat", "Jauh"}),
        ("keadaan=konfirmasi", {"Beres"}),
        ("keadaan=batal", {"Urung"}),
        ("keadaan=selesai", set()),
        ("cari=JAUH", {"Jauh"}),
        ("penanggung=saya", set()),
        ("desa=32.79.99.9999&keadaan=aneh", {"Lewat", "Jauh", "Beres", "Urung"}),
    ],
)
def test_filters_are_in_the_address(client_of, bappeda, query, seen):
    FollowUpFactory(what="Lewat")
    FollowUpFactory(what="Jauh", due_on="2099-01-01")
    FollowUpFactory(what="Beres", done=True)
    FollowUpFactory(what="Urung", state="cancelled")
    page = text_of(client_of(bappeda).get(f"/tindak-lanjut/?{query}"))
    assert {what for what in ("Lewat", "Jauh", "Beres", "Urung") if what in page} == seen


def test_filter_by_village_takes_owners_and_decisions_about_it(client_of, viewer, task, baseline):
    decision = DecisionFactory()
    decision.villages.add(baseline.village)
    FollowUpFactory(what="Menyangkut", decision=decision)
    FollowUpFactory(what="Lain sama sekali")
    page = text_of(client_of(viewer).get(f"/tindak-lanjut/?desa={baseline.village.code}"))
    assert "Perbaiki drainase" in page
    assert "Menyangkut" in page
    assert "Lain sama sekali" not in page


def test_officer_reports_finishes_and_bappeda_confirms(client_of, officer, task, bappeda):
    village, office = client_of(officer), client_of(bappeda)
    page = f"/tindak-lanjut/{task.pk}/"
    village.post(f"{page}kemajuan/", {"version": 1, "text": "Bahan dibeli."})
    task.refresh_from_db()
    assert task.state == "running"
    response = village.post(f"{page}penyelesaian/", {"version": 2, "text": "Sudah."}, follow=True)
    assert "Bappeda akan mengonfirmasi" in text_of(response)
    assert "1 tindak lanjut menunggu konfirmasi" in text_of(office.get("/"))
    text = text_of(office.post(f"{page}konfirmasi/", {"version": 3}, follow=True))
    assert "Penyelesaian dikonfirmasi." in text
    for line in ("melaporkan kemajuan", "Bahan dibeli.", "melaporkan selesai", "mengonfirmasi"):
        assert line in text
    task.refresh_from_db()
    assert (task.confirmed_by, task.completed_by) == (bappeda, officer)


def test_bappeda_reopens_with_a_reason_and_the_village_reads_it(client_of, officer, bappeda, task):
    task.finish(by=officer, version=1, text="Sudah.")
    office = client_of(bappeda)
    page = f"/tindak-lanjut/{task.pk}/"
    assert office.post(f"{page}pembukaan/", {"version": 2, "reason": ""}).status_code == 422
    office.post(f"{page}pembukaan/", {"version": 2, "reason": "Foto belum ada."})
    assert "Foto belum ada." in text_of(client_of(officer).get(page))
    task.refresh_from_db()
    assert task.state == "running"


def test_named_account_reports_for_an_organisation(client_of, viewer, bappeda):
    task = FollowUpFactory(responsible_user=viewer)
    page = f"/tindak-lanjut/{task.pk}/"
    client_of(viewer).post(f"{page}kemajuan/", {"version": 1, "text": "Rapat teknis."})
    task.refresh_from_db()
    assert task.state == "running"


def test_neighbour_reads_but_does_not_report(client_of, other_officer, task):
    browser = client_of(other_officer)
    page = f"/tindak-lanjut/{task.pk}/"
    assert "Catat kemajuan" not in text_of(browser.get(page))
    response = browser.post(f"{page}kemajuan/", {"version": 1, "text": "Usil."})
    assert response.status_code == 404
    assert not task.notes.exists()


def test_empty_report_reads_why(client_of, officer, task):
    response = client_of(officer).post(
        f"/tindak-lanjut/{task.pk}/penyelesaian/", {"version": 1, "text": "  "}
    )
    assert response.status_code == 422
    assert "Tulis apa yang sudah dikerjakan." in text_of(response)


def test_stale_report_is_refused_and_kept(client_of, officer, second_officer, task):
    page = f"/tindak-lanjut/{task.pk}/kemajuan/"
    client_of(second_officer).post(page, {"version": 1, "text": "Dari operator."})
    response = client_of(officer).post(page, {"version": 1, "text": "Dari petugas."})
    assert response.status_code == 409
    text = text_of(response)
    assert "Data ini baru saja diubah oleh Operator" in text
    assert "Dari petugas." in text
    assert task.notes.count() == 1


def test_double_click_writes_one_note(client_of, officer, task):
    for _ in range(2):
        response = client_of(officer).post(
            f"/tindak-lanjut/{task.pk}/penyelesaian/", {"version": 1, "text": "Sudah."}
        )
        assert response.status_code == 302
    assert task.notes.count() == 1


def test_report_comes_back_after_the_session_ended(client_of, officer, task):
    browser, page = client_of(), f"/tindak-lanjut/{task.pk}/"
    data = {"version": 1, "text": "Panjang sekali.", "_owner": kept_forms.owner_note(officer)}
    assert browser.post(f"{page}kemajuan/", data)["Location"].endswith("&tersimpan=1")
    sign_in = {"username": officer.username, "password": PASSWORD, "next": page}
    text = text_of(browser.post("/akun/masuk/", sign_in, follow=True))
    assert "Panjang sekali." in text
    assert FollowUp.objects.get().state == "not_started"


def test_follow_ups_of_a_draft_are_bappedas_alone(client_of, viewer, bappeda):
    meeting = MeetingFactory(state=MeetingState.DRAFT)
    decision = DecisionFactory(meeting=meeting)
    task = FollowUpFactory(decision=decision, what="Belum dibahas", responsible_user=viewer)
    assert client_of(viewer).get(f"/tindak-lanjut/{task.pk}/").status_code == 404
    for page in ("/", "/tindak-lanjut/"):
        assert "Belum dibahas" not in text_of(client_of(viewer).get(page))
    assert client_of(bappeda).get(f"/tindak-lanjut/{task.pk}/").status_code == 200


@pytest.mark.parametrize("count", [5, 500])
def test_list_takes_the_same_queries_for_any_number(
    client_of, officer, task, count, django_assert_num_queries
):
    FollowUpFactory.create_batch(count, decision=DecisionFactory())
    browser = client_of(officer)
    browser.get("/tindak-lanjut/")
    with django_assert_num_queries(11):
        browser.get("/tindak-lanjut/")

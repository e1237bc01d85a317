"""Owner and due date of a follow-up after the minutes are approved, through the URL."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from kotaku.formats import format_date
from meetings.models import ProgressNote
from tests.areas.public.pages import text_of
from tests.factories import FollowUpFactory, UserFactory

LINK = "Ubah penanggung jawab atau batas waktu"


def approve(task, by):
    minutes = task.meeting.minutes
    minutes.submit(by=by, version=minutes.version)
    minutes.approve(by=UserFactory(bappeda=True, username="pengesah"), version=minutes.version)


@pytest.fixture
def task(bappeda):
    """What DCKTLH has to do, in approved minutes."""
    task = FollowUpFactory(organisation="DCKTLH", what="Perbaiki drainase")
    approve(task, bappeda)
    return task


def page(task):
    return f"/tindak-lanjut/{task.pk}/penugasan/"


def typed(task, **changed):
    return {
        "version": task.version,
        "village": "",
        "organisation": task.organisation,
        "responsible_user": "",
        "due_on": task.due_on.isoformat(),
        "text": "Anggarannya baru ada.",
        **changed,
    }


def test_bappeda_changes_all_of_an_assignment_and_both_values_are_on_record(
    client_of, bappeda, officer, baseline, task
):
    office = client_of(bappeda)
    assert LINK in text_of(office.get(f"/tindak-lanjut/{task.pk}/"))
    assert "Yang dikerjakan" not in text_of(office.get(page(task)))
    later = timezone.localdate() + timedelta(days=30)
    data = typed(task, village=baseline.village_id, organisation="", due_on=later.isoformat())
    response = office.post(page(task), data | {"responsible_user": officer.pk}, follow=True)
    text = text_of(response)
    assert "Penugasan diubah. Nilai yang lama ada dalam riwayat." in text
    assert "Penanggung jawab: DCKTLH → Desa Balokang" in text
    assert f"Akun yang melaporkan: – → {officer}" in text
    assert f"Batas waktu: 31 Desember 2016 → {format_date(later)}" in text
    assert "Anggarannya baru ada." in text
    task.refresh_from_db()
    assert (task.village, task.organisation, task.due_on) == (baseline.village, "", later)
    assert (task.responsible_user, task.what, task.version) == (officer, "Perbaiki drainase", 2)
    assert "Catat kemajuan" in text_of(client_of(officer).get(f"/tindak-lanjut/{task.pk}/"))


def test_the_printed_minutes_stay_as_approved(client_of, bappeda, task):
    office, paper = client_of(bappeda), f"/rakor/{task.meeting.pk}/cetak/notulen/"
    before = text_of(office.get(paper))
    assert "31-12-2016" in before
    for organisation, day in (("Bappeda", "2099-01-31"), ("PUPR", "2099-02-28")):
        task.refresh_from_db()
        office.post(page(task), typed(task, organisation=organisation, due_on=day))
    assert ProgressNote.objects.count() == 2
    assert text_of(office.get(paper)) == before
    assert "batas 28 Februari 2099" in text_of(office.get(f"/rakor/{task.meeting.pk}/"))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"text": " "}, "Tulis alasan perubahannya."),
        ({"organisation": ""}, "Pilih desa/kelurahan, atau tulis instansi penanggung jawab."),
        ({"due_on": ""}, "Pilih batas waktunya."),
        ({"due_on": "2017-01-01"}, "Pilih hari ini atau sesudahnya."),
        ({"due_on": "2016-01-01"}, "Batas waktu tidak boleh sebelum rapat"),
    ],
)
def test_incomplete_changes_read_why_and_stay(client_of, bappeda, task, changed, said):
    response = client_of(bappeda).post(page(task), typed(task, organisation="PUPR") | changed)
    assert response.status_code == 422
    assert said in text_of(response)
    assert not ProgressNote.objects.exists()


def test_nothing_changed_is_no_change(client_of, bappeda, task):
    response = client_of(bappeda).post(page(task), typed(task))
    assert response.status_code == 409
    assert "sama dengan yang tersimpan" in text_of(response)


def test_stale_change_shows_what_is_stored_and_keeps_what_was_typed(
    client_of, bappeda, second_bappeda, task
):
    opened = typed(task, due_on="2099-03-31")
    client_of(second_bappeda).post(page(task), typed(task, organisation="PUPR"))
    response = client_of(bappeda).post(page(task), opened)
    text = text_of(response)
    assert response.status_code == 409
    assert "Data ini baru saja diubah oleh" in text
    assert "PUPR" in text
    assert 'value="2099-03-31"' in response.content.decode()
    # The next click is made in view of the stored values.
    assert client_of(bappeda).post(page(task), opened | {"version": 2}).status_code == 302
    task.refresh_from_db()
    assert task.due_on == date(2099, 3, 31)


def test_double_click_writes_one_line(client_of, bappeda, task):
    data = typed(task, organisation="PUPR")
    for _ in range(2):
        assert client_of(bappeda).post(page(task), data).status_code == 302
    assert task.notes.count() == 1


def test_forms_that_cannot_be_saved_are_not_offered(client_of, bappeda):
    task = FollowUpFactory()
    office, address = client_of(bappeda), f"/tindak-lanjut/{task.pk}/"
    # The minutes are open: they are where it is changed.
    assert LINK not in text_of(office.get(address))
    text = text_of(office.get(page(task), follow=True))
    assert "sesudah notulennya disahkan" in text
    response = office.post(page(task), typed(task, organisation="PUPR"))
    assert response.status_code == 409
    approve(task, bappeda)
    assert LINK in text_of(office.get(address))
    assert "/ubah/" not in office.get(address).content.decode()
    assert office.get(f"{address}ubah/")["Location"] == page(task)
    for closed in (
        f"/rakor/acara/{task.decision.agenda_item_id}/keputusan/",
        f"/rakor/keputusan/{task.decision_id}/ubah/",
        f"/rakor/keputusan/{task.decision_id}/tindak-lanjut/",
    ):
        response = office.get(closed, follow=True)
        assert response.redirect_chain[-1][0] == f"/rakor/{task.meeting.pk}/"
        assert "Notulen sudah disahkan" in text_of(response)
    task.cancel(by=bappeda, version=1, text="Tidak jadi.")
    assert LINK not in text_of(office.get(address))
    assert "berstatus Batal" in text_of(office.get(page(task), follow=True))


def test_only_bappeda_of_the_region_reassigns(client_of, officer, viewer, baseline, bappeda):
    task = FollowUpFactory(village=baseline.village, organisation="")
    approve(task, bappeda)
    for person in (officer, viewer):
        assert client_of(person).get(page(task)).status_code == 403
        assert client_of(person).post(page(task), typed(task)).status_code == 403
    assert LINK not in text_of(client_of(officer).get(f"/tindak-lanjut/{task.pk}/"))

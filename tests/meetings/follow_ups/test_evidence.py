"""Evidence of a follow-up: sent with a report, seen by who confirms, removed by who reports."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from meetings.models import FollowUpEvidence, ProgressNote
from meetings.models.follow_up_evidence import MAX_FILES
from tests.areas.figures.test_entry import photo
from tests.areas.public.pages import text_of
from tests.factories import FollowUpFactory, UserFactory

PDF = b"%PDF-1.7\n1 0 obj\n%%EOF\n"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    """A media folder of this test's own."""
    settings.MEDIA_ROOT = str(tmp_path)
    return tmp_path


@pytest.fixture
def task(baseline):
    """What the officer's village has to do."""
    return FollowUpFactory(village=baseline.village, organisation="", what="Perbaiki drainase")


def report(client, task, *files, verb="kemajuan", version=1, **more):
    data = {"version": version, "text": "Sudah digali.", "evidence": list(files), **more}
    return client.post(f"/tindak-lanjut/{task.pk}/{verb}/", data)


def letter(name="surat.pdf", more=b""):
    return SimpleUploadedFile(name, PDF + more, "application/pdf")


def files_in(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def test_photo_and_letter_come_with_the_report_and_bappeda_confirms_in_their_view(
    client_of, officer, bappeda, task
):
    village, office, page = client_of(officer), client_of(bappeda), f"/tindak-lanjut/{task.pk}/"
    assert "Bukti (boleh dikosongkan)" in text_of(village.get(page))
    assert report(village, task, photo("a.jpg"), letter()).status_code == 302
    shown = village.get(page)
    text = text_of(shown)
    assert "Bukti: a.jpg" in text
    assert "Bukti: surat.pdf" in text
    assert "penghapusan" in shown.content.decode()
    report(village, task, photo("b.jpg", size=(9, 9)), verb="penyelesaian", version=2)
    shown = office.get(page)
    text, html = text_of(shown), shown.content.decode()
    assert text.index("a.jpg") < text.index("Periksa bukti dan riwayatnya")
    assert html.count("/kecil/") == 2
    # What was reported done is evidence: it is removed no more.
    assert "penghapusan" not in html
    for each in FollowUpEvidence.objects.all():
        address = f"/tindak-lanjut/bukti/{each.pk}/"
        assert office.get(address).status_code == office.get(f"{address}besar/").status_code == 200
        assert village.post(f"{address}penghapusan/").status_code == 302
    assert FollowUpEvidence.objects.count() == 3
    assert "buktinya tidak dihapus lagi" in text_of(village.get(page))
    assert office.post(f"{page}konfirmasi/", {"version": 3}).status_code == 302
    assert "Bukti" in text_of(office.get(page))


def test_without_evidence_bappeda_reads_that_there_is_none(client_of, officer, bappeda, task):
    task.finish(by=officer, version=1, text="Sudah.")
    page = text_of(client_of(bappeda).get(f"/tindak-lanjut/{task.pk}/"))
    assert "Tidak ada bukti yang dilampirkan." in page


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (SimpleUploadedFile("a.pdf", b"<script>"), "Jenis berkas tidak diterima."),
        (SimpleUploadedFile("a.jpg", b""), "Berkas kosong."),
    ],
)
def test_a_refused_file_stores_nothing_and_the_text_stays(
    client_of, officer, task, media, file, said
):
    response = report(client_of(officer), task, photo("a.jpg"), file, text="Panjang sekali.")
    text = text_of(response)
    assert response.status_code == 422
    assert said in text
    assert "Panjang sekali." in text
    assert "Berkas bukti belum tersimpan; pilih lagi bila ada." in text
    assert not ProgressNote.objects.exists()
    assert files_in(media) == []


def test_more_files_than_a_follow_up_takes_are_refused_before_any_is_stored(
    client_of, officer, task, media
):
    client = client_of(officer)

    def letters(first, last):
        return [letter(f"{n}.pdf", b"%d\n" % n) for n in range(first, last)]

    assert report(client, task, *letters(0, MAX_FILES + 1)).status_code == 422
    assert report(client, task, *letters(0, MAX_FILES)).status_code == 302
    response = report(client, task, *letters(MAX_FILES, MAX_FILES + 1), version=2)
    assert response.status_code == 409
    assert "Paling banyak 10 berkas." in text_of(response)
    assert (FollowUpEvidence.objects.count(), ProgressNote.objects.count()) == (MAX_FILES, 1)
    assert len(files_in(media)) == MAX_FILES


def test_a_file_sent_again_is_kept_once(client_of, officer, task, media):
    client = client_of(officer)
    report(client, task, letter("a.pdf"), letter("b.pdf"))
    report(client, task, letter("c.pdf"), version=2)
    assert [each.name for each in FollowUpEvidence.objects.all()] == ["a.pdf"]
    named = [note.changes for note in ProgressNote.objects.order_by("pk")]
    assert named == [[["evidence", "", "a.pdf"]], []]
    assert len(files_in(media)) == 1


def test_a_double_click_and_a_repeat_of_the_phone_store_one_report(client_of, officer, task, media):
    client, key = client_of(officer), str(uuid.uuid4())
    queue = {"HTTP_X_KOTAKU_QUEUE": str(officer.pk)}
    address = f"/tindak-lanjut/{task.pk}/kemajuan/"
    for _ in range(2):
        data = {"version": 1, "text": "Dari lapangan.", "evidence": [photo("a.jpg")], "_key": key}
        response = client.post(address, data, **queue)
        assert response.status_code == 200
        assert response.json()["location"] == f"/tindak-lanjut/{task.pk}/"
    for _ in range(2):
        assert report(client, task, letter(), version=2).status_code == 302
    assert (FollowUpEvidence.objects.count(), ProgressNote.objects.count()) == (2, 2)
    assert len(files_in(media)) == 2


def test_another_file_with_the_same_words_is_no_double_click(client_of, officer, task):
    client = client_of(officer)
    assert report(client, task, letter("a.pdf")).status_code == 302
    assert report(client, task, letter("b.pdf", b"2\n")).status_code == 409
    assert FollowUpEvidence.objects.count() == 1


def test_a_stale_report_stores_no_file(client_of, officer, second_officer, task, media):
    report(client_of(second_officer), task)
    response = report(client_of(officer), task, photo("a.jpg"), text="Dari petugas.")
    assert response.status_code == 409
    assert "Dari petugas." in text_of(response)
    assert files_in(media) == []


def test_who_reports_removes_a_file_and_its_name_stays_in_the_history(
    client_of, officer, other_officer, task, media, django_capture_on_commit_callbacks
):
    village = client_of(officer)
    report(village, task, photo("a.jpg"))
    address = f"/tindak-lanjut/bukti/{FollowUpEvidence.objects.get().pk}/"
    assert client_of(other_officer).post(f"{address}penghapusan/").status_code == 404
    with django_capture_on_commit_callbacks(execute=True):
        response = village.post(f"{address}penghapusan/", follow=True)
    assert "menghapus bukti" in text_of(response)
    assert ProgressNote.objects.get(kind="detach").text == "a.jpg"
    assert files_in(media) == []
    # The removal is no report: a late second click is still recognised as the last one.
    assert report(village, task).status_code == 302
    assert ProgressNote.objects.count() == 2


def test_other_villages_and_regions_do_not_see_evidence(client_of, officer, other_officer, task):
    report(client_of(officer), task, photo("a.jpg"))
    neighbour = client_of(other_officer)
    page = neighbour.get(f"/tindak-lanjut/{task.pk}/").content.decode()
    assert "/tindak-lanjut/bukti/" not in page
    address = f"/tindak-lanjut/bukti/{FollowUpEvidence.objects.get().pk}/"
    named = UserFactory(username="dinas")
    assert (
        neighbour.get(address).status_code == neighbour.get(f"{address}kecil/").status_code == 404
    )
    assert client_of(named).get(address).status_code == 200


@pytest.mark.parametrize("count", [1, MAX_FILES])
def test_the_page_takes_the_same_queries_for_any_number_of_files(
    client_of, officer, task, count, django_assert_num_queries
):
    client = client_of(officer)
    report(client, task, *(letter(f"{n}.pdf", b"%d\n" % n) for n in range(count)))
    client.get(f"/tindak-lanjut/{task.pk}/")
    with django_assert_num_queries(12):
        client.get(f"/tindak-lanjut/{task.pk}/")

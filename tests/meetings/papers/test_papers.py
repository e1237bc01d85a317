"""The three papers, the letterhead, the reference meeting, the sample, the chart's mark."""

import io
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone
from PIL import Image

from meetings.models import (
    AgendaItem,
    Article,
    Decision,
    FollowUp,
    Letterhead,
    Meeting,
    Minutes,
    Participant,
)
from tests.areas.public.pages import text_of
from tests.factories import (
    AgendaItemFactory,
    DecisionFactory,
    FollowUpFactory,
    MeetingFactory,
    ParticipantFactory,
    city,
)

MODELS = (AgendaItem, Article, Decision, FollowUp, Meeting, Minutes, Participant)


@pytest.fixture
def meeting(db):
    """A meeting with everything that papers show."""
    meeting = MeetingFactory(
        done=True,
        title="Rakor triwulan",
        letter_number="005/123/Bappeda",
        letter_date="2016-11-01",
        signer_name="Nama Kepala",
        signer_nip="1970",
        letter_copies="1. Wali Kota (sebagai laporan)\n\n  Inspektur Kota  \n",
        chair="Kepala Bidang",
        chair_nip="1981",
        minute_taker="Notulis Kita",
    )
    item = AgendaItemFactory(
        meeting=meeting, title="Pembukaan", length_minutes=15, notes="Dibuka.", speaker="Ani"
    )
    ParticipantFactory(meeting=meeting, name="Ani", position="Camat", is_present=True, sex="P")
    ParticipantFactory(meeting=meeting, name="Budi", represented_by="Cici")
    decision = DecisionFactory(meeting=meeting, agenda_item=item, text="Drainase didahulukan.")
    FollowUpFactory(decision=decision, what="Perbaiki saluran")
    return meeting


def paper(client, meeting, name):
    return text_of(client.get(f"/rakor/{meeting.pk}/cetak/{name}/"))


def test_invitation_has_all_that_a_letter_needs(client_of, viewer, meeting):
    Letterhead.objects.create(
        region=city(), office="Kantor Kita", address="Jalan Satu", city="Banjar"
    )
    page = paper(client_of(viewer), meeting, "undangan")
    for words in (
        "Kantor Kita", "Jalan Satu", "005/123/Bappeda", "Banjar, 1 November 2016", "Biasa",
        "Undangan Rakor triwulan", "Ani, Camat, DCKTLH", "Selasa, 8 November 2016",
        "13.30–16.15 WIB", "Aula DCKTLH", "13.30–13.45 Pembukaan", "Nama Kepala", "NIP 1970",
        "Tembusan: Wali Kota (sebagai laporan) Inspektur Kota",
    ):  # fmt: skip
        assert words in page, words


def test_long_list_of_invited_people_is_an_annex(client_of, viewer, meeting):
    for number in range(5):
        ParticipantFactory(meeting=meeting, name=f"Tamu {number}")
    page = paper(client_of(viewer), meeting, "undangan")
    assert "(daftar undangan terlampir)" in page
    assert page.index("Daftar undangan") < page.index("Tamu 4")


def test_attendance_list_is_numbered_with_blank_rows(client_of, viewer, meeting):
    page = paper(client_of(viewer), meeting, "daftar-hadir")
    for words in ("No.", "Nama", "Instansi/lembaga", "Jabatan", "L/P", "No. HP", "Tanda tangan"):
        assert words in page
    assert "1 Ani DCKTLH Camat P 1." in page
    assert "7 7." in page
    assert "diwakili Cici" in page
    # Blank rows fill the sheet, and begin no second one.
    for number in range(13):
        ParticipantFactory(meeting=meeting, name=f"Orang {number}")
    page = paper(client_of(viewer), meeting, "daftar-hadir")
    assert "17 17." in page
    assert "18 18." not in page


@pytest.mark.parametrize("name", ["notulen", "daftar-hadir"])
def test_signatures_have_the_nip_where_there_is_one(client_of, viewer, meeting, name):
    client = client_of(viewer)
    assert "Pimpinan rapat, Kepala Bidang NIP 1981 Notulis, Notulis Kita" in (
        paper(client, meeting, name)
    )
    assert "Notulis Kita NIP" not in paper(client, meeting, name)
    # Without a name there is room for both.
    Meeting.objects.update(minute_taker="", minute_taker_nip="")
    assert "Notulis, ……………………… NIP ………………………" in paper(client, meeting, name)


def test_a_letter_without_copies_has_no_list_of_them(client_of, viewer, meeting):
    Meeting.objects.update(letter_copies=" \n ")
    assert "Tembusan" not in paper(client_of(viewer), meeting, "undangan")


def test_minutes_are_complete(client_of, viewer, meeting):
    page = paper(client_of(viewer), meeting, "notulen")
    for words in (
        "Nama rapat", "Hari/tanggal", "Waktu", "Tempat", "Pimpinan rapat", "Kepala Bidang",
        "Notulis Kita", "Acara", "1 dari 2 hadir (L 0, P 1)", "Pembahasan", "Dibuka.", "Keputusan",
        "Drainase didahulukan.", "Tindak lanjut", "Perbaiki saluran", "31-12-2016",
        "Lampiran: peserta", "Draf — belum disahkan",
    ):  # fmt: skip
        assert words in page, words


def test_printed_minutes_say_who_came_and_whether_they_are_approved(client_of, viewer, meeting):
    client = client_of(viewer)
    page = client.get(f"/rakor/{meeting.pk}/cetak/notulen/").content.decode()
    came = re.findall(
        r"<td>(Ani|Budi)[^<]*(?:<span.*?</span>)?</td>.*?<td>(ya|tidak)</td></tr>", page, re.DOTALL
    )
    assert came == [("Ani", "ya"), ("Budi", "tidak")]
    Minutes.objects.update(
        state="submitted", submitted_by=meeting.changed_by, submitted_at=timezone.now()
    )
    assert "menunggu pengesahan" in paper(client, meeting, "notulen")
    Minutes.objects.update(state="approved", decided_by=viewer, decided_at=timezone.now())
    page = paper(client, meeting, "notulen")
    assert "menunggu pengesahan" not in page
    assert "belum disahkan" not in page


def test_letterhead_shows_its_logo_to_everybody(client_of, db, tmp_path):
    content = io.BytesIO()
    Image.new("RGB", (20, 20)).save(content, "PNG")
    letterhead = Letterhead.objects.create(region=city())
    letterhead.logo.save("logo.png", SimpleUploadedFile("logo.png", content.getvalue()))
    response = client_of().get("/kop-surat/logo/")
    assert response["Content-Type"] == "image/png"
    assert "sandbox" in response["Content-Security-Policy"]


def snapshot():
    return {model: sorted(map(str, model.objects.values())) for model in MODELS}


@pytest.fixture
def reference(db):
    call_command("load_reference", verbosity=0)


def test_reference_meeting_is_what_the_source_says(reference, client_of, viewer):
    meeting = Meeting.objects.get()
    page = text_of(client_of(viewer).get(f"/rakor/{meeting.pk}/"))
    for words in (
        "Rakor Sinkronisasi Perencanaan Program Penanganan Kumuh", "Selasa, 8 November 2016",
        "jam tidak tercatat", ("Aula DCKTLH (Dinas Ciptakarya, Kebersihan, Tata Ruang, dan Lingkungan "
        "Hidup) Kota Banjar"), "187,95 Ha", "Kepala Bidang Fisik",
        "Pokja PKP (Kelompok Kerja percepatan Penanganan Kumuh Perkotaan) Kota Banjar",
        "rencana kerja kolaborasi", "dukungan pemerintah desa", "BKM", "Disusun dari berita",
        "jumlah orang tidak tercatat", "Pendamping KOTAKU", "Kelurahan",
    ):  # fmt: skip
        assert words in page, words
    assert set(Participant.objects.values_list("name", flat=True)) == {""}
    assert not Decision.objects.exists()
    assert not FollowUp.objects.exists()
    listed = text_of(client_of(viewer).get("/rakor/"))
    assert "Rakor Sinkronisasi" in listed
    assert "6 hadir" not in listed
    assert "6 peserta" not in listed


def test_reference_loaded_again_changes_nothing(reference):
    Meeting.objects.update(place="Diperbaiki admin")
    before = snapshot()
    call_command("load_reference", verbosity=0)
    assert snapshot() == before


def test_sample_meetings_are_marked_and_loaded_once(reference, settings, client_of, viewer):
    settings.DEBUG = True
    call_command("load_sample", verbosity=0)
    before = snapshot()
    for meeting in Meeting.objects.filter(programme__is_sample=True):
        assert "Data contoh." in text_of(client_of(viewer).get(f"/rakor/{meeting.pk}/"))
        assert "bukan surat resmi" in paper(client_of(viewer), meeting, "undangan")
    assert Meeting.objects.filter(programme__is_sample=True).count() == 2
    assert FollowUp.objects.overdue().count() == 1
    call_command("load_sample", verbosity=0)
    assert snapshot() == before


def test_chart_marks_the_meeting(reference, client_of, viewer):
    address = "/?periode=kotaku-2016-2019"
    html = client_of().get(address).content.decode()
    assert "8 November 2016" in text_of(client_of().get(address))
    assert "/berita/rakor-sinkronisasi-penanganan-kumuh-2016/" in html
    assert f'href="/rakor/{Meeting.objects.get().pk}/"' not in html
    html = client_of(viewer).get(address).content.decode()
    assert f'href="/rakor/{Meeting.objects.get().pk}/"' in html


def test_chart_names_all_days_of_a_meeting(reference, client_of, viewer):
    meeting = Meeting.objects.get()
    Meeting.objects.filter(pk=meeting.pk).update(ends_at=meeting.starts_at + timedelta(days=1))
    for user in (None, viewer):
        page = text_of(client_of(user).get("/?periode=kotaku-2016-2019"))
        assert "8–9 November 2016: Rakor" in page


def test_report_of_the_reference_is_on_the_home_page(reference, client_of):
    page = text_of(client_of().get("/"))
    assert "Berita terbaru" in page
    assert "Rakor sinkronisasi perencanaan penanganan kumuh 2016" in page

"""What happens to meetings, reports and files stays in the audit, done and read by their addresses."""

from areas.models import Evidence
from tests.areas.public.pages import text_of
from tests.factories import (
    ActivityFactory,
    AgendaItemFactory,
    ArticleFactory,
    MeetingFactory,
)
from tests.meetings.minutes.test_minuting import picture
from tests.security.test_audit import look  # noqa: F401


def seen_by(look, first):  # noqa: F811
    """Return the words of the audit's lines that begin so, with their text, oldest first."""
    found = look("?dari=2000-01-01").context["lines"]
    return [(line.who, line.what, line.text) for line in found if line.what.startswith(first)][::-1]


def post_version(client, row, address, **more):
    row.refresh_from_db()
    response = client.post(address, {"version": row.version, **more})
    assert response.status_code == 302, text_of(response)


def test_every_transition_of_a_meeting_is_on_record(bappeda, client_of, look):  # noqa: F811
    meeting = MeetingFactory(title="Rakor", state="draft")
    client = client_of(bappeda)
    for step, reason in (
        ("penjadwalan", ""),
        ("pembatalan", "Banjir."),
        ("pembukaan", ""),
        ("penyelesaian", ""),
        ("pembukaan", ""),
        ("pembatalan", "Hujan."),
    ):
        post_version(client, meeting, f"/rakor/{meeting.pk}/{step}/", reason=reason)
    # Refused, so nothing happened.
    assert client.post(f"/rakor/{meeting.pk}/pembatalan/", {"reason": "Lagi."}).status_code == 409
    steps = [
        ("menjadwalkan", "Rakor"),
        ("membatalkan", "Rakor: Banjir."),
        ("membuka kembali", "Rakor"),
        ("menandai selesai", "Rakor"),
        ("membuka kembali", "Rakor"),
        ("membatalkan", "Rakor: Hujan."),
    ]
    found = seen_by(look, "Rapat")
    assert found == [("Pemeriksa (pemeriksa)", f"Rapat: {step}", text) for step, text in steps]


def test_every_decision_about_minutes_is_on_record(bappeda, second_bappeda, client_of, look):  # noqa: F811
    meeting = MeetingFactory(title="Rakor", done=True)
    AgendaItemFactory(meeting=meeting, notes="Dibahas.")
    writer, chair = client_of(bappeda), client_of(second_bappeda)
    page = f"/rakor/{meeting.pk}/notulen"
    for reason in ("Kurang.", "Masih kurang."):
        post_version(writer, meeting.minutes, f"{page}/pengajuan/")
        post_version(chair, meeting.minutes, f"{page}/pengembalian/", reason=reason)
    post_version(writer, meeting.minutes, f"{page}/pengajuan/")
    post_version(chair, meeting.minutes, f"{page}/pengesahan/")
    writer.post(f"{page}/adendum/", {"text": "Tambahan."})
    steps = [
        ("Pemeriksa (pemeriksa)", "mengajukan", "Rakor"),
        ("Pemeriksa Dua (pemeriksa2)", "mengembalikan", "Rakor: Kurang."),
        ("Pemeriksa (pemeriksa)", "mengajukan", "Rakor"),
        ("Pemeriksa Dua (pemeriksa2)", "mengembalikan", "Rakor: Masih kurang."),
        ("Pemeriksa (pemeriksa)", "mengajukan", "Rakor"),
        ("Pemeriksa Dua (pemeriksa2)", "mengesahkan", "Rakor"),
        ("Pemeriksa (pemeriksa)", "menambah adendum", "Rakor"),
    ]
    found = seen_by(look, "Notulen")
    assert found == [(who, f"Notulen: {step}", text) for who, step, text in steps]


def test_reports_published_and_withdrawn_are_on_record(bappeda, client_of, look):  # noqa: F811
    article = ArticleFactory(title="Rakor berjalan", slug="rakor")
    client = client_of(bappeda)
    for step in ("penerbitan", "penarikan", "penerbitan"):
        post_version(client, article, f"/berita/rakor/{step}/")
    assert client.post("/berita/rakor/penerbitan/", {"version": 4}).status_code == 409
    assert seen_by(look, "Berita") == [
        ("Pemeriksa (pemeriksa)", f"Berita: {step}", "Rakor berjalan")
        for step in ("menerbitkan", "menarik", "menerbitkan")
    ]


def test_attachments_added_and_removed_stay_on_record(bappeda, client_of, look):  # noqa: F811
    meeting = MeetingFactory(title="Rakor")
    client = client_of(bappeda)
    for _ in range(2):
        data = {"file": picture(), "kind": "photo", "caption": ""}
        client.post(f"/rakor/{meeting.pk}/lampiran/", data)
    pk = meeting.attachments.get().pk
    for status in (302, 404):
        response = client.post(f"/rakor/lampiran/{pk}/penghapusan/")
        assert response.status_code == status
    assert seen_by(look, "Lampiran") == [
        ("Pemeriksa (pemeriksa)", "Lampiran: menambah", "Rakor: foto.png"),
        ("Pemeriksa (pemeriksa)", "Lampiran: menghapus", "Rakor: foto.png"),
    ]


def test_evidence_added_and_removed_stays_on_record(baseline, officer, client_of, look):  # noqa: F811
    client, page = client_of(officer), f"/isian/2017/?desa={baseline.village.code}"
    typed = {"area_ha": "12,5", "version": 0, "evidence": picture()}
    assert client.post(page, typed).status_code == 302
    client.post(f"/bukti/{Evidence.objects.get().pk}/penghapusan/")
    assert not Evidence.objects.exists()
    assert [line[:2] for line in seen_by(look, "Isian")] == [
        ("Petugas (petugas)", "Isian: mengisi"),
        ("Petugas (petugas)", "Isian: menambah bukti"),
        ("Petugas (petugas)", "Isian: menghapus bukti"),
    ]


def test_photos_of_activities_added_and_removed_stay_on_record(
    baseline,
    officer,
    client_of,
    look,  # noqa: F811
):
    activity = ActivityFactory(village=baseline.village)
    client = client_of(officer)
    data = {"stage": "0", "photo": picture()}
    assert client.post(f"/rencana/{activity.pk}/foto/", data).status_code == 302
    client.post(f"/rencana/foto/{activity.photos.get().pk}/penghapusan/")
    assert not activity.photos.exists()
    assert [line[:2] for line in seen_by(look, "Kegiatan")] == [
        ("Petugas (petugas)", "Kegiatan: menambah foto"),
        ("Petugas (petugas)", "Kegiatan: menghapus foto"),
    ]

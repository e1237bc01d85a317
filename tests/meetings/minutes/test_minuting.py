"""Attendance, notes, decisions and the way of the minutes, through the URL."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from kotaku.requests import kept_forms
from meetings.minutes.forms import fingerprint
from meetings.models import (
    AgendaItem,
    Attachment,
    Decision,
    FollowUp,
    Meeting,
    Minutes,
    MinutesState,
    Participant,
)
from tests.areas.public.pages import text_of
from tests.factories import (
    PASSWORD,
    AgendaItemFactory,
    DecisionFactory,
    FollowUpFactory,
    MeetingFactory,
    MinutesFactory,
    ParticipantFactory,
    UserFactory,
    VillageFactory,
)


@pytest.fixture
def client(bappeda, client_of):
    """Bappeda's browser."""
    return client_of(bappeda)


@pytest.fixture
def meeting(db):
    """A meeting that was held, with two items."""
    meeting = MeetingFactory(done=True)
    AgendaItemFactory(meeting=meeting, title="Pembukaan")
    AgendaItemFactory(meeting=meeting, title="Diskusi", order=2)
    return meeting


def notes(meeting, texts=(), **more):
    """What the page of the minutes sends when it was opened just now."""
    minutes = Minutes.objects.get(meeting=meeting)
    data = {"version": minutes.version, "opening": minutes.opening, "closing": ""}
    for number, item in enumerate(meeting.agenda.all()):
        name = f"acara{item.pk}"
        data |= {
            f"{name}-notes": texts[number] if number < len(texts) else item.notes,
            f"{name}-version": item.version,
            f"{name}-opened": fingerprint(item.notes, item.is_discussed),
        }
        if item.is_discussed:
            data[f"{name}-is_discussed"] = "on"
    return data | more


def test_notes_of_all_items_and_the_frame_are_saved_together(client, meeting, bappeda):
    data = notes(meeting, ["Dibuka.", "Dibahas."], opening="Salam.", closed_at="16.20")
    response = client.post(f"/rakor/{meeting.pk}/notulen/", data, follow=True)
    assert "Catatan tersimpan." in text_of(response)
    page = text_of(client.get(f"/rakor/{meeting.pk}/"))
    for words in ("Dibuka.", "Dibahas.", "Salam.", "Rapat ditutup pukul 16.20 WIB."):
        assert words in page
    assert all(item.is_discussed for item in meeting.agenda.all())
    assert meeting.agenda.first().changed_by == bappeda


def test_unchanged_items_are_not_written(client, meeting):
    client.post(f"/rakor/{meeting.pk}/notulen/", notes(meeting, ["Dibuka."]))
    assert [item.version for item in meeting.agenda.all()] == [2, 1]


def test_two_minute_takers_never_overwrite_each_other(client, client_of, meeting, second_bappeda):
    address = f"/rakor/{meeting.pk}/notulen/"
    mine, theirs = (
        notes(meeting, ["Punya saya.", "Diskusi saya."]),
        notes(meeting, ["Punya rekan."]),
    )
    client_of(second_bappeda).post(address, theirs)
    response = client.post(address, mine)
    page = text_of(response)
    assert response.status_code == 409
    assert "Data ini baru saja diubah oleh" in page
    assert "Punya rekan." in page
    assert "Punya saya." in page
    stored = [item.notes for item in meeting.agenda.all()]
    assert stored == ["Punya rekan.", "Diskusi saya."]
    html = response.content.decode()
    first = meeting.agenda.first()
    again = mine | {f"acara{first.pk}-version": 2, f"acara{first.pk}-notes": "Keduanya."}
    assert f'name="acara{first.pk}-version" value="2"' in html
    client.post(address, again)
    assert meeting.agenda.first().notes == "Keduanya."


def test_item_that_only_the_other_changed_is_left_alone(client, client_of, meeting, second_bappeda):
    address = f"/rakor/{meeting.pk}/notulen/"
    mine = notes(meeting, ["", "Diskusi saya."])
    client_of(second_bappeda).post(address, notes(meeting, ["Punya rekan."]))
    assert client.post(address, mine).status_code == 302
    assert [item.notes for item in meeting.agenda.all()] == ["Punya rekan.", "Diskusi saya."]


def test_stale_frame_is_refused_and_kept(client, client_of, meeting, second_bappeda):
    address = f"/rakor/{meeting.pk}/notulen/"
    mine = notes(meeting, opening="Pembukaan saya.")
    theirs = {"opening": "Pembukaan rekan.", "closed_at": "16.20", "next_meeting": "Januari"}
    client_of(second_bappeda).post(address, notes(meeting, **theirs))
    response = client.post(address, mine)
    assert response.status_code == 409
    assert "Pembukaan Pembukaan rekan." in text_of(response)
    assert "Rapat ditutup pukul 16.20 Rapat berikutnya Januari" in text_of(response)
    assert "Pembukaan saya." in text_of(response)
    assert Minutes.objects.get().opening == "Pembukaan rekan."
    assert 'name="version" value="2"' in response.content.decode()


def test_double_click_saves_once(client, meeting):
    data = notes(meeting, ["Dibuka."])
    for _ in range(2):
        assert client.post(f"/rakor/{meeting.pk}/notulen/", data).status_code == 302
    assert meeting.agenda.first().version == 2


def test_windows_line_ends_are_no_change(client, meeting):
    AgendaItem.objects.filter(order=1).update(notes="Satu\nDua", is_discussed=True)
    data = notes(meeting, ["Satu\r\nDua"])
    client.post(f"/rakor/{meeting.pk}/notulen/", data)
    assert [item.version for item in meeting.agenda.all()] == [1, 1]


def test_wrong_time_is_named_and_the_notes_stay(client, meeting):
    response = client.post(
        f"/rakor/{meeting.pk}/notulen/", notes(meeting, ["Dibuka."], closed_at="siang")
    )
    assert response.status_code == 422
    assert "Tulis jam, misalnya 09.00." in text_of(response)
    assert "Dibuka." in response.content.decode()


def test_notes_come_back_after_the_session_ended(client_of, meeting, bappeda):
    browser = client_of()
    address = f"/rakor/{meeting.pk}/notulen/"
    data = notes(meeting, ["Panjang sekali."], _owner=kept_forms.owner_note(bappeda))
    assert browser.post(address, data)["Location"].endswith("&tersimpan=1")
    sign_in = {"username": bappeda.username, "password": PASSWORD, "next": address}
    page = text_of(browser.post("/akun/masuk/", sign_in, follow=True))
    assert "Panjang sekali." in page
    assert "Tulisan Anda belum tersimpan" in page


def test_decision_and_follow_up_are_added_under_their_item(client, meeting, baseline):
    item = meeting.agenda.last()
    response = client.post(
        f"/rakor/{meeting.pk}/notulen/",
        notes(meeting, ["", "Ramai."], lanjut=f"keputusan-{item.pk}"),
    )
    assert response["Location"] == f"/rakor/acara/{item.pk}/keputusan/"
    assert meeting.agenda.last().notes == "Ramai."
    data = {"text": "Drainase didahulukan.", "villages": [baseline.village.pk]}
    response = client.post(response["Location"], data)
    decision = Decision.objects.get()
    assert (decision.agenda_item, list(decision.villages.all())) == (item, [baseline.village])
    task = {
        "what": "Perbaiki drainase RT 02.",
        "village": baseline.village.pk,
        "due_on": "2016-12-01",
    }
    address = f"/rakor/keputusan/{decision.pk}/tindak-lanjut/"
    for _ in range(2):
        client.post(address, task)
    follow_up = FollowUp.objects.get()
    assert (follow_up.village, follow_up.state) == (baseline.village, "not_started")
    page = text_of(client.get(f"/rakor/{meeting.pk}/"))
    assert "Drainase didahulukan." in page
    assert "Perbaiki drainase RT 02." in page
    assert "Menyangkut: Desa Balokang" in page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"due_on": "2016-11-07"}, "Batas waktu tidak boleh sebelum rapat (8 November 2016)."),
        ({"due_on": ""}, "Pilih batas waktunya."),
        ({"organisation": ""}, "Pilih desa/kelurahan, atau tulis instansi penanggung jawab."),
        ({"village": "ada"}, "Pilih satu saja: desa/kelurahan atau instansi."),
        ({"what": ""}, "Tulis apa yang harus dikerjakan."),
    ],
)
def test_bad_follow_up_reads_why_and_keeps_what_was_typed(client, changes, sentence):
    decision = DecisionFactory()
    typed = {"what": "Ketikan saya.", "organisation": "DCKTLH", "due_on": "2016-12-01"} | changes
    if typed.get("village"):
        typed["village"] = VillageFactory().pk
    response = client.post(f"/rakor/keputusan/{decision.pk}/tindak-lanjut/", typed)
    assert response.status_code == 422
    assert sentence in text_of(response)
    if "what" not in changes:
        assert "Ketikan saya." in response.content.decode()
    assert not FollowUp.objects.exists()


def test_two_people_changing_a_decision_never_overwrite_each_other(
    client, client_of, second_bappeda, db
):
    decision = DecisionFactory(text="Awal.")
    address = f"/rakor/keputusan/{decision.pk}/ubah/"
    opened = fingerprint("Awal.", True)
    client_of(second_bappeda).post(address, {"text": "Dari rekan.", "opened": opened})
    response = client.post(address, {"text": "Dari saya.", "opened": opened})
    assert response.status_code == 409
    assert "diubah orang lain menjadi “Dari rekan.”" in text_of(response)
    assert "Dari saya." in text_of(response)
    assert Decision.objects.get().text == "Dari rekan."
    now = fingerprint("Dari rekan.", True)
    assert f'value="{now}"' in response.content.decode()
    client.post(address, {"text": "Keduanya.", "opened": now})
    assert Decision.objects.get().text == "Keduanya."


def test_follow_up_is_corrected_while_the_minutes_are_open(client, client_of, second_bappeda, db):
    follow_up = FollowUpFactory(what="Salah ketik", due_on="2016-12-01")
    address = f"/tindak-lanjut/{follow_up.pk}/ubah/"
    assert "Salah ketik" in text_of(client.get(address))
    typed = {"what": "Benar", "organisation": "DCKTLH", "due_on": "2016-12-24", "version": 1}
    client.post(address, typed)
    follow_up.refresh_from_db()
    assert (follow_up.what, str(follow_up.due_on)) == ("Benar", "2016-12-24")
    response = client_of(second_bappeda).post(address, typed | {"what": "Terlambat"})
    assert response.status_code == 409
    assert "Tersimpan sekarang: “Benar”, batas 24 Desember 2016." in text_of(response)
    assert 'name="version" value="2"' in response.content.decode()
    meeting = follow_up.meeting
    AgendaItem.objects.update(notes="Ada.")
    meeting.minutes.submit(by=second_bappeda, version=1)
    response = client.post(address, typed | {"version": 2, "what": "Sesudah diajukan"})
    assert response.status_code == 409
    assert "adendum" in text_of(response)


def test_decision_is_changed_and_removed_until_something_hangs_on_it(client, meeting):
    decision = DecisionFactory(meeting=meeting, agenda_item=meeting.agenda.first())
    opened = fingerprint(decision.text, True)
    typed = {"text": "Lebih jelas.", "opened": opened}
    client.post(f"/rakor/keputusan/{decision.pk}/ubah/", typed)
    assert Decision.objects.get().text == "Lebih jelas."
    follow_up = FollowUpFactory(decision=decision)
    page = text_of(client.post(f"/rakor/keputusan/{decision.pk}/penghapusan/", follow=True))
    assert "sudah mempunyai tindak lanjut" in page
    follow_up.delete()
    client.post(f"/rakor/keputusan/{decision.pk}/penghapusan/")
    assert not Decision.objects.exists()


def test_minutes_are_handed_in_returned_and_approved(client, client_of, meeting, viewer, bappeda):
    Meeting.objects.update(chair_user=viewer)
    client.post(f"/rakor/{meeting.pk}/notulen/", notes(meeting, ["Dibuka."]))
    client.post(f"/rakor/{meeting.pk}/notulen/pengajuan/", {"version": 1})
    chair = client_of(viewer)
    assert f"Notulen {meeting} menunggu pengesahan Anda" in text_of(chair.get("/"))
    address = f"/rakor/{meeting.pk}/notulen"
    response = chair.post(f"{address}/pengembalian/", {"version": 2, "reason": ""})
    assert response.status_code == 422
    assert "Tulis alasannya" in text_of(response)
    chair.post(f"{address}/pengembalian/", {"version": 2, "reason": "Keputusan belum ada."})
    assert "Keputusan belum ada." in text_of(client.get(f"/rakor/{meeting.pk}/"))
    client.post(f"{address}/pengajuan/", {"version": 3})
    page = text_of(chair.post(f"{address}/pengesahan/", {"version": 4}, follow=True))
    assert "Notulen disahkan." in page
    assert Minutes.objects.get().state == MinutesState.APPROVED
    response = client.post(f"/rakor/{meeting.pk}/notulen/", notes(meeting, ["Diubah diam-diam."]))
    assert response.status_code == 409
    assert "adendum" in text_of(response)
    assert meeting.agenda.first().notes == "Dibuka."


def test_the_meetings_history_is_for_those_who_read_everything(
    client, client_of, meeting, viewer, officer, second_bappeda
):
    page = f"/rakor/{meeting.pk}/"
    client.post(f"{page}notulen/", notes(meeting, ["Dibuka."]))
    client.post(f"{page}notulen/pengajuan/", {"version": 1})
    other = client_of(second_bappeda)
    other.post(f"{page}notulen/pengembalian/", {"version": 2, "reason": "Tambah kesimpulan."})
    for reader in (client, client_of(viewer)):
        history = text_of(reader.get(page)).split("Riwayat")[1]
        assert "mengajukan notulen" in history
        assert f"{second_bappeda} mengembalikan notulen" in history
        assert "Tambah kesimpulan." in history
    assert "Riwayat" not in text_of(client_of(officer).get(page))


def test_a_chair_who_hands_the_minutes_in_reads_who_approves_them(
    client, client_of, meeting, bappeda
):
    Meeting.objects.update(chair_user=bappeda)
    client.post(f"/rakor/{meeting.pk}/notulen/", notes(meeting, ["Dibuka."]))
    client.post(f"/rakor/{meeting.pk}/notulen/pengajuan/", {"version": 1})
    page = text_of(client.get(f"/rakor/{meeting.pk}/"))
    assert "Notulen menunggu pengesahan petugas Bappeda selain yang mengajukannya." in page
    assert "Sahkan notulen" not in page
    response = client.post(f"/rakor/{meeting.pk}/notulen/pengesahan/", {"version": 2})
    assert "disahkan oleh petugas Bappeda selain yang mengajukannya." in text_of(response)
    colleague = client_of(UserFactory(bappeda=True))
    page = text_of(colleague.get(f"/rakor/{meeting.pk}/"))
    assert "Notulen menunggu pengesahan Anda. Baca catatan di bawah" in page
    colleague.post(f"/rakor/{meeting.pk}/notulen/pengesahan/", {"version": 2})
    assert Minutes.objects.get().state == MinutesState.APPROVED


def test_stale_approval_is_refused(client_of, meeting, viewer, bappeda):
    Meeting.objects.update(chair_user=viewer)
    meeting.agenda.update(notes="Ada.")
    meeting.refresh_from_db()
    meeting.minutes.submit(by=bappeda, version=1)
    response = client_of(viewer).post(f"/rakor/{meeting.pk}/notulen/pengesahan/", {"version": 1})
    assert response.status_code == 409
    assert "Data ini baru saja diubah" in text_of(response)
    assert Minutes.objects.get().state == MinutesState.SUBMITTED


def test_submitted_minutes_are_withdrawn_mended_and_submitted_again(
    client, client_of, meeting, second_bappeda, bappeda
):
    meeting.agenda.update(notes="Ada.")
    meeting.minutes.submit(by=bappeda, version=1)
    address = f"/rakor/{meeting.pk}/notulen"
    other = client_of(second_bappeda)
    assert "Tarik kembali" in text_of(client.get(f"/rakor/{meeting.pk}/"))
    # Another secretary may withdraw them as well.
    for _ in range(2):
        page = text_of(other.post(f"{address}/penarikan/", {"version": 2}, follow=True))
        assert "Notulen ditarik kembali menjadi draf." in page
    assert "Tarik kembali" not in page
    assert "Tulis notulen" in page
    minutes = Minutes.objects.get()
    assert (minutes.state, minutes.submitted_by, minutes.version) == (MinutesState.DRAFT, None, 3)
    assert meeting.events.filter(kind="withdraw", actor=second_bappeda).count() == 1
    # The page on which the approver still sees them submitted.
    response = other.post(f"{address}/pengesahan/", {"version": 2})
    assert response.status_code == 409
    assert "Data ini baru saja diubah" in text_of(response)
    assert meeting.agenda.first().notes == "Ada."
    client.post(f"{address}/pengajuan/", {"version": 3})
    assert other.post(f"{address}/pengesahan/", {"version": 4}).status_code == 302
    response = client.post(f"{address}/penarikan/", {"version": 5})
    assert response.status_code == 409
    assert Minutes.objects.get().state == MinutesState.APPROVED


@pytest.mark.parametrize("has_chair", [True, False])
def test_every_page_says_the_same_of_who_approves_the_minutes(
    client, meeting, viewer, bappeda, has_chair
):
    Meeting.objects.update(chair_user=viewer if has_chair else None)
    meeting.agenda.update(notes="Ada.")
    decider = "petugas Bappeda selain yang mengajukannya"
    if has_chair:
        decider = f"{viewer} sebagai pimpinan rapat"
    address = f"/rakor/{meeting.pk}/"
    page = text_of(client.post(f"{address}notulen/pengajuan/", {"version": 1}, follow=True))
    assert f"Notulen diajukan. Sekarang menunggu pengesahan {decider}." in page
    assert f"Notulen menunggu pengesahan {decider}." in page
    paper = text_of(client.get(f"{address}cetak/notulen/"))
    assert f"Diajukan — menunggu pengesahan {decider}" in paper
    page = text_of(client.post(f"{address}notulen/pengesahan/", {"version": 2}))
    assert f"Notulen ini disahkan oleh {decider}." in page


def test_approved_minutes_change_by_an_addendum_only(client, db):
    meeting = MeetingFactory(done=True, minutes=None)
    MinutesFactory(meeting=meeting, approved=True)
    address = f"/rakor/{meeting.pk}/notulen/adendum/"
    assert client.post(address, {"text": ""}).status_code == 422
    for _ in range(2):
        client.post(address, {"text": "Nama RT diperbaiki."})
    assert meeting.minutes.addenda.count() == 1
    assert "Nama RT diperbaiki." in text_of(client.get(f"/rakor/{meeting.pk}/"))
    assert "Nama RT diperbaiki." in text_of(client.get(f"/rakor/{meeting.pk}/cetak/notulen/"))


def test_village_officer_reads_notes_once_they_are_approved(client_of, officer, bappeda, db):
    meeting = MeetingFactory(done=True)
    AgendaItemFactory(meeting=meeting, notes="Belum untuk umum.")
    browser = client_of(officer)
    assert "Belum untuk umum." not in text_of(browser.get(f"/rakor/{meeting.pk}/"))
    assert browser.get(f"/rakor/{meeting.pk}/cetak/notulen/").status_code == 404
    meeting.minutes.submit(by=bappeda, version=1)
    meeting.minutes.approve(by=UserFactory(bappeda=True), version=2)
    assert "Belum untuk umum." in text_of(browser.get(f"/rakor/{meeting.pk}/"))
    assert browser.get(f"/rakor/{meeting.pk}/cetak/notulen/").status_code == 200


def test_phone_numbers_and_mail_are_bappedas_alone(client, client_of, viewer, officer, db):
    meeting = MeetingFactory()
    ParticipantFactory(meeting=meeting, phone="0812-555", email="ani@contoh.id")
    for page in (f"/rakor/{meeting.pk}/", f"/rakor/{meeting.pk}/cetak/daftar-hadir/"):
        for user in (viewer, officer):
            text = text_of(client_of(user).get(page))
            assert "0812-555" not in text
            assert "ani@contoh.id" not in text
        assert "0812-555" in text_of(client.get(page))


# Attendance


def ticks(meeting, *present, **more):
    data = {}
    for person in meeting.participants.all():
        data[f"semula-{person.pk}"] = (
            f"{int(person.is_present)}|{person.sex}|{person.represented_by}"
        )
        if person in present:
            data[f"hadir-{person.pk}"] = "1"
    return data | more


@pytest.fixture
def people(meeting):
    return [ParticipantFactory(meeting=meeting, name=name) for name in ("Ani", "Budi", "Citra")]


def test_attendance_is_ticked_from_the_list(client, meeting, people):
    ani = people[0]
    data = ticks(meeting, ani) | {f"lp-{ani.pk}": "P", f"wakil-{people[1].pk}": " Pak  De\x00di "}
    page = text_of(client.post(f"/rakor/{meeting.pk}/kehadiran/", data, follow=True))
    assert "Kehadiran tersimpan." in page
    assert "1 dari 3 hadir (L 0, P 1)" in page
    stored = Participant.objects.values_list("is_present", "sex", "represented_by")
    assert list(stored.order_by("pk")) == [
        (True, "P", ""),
        (False, "", "Pak Dedi"),
        (False, "", ""),
    ]


def test_two_phones_ticking_at_once_lose_nothing(
    client, client_of, meeting, people, second_bappeda
):
    address = f"/rakor/{meeting.pk}/kehadiran/"
    mine, theirs = ticks(meeting, people[0]), ticks(meeting, people[1])
    client_of(second_bappeda).post(address, theirs)
    assert client.post(address, mine).status_code == 302
    present = Participant.objects.filter(is_present=True).order_by("pk")
    assert list(present) == people[:2]


def test_same_row_changed_by_two_is_asked_about(client, client_of, meeting, people, second_bappeda):
    address = f"/rakor/{meeting.pk}/kehadiran/"
    wakil = f"wakil-{people[0].pk}"
    mine, theirs = ticks(meeting, **{wakil: "Saya"}), ticks(meeting, **{wakil: "Rekan"})
    client_of(second_bappeda).post(address, theirs)
    response = client.post(address, mine)
    assert response.status_code == 409
    assert "Ani: baru saja diubah orang lain" in text_of(response)
    people[0].refresh_from_db()
    assert people[0].represented_by == "Rekan"


def test_walk_in_is_added_and_present(client, meeting, people):
    address = f"/rakor/{meeting.pk}/kehadiran/"
    walk_in = {"baru-name": "Eka", "baru-organisation": "LSM Hijau", "baru-unsur": "lsm"}
    data = ticks(meeting, people[0], tambah="1") | walk_in
    page = text_of(client.post(address, data, follow=True))
    assert "Peserta ditambahkan dan tercatat hadir." in page
    eka = Participant.objects.get(name="Eka")
    assert (eka.is_present, eka.is_invited) == (True, False)
    assert Participant.objects.get(name="Ani").is_present
    response = client.post(address, ticks(meeting, tambah="1") | walk_in)
    assert response.status_code == 409
    assert "sudah ada di daftar" in text_of(response)
    response = client.post(address, ticks(meeting, tambah="1") | {"baru-unsur": "lsm"})
    assert response.status_code == 422
    assert "Tulis nama atau jabatannya." in text_of(response)


def test_attendance_stands_once_the_minutes_are_handed_in(client, meeting, people, bappeda):
    meeting.agenda.update(notes="Ada.")
    meeting.minutes.submit(by=bappeda, version=1)
    response = client.post(f"/rakor/{meeting.pk}/kehadiran/", ticks(meeting, *people), follow=True)
    assert "tidak dapat diubah lagi" in text_of(response)
    assert not Participant.objects.filter(is_present=True).exists()


# Attachments


def picture(name="foto.png"):
    content = io.BytesIO()
    Image.new("RGB", (8, 8)).save(content, "PNG")
    return SimpleUploadedFile(name, content.getvalue())


DOCUMENT = b"%PDF-1.7\n1 0 obj\n%%EOF\n"


def attach(client, meeting, file, **more):
    data = {"file": file, "kind": "photo", "caption": "Suasana", **more}
    return client.post(f"/rakor/{meeting.pk}/lampiran/", data)


def test_attachment_is_kept_once_and_handed_out(
    client, meeting, django_capture_on_commit_callbacks
):
    for _ in range(2):
        assert attach(client, meeting, picture()).status_code == 302
    attachment = Attachment.objects.get()
    assert "foto.png" in text_of(client.get(f"/rakor/{meeting.pk}/"))
    response = client.get(f"/rakor/lampiran/{attachment.pk}/")
    assert response["Content-Disposition"] == 'attachment; filename="foto.png"'
    assert "sandbox" in response["Content-Security-Policy"]
    assert b"".join(response.streaming_content).startswith(b"\x89PNG")
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/rakor/lampiran/{attachment.pk}/penghapusan/")
    assert not attachment.file.storage.exists(attachment.file.name)
    assert client.get(f"/rakor/lampiran/{attachment.pk}/").status_code == 404


def test_an_attachment_described_otherwise_is_no_second_click(client, meeting):
    attach(client, meeting, picture())
    response = attach(client, meeting, picture("lain.png"), kind="attendance")
    assert response.status_code == 422
    said = "Berkas ini sudah dilampirkan. Namanya foto.png, jenisnya Dokumentasi (foto)."
    assert said in text_of(response)
    assert Attachment.objects.get().kind == "photo"


def test_a_document_is_not_called_a_photo(client, meeting):
    response = attach(client, meeting, SimpleUploadedFile("a.pdf", DOCUMENT))
    assert response.status_code == 422
    assert "Berkas ini bukan foto. Pilih jenis lampiran yang lain." in text_of(response)
    assert (
        attach(client, meeting, SimpleUploadedFile("a.pdf", DOCUMENT), kind="slides").status_code
        == 302
    )


@pytest.mark.parametrize(("closed", "status"), [("13.29", 422), ("13.30", 302), ("16.00", 302)])
def test_a_meeting_is_not_closed_before_it_began(client, meeting, closed, status):
    data = notes(meeting, ["Dibuka.", "Dibahas."], closed_at=closed)
    response = client.post(f"/rakor/{meeting.pk}/notulen/", data)
    assert response.status_code == status
    if status == 422:
        assert "Rapat dimulai pukul 13.30 WIB. Tulis jam sesudahnya." in text_of(response)


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (SimpleUploadedFile("a.html", b"<script>"), "Jenis berkas tidak diterima."),
        (SimpleUploadedFile("a.jpg", b"MZ nope"), "Jenis berkas tidak diterima."),
        (SimpleUploadedFile("a.png", b""), "Berkas kosong."),
        (None, "Pilih berkas yang akan dilampirkan."),
        (
            SimpleUploadedFile("a.pdf", b"%PDF-" + b"x" * (5 * 1024 * 1024)),
            "Berkas lebih dari 5 MB.",
        ),
    ],
)
def test_refused_file_is_named_beside_the_field_and_the_caption_stays(
    client, meeting, file, sentence
):
    response = attach(client, meeting, file or "")
    assert response.status_code == 422
    assert sentence in text_of(response)
    assert 'value="Suasana"' in response.content.decode()
    assert not Attachment.objects.exists()

"""Planning a meeting on one page, through the URL."""

import re
from datetime import date

import pytest

from kotaku.requests import kept_forms
from meetings.models import AgendaItem, Meeting, Minutes, Participant
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

UID = "11111111-2222-4333-8444-555555555555"


@pytest.fixture
def client(bappeda, client_of):
    """Bappeda's browser."""
    return client_of(bappeda)


def form(agenda=(), people=(), **facts):
    """What the planning form sends."""
    data = {
        "title": "Rakor triwulan",
        "kind": "coordination",
        "day": "2030-05-14",
        "starts": "09.00",
        "ends": "12.00",
        "place": "Aula",
        "organiser": "Bappeda",
        "uid": UID,
        **facts,
    }
    for prefix, rows in (("acara", agenda), ("peserta", people)):
        data[f"{prefix}-TOTAL_FORMS"] = len(rows)
        data[f"{prefix}-INITIAL_FORMS"] = 0
        for number, row in enumerate(rows):
            data |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return data


def person(name="Ani", organisation="DCKTLH", **more):
    return {"name": name, "organisation": organisation, "unsur": "opd", **more}


def test_bappeda_plans_a_meeting_with_agenda_and_participants(client, bappeda):
    agenda = [{"title": "Pembukaan", "length_minutes": "15"}, {"title": "Diskusi"}]
    response = client.post("/rakor/baru/", form(agenda, [person(), person("Budi")]), follow=True)
    page = text_of(response)
    assert "Rapat tersimpan." in page
    assert "Selasa, 14 Mei 2030" in page
    assert "09.00–12.00 WIB" in page
    assert "09.00–09.15 Pembukaan" in page
    meeting = Meeting.objects.get()
    assert (meeting.state, meeting.changed_by, str(meeting.uid)) == ("draft", bappeda, UID)
    assert meeting.starts_at.utcoffset().total_seconds() == 0
    assert meeting.starts_at.hour == 2
    assert [item.title for item in meeting.agenda.all()] == ["Pembukaan", "Diskusi"]
    assert Minutes.objects.get().meeting == meeting


def test_agenda_after_the_end_is_saved_with_a_warning(client, client_of, viewer):
    agenda = [{"title": "Diskusi", "starts_at": "11.45", "length_minutes": "45"}]
    warning = "Acara 1 (Diskusi) selesai pukul 12.30, sesudah rapat selesai (12.00)."
    page = text_of(client.post("/rakor/baru/", form(agenda), follow=True))
    assert "Rapat tersimpan." in page
    assert warning in page
    meeting = Meeting.objects.get()
    assert warning in text_of(client.get(f"/rakor/{meeting.pk}/ubah/"))
    # As typed, beside an error.
    page = client.post("/rakor/baru/", form(agenda, title="", uid=""))
    assert page.status_code == 422
    assert warning in text_of(page)
    client.post(f"/rakor/{meeting.pk}/penjadwalan/", {"version": meeting.version})
    assert warning not in text_of(client_of(viewer).get(f"/rakor/{meeting.pk}/"))


def test_draft_is_bappedas_alone_until_it_is_scheduled(client, client_of, officer, viewer):
    client.post("/rakor/baru/", form())
    meeting = Meeting.objects.get()
    for user in (officer, viewer):
        assert client_of(user).get(f"/rakor/{meeting.pk}/").status_code == 404
        assert "Rakor triwulan" not in text_of(client_of(user).get("/rakor/"))
    client.post(f"/rakor/{meeting.pk}/penjadwalan/", {"version": 1})
    for user in (officer, viewer):
        assert "Rakor triwulan" in text_of(client_of(user).get("/rakor/"))


def test_double_click_plans_one_meeting(client):
    for _ in range(2):
        response = client.post("/rakor/baru/", form([{"title": "Satu"}], [person()]))
        assert response.status_code == 302
    assert Meeting.objects.count() == AgendaItem.objects.count() == 1


BAD = [
    ({"ends": "08.30"}, "id_ends", "Waktu selesai harus sesudah waktu mulai."),
    ({"ends": "09.00"}, "id_ends", "Waktu selesai harus sesudah waktu mulai."),
    ({"starts": ""}, "id_starts", "Tulis jam mulai, karena jam selesai sudah diisi."),
    ({"starts": "jam sembilan"}, "id_starts", "Tulis jam, misalnya 09.00."),
    ({"day": "kapan-kapan"}, "id_day", "Tulis tanggal, misalnya 08-11-2016."),
    ({"day": ""}, "id_day", "Pilih tanggal rapat."),
    ({"title": ""}, "id_title", "Tulis nama rapat."),
    ({"agenda": [{"title": ""}]}, "id_acara-0-title", "Tulis acaranya, atau hapus baris ini."),
    (
        {"agenda": [{"title": "A", "length_minutes": "lama"}]},
        "id_acara-0-length_minutes",
        "Tulis lamanya dalam menit, misalnya 30.",
    ),
    (
        {"people": [person(), person("ani", "dcktlh")]},
        "id_peserta-1-name",
        "Peserta dengan nama dan instansi ini sudah ada di daftar. Hapus salah satunya.",
    ),
    (
        {"people": [person(""), person("Ani", "")]},
        "id_peserta-0-name",
        "Tulis nama atau jabatan peserta, atau hapus baris ini.",
    ),
    (
        {"people": [person(email="ani")]},
        "id_peserta-0-email",
        "Tulis alamat email yang lengkap, misalnya nama@contoh.go.id.",
    ),
]


@pytest.mark.parametrize(("changes", "field", "sentence"), BAD)
def test_mistakes_are_named_beside_the_field_and_what_was_typed_stays(
    client, changes, field, sentence
):
    typed = form(**{"agenda": [{"title": "Tetap di sini"}], "place": "Balai Kota"} | changes)
    response = client.post("/rakor/baru/", typed)
    html = response.content.decode()
    assert response.status_code == 422
    assert re.search(rf'<a href="#{field}">[A-Z][^<]+: {sentence}</a>', html)
    beside = re.search(rf'<ul class="errorlist" id="{field}_error">(.*?)</ul>', html, re.DOTALL)
    assert sentence in beside.group(1)
    assert 'value="Balai Kota"' in html
    if "agenda" not in changes:
        assert 'value="Tetap di sini"' in html
    assert not Meeting.objects.exists()


def test_rows_are_added_moved_and_removed_without_javascript(client):
    meeting = MeetingFactory()
    item = AgendaItemFactory(meeting=meeting, title="Lama")
    rows = [{"title": "Lama", "pk": item.pk}, {"title": "Baru"}]
    address = f"/rakor/{meeting.pk}/ubah/"
    page = client.post(address, form(rows, aksi="acara-naik-1", version=1)).content.decode()
    assert page.index('value="Baru"') < page.index('value="Lama"')
    page = client.post(address, form(rows, aksi="acara-hapus-0", version=1)).content.decode()
    assert f'name="acara-removed" value="a{item.pk}"' in page
    assert AgendaItem.objects.filter(pk=item.pk).exists()
    client.post(address, form([{"title": "Baru"}], version=1, **{"acara-removed": f"a{item.pk}"}))
    assert [item.title for item in meeting.agenda.all()] == ["Baru"]


def test_order_of_rows_is_the_order_of_the_agenda(client):
    meeting = MeetingFactory()
    items = [AgendaItemFactory(meeting=meeting, order=n, title=f"Acara {n}") for n in (1, 2, 3)]
    rows = [{"title": item.title, "pk": item.pk} for item in reversed(items)]
    assert client.post(f"/rakor/{meeting.pk}/ubah/", form(rows, version=1)).status_code == 302
    assert list(meeting.agenda.all()) == items[::-1]
    assert [item.order for item in meeting.agenda.all()] == [1, 2, 3]


def test_rows_that_somebody_else_added_stay(client, client_of, second_bappeda):
    meeting = MeetingFactory()
    address = f"/rakor/{meeting.pk}/ubah/"
    other = client_of(second_bappeda)
    other.post(address, form([{"title": "Dari rekan"}], [person("Rekan")], version=1))
    mine = form([{"title": "Dari saya"}], [person("Saya")], version=1, place="Tempat saya")
    response = client.post(address, mine)
    page = text_of(response)
    assert response.status_code == 409
    assert "Data ini baru saja diubah oleh" in page
    assert "Isian Anda masih ada di bawah" in page
    html = response.content.decode()
    # Only what differs is named: the place that the colleague left as the form had it.
    named = page.partition("Tersimpan sekarang ")[2].partition(" Di atas hanya")[0]
    assert named.endswith("Tempat Aula")
    assert "Nama rapat" not in named
    assert 'value="Tempat saya"' in html
    assert 'name="version" value="2"' in html
    assert client.post(address, mine | {"version": 2}).status_code == 302
    assert [item.title for item in meeting.agenda.all()] == ["Dari saya", "Dari rekan"]
    assert meeting.participants.count() == 2


def test_an_outdated_form_names_each_fact_and_row_that_it_would_change(
    client, client_of, second_bappeda
):
    meeting, village = MeetingFactory(), VillageFactory(name="Balokang")
    client.post(f"/rakor/{meeting.pk}/ubah/", form([{"title": "Lama"}], [person()], version=1))
    item, guest = meeting.agenda.get(), meeting.participants.get()
    rows = [{"title": "Lama", "pk": item.pk}], [person(pk=guest.pk)]
    theirs = form(
        [{"title": "Lama", "pk": item.pk, "starts_at": "10.15"}],
        [person(pk=guest.pk, phone="0812-1111-2222", unsur="bkm")],
        version=2, starts="14.00", ends="15.00", day="2030-05-15", kind="other", villages=[village.pk],
    )  # fmt: skip
    assert client_of(second_bappeda).post(f"/rakor/{meeting.pk}/ubah/", theirs).status_code == 302
    mine = form(*rows, version=2, title="Judul baru")
    page = text_of(client.post(f"/rakor/{meeting.pk}/ubah/", mine))
    named = page.partition("Tersimpan sekarang ")[2].partition(" Di atas hanya")[0]
    assert named == (
        "Nama rapat Rakor triwulan Jenis Lainnya Hari/tanggal 15 Mei 2030 Mulai pukul 14.00 "
        "Selesai pukul 15.00 Desa/kelurahan terkait Desa Balokang Acara 1 Lama (Pukul: 10.15) "
        "Peserta 1 Ani (Unsur: BKM/LKM; Nomor HP: 0812-1111-2222)"
    )


def test_item_with_notes_cannot_be_removed(client):
    meeting = MeetingFactory()
    item = AgendaItemFactory(meeting=meeting, notes="Catatan penting.", title="Dibahas")
    assert "tidak dihapus" in text_of(client.get(f"/rakor/{meeting.pk}/ubah/"))
    forged = form([], version=1, **{"acara-removed": f"a{item.pk}"})
    response = client.post(f"/rakor/{meeting.pk}/ubah/", forged)
    assert response.status_code == 409
    assert "sudah mempunyai catatan atau keputusan" in text_of(response)
    assert AgendaItem.objects.get().notes == "Catatan penting."


def test_somebody_who_came_is_not_taken_off_the_list(client):
    meeting = MeetingFactory()
    present = ParticipantFactory(meeting=meeting, name="Ani", is_present=True)
    typed = form(version=1, **{"peserta-removed": f"p{present.pk}"})
    response = client.post(f"/rakor/{meeting.pk}/ubah/", typed)
    assert response.status_code == 409
    assert "Ani sudah tercatat hadir, jadi tidak dihapus." in text_of(response)
    assert meeting.participants.count() == 1
    assert Meeting.objects.get().version == 1


def test_ids_of_other_meetings_change_nothing_there(client):
    foreign = AgendaItemFactory(title="Milik rapat lain")
    stranger = ParticipantFactory(name="Orang lain")
    meeting = MeetingFactory()
    rows = [{"title": "Palsu", "pk": foreign.pk}]
    people = [person("Palsu", pk=stranger.pk)]
    removed = {"acara-removed": f"a{foreign.pk}", "peserta-removed": f"p{stranger.pk}"}
    client.post(f"/rakor/{meeting.pk}/ubah/", form(rows, people, version=1, **removed))
    foreign.refresh_from_db()
    stranger.refresh_from_db()
    assert (foreign.title, foreign.meeting_id != meeting.pk) == ("Milik rapat lain", True)
    assert stranger.name == "Orang lain"


@pytest.mark.parametrize("nonsense", ["0", "999999", "9" * 30, "-1"])
@pytest.mark.django_db(transaction=True)
def test_ids_that_name_nothing_are_ignored(client, nonsense):
    rows = [{"title": "A", "pk": nonsense, "continues": nonsense, "follow_up": nonsense}]
    people = [person("Ani", user=nonsense, village=nonsense), person("Budi", pk=nonsense)]
    removed = {"acara-removed": f"a{nonsense}", "peserta-removed": f"p{nonsense}"}
    response = client.post("/rakor/baru/", form(rows, people, **removed))
    assert response.status_code == 302
    item = AgendaItem.objects.get()
    assert (item.title, item.continues, item.follow_up) == ("A", None, None)
    assert Participant.objects.get(name="Ani").user is None
    assert client.get(f"/rakor/{nonsense.strip('-')}0000000/").status_code == 404


@pytest.mark.parametrize("name", ["title", "place", "acara-0-title", "peserta-0-name"])
def test_nul_characters_go_and_nothing_else_does(client, name):
    typed = form([{"title": "A"}], [person()]) | {name: "a\x00b"}
    assert client.post("/rakor/baru/", typed).status_code == 302
    meeting = Meeting.objects.get()
    stored = {
        "title": meeting.title,
        "place": meeting.place,
        "acara-0-title": meeting.agenda.get().title,
        "peserta-0-name": meeting.participants.get().name,
    }
    assert stored[name] == "ab"


def test_heads_of_the_programmes_villages_are_picked_in_one_step(
    client, programme, baseline, other_baseline, officer
):
    typed = form(people=[person("Ani")], programme=programme.pk, aksi="peserta-kepala")
    html = client.post("/rakor/baru/", typed).content.decode()
    assert 'value="Desa Balokang"' in html
    assert 'value="Desa Binangun"' in html
    assert f'value="{officer.full_name}"' in html
    assert 'value="Ani"' in html
    assert not Meeting.objects.exists()
    again = re.findall(r'name="(peserta-\d+-\w+)"[^>]*?value="([^"]*)"', html)
    typed = form(programme=programme.pk, aksi="peserta-kepala") | dict(again)
    typed["peserta-TOTAL_FORMS"] = 3
    html = client.post("/rakor/baru/", typed).content.decode()
    assert html.count('value="Desa Balokang"') == 1


def test_of_two_accounts_the_one_with_name_and_mail_is_invited(
    client, programme, baseline, officer
):
    officer.email = "petugas@contoh.id"
    officer.save()
    nameless = UserFactory(role="village_officer", full_name="", email="")
    nameless.villages.add(baseline.village)
    typed = form(programme=programme.pk, aksi="peserta-kepala")
    html = client.post("/rakor/baru/", typed).content.decode()
    assert f'value="{officer.full_name}"' in html


def test_of_two_accounts_of_a_village_its_head_is_invited(client, programme, baseline, officer):
    officer.full_name, officer.position, officer.email = "Ujang Operator", "Operator", "a@contoh.id"
    officer.save()
    head = UserFactory(role="village_officer", full_name="Asep Kades", email="b@contoh.id")
    head.position = "Pj. Kepala Desa Balokang"
    head.save()
    head.villages.add(baseline.village)
    typed = form(programme=programme.pk, aksi="peserta-kepala")
    html = client.post("/rakor/baru/", typed).content.decode()
    assert 'value="Asep Kades"' in html
    assert 'value="Ujang Operator"' not in html


def test_participants_of_an_earlier_meeting_are_picked(client):
    earlier = ParticipantFactory(name="Dari rapat lama", email="lama@contoh.id").meeting
    typed = form(aksi="peserta-rapat", ambil_dari=earlier.pk)
    html = client.post("/rakor/baru/", typed).content.decode()
    assert 'value="Dari rapat lama"' in html
    assert 'value="lama@contoh.id"' in html


def test_copy_brings_agenda_and_participants_but_no_date(client):
    source = MeetingFactory(title="Rakor lama", letter_number="005/1")
    AgendaItemFactory(meeting=source, title="Pembukaan", notes="Rahasia")
    ParticipantFactory(meeting=source, name="Ani", is_present=True)
    html = client.get(f"/rakor/baru/?salin={source.pk}").content.decode()
    assert 'value="Rakor lama"' in html
    assert 'value="Pembukaan"' in html
    assert 'value="Ani"' in html
    for gone in ("2016-11-08", "005/1", "Rahasia"):
        assert gone not in html
    rows = [{"title": "Pembukaan"}]
    client.post("/rakor/baru/", form(rows, [person()]))
    copy = Meeting.objects.exclude(pk=source.pk).get()
    assert copy.agenda.get().notes == ""
    assert not copy.participants.get().is_present


def test_open_follow_ups_and_undiscussed_items_are_offered(client):
    follow_up = FollowUpFactory(what="Perbaiki drainase", due_on=date(2016, 12, 1))
    left = AgendaItemFactory(meeting=MeetingFactory(done=True), title="Tertunda")
    done = FollowUpFactory(done=True, what="Sudah beres")
    page = text_of(client.get("/rakor/baru/"))
    assert "Perbaiki drainase" in page
    assert "terlambat" in page
    assert "Tertunda" in page
    assert done.what not in page
    usul = [f"f{follow_up.pk}", f"a{left.pk}"]
    html = client.post("/rakor/baru/", form(usul=usul, aksi="acara-usul")).content.decode()
    assert 'value="Tindak lanjut: Perbaiki drainase"' in html
    assert f'name="acara-0-follow_up" value="{follow_up.pk}"' in html
    client.post("/rakor/baru/", form([{"title": "Pembukaan"}], usul=usul))
    meeting = Meeting.objects.get(title="Rakor triwulan")
    assert [(i.title, i.follow_up, i.continues) for i in meeting.agenda.all()] == [
        ("Pembukaan", None, None),
        ("Tindak lanjut: Perbaiki drainase", follow_up, None),
        ("Tertunda", None, left),
    ]
    assert "Tertunda" not in text_of(client.get("/rakor/baru/"))


def test_form_comes_back_after_the_session_ended(client_of, bappeda):
    browser = client_of()
    typed = form(
        [{"title": "Tidak hilang"}], [person("Ani")], _owner=kept_forms.owner_note(bappeda)
    )
    response = browser.post("/rakor/baru/", typed)
    assert response["Location"].endswith("&tersimpan=1")
    data = {"username": bappeda.username, "password": PASSWORD, "next": "/rakor/baru/"}
    page = browser.post("/akun/masuk/", data, follow=True).content.decode()
    assert 'value="Tidak hilang"' in page
    assert "Tulisan Anda belum tersimpan" in page


def test_meeting_stands_once_its_minutes_are_handed_in(client):
    meeting = MeetingFactory(done=True, minutes=None)
    MinutesFactory(meeting=meeting, approved=True)
    response = client.get(f"/rakor/{meeting.pk}/ubah/", follow=True)
    assert "tidak diubah lagi" in text_of(response)
    response = client.post(f"/rakor/{meeting.pk}/ubah/", form(version=1))
    assert response.status_code == 409
    assert "sudah disahkan" in text_of(response)


def test_meeting_without_a_time_says_so(client):
    client.post("/rakor/baru/", form(starts="", ends=""))
    meeting = Meeting.objects.get()
    assert not meeting.is_time_known
    assert "jam belum ditentukan" in text_of(client.get(f"/rakor/{meeting.pk}/"))


@pytest.mark.parametrize("typed", ["9.05", "09:05", "0905", "09.05"])
def test_times_are_read_as_people_write_them(client, typed):
    client.post("/rakor/baru/", form(starts=typed))
    meeting = Meeting.objects.get()
    assert "09.05–12.00 WIB" in text_of(client.get(f"/rakor/{meeting.pk}/"))


@pytest.mark.parametrize("count", [5, 500])
def test_list_takes_the_same_queries_for_any_number(client, count, django_assert_num_queries):
    meetings = MeetingFactory.create_batch(count, done=True)
    for meeting in meetings[:20]:
        ParticipantFactory(meeting=meeting)
    client.get("/rakor/")
    with django_assert_num_queries(8):
        client.get("/rakor/")


@pytest.mark.parametrize("count", [5, 500])
def test_meeting_page_takes_the_same_queries_for_any_number(
    client, bappeda, count, django_assert_num_queries
):
    meeting = MeetingFactory(done=True)
    items = [AgendaItemFactory(meeting=meeting, order=n) for n in range(1, min(count, 60))]
    for item in items[:40]:
        FollowUpFactory(decision=DecisionFactory(meeting=meeting, agenda_item=item))
    Participant.objects.bulk_create(
        Participant(meeting=meeting, name=f"Orang {n}", organisation="X") for n in range(count)
    )
    client.get(f"/rakor/{meeting.pk}/")
    with django_assert_num_queries(17):
        client.get(f"/rakor/{meeting.pk}/")


def test_list_shows_what_comes_next_first_and_filters_by_year(client):
    MeetingFactory(title="Lama", done=True)
    MeetingFactory(title="Baru", done=True, starts_at="2020-02-03T09:00+07:00", ends_at=None)
    page = text_of(client.get("/rakor/"))
    assert page.index("Baru") < page.index("Lama")
    page = text_of(client.get("/rakor/?tahun=2016"))
    assert "Lama" in page
    assert "Baru" not in page
    assert client.get("/rakor/?tahun=x&hal=99").status_code == 200

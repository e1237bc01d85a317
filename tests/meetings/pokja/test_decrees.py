"""Decrees of the working group and their members, through the URL."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from kotaku.formats import format_date
from meetings.models import PokjaDecree, PokjaEvent, PokjaMember
from tests.areas.public.pages import text_of
from tests.factories import PokjaDecreeFactory, PokjaMemberFactory, UserFactory, city

LIST, NEW = "/rakor/pokja/", "/rakor/pokja/baru/"


@pytest.fixture
def client(bappeda, client_of):
    """Bappeda's browser."""
    return client_of(bappeda)


def decree_form(**changed):
    return {
        "number": "600/Kpts.7-Bappeda/2020",
        "decreed_on": "2020-01-06",
        "about": "Pembentukan Pokja PKP",
        "valid_from": "2020-01-07",
        "version": 0,
    } | changed


def member_form(**changed):
    return {
        "role": "ketua", "section": "", "name": "Siti Aminah", "position": "Kepala",
        "organisation": "Bappeda", "unsur": "bappeda", "sex": "P", "phone": "0812-3456-7890",
        "email": "siti@contoh.id", "version": 0,
    } | changed  # fmt: skip


def test_bappeda_records_a_decree_and_its_members(client, bappeda):
    assert "Belum ada SK Pokja" in text_of(client.get(LIST))
    page = text_of(client.post(NEW, decree_form(), follow=True))
    assert "SK tersimpan." in page
    assert "sejak 7 Januari 2020" in page
    decree = PokjaDecree.objects.get()
    assert (decree.region, decree.changed_by, decree.is_sample) == (city(), bappeda, False)
    address = f"{LIST}{decree.pk}/anggota/"
    page = text_of(client.post(address, member_form(), follow=True))
    assert "Anggota tersimpan." in page
    assert "Ketua (1) Siti Aminah , ubah Kepala, Bappeda 0812-3456-7890 · siti@contoh.id" in page
    assert "menambah anggota Siti Aminah" in page
    assert "Berlaku · sejak 7 Januari 2020 · 1 anggota" in text_of(client.get(LIST))
    kinds = list(PokjaEvent.objects.values_list("kind", "actor__username", "who"))
    assert kinds == [("add", "pemeriksa", ""), ("member_add", "pemeriksa", "Siti Aminah")]


def test_history_names_what_changed_but_no_contact(client, admin, client_of):
    member = PokjaMemberFactory(
        name="Siti", role="anggota", phone="0812-1111-2222", email="a@contoh.id"
    )
    address = f"{LIST}anggota/{member.pk}/"
    typed = member_form(name="Siti", position="Kepala", version=1, phone="0813-1111-2222")
    page = text_of(client.post(address, typed, follow=True))
    assert "Kedudukan: Anggota → Ketua" in page
    assert "Kontak: diubah" in page
    event = PokjaEvent.objects.get()
    assert "081" not in str(event.changes)
    assert "contoh.id" not in str(event.changes)
    assert "Anggota Pokja: mengubah" in text_of(client_of(admin).get("/audit/"))


def test_a_new_decree_replaces_the_old_one_and_nobody_is_lost(client):
    old = PokjaDecreeFactory(number="600/Lama")
    PokjaMemberFactory(decree=old, name="Tetap", email="tetap@contoh.id")
    yesterday = timezone.localdate() - timedelta(days=1)
    PokjaMemberFactory(decree=old, name="Keluar", valid_until=yesterday)
    form = client.get(NEW).context["form"]
    assert form["copied_from"].value() == old.pk
    page = text_of(client.post(NEW, decree_form(copied_from=old.pk), follow=True))
    assert "Tetap" in page
    assert "Keluar" not in page
    assert "1 orang dari SK 600/Lama" in page
    new = PokjaDecree.objects.exclude(pk=old.pk).get()
    assert new.members.get().email == "tetap@contoh.id"
    assert PokjaDecree.objects.in_force(city()) == new
    assert PokjaDecree.objects.in_force(city(), date(2019, 12, 31)) == old
    assert PokjaDecree.objects.in_force(city(), date(2015, 12, 31)) is None
    page = text_of(client.get(f"{LIST}{old.pk}/"))
    assert "Diganti" in page
    assert "Yang berlaku sekarang: SK 600/Kpts.7-Bappeda/2020" in page
    assert "keluar " in page


def test_states_follow_from_the_days(client):
    today = timezone.localdate()
    ended = PokjaDecreeFactory(number="1", valid_to=today - timedelta(days=1))
    assert PokjaDecree.objects.in_force(city()) is None
    assert "Berakhir" in text_of(client.get(f"{LIST}{ended.pk}/"))
    later = PokjaDecreeFactory(number="2", valid_from=today + timedelta(days=1))
    assert "Belum berlaku" in text_of(client.get(f"{LIST}{later.pk}/"))
    first = PokjaDecreeFactory(number="3", valid_from=today, valid_to=today)
    assert PokjaDecree.objects.in_force(city()) == first
    # What is invented never stands before what is real.
    PokjaDecreeFactory(number="4", valid_from=today, is_sample=True)
    assert PokjaDecree.objects.in_force(city()) == first
    page = text_of(client.get(LIST))
    assert "SK 3 Pembentukan Pokja PKP Berlaku" in page
    assert "SK 4 Pembentukan Pokja PKP Diganti" in page


def test_a_second_click_stores_one_row_and_a_twin_is_refused(client):
    for _ in range(2):
        assert client.post(NEW, decree_form()).status_code == 302
    decree = PokjaDecree.objects.get()
    response = client.post(NEW, decree_form(number="600/KPTS.7-BAPPEDA/2020", about="Lain"))
    assert response.status_code == 409
    assert "SK dengan nomor ini sudah tercatat." in text_of(response)
    address = f"{LIST}{decree.pk}/anggota/"
    for _ in range(2):
        assert client.post(address, member_form()).status_code == 302
    response = client.post(address, member_form(name="SITI AMINAH", position="Lain"))
    assert response.status_code == 409
    page = text_of(response)
    assert "Anggota dengan nama (atau jabatan) dan instansi ini sudah ada di SK ini." in page
    assert 'value="SITI AMINAH"' in response.content.decode()
    other = PokjaMemberFactory(decree=decree, name="Budi", organisation="Bappeda")
    typed = member_form(version=1)
    assert client.post(f"{LIST}anggota/{other.pk}/", typed).status_code == 409
    assert PokjaMember.objects.count() == 2


def test_an_outdated_form_keeps_what_was_typed(client):
    member = PokjaMemberFactory(name="Siti")
    other = UserFactory(bappeda=True, full_name="Rekan")
    member.store(by=other, version=1, values={
        "name": "Siti", "position": "Kabid", "organisation": "DCKTLH", "unsur": "opd", "role": "bidang",
    })  # fmt: skip
    response = client.post(f"{LIST}anggota/{member.pk}/", member_form(version=1, position="Camat"))
    assert response.status_code == 409
    page = text_of(response)
    assert "Data ini baru saja diubah oleh Rekan" in page
    assert "Kabid" in page
    assert 'value="Camat"' in response.content.decode()
    member.refresh_from_db()
    assert member.position == "Kabid"


@pytest.mark.parametrize(
    ("address", "typed", "sentence"),
    [
        ("decree", {"number": ""}, "Tulis nomor SK."),
        ("decree", {"decreed_on": "besok"}, "Tulis tanggal, misalnya 08-11-2016."),
        ("decree", {"valid_to": "2019-12-31"}, "tidak lebih awal dari “Berlaku mulai”"),
        ("member", {"name": "", "position": ""}, "Tulis nama atau jabatan anggota."),
        ("member", {"organisation": ""}, "Tulis instansi atau lembaganya."),
        ("member", {"email": "siti"}, "Tulis alamat email yang lengkap"),
    ],
)
def test_wrong_input_is_refused_in_a_sentence(client, address, typed, sentence):
    decree = PokjaDecreeFactory()
    forms = {"decree": (NEW, decree_form), "member": (f"{LIST}{decree.pk}/anggota/", member_form)}
    url, form = forms[address]
    response = client.post(url, form(**typed))
    assert response.status_code == 422
    assert sentence in text_of(response)
    assert (PokjaDecree.objects.count(), PokjaMember.objects.count()) == (1, 0)


def test_readers_see_no_contacts_and_other_regions_nothing(viewer, client_of, client):
    member = PokjaMemberFactory(phone="0812-77", email="siti@contoh.id")
    address = f"{LIST}{member.decree_id}/"
    assert "0812-77" in text_of(client.get(address))
    page = text_of(client_of(viewer).get(address))
    assert member.name in page
    assert "0812-77" not in page
    assert "contoh.id" not in page
    assert "Tambah anggota" not in page
    elsewhere = client_of(UserFactory(bappeda=True, region=city("32.78", "Tasikmalaya")))
    assert elsewhere.get(address).status_code == 404
    assert elsewhere.get(f"{LIST}anggota/{member.pk}/").status_code == 404
    assert "Belum ada SK Pokja" in text_of(elsewhere.get(LIST))
    assert elsewhere.post(NEW, decree_form(copied_from=member.decree_id)).status_code == 422


@pytest.mark.parametrize("count", [2, 60])
def test_pages_take_the_same_queries_for_any_number(client, count, django_assert_num_queries):
    decree = PokjaDecreeFactory()
    PokjaMemberFactory.create_batch(count, decree=decree)
    PokjaDecreeFactory.create_batch(count // 2)
    client.get(LIST)
    with django_assert_num_queries(5):
        client.get(LIST)
    with django_assert_num_queries(8):
        client.get(f"{LIST}{decree.pk}/")


def test_who_has_left_is_no_longer_counted(client):
    decree = PokjaDecreeFactory(number="600/9")
    PokjaMemberFactory(decree=decree, role="anggota", valid_until=timezone.localdate())
    gone = timezone.localdate() - timedelta(days=1)
    PokjaMemberFactory(decree=decree, role="anggota", valid_until=gone)
    page = text_of(client.get(f"{LIST}{decree.pk}/"))
    assert "Anggota 1 orang, 1 sudah keluar" in page
    assert "Anggota (1)" in page
    assert "1 anggota" in text_of(client.get(LIST))


def test_membership_does_not_end_before_the_decree_begins(client):
    decree = PokjaDecreeFactory()
    member = PokjaMemberFactory(decree=decree)
    typed = member_form(version=1, valid_until=f"{decree.valid_from - timedelta(days=1):%Y-%m-%d}")
    page = client.post(f"{LIST}anggota/{member.pk}/", typed)
    assert page.status_code == 422
    assert f"SK ini berlaku mulai {format_date(decree.valid_from)}." in text_of(page)


@pytest.mark.parametrize("phone", ["abc", "0812", "0812-3456-7890/0813-4567-8901"])
def test_a_phone_number_is_one_number(client, phone):
    member = PokjaMemberFactory()
    page = client.post(f"{LIST}anggota/{member.pk}/", member_form(version=1, phone=phone))
    assert page.status_code == 422
    assert "Tulis satu nomor HP, misalnya 0812-3456-7890." in text_of(page)

"""Decrees and members in the admin: read, corrected with a line of history, within the region."""

import pytest

from meetings.models import PokjaDecree, PokjaEvent, PokjaMember
from tests.areas.public.pages import text_of
from tests.drawn_forms import as_drawn
from tests.factories import PokjaDecreeFactory, PokjaMemberFactory, UserFactory, city

pytestmark = pytest.mark.ignore_template_errors


@pytest.fixture
def client(admin, client_of):
    """The admin's browser."""
    return client_of(admin)


def address_of(row):
    return f"/admin/meetings/{row._meta.model_name}/{row.pk}/change/"


def correct(client, row, **typed):
    """Open the form of a row and save it with these values."""
    name = next(iter(typed))
    drawn = as_drawn(client.get(address_of(row)), name)
    return client.post(address_of(row), drawn | {key: [each] for key, each in typed.items()})


def test_a_decree_is_corrected_with_a_line_of_history(client, admin, viewer, client_of):
    member = PokjaMemberFactory(name="Ani", phone="0812")
    decree = member.decree
    opened = client.get(address_of(decree)).content.decode()
    assert f'<a href="{address_of(member)}">Koreksi Ani</a>' in opened
    assert correct(client, decree, number="600/1/2016", valid_to="05-01-2020").status_code == 302
    decree.refresh_from_db()
    assert (decree.number, decree.version, decree.changed_by) == ("600/1/2016", 2, admin)
    event = PokjaEvent.objects.get()
    assert (event.kind, event.actor) == ("change", admin)
    assert [each[0] for each in event.changes] == ["nomor", "berlaku sampai"]
    assert "SK Pokja: mengubah" in text_of(client.get("/audit/"))
    assert "600/1/2016" in text_of(client_of(viewer).get(f"/rakor/pokja/{decree.pk}/"))


def test_a_member_is_corrected_with_a_line_of_history_that_keeps_no_contacts(client, admin):
    member = PokjaMemberFactory(name="Ani", phone="0812")
    response = correct(client, member, name="Ani Lestari", phone="0813 1111", role="ketua")
    assert response.status_code == 302
    member.refresh_from_db()
    assert (member.name, member.phone, member.role) == ("Ani Lestari", "0813 1111", "ketua")
    assert (member.version, member.changed_by) == (2, admin)
    event = PokjaEvent.objects.get()
    assert (event.kind, event.who) == ("member_change", "Ani Lestari")
    assert [each[0] for each in event.changes] == ["kedudukan", "nama", "kontak"]
    assert "0813" not in str(event.changes)


def test_twins_and_wrong_days_are_refused_at_their_field(client):
    decree = PokjaDecreeFactory(number="600/A")
    twin = PokjaDecreeFactory(number="600/B")
    response = correct(client, twin, number="600/a")
    assert "SK dengan nomor ini sudah tercatat." in text_of(response)
    # Another region counts its own.
    PokjaDecreeFactory(number="600/C", region=city("32.07", "Ciamis"))
    assert correct(client, twin, number="600/C").status_code == 302
    response = correct(client, decree, valid_to="01-01-2001")
    assert "Masa berlaku berakhir sesudah dimulai." in text_of(response)
    PokjaMemberFactory(decree=decree, name="Ani", organisation="DCKTLH")
    member = PokjaMemberFactory(decree=decree, name="Budi", organisation="DCKTLH")
    response = correct(client, member, name="ANI")
    assert "sudah ada di SK ini" in text_of(response)
    response = correct(client, member, name="", position="")
    assert "Tulis nama atau jabatan anggota." in text_of(response)
    assert PokjaMember.objects.get(pk=member.pk).name == "Budi"


def test_a_correction_makes_open_forms_stale(client):
    member = PokjaMemberFactory()
    old = as_drawn(client.get(address_of(member)), "name") | {"section": ["Bidang lama"]}
    assert correct(client, member, section="Bidang baru").status_code == 302
    response = client.post(address_of(member), old)
    assert "Bidang lama" in response.content.decode()
    assert PokjaMember.objects.get().section == "Bidang baru"


def test_nothing_is_added_or_deleted_here(client):
    member = PokjaMemberFactory()
    for row in (member, member.decree):
        room = address_of(row).removesuffix(f"{row.pk}/change/")
        assert client.get(f"{room}add/").status_code == 403
        assert client.post(f"{room}{row.pk}/delete/", {"post": "yes"}).status_code == 403
    assert (PokjaDecree.objects.count(), PokjaMember.objects.count()) == (1, 1)


def test_an_admin_of_another_region_neither_reads_nor_corrects(client_of, db):
    away = city("32.07", "Ciamis")
    client = client_of(UserFactory(admin=True, region=away))
    here = PokjaMemberFactory(name="Ani")
    theirs = PokjaMemberFactory(decree__region=away, name="Cici")
    page = text_of(client.get("/admin/meetings/pokjamember/"))
    assert "Cici" in page
    assert "Ani" not in page
    for row in (here, here.decree):
        assert client.get(address_of(row)).status_code == 302
        assert client.post(address_of(row), {"name": "Lain"}).status_code == 302
    assert PokjaMember.objects.get(pk=here.pk).version == 1
    # Only accounts of the decree's region are offered.
    UserFactory(region=city(), full_name="Orang Banjar")
    UserFactory(region=away, full_name="Orang Ciamis")
    offered = client.get(address_of(theirs)).content.decode()
    assert "Orang Ciamis" in offered
    assert "Orang Banjar" not in offered

"""Contacts of members go on request, and a year after the membership has ended."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from kotaku.models import AuditEvent
from meetings.models import PokjaMember
from meetings.pokja import contacts
from tests.areas.public.pages import text_of
from tests.factories import PokjaDecreeFactory, PokjaMemberFactory, city

FIND = "/data-kontak/"


def ago(days):
    return timezone.localdate() - timedelta(days=days)


def test_office_removes_contacts_under_all_decrees(bappeda, client_of):
    client = client_of(bappeda)
    ani = {"name": "Ani", "organisation": "DCKTLH"}
    first = PokjaMemberFactory(email="ani@contoh.id", **ani)
    PokjaMemberFactory(phone="0812-1", **ani | {"name": "ANI"})
    other = PokjaMemberFactory(name="Budi", email="budi@contoh.id")
    page = text_of(client.get(FIND, {"q": "ani dcktlh"}))
    assert "1 orang dengan kontak" in page
    assert "Anggota Pokja, Kepala Seksi, DCKTLH" in page
    for _ in range(2):
        done = client.post(f"{FIND}pokja/{first.pk}/penghapusan/", follow=True)
        assert "Kontak Ani sudah dihapus" in text_of(done)
    rows = PokjaMember.objects.order_by("pk").values_list("email", "phone", "version")
    assert list(rows) == [("", "", 2), ("", "", 2), ("budi@contoh.id", "", 1)]
    line = AuditEvent.objects.get(kind="contact_removed")
    assert line.text == "Ani, Anggota Pokja, Kepala Seksi, DCKTLH: email, nomor HP"
    # A form that was opened before would bring them back.
    typed = {"name": "Ani", "organisation": "DCKTLH", "role": "anggota", "unsur": "opd"}
    stale = client.post(
        f"/rakor/pokja/anggota/{first.pk}/", typed | {"email": "ani@contoh.id", "version": 1}
    )
    assert stale.status_code == 409
    assert other.email == "budi@contoh.id"


def test_contacts_of_another_region_are_out_of_reach(bappeda, client_of):
    decree = PokjaDecreeFactory(region=city("32.78", "Tasikmalaya"))
    member = PokjaMemberFactory(decree=decree, name="Ani", phone="0812-1")
    bappeda.region = city()
    bappeda.save()
    client = client_of(bappeda)
    assert "Tidak ada kontak yang cocok" in text_of(client.get(FIND, {"q": "ani"}))
    assert client.post(f"{FIND}pokja/{member.pk}/penghapusan/").status_code == 404


@pytest.mark.parametrize(
    ("decree", "member", "is_kept"),
    [
        ({}, {}, True),
        ({}, {"valid_until": 364}, True),
        ({}, {"valid_until": 366}, False),
        ({"valid_to": 364}, {}, True),
        ({"valid_to": 366}, {}, False),
    ],
)
def test_contacts_go_a_year_after_the_membership(db, decree, member, is_kept):
    decree = {name: ago(days) for name, days in decree.items()}
    member = {name: ago(days) for name, days in member.items()}
    row = PokjaMemberFactory(
        decree=PokjaDecreeFactory(**decree), phone="0812-1", email="a@contoh.id", **member
    )
    PokjaMemberFactory(phone="", email="")
    (term,) = contacts.terms()
    assert term.remove(timezone.now()) == (0 if is_kept else 1)
    row.refresh_from_db()
    assert bool(row.phone) == bool(row.email) == is_kept
    assert (row.name, row.version) != ("", 0)
    assert term.remove(timezone.now()) == 0


@pytest.mark.parametrize(("days", "is_kept"), [(364, True), (366, False)])
def test_contacts_of_a_replaced_decree_go_a_year_after_the_new_one(db, days, is_kept):
    old = PokjaMemberFactory(phone="0812-1")
    new = PokjaMemberFactory(decree=PokjaDecreeFactory(valid_from=ago(days)), phone="0812-2")
    # Neither another region's nor a sample's.
    elsewhere = PokjaDecreeFactory(region=city("32.78", "Tasikmalaya"), valid_from=date(2010, 1, 1))
    far = PokjaMemberFactory(decree=elsewhere, phone="0812-3")
    contacts.terms()[0].remove(timezone.now())
    found = {row.pk: bool(row.phone) for row in PokjaMember.objects.all()}
    assert found == {old.pk: is_kept, new.pk: True, far.pk: True}

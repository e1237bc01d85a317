"""The office removes a person's contacts on request; the record keeps the name."""

import pytest
from django.core import mail

from kotaku.models import AuditEvent, User
from meetings.models import Delivery, Meeting, Participant, Reply
from tests.areas.public.pages import text_of
from tests.factories import MeetingFactory, ParticipantFactory, ReplyFactory, UserFactory, city

FIND = "/data-kontak/"


@pytest.fixture
def person(officer):
    """The officer with contacts."""
    officer.email, officer.phone = "petugas@contoh.id", "0812-3456-7890"
    officer.save()
    return officer


@pytest.fixture
def guests(db):
    """Ani of one office in two meetings, another Ani, and a third person of the same office."""
    ani = {"name": "Ani", "position": "Kabid", "organisation": "DCKTLH"}
    return [
        ParticipantFactory(email="ani@contoh.id", is_present=True, **ani),
        ParticipantFactory(**ani | {"name": "ANI"}, phone="0812-1"),
        ParticipantFactory(**ani | {"organisation": "BKM"}, email="lain@contoh.id"),
        ParticipantFactory(name="Budi", organisation="DCKTLH", email="budi@contoh.id"),
    ]


def page_of(kind, row):
    return f"{FIND}{kind}/{row.pk}/"


def lines():
    found = AuditEvent.objects.filter(kind="contact_removed")
    return list(found.values_list("actor__username", "subject__username", "text"))


def test_office_removes_contacts_of_an_account_and_the_record_stays(
    person, bappeda, client_of, django_capture_on_commit_callbacks
):
    client = client_of(bappeda)
    found = client.get(FIND, {"q": "petugas"})
    assert page_of("akun", person) in found.content.decode()
    # Which, not what they read.
    assert "Tersimpan: email, nomor HP" in text_of(found)
    assert "0812" not in text_of(found)
    asked = text_of(client.get(page_of("akun", person)))
    assert "Hapus kontak Petugas?" in asked
    assert "akunnya tetap ada" in asked
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            done = client.post(f"{page_of('akun', person)}penghapusan/", follow=True)
        assert "Kontak Petugas sudah dihapus" in text_of(done)
    stored = User.objects.get(pk=person.pk)
    assert (stored.email, stored.phone, stored.full_name) == ("", "", "Petugas")
    assert lines() == [("pemeriksa", "petugas", "email, nomor HP")]
    (message,) = mail.outbox
    assert message.to == ["petugas@contoh.id"]
    assert "Kontak akun Anda dihapus: email, nomor HP, oleh Pemeriksa." in message.body
    page = text_of(client_of(person).get("/akun/"))
    assert "Kontak akun Anda dihapus: email, nomor HP, oleh Pemeriksa." in page
    assert "Tidak ada kontak yang cocok" in text_of(client.get(FIND, {"q": "petugas"}))


def test_office_removes_contacts_of_a_guest_in_all_meetings(guests, bappeda, client_of):
    client = client_of(bappeda)
    found = text_of(client.get(FIND, {"q": "ani dcktlh"}))
    assert "1 orang dengan kontak ANI Peserta 2 rapat, Kabid, DCKTLH" in found
    assert "kehadirannya di undangan, daftar hadir, dan notulen tetap ada" in text_of(
        client.get(page_of("peserta", guests[1]))
    )
    client.post(f"{page_of('peserta', guests[1])}penghapusan/")
    rows = Participant.objects.in_bulk()
    contacts = [(rows[each.pk].email, rows[each.pk].phone) for each in guests]
    assert contacts == [("", ""), ("", ""), ("lain@contoh.id", ""), ("budi@contoh.id", "")]
    assert (rows[guests[0].pk].name, rows[guests[0].pk].is_present) == ("Ani", True)
    assert lines() == [("pemeriksa", None, "ANI, Peserta 2 rapat, Kabid, DCKTLH: email, nomor HP")]


def test_forms_opened_before_are_outdated_and_the_invitation_is_not(guests, bappeda, client_of):
    invited, other = guests[0].meeting, guests[2].meeting
    client = client_of(bappeda)
    client.post(f"/rakor/{invited.pk}/surel-undangan/", {"version": 1})
    ReplyFactory(participant=guests[0], answer="represented", represented_by="Bu Sari")
    client.post(f"{page_of('peserta', guests[0])}penghapusan/")
    now = Meeting.objects.in_bulk()
    assert now[invited.pk].version == 2
    shown = text_of(client.get(f"/rakor/{invited.pk}/"))
    assert "Kirim undangan" not in shown
    assert "Kirim pemberitahuan" not in shown
    # The removed address is not kept with the mail either.
    assert set(Delivery.objects.filter(meeting=invited).values_list("address", flat=True)) == {""}
    assert (Reply.objects.get().answer, Reply.objects.get().represented_by) == ("represented", "")
    assert (now[invited.pk].changed_by, now[other.pk].version) == (bappeda, 1)


def test_a_guest_with_an_account_is_pointed_to_it(person, bappeda, client_of):
    guest = ParticipantFactory(name="Petugas", user=person, email="lama@contoh.id")
    assert "hapus itu lewat akunnya" in text_of(client_of(bappeda).get(page_of("peserta", guest)))


def test_nobody_reaches_beyond_the_own_region_or_up_to_admins(bappeda, admin, client_of):
    elsewhere = city("32.78", "Tasikmalaya")
    away = [
        ("akun", UserFactory(region=elsewhere, phone="0812-1", full_name="Jauh")),
        ("peserta", ParticipantFactory(meeting=MeetingFactory(region=elsewhere), phone="1", name="Jauh")),
    ]  # fmt: skip
    # In the region of Bappeda, but above it.
    User.objects.filter(pk=admin.pk).update(phone="1", full_name="Jauh Sekali", region=city())
    admin.refresh_from_db()
    client = client_of(bappeda)
    assert "Tidak ada kontak yang cocok" in text_of(client.get(FIND, {"q": "jauh"}))
    for kind, row in [*away, ("akun", admin), ("lain", admin)]:
        assert client.get(page_of(kind, row)).status_code == 404
        assert client.post(f"{page_of(kind, row)}penghapusan/").status_code == 404
    assert lines() == []
    assert client_of(admin).get(page_of("akun", admin)).status_code == 200

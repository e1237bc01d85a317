"""What must leave a line in the audit, asked of the page itself after the deed was done by its address."""

from kotaku.models import AuditEvent
from meetings.models import CalendarFeed
from tests.areas.views.pages import text_of
from tests.security.test_audit import account_form, look  # noqa: F401


def lines(kind):
    """Return (actor, subject, text) of the lines of a kind, oldest first."""
    found = AuditEvent.objects.filter(kind=kind).order_by("pk")
    return list(found.values_list("actor__username", "subject__username", "text"))


def contacts(**changed):
    return {"first_name": "Petugas", "last_name": "", "position": "", **changed}


def test_changed_contacts_are_on_record_without_what_they_read(officer, client_of, look):  # noqa: F811
    client = client_of(officer)
    typed = contacts(first_name="Lain", phone=officer.phone, email=officer.email)
    assert client.post("/akun/", typed).status_code == 302
    assert lines("contact_changed") == []
    client.post("/akun/", typed | {"phone": "0812-3456", "email": "jahat@example.com"})
    client.post("/akun/", typed | {"phone": "0812-3456", "email": "bukan-surel"})
    client.post("/akun/", typed | {"phone": "0812-3456", "email": ""})
    assert lines("contact_changed") == [
        ("petugas", "petugas", "surel, nomor HP"),
        ("petugas", "petugas", "surel"),
    ]
    text = text_of(look())
    assert "Kontak diubah" in text
    assert "0812" not in text
    assert "jahat@" not in text


def test_contacts_that_an_admin_changes_are_on_record(viewer, admin, client_of):
    address = f"/admin/kotaku/user/{viewer.pk}/change/"
    typed = account_form(viewer, email="lain@example.com", phone=viewer.phone)
    assert client_of(admin).post(address, typed).status_code == 302
    assert lines("contact_changed") == [("pengelola", "pembaca", "surel")]


def test_renewed_calendar_addresses_are_on_record_without_their_token(officer, client_of, look):  # noqa: F811
    client_of(officer).post("/kalender/pembaruan/")
    assert lines("calendar_renewed") == [("petugas", "petugas", "")]
    text = text_of(look())
    assert "Alamat kalender dibuat baru" in text
    assert CalendarFeed.objects.get().token not in text

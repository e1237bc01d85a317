"""What must leave a line in the audit, asked of the page itself after the deed was done by its address."""

from urllib.parse import quote

import pytest

from areas.models import Village
from kotaku.models import AuditEvent
from meetings.models import CalendarFeed
from tests.areas.public.pages import text_of
from tests.drawn_forms import as_drawn, save_shown
from tests.factories import PASSWORD, UserFactory, VillageFactory
from tests.security.test_audit import account_form, look  # noqa: F401

PASSWORD_PAGE, SECOND_STEP_PAGE = "/akun/sandi/", "/akun/dua-langkah/"


def lines(kind):
    """Return (actor, subject, text) of the lines of a kind, oldest first."""
    found = AuditEvent.objects.filter(kind=kind).order_by("pk")
    return list(found.values_list("actor__username", "subject__username", "text"))


def contacts(**changed):
    return {"full_name": "Petugas", "position": "", **changed}


def test_changed_contacts_are_on_record_without_what_they_read(officer, client_of, look):  # noqa: F811
    client = client_of(officer)
    typed = contacts(full_name="Lain", phone=officer.phone, email=officer.email)
    assert save_shown(client, "/akun/", typed).status_code == 302
    assert lines("contact_changed") == []
    save_shown(client, "/akun/", typed | {"phone": "0812-3456", "email": "jahat@example.com"})
    save_shown(client, "/akun/", typed | {"phone": "0812-3456", "email": "bukan-email"})
    save_shown(client, "/akun/", typed | {"phone": "0812-3456", "email": ""})
    assert lines("contact_changed") == [
        ("petugas", "petugas", "email, nomor HP"),
        ("petugas", "petugas", "email"),
    ]
    text = text_of(look())
    assert "Kontak diubah" in text
    assert "0812" not in text
    assert "jahat@" not in text


@pytest.mark.ignore_template_errors
def test_contacts_that_an_admin_changes_are_on_record(viewer, admin, client_of):
    address = f"/admin/kotaku/user/{viewer.pk}/change/"
    typed = account_form(viewer, email="lain@example.com", phone=viewer.phone)
    assert save_shown(client_of(admin), address, typed).status_code == 302
    assert lines("contact_changed") == [("pengelola", "pembaca", "email")]


def test_renewed_calendar_addresses_are_on_record_without_their_token(officer, client_of, look):  # noqa: F811
    client_of(officer).post("/kalender/pembaruan/")
    assert lines("calendar_renewed") == [("petugas", "petugas", "")]
    text = text_of(look())
    assert "Alamat kalender dibuat baru" in text
    assert CalendarFeed.objects.get().token not in text


def village_form(village, *officers):
    return {
        "code": village.code,
        "name": village.name,
        "kind": village.kind,
        "district": village.district_id,
        "latitude": village.latitude or "",
        "longitude": village.longitude or "",
        "officers": [user.pk for user in officers],
    }


@pytest.mark.ignore_template_errors
def test_officers_set_on_their_villages_page_are_on_record(
    baseline, other_baseline, officer, second_officer, other_officer, admin, client_of
):
    village, client = baseline.village, client_of(admin)
    address = f"/admin/areas/village/{village.pk}/change/"
    # Nothing changes, then one leaves, one comes and one stays.
    same = village_form(village, officer, second_officer)
    for typed in (same, village_form(village, second_officer, other_officer)):
        response = save_shown(client, address, typed)
        assert response.status_code == 302, text_of(response)
    both = "Desa Balokang, Desa Binangun"
    assert sorted(lines("access_changed")) == [
        ("pengelola", "petugas", "desa/kelurahan: Desa Balokang → –"),
        ("pengelola", "tetangga", f"desa/kelurahan: Desa Binangun → {both}"),
    ]


@pytest.mark.ignore_template_errors
def test_officers_set_on_their_own_page_are_on_record_once(baseline, admin, client_of):
    user = UserFactory(username="baru", officer=True)
    address = f"/admin/kotaku/user/{user.pk}/change/"
    client = client_of(admin)
    save_shown(client, address, account_form(user, villages=[baseline.village_id]))
    assert lines("access_changed") == [("pengelola", "baru", "desa/kelurahan: – → Desa Balokang")]


@pytest.mark.ignore_template_errors
def test_officers_of_new_and_of_deleted_villages_are_on_record(officer, admin, client_of):
    client, district = client_of(admin), VillageFactory().district
    typed = village_form(VillageFactory.build(name="Baru", district=district), officer)
    for is_alone in (True, False):
        before = len(lines("access_changed"))
        response = client.post("/admin/areas/village/add/", typed)
        assert response.status_code == 302, text_of(response)
        added = "desa/kelurahan: Desa Balokang → Desa Balokang, Desa Baru"
        pk = Village.objects.get(name="Baru").pk
        if is_alone:
            save_shown(client, f"/admin/areas/village/{pk}/delete/", {"post": "yes"})
        else:
            data = {"action": "delete_selected", "_selected_action": [pk]}
            asked = client.post("/admin/areas/village/", data)
            client.post("/admin/areas/village/", as_drawn(asked, "_shown"))
        removed = "desa/kelurahan: Desa Balokang, Desa Baru → Desa Balokang"
        assert lines("access_changed")[before:] == [
            ("pengelola", "petugas", added),
            ("pengelola", "petugas", removed),
        ]


def guess(client, page, password="salah-sama-sekali", **more):
    field = "old_password" if page == PASSWORD_PAGE else "password"
    return client.post(page, {field: password, "code": "000000", **more})


def is_in(client):
    return client.get("/akun/").status_code == 200


@pytest.mark.parametrize("page", [PASSWORD_PAGE, SECOND_STEP_PAGE])
def test_guessing_a_password_in_a_session_is_on_record_and_ends_it(officer, client_of, look, page):  # noqa: F811
    client, elsewhere = client_of(officer), client_of(officer)
    for _ in range(4):
        assert guess(client, page).status_code in (200, 422)
    response = guess(client, page)
    assert response["Location"] == f"/akun/masuk/?next={quote(page, safe='')}"
    assert response["Clear-Site-Data"] == '"cache"'
    shown = text_of(client.get(response["Location"]))
    assert "Terlalu banyak kata sandi yang salah. Masuk lagi." in shown
    assert not is_in(client)
    # Somebody has guessed there; whoever else is in does not pay for it.
    assert is_in(elsewhere)
    where = {PASSWORD_PAGE: "Ganti kata sandi", SECOND_STEP_PAGE: "Verifikasi dua langkah"}
    assert lines("password_refused") == [("petugas", "petugas", where[page])] * 5
    assert lines("session_ended") == [("petugas", "petugas", "5 kata sandi salah")]
    text = text_of(look())
    assert "Kata sandi salah sesudah masuk" in text
    assert "Sesi diakhiri" in text
    assert "salah-sama-sekali" not in text


def test_guesses_count_together_wherever_they_are_made(officer, client_of):
    client = client_of(officer)
    for page in (PASSWORD_PAGE, SECOND_STEP_PAGE, PASSWORD_PAGE, SECOND_STEP_PAGE):
        guess(client, page)
    assert is_in(client)
    guess(client, PASSWORD_PAGE)
    assert not is_in(client)


@pytest.mark.parametrize("page", [PASSWORD_PAGE, SECOND_STEP_PAGE])
def test_right_password_forgives_the_wrong_ones(officer, client_of, page):
    client = client_of(officer)
    for _ in range(3):
        for _ in range(3):
            guess(client, page)
        # Right, though the new password or the code beside it is not.
        guess(client, page, PASSWORD)
    assert is_in(client)
    assert len(lines("password_refused")) == 9


def test_empty_and_endless_passwords_are_no_guesses(officer, client_of):
    client = client_of(officer)
    for password in ["", "x" * 5000] * 3:
        assert guess(client, SECOND_STEP_PAGE, password).status_code == 422
    for _ in range(6):
        assert guess(client, PASSWORD_PAGE, "").status_code == 200
    assert is_in(client)
    assert lines("password_refused") == []

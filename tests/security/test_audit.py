"""The audit: every kind of line gets there, admins find it, nobody changes it."""

import csv
from datetime import timedelta

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.db import DatabaseError, transaction
from django.utils import timezone

from kotaku.models import AuditEvent
from kotaku.models.audit import AppendOnly
from tests.areas.public.pages import text_of
from tests.drawn_forms import save_shown
from tests.factories import (
    AssessmentFactory,
    BaselineFactory,
    UserFactory,
    YearlyFigureFactory,
)
from tests.test_permissions import world  # noqa: F401


def line(kind="signed_in", actor=None, days_ago=0, **more):
    at = timezone.now() - timedelta(days=days_ago)
    return AuditEvent.objects.create(kind=kind, actor=actor, at=at, address="192.0.2.1", **more)


@pytest.fixture
def look(admin, client_of):
    client = client_of(admin)
    return lambda query="": client.get(f"/audit/{query}")


def test_lines_say_who_did_what_when_and_whence(look, officer, admin):
    line("access_changed", admin, subject=officer, text="peran: Pengamat → Bappeda")
    text = text_of(look())
    assert "pengelola" in text
    assert "Hak akses diubah" in text
    assert "Akun Petugas (petugas) · peran: Pengamat → Bappeda" in text
    assert "192.0.2.1" in text


def test_other_apps_histories_are_in_it(world, look):  # noqa: F811
    text = text_of(look("?dari=2000-01-01"))
    for what in ("Isian: mengajukan", "Penilaian RT: mengajukan", "Lampiran: menambah"):
        assert what in text


def test_whoever_takes_a_single_file_along_is_on_record(world, look, client_of, viewer):  # noqa: F811
    client = client_of(viewer)
    for what, address, words in (
        ("evidence", "/bukti/{}/", "Bukti dukung foto.png"),
        ("attachment", "/rakor/lampiran/{}/", "Lampiran rapat foto.png"),
    ):
        client.head(address.format(world[what][0][0]))
        assert words not in text_of(look())
        client.get(address.format(world[what][0][0]))
        assert words in text_of(look())


def test_filters_narrow_it_and_nonsense_does_not(look, officer, viewer):
    line(actor=officer)
    line("signed_out", officer, days_ago=3)
    line("sign_in_failed", None, subject=viewer)
    line(actor=viewer, days_ago=40)

    def count(query):
        return look(query).context["page"].paginator.count

    assert count("") == 3
    assert count("?orang=petugas") == count("?orang=Petugas+(") == 2
    assert count("?orang=pembaca") == 1
    assert count("?orang=pembaca&dari=2000-01-01") == 2
    assert count("?jenis=akun.signed_out") == 1
    assert count(f"?sampai={timezone.localdate() - timedelta(days=2)}") == 1
    assert count("?jenis=apa&dari=kapan&orang=&hal=99") == 3
    assert count("?dari=1945-01-01&sampai=2100-12-31") == 4
    # No day of this record: it filters nothing, as other nonsense does.
    assert count("?dari=0001-01-01&sampai=9999-12-31") == 3
    assert "Tidak ada catatan" in text_of(look("?orang=tidak-ada"))


def test_pages_and_queries_stay_the_same_however_much_there_is(
    look, officer, django_assert_max_num_queries, django_assert_num_queries
):
    line(actor=officer)
    with django_assert_max_num_queries(7) as few:
        look()
    for number in range(60):
        line(actor=UserFactory() if number % 10 == 0 else officer)
    baseline = BaselineFactory()
    figure = YearlyFigureFactory(baseline=baseline, submitted=True)
    figure.events.create(kind="submitted", actor=officer, at=timezone.now())
    AssessmentFactory(submitted=True).events.create(
        kind="submitted", actor=officer, at=timezone.now()
    )
    with django_assert_num_queries(len(few)):
        response = look()
    assert response.context["page"].paginator.count == 63
    assert len(response.context["lines"]) == 50
    assert "Halaman 1 dari 2" in text_of(response)


def rows_of(response):
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(text.splitlines()))


def test_csv_holds_the_same_lines_and_no_formulas(admin, client_of, officer):
    line("access_changed", officer, text="=1+1")
    client = client_of(admin)
    heads, *rows = rows_of(client.get("/audit/catatan.csv?orang=petugas"))
    assert heads == ["waktu", "oleh", "peristiwa", "akun", "keterangan", "alamat"]
    assert [row[1:] for row in rows] == [
        ["Petugas (petugas)", "Hak akses diubah", "", "'=1+1", "192.0.2.1"]
    ]
    # Taking the audit along is itself on record.
    assert AuditEvent.objects.get(kind="exported").text == "Catatan audit (orang=petugas)"


@pytest.mark.ignore_template_errors
def test_downloads_of_staff_data_are_on_record(world, client_of):  # noqa: F811
    client = client_of(world["people"]["bappeda"])
    client.head("/data/isian.csv")
    assert not AuditEvent.objects.exists()
    client.get("/data/isian.xlsx")
    client_of(world["people"]["admin"]).get("/admin/kotaku/user/unduh/")
    (run,), _ = world["import"]
    client.get(f"/data/impor/{run}/berkas/")
    found = AuditEvent.objects.order_by("pk").values_list("kind", "actor__username", "text")
    assert list(found) == [
        ("exported", "pemeriksa", "isian.xlsx"),
        ("exported", "pengelola", "Admin, pengguna"),
        ("exported", "pemeriksa", "Berkas impor angka.csv"),
    ]


def test_refused_pages_are_on_record_once(client_of, officer, look):
    client = client_of(officer)
    for _ in range(3):
        assert client.get("/verifikasi/").status_code == 403
    assert client.post("/data/impor/").status_code == 403
    found = AuditEvent.objects.filter(kind="refused").order_by("pk")
    assert list(found.values_list("actor__username", "text", "address")) == [
        ("petugas", "GET /verifikasi/", "127.0.0.1"),
        ("petugas", "POST /data/impor/", "127.0.0.1"),
    ]
    assert "Akses ditolak" in text_of(look())


def test_refusals_of_one_person_never_fill_the_record(client_of, officer, viewer):
    for number in range(50):
        line("refused", officer, text=f"GET /rakor/{number}/")
    assert client_of(officer).get("/verifikasi/").status_code == 403
    assert client_of(viewer).get("/verifikasi/").status_code == 403
    assert AuditEvent.objects.filter(text="GET /verifikasi/").get().actor == viewer


def test_a_refusal_stands_when_it_cannot_be_recorded(client_of, officer, monkeypatch):
    def fail(*args, **values):
        raise DatabaseError

    monkeypatch.setattr("kotaku.audit.refusals.trail.record", fail)
    response = client_of(officer).get("/verifikasi/")
    assert response.status_code == 403
    assert "bukan untuk akun Anda" in text_of(response)


def account_form(user, **changed):
    return {
        "username": user.username,
        "full_name": user.full_name,
        "role": user.role,
        "region": user.region_id,
        "is_active": "on",
        **changed,
    }


@pytest.mark.ignore_template_errors
def test_changed_rights_are_on_record_with_before_and_after(baseline, admin, client_of):
    user = UserFactory(username="baru")
    client = client_of(admin)
    address = f"/admin/kotaku/user/{user.pk}/change/"
    assert save_shown(client, address, account_form(user, full_name="Lain")).status_code == 302
    assert not AuditEvent.objects.exists()
    changed = account_form(
        user, role="village_officer", villages=[baseline.village_id], must_use_two_factor="on"
    )
    assert save_shown(client, address, changed).status_code == 302
    found = AuditEvent.objects.get(kind="access_changed")
    assert (found.actor, found.subject, found.address) == (admin, user, "127.0.0.1")
    for change in (
        "peran: Pengamat → Petugas desa/kelurahan",
        "wajib verifikasi dua langkah: tidak → ya",
        "desa/kelurahan: – → Desa Balokang",
    ):
        assert change in found.text


def test_new_accounts_are_on_record(admin, client_of):
    data = {
        "username": "baru",
        "full_name": "Baru",
        "usable_password": "true",
        "password1": "sandi-yang-panjang-7",
        "password2": "sandi-yang-panjang-7",
        "role": "bappeda",
    }
    client_of(admin).post("/admin/kotaku/user/add/", data)
    found = AuditEvent.objects.get(kind="account_created")
    assert found.subject.username == "baru"
    assert "peran: Bappeda" in found.text


def test_lines_are_never_changed_nor_removed(officer):
    found = line(actor=officer)
    with pytest.raises(AppendOnly):
        AuditEvent.objects.all().delete()
    with pytest.raises(AppendOnly):
        AuditEvent.objects.update(text="lain")
    with pytest.raises(AppendOnly):
        found.delete()
    # Past the model, the database itself refuses.
    found.text = "lain"
    with pytest.raises(DatabaseError, match="never change"), transaction.atomic():
        found.save()


def test_what_was_done_in_the_admin_names_its_record_in_the_words_of_the_site(look, admin, officer):
    LogEntry.objects.log_actions(admin.pk, [officer], CHANGE, single_object=True)
    text = text_of(look())
    assert f"Mengubah di admin pengguna: {officer}" in text
    assert "user:" not in text

"""The admin's start page: what waits, what is odd, the first-run checklist, the lists."""

import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from smtplib import SMTPServerDisconnected

import pytest
from django.conf import settings as django_settings
from django.contrib import admin as django_admin
from django.core import mail
from django.utils import timezone

from areas.models import Programme, Village
from kotaku.models import AuditEvent, FailedSignIn
from tests import factories
from tests.areas.public.pages import text_of

TRIAL = "/admin/email-uji/"


@pytest.fixture
def client(admin, client_of):
    return client_of(admin)


def start(client) -> str:
    return text_of(client.get("/admin/"))


def link_to(client, text) -> str:
    """Return the address behind a link of the start page."""
    html = client.get("/admin/").content.decode()
    found = re.search(rf'href="([^"]+)"[^>]*>\s*{re.escape(text)}', html)
    assert found, text
    return found[1].replace("&amp;", "&")


# What waits


def test_waiting_work_is_counted_and_linked(client, officer, baseline):
    factories.YearlyFigureFactory(baseline=baseline, year=2019, entered_by=officer, submitted=True)
    assert "1 hal menunggu" in start(client)
    assert "terlama: Desa Balokang 2019" in start(client)
    assert client.get(link_to(client, "isian menunggu verifikasi")).status_code == 200


def test_the_day_since_when_it_waits_is_that_of_the_site(client, officer, baseline):
    evening = datetime(2026, 11, 28, 18, 30, tzinfo=UTC)
    factories.YearlyFigureFactory(
        baseline=baseline, year=2019, entered_by=officer, submitted=True, submitted_at=evening
    )
    assert "sejak 29 November 2026" in start(client)


def test_nothing_waits_on_an_empty_site(client):
    assert "Tidak ada yang menunggu" in start(client)


def test_sample_rows_are_called_so(client, baseline):
    band = 'aria-label="Data contoh"'
    assert band not in client.get("/admin/").content.decode()
    Programme.objects.update(is_sample=True)
    assert band in client.get("/admin/").content.decode()


# What is odd


def test_baselines_that_differ_from_the_decree_are_named_with_the_period(client, baseline):
    Programme.objects.update(declared_ha=Decimal("21.50"))
    assert "Baseline berselisih 1,50 Ha" in start(client)
    assert link_to(client, "Periksa periode") == (
        f"/admin/areas/programme/{baseline.programme_id}/change/"
    )
    Programme.objects.update(declared_ha=Decimal(20))
    assert "Jumlah baseline cocok" in start(client)


def test_village_without_active_officer_is_named(client, baseline, officer):
    assert "tanpa petugas aktif" not in start(client)
    officer.is_active = False
    officer.save(update_fields=["is_active"])
    assert "1 desa/kelurahan tanpa petugas aktif Desa Balokang" in start(client)
    assert client.get(link_to(client, "Buat akun petugas")).status_code == 200


def test_overdue_years_of_a_period_are_named_until_it_is_closed(client, baseline):
    assert "Belum ada angka" in start(client)
    Programme.objects.update(is_closed=True, is_current=False)
    assert "Belum ada angka" not in start(client)


def test_locked_account_is_named_until_the_lock_ends(client):
    factories.UserFactory(username="petugas")
    unknown = FailedSignIn.objects.create(
        username="tanpa-akun",
        ip_address="10.0.0.2",
        failures_since_start=django_settings.SIGN_IN_FAILURES,
    )
    FailedSignIn.objects.filter(pk=unknown.pk).update(attempt_time=timezone.now())
    assert "akun terkunci" not in start(client)
    assert "1 nama yang tidak terdaftar terkunci tanpa-akun" in start(client)
    failed = FailedSignIn.objects.create(
        username="petugas",
        ip_address="10.0.0.1",
        failures_since_start=django_settings.SIGN_IN_FAILURES,
    )
    FailedSignIn.objects.filter(pk=failed.pk).update(attempt_time=timezone.now())
    assert "1 akun terkunci petugas" in start(client)
    late = timezone.now() - timedelta(hours=1)
    FailedSignIn.objects.filter(pk=failed.pk).update(attempt_time=late)
    assert "akun terkunci" not in start(client)


def test_minutes_that_are_late_are_named(client):
    held = timezone.now() - timedelta(days=20)
    factories.MeetingFactory(starts_at=held, ends_at=None, done=True, title="Rakor triwulan")
    assert "1 rapat belum disahkan notulennya terlama: Rakor triwulan" in start(client)


# The checklist


def steps(client) -> dict[str, bool]:
    """Return the titles of the steps and whether they are done."""
    html = client.get("/admin/").content.decode()
    found = re.findall(r">(Selesai|Belum):</span>([^<]+)<", html)
    return {title.strip().replace("\u00a0", " "): said == "Selesai" for said, title in found}


def test_checklist_of_an_empty_site_begins_with_the_region(client, settings):
    settings.HOME_REGION = "32.78"
    assert not any(steps(client).values())
    text = start(client)
    assert "Wilayah berkode 32.78 belum ada" in text
    assert "HOME_REGION di pengaturan server berisi 32.78" in text
    assert client.get(link_to(client, "Buat wilayah")).status_code == 200
    home = text_of(client.get("/"))
    assert "Menyiapkan situs" in home
    assert "Wilayah berkode 32.78 belum ada" in home


def test_checklist_reads_the_data(client, baseline, officer, bappeda):
    done = {title for title, is_done in steps(client).items() if is_done}
    assert done == {
        "Wilayah: Kota Banjar (32.79)",
        "Kecamatan dan 1 desa/kelurahan",
        "Periode dan baseline 20,00 Ha",
        "Akun Bappeda: 1",
        "Akun 1 desa/kelurahan",
    }
    officer.is_active = False
    officer.save(update_fields=["is_active"])
    assert steps(client)["Akun 1 desa/kelurahan"] is False
    assert "0 dari 1 sudah" in start(client)


def test_region_that_has_no_villages_while_another_has_is_named(client, settings):
    factories.VillageFactory()
    factories.city("32.78", "Tasikmalaya")
    settings.HOME_REGION = "32.78"
    assert "Tidak ada desa/kelurahan di Kota Tasikmalaya" in start(client)
    assert "semua desa/kelurahan ada di Kota Banjar (32.79)" in start(client)


def test_names_come_from_the_region_of_the_site(client, settings, client_of):
    factories.city("32.78", "Tasikmalaya")
    settings.HOME_REGION = "32.78"
    for address in ("/", "/data/", "/berita/", "/akun/masuk/", "/tidak-ada/", "/berita/rss/"):
        assert "Kota Banjar" not in client_of(None).get(address).content.decode(), address


def test_names_come_from_the_region_shown(client_of, db):
    factories.city()
    tasik = factories.city("32.78", "Tasikmalaya")
    district = factories.DistrictFactory(region=tasik, code="32.78.01")
    village = factories.VillageFactory(district=district, code="32.78.01.1001")
    home = f"/?wilayah={tasik.code}"
    page = client_of(None).get(home).content.decode()
    assert "penanganan kawasan kumuh Kota Tasikmalaya" in page
    for address in (home, f"/desa/{village.code}/"):
        html = client_of(None).get(address).content.decode()
        assert "Bappeda (Badan Perencanaan Pembangunan Daerah) Kota Tasikmalaya" in html


# Mail


@pytest.fixture
def addressed(admin):
    admin.email = "admin@contoh.id"
    admin.save(update_fields=["email"])
    return admin


def test_test_mail_is_sent_and_remembered(client, addressed, settings):
    settings.EMAIL_HOST = "smtp.contoh.id"
    assert steps(client)["Email dicoba"] is False
    answer = text_of(client.post(TRIAL, follow=True))
    assert "Email uji dikirim ke admin@contoh.id." in answer
    assert [message.to for message in mail.outbox] == [["admin@contoh.id"]]
    assert AuditEvent.objects.get(kind="mail_tried").actor == addressed
    assert steps(client)["Email dicoba"] is True
    settings.EMAIL_HOST = "smtp.lain.id"
    assert steps(client)["Email dicoba"] is False


def test_refused_test_mail_says_why_and_is_not_remembered(client, addressed, monkeypatch):
    def refuse(*args, **options):
        raise SMTPServerDisconnected("connection refused")

    monkeypatch.setattr("kotaku.start.mail_trial.send_mail", refuse)
    answer = text_of(client.post(TRIAL, follow=True))
    assert "menolak atau tidak menjawab" in answer
    assert "Minta petugas teknis yang mengelola server memeriksa alamat" in answer
    assert steps(client)["Email dicoba"] is False


def test_test_mail_needs_an_address_and_a_server(client, settings):
    assert "belum mempunyai alamat email" in text_of(client.post(TRIAL, follow=True))
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    assert "server email belum diatur" in text_of(client.post(TRIAL, follow=True))
    assert "Email tidak terkirim" in start(client)
    assert mail.outbox == []


def test_only_an_admin_sends_test_mail(client_of, bappeda, client):
    bappeda.is_staff = True
    bappeda.save(update_fields=["is_staff"])
    assert client_of(bappeda).post(TRIAL).status_code == 403
    assert client.get(TRIAL).status_code == 405


# The lists


def test_every_list_of_the_admin_is_on_the_start_page(client):
    html = client.get("/admin/").content.decode()
    for model in django_admin.site._registry:
        label = f"{model._meta.app_label}/{model._meta.model_name}"
        assert f'href="/admin/{label}/"' in html, label
    assert "Lainnya" not in html


def test_last_changes_are_those_of_the_record(client, officer, baseline):
    figure = factories.YearlyFigureFactory(baseline=baseline, year=2019, entered_by=officer)
    figure.submit(by=officer, version=figure.version)
    changes = start(client).partition("Perubahan terakhir")[2]
    assert "Isian: mengajukan: Balokang 2019" in changes
    assert "Masuk" not in changes.partition("Buka jejak audit")[0]


def test_staff_without_rights_reads_no_findings(client_of, viewer, baseline):
    viewer.is_staff = True
    viewer.save(update_fields=["is_staff"])
    text = start(client_of(viewer))
    assert "Tidak ada yang menunggu" in text
    assert "Menyiapkan situs" not in text
    assert Village.objects.exists()
    assert "tanpa petugas" not in text

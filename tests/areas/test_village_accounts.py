"""Accounts for all villages of a period in one go, with slips that are shown once."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from areas.admin import new_accounts
from areas.models import Programme
from kotaku.models import AuditEvent, User
from tests.areas.public.pages import text_of
from tests.drawn_forms import forms_of
from tests.factories import (
    BaselineFactory,
    DistrictFactory,
    ProgrammeFactory,
    UserFactory,
    VillageFactory,
    city,
)
from tests.kotaku.accounts.test_slips import passphrases_in, sign_in

pytestmark = pytest.mark.ignore_template_errors
PAGE = "/admin/kotaku/user/akun-desa/"


@pytest.fixture
def client(admin, client_of):
    """The admin's browser."""
    return client_of(admin)


def preview(client, programme):
    return client.get(PAGE, {"periode": programme.pk})


def press(client, page, *, renew=False, ticks=True):
    """Send the form of a page that was opened before: the one that creates, or the other.

    The other asks for a tick, because it ends the slips that were handed out.
    """
    (form,) = [
        form
        for form in map(dict, forms_of(page))
        if "daftar" in form and ("perbarui" in form) is renew
    ]
    return client.post(PAGE, form | ({"setuju": "1"} if renew and ticks else {}))


def names_in(page):
    return [each.username for each in page.context["plan"].new]


def test_the_preview_shows_who_gets_an_account_and_leaves_the_others_alone(
    client, programme, baseline, officer, other_baseline
):
    kelurahan = VillageFactory(name="Mekarsari", kind="kelurahan")
    BaselineFactory(programme=programme, village=kelurahan)
    VillageFactory(name="Tanpa Baseline")
    before = User.objects.count()
    page = preview(client, programme)
    text = text_of(page)
    assert names_in(page) == ["desa-binangun", "kelurahan-mekarsari"]
    assert "Dibuat sekarang: 2 akun" in text
    assert "petugas, belum pernah masuk" in text
    assert "Tanpa Baseline" not in text
    assert User.objects.count() == before


def test_slips_let_each_village_in_and_its_password_must_be_changed(
    client, admin, programme, baseline, officer, other_baseline
):
    response = press(client, preview(client, programme))
    assert "no-store" in response["Cache-Control"]
    (passphrase,) = passphrases_in(response)
    made = User.objects.get(username="desa-binangun")
    assert list(made.villages.all()) == [other_baseline.village]
    assert (made.role, made.region) == ("village_officer", city())
    assert (made.full_name, made.position) == ("Petugas Desa Binangun", "Kepala Desa Binangun")
    assert sign_in("desa-binangun", passphrase, client_one := type(client)()).status_code == 302
    assert client_one.get("/isian/")["Location"].startswith("/akun/sandi/")
    officer.refresh_from_db()
    assert not officer.must_change_password
    found = AuditEvent.objects.filter(actor=admin, subject=made).order_by("pk")
    assert [line.kind for line in found] == ["account_created", "password_given"]
    assert "desa/kelurahan: Desa Binangun" in found[0].text


def test_a_second_click_creates_nobody_and_shows_no_password_again(client, programme, baseline):
    page = preview(client, programme)
    (first,) = passphrases_in(press(client, page))
    again = press(client, page)
    assert again.status_code == 409
    assert passphrases_in(again) == []
    assert "jadi sekarang tidak ada yang dibuat" in text_of(again)
    assert "Semua desa/kelurahan periode ini sudah punya akun aktif." in text_of(again)
    (account,) = User.objects.filter(role="village_officer")
    assert account.check_password(first)


def test_lost_slips_are_renewed_only_for_accounts_that_nobody_has_used(
    client, programme, baseline, officer, other_baseline
):
    (first,) = passphrases_in(press(client, preview(client, programme)))
    page = preview(client, programme)
    refused = press(client, page, renew=True, ticks=False)
    assert refused.status_code == 422
    assert "Belum ada yang diganti." in text_of(refused)
    response = press(client, page, renew=True)
    (second,) = passphrases_in(response)
    assert second != first
    assert sign_in("desa-binangun", first).status_code == 200
    assert press(client, page, renew=True).status_code == 409
    assert sign_in("desa-binangun", second).status_code == 302
    page = preview(client, programme)
    assert "desa-binangun, masuk terakhir" in text_of(page)
    assert 'name="perbarui"' not in page.content.decode()
    assert AuditEvent.objects.filter(kind="password_given").count() == 2


def test_names_are_unique_also_among_closed_accounts(client, programme):
    UserFactory(username="desa-sukamaju", is_active=False)
    UserFactory(username="desa-sukamaju-timur")
    east, west = (DistrictFactory(name=name) for name in ("Timur", "Barat"))
    for district in (east, west, east):
        village = VillageFactory(name="Sukamaju", district=district)
        BaselineFactory(programme=programme, village=village)
    page = preview(client, programme)
    assert sorted(names_in(page)) == [
        *("desa-sukamaju-barat", "desa-sukamaju-timur-2", "desa-sukamaju-timur-3")
    ]
    assert len(passphrases_in(press(client, page))) == 3


def test_a_village_whose_accounts_are_closed_gets_a_new_one(client, programme, baseline, officer):
    User.objects.filter(pk=officer.pk).update(is_active=False)
    assert names_in(preview(client, programme)) == ["desa-balokang"]


def test_admins_of_a_region_make_accounts_there_only(client_of, programme, baseline, bappeda):
    there = city("32.78", "Tasikmalaya")
    stranger = client_of(UserFactory(admin=True, region=there))
    foreign = client_of(UserFactory(admin=True)).get(PAGE, {"periode": programme.pk})
    assert "Pilih dari daftar." in text_of(preview(stranger, programme))
    assert press(stranger, foreign).context["programme"] is None
    assert client_of(bappeda).get(PAGE).status_code == 302
    assert not User.objects.filter(role="village_officer").exists()


def test_a_period_without_villages_says_what_to_do(client, db):
    ProgrammeFactory()
    page = preview(client, Programme.objects.get())
    assert "Isi baseline-nya dahulu." in text_of(page)
    assert 'name="daftar"' not in page.content.decode()


def test_many_villages_take_several_goes_and_the_same_queries(client, programme, monkeypatch):
    monkeypatch.setattr(new_accounts, "MOST", 3)
    counts = []
    for more in (2, 6):
        for _ in range(more):
            BaselineFactory(programme=programme)
        with CaptureQueriesContext(connection) as queries:
            page = preview(client, programme)
        counts.append(len(queries))
    assert (len(names_in(page)), page.context["plan"].left) == (3, 5)
    assert counts[1] - counts[0] <= 2

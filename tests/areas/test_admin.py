"""What admins do in the Django admin."""

from decimal import Decimal

import pytest

from areas.models import Baseline, Programme, YearlyFigure
from kotaku.models import Role, User
from tests.areas.public.pages import text_of
from tests.drawn_forms import save_shown
from tests.factories import (
    PASSWORD,
    BaselineFactory,
    BoundaryFactory,
    ImprovementFactory,
    UserFactory,
    VillageFactory,
    YearlyFigureFactory,
)

pytestmark = pytest.mark.ignore_template_errors


@pytest.fixture
def client(admin, client_of):
    """The admin's browser."""
    return client_of(admin)


def programme_form(programme, **changes):
    """What the browser posts from a programme's page with one baseline row."""
    row = programme.baselines.get()
    return {
        "region": programme.region_id,
        "name": programme.name,
        "slug": programme.slug,
        "decree_number": "SK 1",
        "source": "Uji",
        "baseline_year": 2016,
        "declared_ha": "25,5",
        "target_year": 2019,
        "target_ha": "0",
        "entry_days": 31,
        "year_targets-TOTAL_FORMS": 0,
        "year_targets-INITIAL_FORMS": 0,
        "baselines-TOTAL_FORMS": 1,
        "baselines-INITIAL_FORMS": 1,
        "baselines-0-id": row.pk,
        "baselines-0-programme": programme.pk,
        "baselines-0-village": row.village_id,
        "baselines-0-area_ha": "20",
        **changes,
    }


def test_admin_sees_the_sum_beside_the_declared_total(client, programme):
    BaselineFactory(programme=programme)
    address = f"/admin/areas/programme/{programme.pk}/change/"
    assert save_shown(client, address, programme_form(programme)).status_code == 302
    programme.refresh_from_db()
    assert programme.declared_ha == Decimal("25.50")
    page = text_of(client.get(address))
    assert "20,00 Ha dari 1 desa/kelurahan" in page
    assert "−5,50 Ha" in page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"declared_ha": "1.250"}, "1.250 bisa berarti 1,25 atau 1.250 Ha."),
        ({"baselines-0-area_ha": "-1"}, "Luas tidak boleh kurang dari 0."),
        ({"target_year": ""}, "Isi tahun target dan target luas bersama-sama"),
        ({"target_year": 2016}, "Tahun target harus sesudah tahun baseline."),
        ({"baseline_year": 2018}, "Sudah ada isian untuk tahun ini atau sebelumnya"),
    ],
)
def test_admin_typing_wrongly_reads_why(client, programme, changes, sentence):
    YearlyFigureFactory(baseline=BaselineFactory(programme=programme))
    address = f"/admin/areas/programme/{programme.pk}/change/"
    response = save_shown(client, address, programme_form(programme, **changes))
    assert response.status_code == 200
    assert sentence in text_of(response)


def test_baseline_keeps_its_village_and_its_figures(client, programme):
    figure = YearlyFigureFactory(baseline=BaselineFactory(programme=programme))
    address = f"/admin/areas/programme/{programme.pk}/change/"
    other = VillageFactory()
    save_shown(client, address, programme_form(programme, **{"baselines-0-village": other.pk}))
    assert Baseline.objects.get().village == figure.baseline.village
    response = save_shown(
        client, address, programme_form(programme, **{"baselines-0-DELETE": "on"})
    )
    assert response.status_code == 200
    assert Baseline.objects.count() == YearlyFigure.objects.count() == 1
    assert Programme.objects.count() == 1


def user_form(**changes):
    """What the browser posts to create an account."""
    return {
        "username": "barua",
        "full_name": "Budi",
        "usable_password": "true",
        "password1": PASSWORD,
        "password2": PASSWORD,
        "role": Role.VILLAGE_OFFICER,
        "villages": [],
        **changes,
    }


def test_admin_creates_an_officer_with_villages_on_one_page(client):
    village = VillageFactory()
    response = client.post("/admin/kotaku/user/add/", user_form(villages=[village.pk]))
    assert response.status_code == 302
    user = User.objects.get(username="barua")
    assert list(user.villages.all()) == [village]
    assert user.must_change_password


def test_an_account_has_a_full_name(client):
    village = VillageFactory()
    typed = user_form(full_name="", villages=[village.pk])
    response = client.post("/admin/kotaku/user/add/", typed)
    assert "Tulis nama lengkapnya." in text_of(response)
    assert not User.objects.filter(username="barua").exists()


@pytest.mark.parametrize(
    ("role", "with_village", "sentence"),
    [
        (Role.VILLAGE_OFFICER, False, "Pilih desa/kelurahan yang diisi oleh petugas ini."),
        (Role.BAPPEDA, True, 'Pilih peran "Petugas desa/kelurahan", atau kosongkan desanya.'),
    ],
)
def test_role_and_villages_must_fit(client, role, with_village, sentence):
    villages = [VillageFactory().pk] if with_village else []
    response = client.post("/admin/kotaku/user/add/", user_form(role=role, villages=villages))
    assert sentence in text_of(response)


def test_figures_are_looked_up_but_never_changed(client, programme, bappeda):
    figure = YearlyFigureFactory(baseline=BaselineFactory(programme=programme), verified=True)
    YearlyFigureFactory(baseline=BaselineFactory(programme=programme), year=2018)
    found = client.get("/admin/areas/yearlyfigure/", {"status__exact": "verified", "year": 2017})
    assert text_of(found).count(figure.baseline.village.full_name) == 1
    page = client.get(f"/admin/areas/yearlyfigure/{figure.pk}/change/")
    assert f"/isian/{figure.pk}/koreksi/" in page.content.decode()
    assert client.get("/admin/areas/yearlyfigure/add/").status_code == 403
    for verb in ("change", "delete"):
        address = f"/admin/areas/yearlyfigure/{figure.pk}/{verb}/"
        assert client.post(address, {"area_ha": 1}).status_code == 403
    assert YearlyFigure.objects.get(pk=figure.pk).area_ha == 15


@pytest.mark.parametrize("page", ["village", "district", "programme", "yearlyfigure"])
def test_lists_answer_searches(client, programme, page):
    YearlyFigureFactory(baseline=BaselineFactory(programme=programme))
    assert client.get(f"/admin/areas/{page}/", {"q": "suka"}).status_code == 200


@pytest.mark.parametrize(
    ("area", "has_boundary", "sentence"),
    [
        ("5000,01", False, "Lebih dari 5.000,00 Ha untuk satu desa/kelurahan. Periksa luasnya;"),
        ("600", True, "Lebih luas daripada wilayah Desa"),
        ("5000", False, None),
        ("100", True, None),
    ],
)
def test_baseline_that_seems_too_large_needs_its_reason(
    client, programme, area, has_boundary, sentence
):
    row = BaselineFactory(programme=programme)
    address = f"/admin/areas/programme/{programme.pk}/change/"
    # A new row: one that is changed asks for its reason in any case.
    typed = programme_form(programme)
    village = VillageFactory()
    if has_boundary:
        BoundaryFactory(village=village)
    typed |= {
        "baselines-TOTAL_FORMS": 2,
        "baselines-0-area_ha": str(row.area_ha).replace(".", ","),
        "baselines-1-village": village.pk,
        "baselines-1-area_ha": area,
        "baselines-1-programme": programme.pk,
    }
    response = save_shown(client, address, typed)
    assert response.status_code == (200 if sentence else 302)
    if sentence:
        assert sentence in text_of(response)
        assert Baseline.objects.count() == 1
        typed["baselines-1-reason"] = "Sudah diperiksa dengan SK."
        assert save_shown(client, address, typed).status_code == 302
    assert Baseline.objects.count() == 2


def test_an_rt_of_a_villages_plan_cannot_move_to_another_village(client):
    """No form knows every other table; the database's own sentence is shown, and the input stays."""
    rt = ImprovementFactory().neighbourhood
    elsewhere = VillageFactory()
    typed = {"village": elsewhere.pk, "rt": rt.rt, "rw": rt.rw, "hamlet": "Sindanggalih"}
    response = save_shown(client, f"/admin/areas/neighbourhood/{rt.pk}/change/", typed)
    page = response.content.decode()
    assert "Kegiatan memperbaiki RT desa/kelurahannya sendiri" in page
    assert 'value="Sindanggalih"' in page
    stored = type(rt).objects.get(pk=rt.pk)
    assert (stored.village_id, stored.hamlet) == (rt.village_id, "")


def test_two_officers_of_one_village_are_told_apart(client, baseline, officer):
    head, clerk = UserFactory(officer=True), UserFactory(officer=True)
    for person, position in ((head, "Kepala Desa (contoh)"), (clerk, "Operator desa")):
        person.full_name, person.position = "Petugas Balokang", position
        person.save()
        baseline.village.officers.add(person)
    listed = text_of(client.get("/admin/kotaku/user/"))
    accounts = text_of(client.get(f"/admin/kotaku/user/akun-desa/?periode={baseline.programme.pk}"))
    for page in (listed, accounts):
        assert "Operator desa" in page
        assert "Kepala Desa (contoh)" in page


def test_an_empty_choice_says_what_to_do(client, baseline):
    for page in ("/admin/kotaku/user/", "/admin/areas/village/add/", "/admin/kotaku/user/add/"):
        html = client.get(page).content.decode()
        assert "---------" not in html
        assert "Pilih …</option>" in html


def test_a_password_page_of_another_account_does_not_speak_to_its_user(client, officer):
    page = text_of(client.get(f"/admin/kotaku/user/{officer.pk}/password/"))
    assert "sandi Anda" not in page
    assert "data diri Anda" not in page

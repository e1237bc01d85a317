"""Bappeda brings a decree's list."""

import io
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from areas.importing.kinds import KINDS
from areas.importing.templates import template_workbook
from areas.models import Baseline, BaselineEvent
from areas.sample.reference import ANNOUNCEMENT, load_reference
from tests.areas.importing.books import workbook
from tests.areas.importing.steps import (
    START,
    apply,
    counts,
    look,
    outcomes,
    upload,
)
from tests.areas.public.pages import text_of
from tests.drawn_forms import save_shown
from tests.factories import ProgrammeFactory, VillageFactory, YearlyFigureFactory


@pytest.fixture
def client(bappeda, client_of):
    """Bappeda's browser."""
    return client_of(bappeda)


@pytest.fixture
def village(programme):
    """A village that the period does not have yet."""
    return VillageFactory(name="Balokang")


def bring(client, programme, rows, **options):
    return upload(client, programme, workbook(rows), kind="baseline", **options)


def test_a_list_becomes_baselines_with_a_history(client, programme, village, bappeda):
    run = bring(client, programme, [["Desa", "Luas kumuh (Ha)"], ["Balokang", 8.5]], name="SK.xlsx")
    assert Baseline.objects.count() == 0
    assert apply(client, run).status_code == 302
    assert Baseline.objects.get().area_ha == Decimal("8.50")
    event = BaselineEvent.objects.get()
    assert (event.actor, event.before_ha, event.after_ha) == (bappeda, None, Decimal("8.50"))
    assert event.source == "SK.xlsx, lembar Data, sel B2"
    page = text_of(client.get(f"/desa/{village.code}/"))
    assert "menetapkan baseline 8,50 Ha" in page
    assert "SK.xlsx, lembar Data, sel B2" in page


def test_the_public_does_not_read_that_history(client, client_of, programme, village):
    apply(client, bring(client, programme, [["Desa", "Luas"], ["Balokang", 8.5]], name="SK.xlsx"))
    assert "SK.xlsx" not in text_of(client_of().get(f"/desa/{village.code}/"))


def test_a_changed_baseline_needs_a_reason(client, programme, baseline):
    YearlyFigureFactory(baseline=baseline, verified=True)
    run = bring(client, programme, [["Kode", "Luas"], [baseline.village.code, 22]])
    ((_, _, outcome, sentence),) = outcomes(client, run)
    assert outcome == "berubah"
    assert "persentase pengurangannya ikut berubah" in sentence
    assert apply(client, run).status_code == 422
    assert apply(client, run, reason="SK perubahan.").status_code == 302
    baseline.refresh_from_db()
    assert baseline.area_ha == 22
    assert BaselineEvent.objects.get().reason == "SK perubahan."


def test_the_same_list_twice_changes_nothing(client, programme, village):
    rows = [["Desa", "Luas"], ["Balokang", 8.5]]
    apply(client, bring(client, programme, rows))
    again = bring(client, programme, rows)
    assert counts(client, again) == {"sama": 1}
    assert BaselineEvent.objects.count() == 1


def test_sums_stand_beside_what_the_decree_declares(client, programme, village):
    programme.declared_ha = Decimal("10.00")
    programme.save()
    rows = [["Desa", "Luas"], ["Balokang", 8.5], ["Jumlah", 9]]
    page = text_of(look(client, bring(client, programme, rows)))
    assert "8,50 Ha 9,00 Ha kurang 0,50 Ha 10,00 Ha kurang 1,50 Ha" in page


def test_an_empty_area_is_no_zero(client, programme, village):
    run = bring(client, programme, [["Desa", "Luas"], ["Balokang", None]])
    ((_, _, outcome, sentence),) = outcomes(client, run)
    assert outcome == "salah"
    assert "Lembar Data, sel B2 kosong" in sentence


def test_yearly_columns_never_pass_for_baselines(client, programme, village):
    run = bring(client, programme, [["Desa", "2017", "2018"], ["Balokang", 8, 7]])
    assert "Tetapkan kolom mana yang berisi luas kumuh awal" in text_of(look(client, run))
    assert apply(client, run).status_code in (409, 422)
    assert Baseline.objects.count() == 0
    run = bring(client, programme, [["Desa", "2016", "2017"], ["Balokang", 8, 7]])
    apply(client, run)
    assert Baseline.objects.get().area_ha == 8


def test_rows_of_other_periods_are_left_out(client, programme, village):
    rows = [["Periode", "Desa", "Luas"], ["lain", "Balokang", 3], [programme.slug, "Balokang", 8]]
    run = bring(client, programme, rows)
    assert counts(client, run) == {"baru": 1, "dilewati": 1}


def test_the_real_announcement_comes_in_whole(client):
    """The 19 villages of the announcement, from the very list of the sources, in another period."""
    load_reference()
    programme = ProgrammeFactory(baseline_year=2023, target_year=None, target_ha=None)
    run = upload(
        client, programme, ANNOUNCEMENT.read_bytes(), kind="baseline", name="announcement.csv"
    )
    assert counts(client, run)["baru"] == 19
    assert look(client, run).context["sums"][0].summed == "183,95\u00a0Ha"
    assert apply(client, run).status_code == 302
    assert sum(each.area_ha for each in programme.baselines.all()) == Decimal("183.95")


# Templates


@pytest.mark.parametrize("kind", ["angka", "baseline"])
def test_a_filled_in_template_comes_back(client, programme, baseline, other_baseline, kind):
    VillageFactory(name="Cibeureum")
    response = client.get(f"{START}templat.xlsx?jenis={kind}&periode={programme.slug}")
    assert response.status_code == 200
    book = load_workbook(io.BytesIO(response.content))
    sheet = book["Data"]
    names = [cell.value for cell in sheet["B"][1:]]
    expected = ["Desa Balokang", "Desa Binangun"] + (
        ["Desa Cibeureum"] if kind == "baseline" else []
    )
    assert sorted(names) == expected
    column = 4 if kind == "baseline" else 5
    for row in range(2, sheet.max_row + 1):
        sheet.cell(row, column).value = 4
    file = io.BytesIO()
    book.save(file)
    run = upload(client, programme, file.getvalue(), kind=kind)
    found = counts(client, run)
    assert "salah" not in found
    assert found["baru"] == (1 if kind == "baseline" else 2)
    assert found.get("berubah", 0) == (2 if kind == "baseline" else 0)


def test_an_empty_template_says_that_nothing_is_in_it(client, programme, baseline):
    run = upload(client, programme, template_workbook(programme, KINDS["angka"]))
    assert "salah" not in counts(client, run)
    assert "1 desa/kelurahan terbaca, belum ada angka baru" in text_of(look(client, run))


def test_unknown_templates_are_not_there(client, programme):
    assert client.get(f"{START}templat.xlsx?jenis=lain&periode={programme.slug}").status_code == 404
    assert client.get(f"{START}templat.xlsx?jenis=angka&periode=lain").status_code == 404


# The admin


@pytest.mark.ignore_template_errors
class TestAdmin:
    """Baselines changed in the admin leave their trace, too."""

    def form(self, programme, **changes):
        row = programme.baselines.get()
        return {
            "region": programme.region_id, "name": programme.name, "slug": programme.slug, "source": "Uji",
            "baseline_year": 2016, "target_year": 2019, "target_ha": "0", "entry_days": 31,
            "year_targets-TOTAL_FORMS": 0, "year_targets-INITIAL_FORMS": 0,
            "baselines-TOTAL_FORMS": 1, "baselines-INITIAL_FORMS": 1,
            "baselines-0-id": row.pk, "baselines-0-programme": programme.pk,
            "baselines-0-village": row.village_id, "baselines-0-area_ha": "20",
            **changes,
        }  # fmt: skip

    def post(self, client_of, admin, programme, **changes):
        address = f"/admin/areas/programme/{programme.pk}/change/"
        return save_shown(client_of(admin), address, self.form(programme, **changes))

    def test_a_change_asks_for_its_reason(self, client_of, admin, baseline):
        response = self.post(client_of, admin, baseline.programme, **{"baselines-0-area_ha": "21"})
        assert response.status_code == 200
        assert "Tulis mengapa baseline ini berubah." in text_of(response)
        changes = {"baselines-0-area_ha": "21", "baselines-0-reason": "SK perubahan."}
        assert self.post(client_of, admin, baseline.programme, **changes).status_code == 302
        event = BaselineEvent.objects.get()
        assert (event.before_ha, event.after_ha, event.actor) == (20, 21, admin)
        assert (event.reason, event.source) == ("SK perubahan.", "Halaman admin")

    def test_nothing_changed_is_no_event(self, client_of, admin, baseline):
        assert self.post(client_of, admin, baseline.programme).status_code == 302
        assert BaselineEvent.objects.count() == 0

    def test_new_and_removed_baselines_are_remembered(self, client_of, admin, baseline):
        programme, village = baseline.programme, VillageFactory()
        row = {
            "baselines-TOTAL_FORMS": 2, "baselines-0-DELETE": "on",
            "baselines-1-programme": programme.pk, "baselines-1-village": village.pk,
            "baselines-1-area_ha": "7,5",
        }  # fmt: skip
        assert self.post(client_of, admin, programme, **row).status_code == 302
        events = set(BaselineEvent.objects.values_list("village", "before_ha", "after_ha"))
        assert events == {(baseline.village_id, 20, None), (village.pk, None, Decimal("7.50"))}
        assert programme.baselines.get().village == village


def test_a_list_is_never_called_verified(admin, client_of, programme, village):
    client = client_of(admin)
    run = bring(client, programme, [["Desa", "Luas"], ["Balokang", 8.5]])
    assert apply(client, run, "?verifikasi=1").status_code == 302
    assert "terverifikasi" not in text_of(client.get(f"/data/impor/{run.pk}/"))

"""BKM/LKM and the village's support for it, written by the village."""

import pytest
from django.utils import timezone

from areas.models import CommunityBoard, VillageSupport
from tests.areas.public.pages import text_of
from tests.drawn_forms import save_shown
from tests.factories import (
    CommunityBoardFactory,
    ImprovementFactory,
    VillageSupportFactory,
)

BOARD = {
    "version": "0",
    "name": "BKM Maju Bersama",
    "coordinator_position": "Koordinator",
    "founded_on": "20-05-2008",
    "independence": "berdaya",
}
SUPPORT = {
    "version": "0",
    "in_rpjmdes": "on",
    "budget_idr": "25.000.000",
    "technical_support": "Pendampingan kader",
}


@pytest.fixture
def address(baseline):
    return f"/desa/{baseline.village.code}/bkm/"


@pytest.fixture
def village_client(client_of, officer):
    return client_of(officer)


def test_officer_writes_board_and_support_down(village_client, viewer, client_of, address):
    assert "BKM/LKM belum tercatat" in text_of(village_client.get(address))
    assert village_client.post(address, BOARD).status_code == 302
    year = timezone.localdate().year
    assert village_client.post(f"{address}{year}/", SUPPORT).status_code == 302
    page = text_of(client_of(viewer).get(address))
    for words in (
        "BKM Maju Bersama", "20 Mei 2008", "Berdaya", "Dalam RPJMDes Ya", "Dalam RKPDes Belum",
        "Rp 25.000.000", "Pendampingan kader",
    ):  # fmt: skip
        assert words in page
    assert "Simpan BKM/LKM" not in page


def test_second_click_stores_once(village_client, address):
    for _ in range(2):
        assert village_client.post(address, BOARD).status_code == 302
        assert village_client.post(f"{address}2020/", SUPPORT).status_code == 302
    assert (CommunityBoard.objects.get().version, VillageSupport.objects.get().version) == (1, 1)


def test_two_who_write_at_once_see_each_other(village_client, client_of, second_officer, address):
    village_client.post(address, BOARD)
    other = client_of(second_officer)
    other.post(address, {**BOARD, "version": "1", "name": "LKM Lain"})
    response = village_client.post(address, {**BOARD, "version": "1", "name": "BKM Saya"})
    assert response.status_code == 409
    page = text_of(response)
    assert "baru saja diubah oleh Operator" in page
    assert "LKM Lain" in page
    assert 'value="BKM Saya"' in response.content.decode()
    # Also when both write the first word.
    other.post(f"{address}2020/", SUPPORT)
    response = village_client.post(f"{address}2020/", {**SUPPORT, "budget_idr": "1"})
    assert response.status_code == 409


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "", "Tulis nama BKM/LKM."),
        ("founded_on", "kemarin", "Tulis tanggal"),
        ("founded_on", "01-01-2099", "Tulis tanggal yang tidak sesudah hari ini."),
        ("founded_on", "01-01-2999", "Tulis tanggal dari tahun 1945 sampai 2100."),
        ("independence", "sangat", "Pilih dari daftar."),
    ],
)
def test_slips_have_their_sentence(village_client, address, field, value, sentence):
    response = village_client.post(address, {**BOARD, field: value})
    assert response.status_code == 422
    assert sentence in text_of(response)


def test_what_stood_there_before_stays_in_the_history(village_client, address):
    village_client.post(address, BOARD)
    village_client.post(address, {**BOARD, "version": "1", "independence": "mandiri"})
    village_client.post(f"{address}2020/", SUPPORT)
    page = text_of(village_client.get(address))
    assert "Petugas mencatat" in page
    assert "Status kemandirian: Berdaya → Mandiri" in page
    assert "2020, anggaran: Rp 25.000.000" in page


def test_support_needs_a_board_and_a_year_near_now(village_client, address):
    assert village_client.get(f"{address}2020/").status_code == 404
    village_client.post(address, BOARD)
    assert village_client.get(f"{address}2020/").status_code == 200
    for year in (1999, timezone.localdate().year + 2):
        assert village_client.get(f"{address}{year}/").status_code == 404


def test_money_is_read_as_people_write_it(village_client, address):
    village_client.post(address, BOARD)
    response = village_client.post(f"{address}2020/", {**SUPPORT, "budget_idr": "dua juta"})
    assert "Tulis jumlah rupiah tanpa sen" in text_of(response)
    village_client.post(f"{address}2020/", {**SUPPORT, "budget_idr": "Rp 2.000.000,-"})
    assert VillageSupport.objects.get().budget_idr == 2_000_000


def test_village_page_leads_to_the_board(village_client, baseline):
    CommunityBoardFactory(village=baseline.village, name="BKM Sejahtera")
    assert "BKM Sejahtera" in text_of(village_client.get(f"/desa/{baseline.village.code}/"))


@pytest.mark.ignore_template_errors
def test_admin_corrects_a_board_so_that_older_forms_notice(client_of, admin, db):
    board = VillageSupportFactory().board
    client = client_of(admin)
    page = f"/admin/areas/communityboard/{board.pk}/change/"
    data = {
        "village": board.village_id, "name": "BKM Benar", "coordinator_position": "",
        "founded_on": "", "independence": "",
        "support-TOTAL_FORMS": "0", "support-INITIAL_FORMS": "0",
        "events-TOTAL_FORMS": "0", "events-INITIAL_FORMS": "0",
    }  # fmt: skip
    assert save_shown(client, page, data).status_code == 302
    board.refresh_from_db()
    assert (board.name, board.version, board.changed_by) == ("BKM Benar", 2, admin)


@pytest.mark.ignore_template_errors
def test_admin_looks_activities_up(client_of, admin, db):
    activity = ImprovementFactory().activity
    page = client_of(admin).get(f"/admin/areas/activity/{activity.pk}/change/")
    assert f"/rencana/{activity.pk}/" in page.content.decode()

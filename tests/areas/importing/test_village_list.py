"""An admin creates the villages of a new city from a spreadsheet."""

import io

import pytest
from django.contrib.admin.models import LogEntry
from openpyxl import Workbook

from areas.models import District, Village
from tests import factories
from tests.areas.public.pages import text_of

PAGE = "/admin/areas/village/muat/"
HEAD = ["kode_desa", "nama", "jenis", "kode_kecamatan", "kecamatan", "lintang", "bujur"]
BANJAR = ["32.79.01.1001", "Banjar", "Kelurahan", "32.79.01", "Banjar", -7.37002, 108.52674]
BALOKANG = ["32.79.01.2003", "Desa Balokang", "Desa", "", "Kecamatan Banjar", "-7,36", "108,55"]


@pytest.fixture
def client(admin, client_of):
    factories.city()
    return client_of(admin)


def sheet(*rows, name="desa.xlsx"):
    workbook = Workbook()
    for row in rows:
        workbook.active.append(row)
    file = io.BytesIO()
    workbook.save(file)
    file.seek(0)
    file.name = name
    return file


def load(client, *rows):
    return client.post(PAGE, {"file": sheet(*rows)}, follow=True)


def test_villages_and_their_kecamatan_are_created_once(client):
    answer = text_of(load(client, HEAD, BANJAR, BALOKANG))
    assert "2 desa/kelurahan dan 1 kecamatan dibuat." in answer
    assert District.objects.get().name == "Banjar"
    stored = Village.objects.order_by("code").values_list("code", "name", "kind")
    assert list(stored) == [
        ("32.79.01.1001", "Banjar", "kelurahan"),
        ("32.79.01.2003", "Balokang", "desa"),
    ]
    assert LogEntry.objects.count() == 2
    again = text_of(load(client, HEAD, BANJAR, BALOKANG))
    assert "0 desa/kelurahan dan 0 kecamatan dibuat. 2 sudah ada dan tidak diubah." in again
    assert Village.objects.count() == 2


def test_own_download_is_a_file_to_load(client):
    load(client, HEAD, BANJAR)
    content = b"".join(client.get("/admin/areas/village/unduh/").streaming_content)
    again = client.post(PAGE, {"file": io.BytesIO(content)}, follow=True)
    assert "1 sudah ada dan tidak diubah." in text_of(again)


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (["x", *BANJAR[1:]], "Baris 3: kode_desa bukan kode Kemendagri"),
        (["32.78.01.1001", *BANJAR[1:]], "Baris 3: wilayah 32.78 belum ada"),
        (["32.79.01.9001", *BANJAR[1:]], "bukan kode desa atau kelurahan"),
        ([BANJAR[0], "", *BANJAR[2:]], "Baris 3: nama atau kecamatan kosong"),
        ([*BANJAR[:5], "selatan", 108], "lintang atau bujur bukan derajat"),
        ([*BANJAR[:5], -97, 108], "lintang atau bujur bukan derajat"),
        (BALOKANG, "kode 32.79.01.2003 sudah ada di baris lain"),
        (
            [*BANJAR[:4], "Pataruman", *BANJAR[5:]],
            "kecamatan 32.79.01 di baris lain bernama Banjar",
        ),
    ],
)
def test_one_wrong_row_refuses_the_whole_file(client, row, sentence):
    response = load(client, HEAD, BALOKANG, row)
    assert response.status_code == 422
    assert sentence in text_of(response)
    assert not Village.objects.exists()


def test_village_that_is_there_is_never_renamed(client):
    load(client, HEAD, BANJAR)
    response = load(client, HEAD, [BANJAR[0], "Lain", *BANJAR[2:]])
    assert "sudah tercatat sebagai Kelurahan Banjar" in text_of(response)
    assert Village.objects.get().name == "Banjar"


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (
            [["nama", "kode"], ["Banjar", "32.79.01.1001"]],
            "yang belum ada: kecamatan, lintang, bujur",
        ),
        ([HEAD], "Tidak ada baris desa/kelurahan"),
    ],
)
def test_file_without_columns_or_rows_says_so(client, rows, sentence):
    assert sentence in text_of(load(client, *rows))


def test_no_file_and_a_strange_file_say_so(client):
    assert "Pilih berkasnya." in text_of(client.post(PAGE))
    odd = io.BytesIO(b"%PDF-1.4 nothing")
    odd.name = "desa.pdf"
    response = client.post(PAGE, {"file": odd})
    assert response.status_code == 422
    assert "errorlist" in response.content.decode() or "error" in response.content.decode()


def test_admin_of_a_region_loads_villages_of_that_region_only(client_of, admin):
    tasik = factories.city("32.78", "Tasikmalaya")
    factories.city()
    admin.region = tasik
    admin.save(update_fields=["region"])
    response = load(client_of(admin), HEAD, BANJAR)
    assert "wilayah 32.79 belum ada atau bukan wilayah Anda" in text_of(response)
    assert not Village.objects.exists()


def test_list_of_villages_links_to_the_page(client):
    assert f'href="{PAGE}"' in client.get("/admin/areas/village/").content.decode()

"""Text is cleaned in one place, whichever form, address or file it comes through."""

import unicodedata

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from kotaku.models import User
from kotaku.requests.clean_input import cleaned
from kotaku.spreadsheets.cells import (
    read_code,
    read_hectares,
    read_text,
    read_year,
)
from kotaku.text import clean_text
from tests.drawn_forms import save_shown
from tests.factories import PASSWORD


@pytest.mark.parametrize(
    ("typed", "clean"),
    [
        ("Rakor\x0bsinkronisasi", "Rakor sinkronisasi"),
        ("Rakor\x0csinkronisasi", "Rakor sinkronisasi"),
        ("a\u2028b\u2029c\x85d", "a b c d"),
        ("\ufeffBalokang", "Balokang"),
        ("Balo\u200bkang\u00ad", "Balokang"),
        ("\u202eBalokang\u202c", "Balokang"),
        ("Balokang\u2066\u200f", "Balokang"),
        ("a\x00b\x07c\x1b", "abc"),
        ("e\u0301", "é"),
        ("e\u200b\u0301", "é"),
        ("satu\r\ndua\rtiga\tempat\n", "satu\ndua\ntiga\tempat\n"),
        ("a\ufffeb\uffff", "ab"),
        ("\ud800x", "x"),
        ("m² – “kutip” 🙂", "m² – “kutip” 🙂"),
    ],
)
def test_what_nobody_sees_goes(typed, clean):
    assert clean_text(typed) == clean


@given(st.text(st.characters(categories=["L", "M", "N", "P", "C", "Z"]), max_size=40))
def test_clean_text_is_clean_and_stays_so(text):
    clean = clean_text(text)
    assert clean_text(clean) == clean
    kinds = {unicodedata.category(each) for each in clean if each not in "\t\n"}
    assert not kinds & {"Cc", "Cf", "Cs", "Zl", "Zp"}


def test_a_posted_form_is_cleaned_but_its_passwords():
    typed = QueryDict(mutable=True)
    typed.setlist("nama", ["Ani\u200b", "Budi"])
    typed["password"] = typed["new_password1"] = "e\u0301\u200b  x"
    found = cleaned(typed)
    assert found.getlist("nama") == ["Ani", "Budi"]
    assert found["password"] == found["new_password1"] == "e\u0301\u200b  x"
    with pytest.raises(AttributeError):
        found["nama"] = "Cici"


def test_the_profile_stores_clean_text(client_of, officer):
    client = client_of(officer)
    typed = {"full_name": "Sri\x0bRejeki\u200b", "position": "Lu\u202erah"}
    save_shown(client, "/akun/", typed)
    officer.refresh_from_db()
    assert (officer.full_name, officer.position) == ("Sri Rejeki", "Lurah")


@pytest.mark.ignore_template_errors
def test_the_admin_stores_clean_text(client_of, admin, baseline):
    village = baseline.village
    data = {"village": village.pk, "rt": "RT\u200b 06a", "rw": "2", "hamlet": "Dusun\x0bSatu\ufeff"}
    response = client_of(admin).post("/admin/areas/neighbourhood/add/", data)
    assert response.status_code == 302
    rt = village.neighbourhoods.get()
    assert (rt.rt, rt.rw, rt.hamlet) == ("006A", "002", "Dusun Satu")


def test_the_sign_in_finds_a_name_with_invisible_signs(client, officer):
    data = {"username": "\u200bpetugas\ufeff", "password": PASSWORD}
    assert client.post("/akun/masuk/", data).status_code == 302


def test_a_password_is_taken_exactly_as_it_was_typed(client, officer):
    officer.set_password("kata\u200bsandi e\u0301 panjang")
    officer.save()
    for password, status in (
        ("kata\u200bsandi e\u0301 panjang", 302),
        ("katasandi é panjang", 200),
    ):
        client.logout()
        data = {"username": "petugas", "password": password}
        assert client.post("/akun/masuk/", data).status_code == status


def test_a_search_is_cleaned_too(client, baseline):
    assert "Balokang" in client.get("/cari/?q=Balo%E2%80%8Bkang").content.decode()


def test_the_name_of_a_file_is_cleaned(client_of, officer, baseline):
    upload = SimpleUploadedFile("foto\u202egpj.pdf", b"%PDF-1.4\n%%EOF\n")
    client = client_of(officer)
    client.post("/isian/2018/", {"area_ha": "9", "note": "", "version": 0, "evidence": upload})
    figure = baseline.figures.get()
    assert [each.name for each in figure.evidence.all()] == ["fotogpj.pdf"]


def test_an_imported_cell_is_cleaned():
    assert read_text("Desa\x0bBalokang\u200b") == "Desa Balokang"
    assert read_code("\ufeff32.79.03.2001") == "32.79.03.2001"
    assert str(read_hectares("\u200e12,5")) == "12.50"
    assert read_year("2018\u200b") == 2018
    assert User.objects.model.normalize_username("Ani\u200b") == "ani"

"""Abbreviations are spelled out where a page meets them first."""

import pytest

from kotaku.interface.abbreviations import spelled_out, speller
from tests.areas.public.pages import text_of
from tests.factories import MeetingFactory

POKJA = "Kelompok Kerja percepatan Penanganan Kumuh Perkotaan"
PERMEN = "Peraturan Menteri Pekerjaan Umum dan Perumahan Rakyat"


@pytest.mark.parametrize(
    ("text", "spelled"),
    [
        ("Aula DLH", "Aula DLH (Dinas Lingkungan Hidup)"),
        ("Pokja PKP Kota Banjar", f"Pokja PKP ({POKJA}) Kota Banjar"),
        ("DLH dan DLH", "DLH (Dinas Lingkungan Hidup) dan DLH"),
        ("Aula Bappeda (contoh)", "Aula Bappeda (contoh)"),  # No two brackets in a row.
        ("BKM/LKM", "BKM/LKM (badan atau lembaga keswadayaan masyarakat)"),
        ("BKM (badan keswadayaan masyarakat)", "BKM (badan keswadayaan masyarakat)"),
        ("Kantor DPUPRPKP", "Kantor DPUPRPKP"),  # No source gives the office's full name.
        # The meaning of a regulation's name stands behind its number.
        ("Permen PUPR 14/PRT/M/2018.", f"Permen PUPR 14/PRT/M/2018 ({PERMEN})."),
        ("7 aspek (Permen PUPR 14/PRT/M/2018)", f"7 aspek (Permen PUPR 14/PRT/M/2018, {PERMEN})"),
        ("ADLHX tanpa singkatan", "ADLHX tanpa singkatan"),
    ],
)
def test_abbreviations_are_spelled_out_once(text, spelled):
    assert spelled_out(text) == spelled


def test_a_page_spells_each_out_once():
    spell = speller()
    assert spell("Aula DLH") == "Aula DLH (Dinas Lingkungan Hidup)"
    assert spell("Kantor DLH") == "Kantor DLH"


def test_every_page_spells_the_sites_name_out(client_of, db):
    for address in ("/", "/berita/", "/data/", "/akun/masuk/"):
        page = text_of(client_of().get(address))
        assert page.index("Kota Tanpa Kumuh") < page.index("Pemantauan"), address


@pytest.mark.parametrize("place", ["Aula DCKTLH", "Kantor KOTAKU", "Ruang rapat DLH"])
def test_places_are_spelled_out_on_pages_papers_and_in_mail(client_of, viewer, db, place):
    meeting = MeetingFactory(place=place)
    other = MeetingFactory(place=place)
    client = client_of(viewer)
    for address in (f"/rakor/{meeting.pk}/", f"/rakor/{other.pk}/cetak/undangan/"):
        assert f"{spelled_out(place)} " in text_of(client.get(address)), address
    listed = text_of(client.get("/rakor/"))
    assert listed.count(spelled_out(place)) == 1
    assert listed.count(place) == 2


@pytest.mark.parametrize("place", ["Aula DCKTLH", "Kantor KOTAKU", "Ruang rapat DLH"])
def test_places_are_spelled_out_where_they_are_searched_and_minuted(client_of, bappeda, db, place):
    meeting = MeetingFactory(place=place)
    client = client_of(bappeda)
    for address in (
        f"/rakor/{meeting.pk}/notulen/",
        f"/rakor/{meeting.pk}/kehadiran/",
        f"/cari/?q={place}",
    ):
        assert spelled_out(place) in text_of(client.get(address)), address

"""Whom to ask stands where people are stuck, and at the bottom of each page."""

import re

import pytest
from django.core.cache import cache

from kotaku.caching import page_cache
from kotaku.models import Contact
from tests.areas.public.pages import text_of
from tests.drawn_forms import as_drawn, save_shown
from tests.factories import DistrictFactory, UserFactory, VillageFactory, city, province

ADD = "/admin/kotaku/contact/add/"


def contact(region=None, **changes):
    values = {"office": "Bappeda Contoh", "whatsapp": "0812-3456-7890", **changes}
    return Contact.objects.create(region=region or city(), **values)


def footer_of(response):
    """Return the markup and the words of a page's footer."""
    markup = re.search(r"<footer.*</footer>", response.content.decode(), re.DOTALL).group()
    return markup, re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", markup))


def test_it_stands_below_each_page_and_empty_lines_are_left_out(client, client_of, officer):
    contact(phone="(0265) 741234", email="bappeda@contoh.id", hours="Senin–Jumat")
    for who, page in ((client, "/"), (client, "/akun/masuk/"), (client_of(officer), "/isian/")):
        markup, words = footer_of(who.get(page))
        assert 'href="https://wa.me/6281234567890"' in markup, page
        assert 'href="tel:+62265741234"' in markup
        assert 'href="mailto:bappeda@contoh.id"' in markup
        assert "Jam layanan: Senin–Jumat" in words
    Contact.objects.update(phone="", email="", hours="")
    markup, words = footer_of(client.get("/"))
    assert "WhatsApp 0812-3456-7890" in words
    for left_out in ("tel:", "mailto:", "Telepon", "Email", "Jam layanan", "contoh)"):
        assert left_out not in markup


def test_without_one_the_pages_say_whom_to_ask_all_the_same(client, officer):
    response = client.get("/akun/masuk/")
    assert "hubungi admin di Bappeda." in text_of(response)
    assert "wa.me" not in response.content.decode()


def test_a_sample_is_marked_as_one(client, db):
    contact(is_sample=True)
    assert "Bappeda Contoh (kontak contoh)" in text_of(client.get("/akun/masuk/"))


def test_who_is_locked_out_or_refused_reads_it(client, client_of, officer, settings):
    contact()
    settings.SIGN_IN_FAILURES = 1
    for _ in range(2):
        locked = client.post("/akun/masuk/", {"username": "petugas", "password": "salah"})
    refused = client_of(officer).get("/verifikasi/")
    for response, status in ((locked, 429), (refused, 403)):
        assert response.status_code == status
        main = response.content.decode().partition("<footer")[0]
        assert "https://wa.me/6281234567890" in main


@pytest.mark.django_db(transaction=True)
def test_an_edited_contact_appears_at_once_on_a_kept_page(client, client_of):
    page_cache.store.clear()
    cache.clear()
    row = contact()
    assert "0812-3456-7890" in text_of(client.get("/"))
    assert len(page_cache.store) == 1
    editor = client_of(UserFactory(admin=True))
    address = f"/admin/kotaku/contact/{row.pk}/change/"
    typed = {"region": row.region_id, "office": "Bappeda Contoh", "whatsapp": "0856-1111-2222"}
    assert save_shown(editor, address, typed).status_code == 302
    text = text_of(client.get("/"))
    assert "0856-1111-2222" in text
    assert "0812-3456-7890" not in text


def test_people_read_their_own_regions_visitors_that_of_the_page(client, client_of, db):
    here, there = city(), city("32.78", "Tasikmalaya")
    contact(here, office="Bappeda Banjar")
    contact(there, office="Bappeda Tasikmalaya")
    abroad = VillageFactory(
        code="32.78.01.1001", district=DistrictFactory(code="32.78.01", region=there)
    )
    stranger = client_of(UserFactory(region=there))
    for who, page, office in (
        (client, "/", "Bappeda Banjar"),
        (client, "/?wilayah=32.78", "Bappeda Tasikmalaya"),
        (client, f"/desa/{abroad.code}/", "Bappeda Tasikmalaya"),
        (client, "/?wilayah=99.99", "Bappeda Banjar"),
        (stranger, "/akun/", "Bappeda Tasikmalaya"),
        (client_of(UserFactory()), "/akun/", "Bappeda Banjar"),
    ):
        assert office in footer_of(who.get(page))[1], page
    Contact.objects.filter(region=there).delete()
    assert "Bappeda Banjar" in footer_of(stranger.get("/akun/"))[1]
    contact(province(), office="Bappeda Jawa Barat")
    assert "Bappeda Jawa Barat" in footer_of(stranger.get("/akun/"))[1]
    assert "Bappeda Banjar" in footer_of(client.get("/"))[1]


@pytest.mark.ignore_template_errors
@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"whatsapp": "lihat papan"}, "Tulis satu nomor WhatsApp, misalnya 0812-3456-7890."),
        ({"phone": "0265 741234, 741235 dan lain"}, "Tulis satu nomor telepon"),
        ({}, "Isi paling sedikit satu cara menghubungi"),
    ],
)
def test_what_leads_to_nobody_is_refused_and_stays_in_the_form(client_of, admin, typed, sentence):
    response = client_of(admin).post(ADD, {"region": city().pk, "office": "Kantor Kami", **typed})
    assert response.status_code == 200
    assert sentence in text_of(response)
    drawn = as_drawn(response, "office")
    assert all(drawn[name] == [text] for name, text in {"office": "Kantor Kami", **typed}.items())
    assert not Contact.objects.exists()


@pytest.mark.ignore_template_errors
def test_a_region_has_one_contact_and_its_admin_no_other(client_of, db):
    here, there = city(), city("32.78", "Tasikmalaya")
    foreign = contact(there)
    client = client_of(UserFactory(admin=True, region=here))
    assert client.get(f"/admin/kotaku/contact/{foreign.pk}/change/").status_code == 302
    typed = {"office": "Kantor", "whatsapp": "081234567890"}
    assert client.post(ADD, typed | {"region": there.pk}).status_code == 200
    assert client.post(ADD, typed | {"region": here.pk}).status_code == 302
    response = client.post(ADD, typed | {"region": here.pk})
    assert "Wilayah ini sudah mempunyai kontak; ubah yang sudah ada." in text_of(response)
    assert Contact.objects.count() == 2

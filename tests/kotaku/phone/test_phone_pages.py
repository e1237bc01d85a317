"""Installing the site, its service worker, the offline page, and the question before sending."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from PIL import Image

from kotaku.colours import THEME
from kotaku.models import Region
from kotaku.phone import release
from tests.areas.figures.test_entry import typed
from tests.factories import FollowUpFactory

pytestmark = pytest.mark.django_db


def text_of(name):
    return Path(finders.find(name)).read_text()


def picture(address):
    return Image.open(finders.find(address.removeprefix("/static/")))


def test_manifest_carries_the_names_of_this_site(client, settings):
    settings.SITE_NAME, settings.CITY_NAME = "KOTAKU Ciamis", "Kabupaten Ciamis"
    answer = client.get("/situs.webmanifest")
    assert answer["Content-Type"] == "application/manifest+json"
    content = answer.json()
    assert content["short_name"] == "KOTAKU Ciamis"
    assert content["name"].endswith("Kabupaten Ciamis")
    assert (content["start_url"], content["scope"], content["lang"]) == ("/", "/", "id")
    assert "Banjar" not in answer.content.decode()


def test_manifest_names_the_region_that_the_admin_has_entered(client, settings):
    province = Region.objects.filter(code="32").first() or Region.objects.create(
        code="32", name="Jawa Barat", kind="province"
    )
    Region.objects.create(code="32.07", name="Ciamis", kind="regency", parent=province)
    settings.HOME_REGION = "32.07"
    assert client.get("/situs.webmanifest").json()["name"].endswith("Kabupaten Ciamis")


def test_icons_have_the_sizes_that_the_manifest_names(client):
    icons = client.get("/situs.webmanifest").json()["icons"]
    assert {icon["purpose"] for icon in icons} == {"any", "maskable"}
    for icon in icons:
        assert picture(icon["src"]).size == tuple(map(int, icon["sizes"].split("x")))
    # A phone cuts a circle out of it: opaque to the corners, the drawing in the middle 80 %.
    maskable = next(icon["src"] for icon in icons if icon["purpose"] == "maskable")
    image = picture(maskable).convert("RGB")
    ground = image.getpixel((0, 0))
    centre = image.width / 2
    for x in range(0, image.width, 4):
        for y in range(0, image.height, 4):
            if image.getpixel((x, y)) != ground:
                assert (x - centre) ** 2 + (y - centre) ** 2 <= (0.4 * image.width) ** 2


@pytest.mark.parametrize("address", ["/", "/akun/masuk/", "/berita/"])
def test_every_page_can_be_installed(client, address):
    page = client.get(address).content.decode()
    assert '<link rel="manifest" href="/situs.webmanifest">' in page
    icon = re.search(r'rel="apple-touch-icon" href="([^"]+)"', page)[1]
    assert picture(icon).size == (180, 180)
    themes = dict(
        re.findall(r'theme-color" media="\(prefers-color-scheme: (\w+)\)" content="(\S+)"', page)
    )
    assert themes.keys() == {"light", "dark"}


def test_theme_is_the_colour_of_the_page_header():
    css = text_of("css/app.css")
    light, dark = re.findall(r"--green-deep: (#\w+);", css)[:2]
    assert (THEME["light"], THEME["dark"]) == (light, dark)
    assert re.search(r"\.(site-header|masthead) \{ background: var\(--green-deep\)", css)


def test_worker_serves_the_whole_site_and_is_asked_for_each_time(client):
    answer = client.get("/service-worker.js")
    assert answer["Content-Type"].startswith("text/javascript")
    assert answer["Service-Worker-Allowed"] == "/"
    assert answer["Cache-Control"] == "no-cache"
    text = answer.content.decode()
    for address in re.findall(r'"(/static/[^"]+\.\w+)"', text):
        assert finders.find(address.removeprefix("/static/")), address
    # Without a new release a browser downloads nothing again.
    assert (
        client.get("/service-worker.js", headers={"If-None-Match": answer["ETag"]}).status_code
        == 304
    )


def test_a_new_release_replaces_the_worker(client, settings, monkeypatch):
    settings.DEBUG = True
    before = client.get("/service-worker.js").content
    assert client.get("/service-worker.js").content == before
    monkeypatch.setattr(release, "static", lambda name: f"/static/{name}.neu")
    assert client.get("/service-worker.js").content != before


def test_offline_page_is_the_same_for_everybody_and_without_figures(
    client, client_of, officer, baseline
):
    page = client.get("/tanpa-sambungan/").content.decode()
    assert not re.search(r"\d+,\d\d Ha", page)
    assert "csrfmiddlewaretoken" not in page
    assert "Tidak ada sambungan" in page
    # No menu: no page can be opened.
    assert "Navigasi utama" not in page


def test_connection_says_who_is_signed_in_and_gives_a_token_that_is_accepted(officer, baseline):
    client = Client(enforce_csrf_checks=True)
    answer = client.get("/akun/sambungan/")
    assert answer.json() == {"account": None}
    assert not answer.cookies
    client.force_login(officer)
    answer = client.get("/akun/sambungan/")
    assert "no-store" in answer["Cache-Control"]
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert answer.json()["account"] == str(officer.pk)
    content = {**typed(area_ha="15"), "csrfmiddlewaretoken": answer.json()["token"]}
    assert client.post("/isian/2017/", content).status_code == 302
    assert client.post("/isian/2017/", {**content, "csrfmiddlewaretoken": "x"}).status_code == 403


def test_phones_keep_only_an_officers_own_forms(client_of, officer, bappeda, baseline):
    follow_up = FollowUpFactory(village=baseline.village)
    forms = ["/isian/2017/", f"/tindak-lanjut/{follow_up.pk}/"]
    others = [
        "/",
        "/isian/",
        f"/desa/{baseline.village.code}/",
        "/akun/",
        "/tindak-lanjut/",
        "/data/",
    ]
    client = client_of(officer)
    for address in forms:
        assert client.get(address)["X-Kotaku-Seen"] == str(officer.pk), address
    for address in others:
        assert "X-Kotaku-Seen" not in client.get(address).headers, address
    assert "X-Kotaku-Seen" not in client_of(bappeda).get(forms[1]).headers
    assert "X-Kotaku-Seen" not in Client().get("/").headers


def test_pages_name_the_account_for_the_phone_and_nobody_elses(client_of, officer):
    page = client_of(officer).get("/").content.decode()
    assert f'data-kotaku-account="{officer.pk}"' in page
    assert "data-kotaku-account" not in Client().get("/").content.decode()

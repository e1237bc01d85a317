"""What robots and browsers ask for at the root of the site."""

import io
import re
from xml.etree import ElementTree

import pytest
from django.utils.timezone import localdate
from PIL import Image

from kotaku.interface.sitemap import PublicSitemap
from kotaku.models import Region
from tests.factories import (
    ArticleFactory,
    BaselineFactory,
    ProgrammeFactory,
    YearlyFigureFactory,
)
from tests.security.rooms import TABLE, addresses
from tests.test_permissions import world  # noqa: F401

# Public to read, but nothing to be found by searching: answers for machines, links of one person, and
# the search itself.
NOT_FOR_ROBOTS = {"search", "meetings:calendar-feed", "meetings:invitation-reply"}


def test_robots_are_kept_out_of_private_pages_only(world, client):  # noqa: F811
    text = client.get("/robots.txt").content.decode()
    rules = [re.escape(path).replace(r"\*", ".*") for path in re.findall(r"Disallow: (.+)", text)]
    wrong = []
    for name, address in addresses(world).items():
        is_public = TABLE[name][2][0] == 200 and name not in NOT_FOR_ROBOTS
        # Signing in, and what belongs to it.
        is_public = is_public and not address.startswith("/akun/")
        is_allowed = not any(re.match(rule, address) for rule in rules)
        if is_public != is_allowed and not (
            name.startswith("meetings:article") or name == "gallery"
        ):
            wrong.append((name, address))
    assert wrong == []
    assert "Sitemap: http://testserver/sitemap.xml" in text


def places(client, address):
    """Return the addresses that a map names, with their last change."""
    tree = ElementTree.fromstring(client.get(address).content)
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    return {
        each.findtext("s:loc", None, space): each.findtext("s:lastmod", None, space)
        for each in tree
    }


def test_the_map_names_pages_that_there_are_by_their_own_address(client, baseline):
    figure = YearlyFigureFactory(baseline=baseline, year=2017, verified=True)
    ArticleFactory(slug="draf")
    ArticleFactory(slug="terbit", published=True)
    found = places(client, "/sitemap.xml")
    paths = {address.removeprefix("http://testserver") for address in found}
    assert {"/", "/desa/", "/data/", "/berita/", "/berita/terbit/"} <= paths
    assert "/berita/draf/" not in paths
    village = f"/desa/{baseline.village.code}/"
    assert found[f"http://testserver{village}"] == localdate(figure.verified_at).isoformat()
    for address in found:
        response = client.get(address)
        assert response.status_code == 200
        assert f'<link rel="canonical" href="{address}">' in response.content.decode()


def test_the_map_of_a_province_names_its_cities(client, baseline, settings):
    settings.HOME_REGION = "32"
    past = ProgrammeFactory(slug="lama", baseline_year=2010)
    BaselineFactory(programme=past, village=baseline.village)
    found = places(client, "/sitemap.xml")
    paths = {address.removeprefix("http://testserver") for address in found}
    assert {"/", "/?wilayah=32.79", "/?periode=lama"} <= paths
    for address in found:
        assert f'<link rel="canonical" href="{address}">' in client.get(address).content.decode()


def test_the_map_of_the_nation_names_its_provinces(client, baseline, settings):
    settings.HOME_REGION = "ID"
    Region.objects.create(code="ID", name="Indonesia", kind="nation")
    figure = YearlyFigureFactory(baseline=baseline, year=2017, verified=True)
    BaselineFactory(programme=ProgrammeFactory(slug="lama", baseline_year=2010))
    found = places(client, "/sitemap.xml")
    day = localdate(figure.verified_at).isoformat()
    assert found["http://testserver/?wilayah=32"] == day
    for address in found:
        assert f'<link rel="canonical" href="{address}">' in client.get(address).content.decode()


def test_a_large_map_is_an_index_of_parts(client, baseline, other_baseline, monkeypatch):
    monkeypatch.setattr(PublicSitemap, "limit", 1)
    parts = places(client, "/sitemap.xml")
    assert "http://testserver/sitemap-desa.xml?p=2" in parts
    named = [place for part in parts if "desa" in part for place in places(client, part)]
    assert sorted(named) == sorted(
        f"http://testserver/desa/{each.village.code}/" for each in (baseline, other_baseline)
    )
    assert client.get("/sitemap-karangan.xml").status_code == 404


@pytest.mark.django_db
def test_old_browsers_get_the_icon_where_they_ask_for_it(client):
    response = client.get("/favicon.ico")
    icon = Image.open(io.BytesIO(response.content))
    assert icon.format == "ICO"
    assert icon.ico.sizes() == {(16, 16), (32, 32), (48, 48)}
    assert icon.convert("RGB").getpixel((24, 4)) == (0x17, 0x60, 0x3F)

"""What a shared link shows: title, address, and a picture that is legible when small."""

import io
import re
from decimal import Decimal
from html import unescape
from urllib.parse import quote

import pytest
from PIL import Image

from areas.charts.card_chart import card_chart
from areas.models import YearlyFigure
from areas.rules.progress import Target
from areas.sharing.page import period_card
from areas.totals.series import programme_series
from kotaku.colours import COLOURS
from kotaku.pictures import text_width
from meetings.models import ArticleState
from tests.areas.charts.test_progress_chart import make_series
from tests.factories import (
    ArticleFactory,
    BaselineFactory,
    MeetingFactory,
    ProgrammeFactory,
    VillageFactory,
    YearlyFigureFactory,
)

HEADLINE, NUMBER, CHART = (40, 115, 1160, 260), (40, 330, 590, 460), (600, 300, 1160, 520)


@pytest.fixture
def figures(baseline, other_baseline):
    """Two verified figures and one that is only submitted."""
    YearlyFigureFactory(baseline=baseline, year=2017, verified=True, area_ha=Decimal("12.50"))
    YearlyFigureFactory(baseline=other_baseline, year=2017, verified=True, area_ha=Decimal("28.25"))
    return YearlyFigureFactory(
        baseline=baseline, year=2018, submitted=True, area_ha=Decimal("3.21")
    )


def told(client, address):
    """Return what previews are told about a page: property -> content."""
    page = client.get(address).content.decode()
    pairs = re.findall(r'<meta (?:property|name)="((?:og|twitter):[^"]+)" content="([^"]*)"', page)
    return {name: unescape(content) for name, content in pairs} | {
        "canonical": re.findall(r'<link rel="canonical" href="([^"]+)"', page)
    }


def path_of(address):
    """Return an absolute address of the test server as a path."""
    assert address.startswith("http://testserver/"), address
    return address.removeprefix("http://testserver")


def drawn(client, address):
    """Return the picture at an address, in colours."""
    response = client.get(path_of(address))
    assert (response.status_code, response["Content-Type"]) == (200, "image/png")
    assert len(response.content) < 150_000
    return Image.open(io.BytesIO(response.content)).convert("RGB")


def share_of(picture, box, colour):
    """Return the share of a box's pixels that have nearly this colour."""
    red, green, blue = bytes.fromhex(COLOURS[colour].removeprefix("#"))
    pixels = picture.crop(box).get_flattened_data()
    near = [p for p in pixels if abs(p[0] - red) + abs(p[1] - green) + abs(p[2] - blue) < 30]
    return len(near) / len(pixels)


def test_the_public_passes_a_city_on_with_headline_and_picture(client, figures):
    found = told(client, "/")
    assert found["og:title"] == (
        "Luas kumuh Kota Banjar tinggal 40,75 Ha dari 50,00 Ha, berkurang 18,5 %"
    )
    assert "Keadaan akhir 2017. 2 dari 2 desa/kelurahan terverifikasi." in found["og:description"]
    assert found["og:url"] == found["canonical"][0] == "http://testserver/"
    assert (found["og:image:width"], found["og:image:height"]) == ("1200", "630")
    assert found["twitter:card"] == "summary_large_image"
    picture = drawn(client, found["og:image"])
    assert picture.size == (1200, 630)
    # Letters are drawn: without a font the renderer would leave them out in silence.
    assert 0.03 < share_of(picture, HEADLINE, "ink") < 0.4
    assert 0.05 < share_of(picture, NUMBER, "green") < 0.5
    assert share_of(picture, CHART, "green") > 0.01
    assert share_of(picture, CHART, "green-soft") > 0.1


def test_a_correction_changes_the_address_of_the_picture(client, figures, bappeda):
    before = told(client, "/")["og:image"]
    figure = YearlyFigure.objects.get(area_ha=Decimal("28.25"))
    figure.correct(by=bappeda, version=figure.version, area_ha=Decimal("20.00"), reason="Keliru.")
    after = told(client, "/")["og:image"]
    assert before != after
    # Who still has the old address is led to the new one; a made-up one draws nothing.
    for old in (path_of(before), "/kartu/kemajuan.png?v=karangan"):
        assert client.get(old)["Location"] == path_of(after)


def test_only_verified_figures_are_passed_on(client, client_of, figures, baseline, bappeda):
    code = baseline.village.code
    for page in ("/", f"/desa/{code}/"):
        public = told(client, page)
        staff = told(client_of(bappeda), f"{page}?sementara=1")
        assert staff["og:title"] == public["og:title"]
        assert staff["og:image"] == public["og:image"]
        assert "3,21" not in str(public)
    assert "tinggal 12,50 Ha dari 20,00 Ha" in told(client, f"/desa/{code}/")["og:title"]


def test_periods_and_villages_have_addresses_and_pictures_of_their_own(client, figures, baseline):
    past = ProgrammeFactory(slug="sampel", is_sample=True, name="Masa lalu (data contoh)")
    BaselineFactory(programme=past, village=baseline.village, area_ha=9)
    code = baseline.village.code
    pages = ["/", "/?periode=sampel", f"/desa/{code}/", f"/desa/{code}/?periode=sampel"]
    found = [told(client, page) for page in pages]
    assert [path_of(each["canonical"][0]) for each in found] == pages
    assert len({each["og:image"] for each in found}) == 4
    band = (960, 25, 1130, 70)
    for each, is_sample in zip(found, (False, True, False, True), strict=True):
        assert (share_of(drawn(client, each["og:image"]), band, "class-light") > 0.3) == is_sample
        assert each["og:title"].startswith("Data contoh: ") == is_sample


def test_filters_and_order_are_no_pages_of_their_own(client, figures, baseline, programme):
    code = baseline.village.code
    for page, canonical in {
        f"/?periode={programme.slug}&urut=-nama&hal=1": "/",
        f"/desa/{code}/?periode={programme.slug}&rencana=1": f"/desa/{code}/",
        "/desa/?cari=b&kecamatan=&urut=-nama": "/desa/",
        "/berita/?hal=2": "/berita/?hal=2",
        "/data/kamus/?x=1": "/data/kamus/",
    }.items():
        assert told(client, page)["canonical"] == [f"http://testserver{canonical}"], page


def test_pages_of_staff_have_no_public_address(client_of, bappeda):
    assert told(client_of(bappeda), "/verifikasi/") == {"canonical": []}


def test_the_address_is_the_one_of_the_settings(client, figures, settings):
    settings.SITE_URL = "https://kotaku.example.go.id"
    found = told(client, "/?urut=nama")
    assert found["canonical"] == ["https://kotaku.example.go.id/"]
    assert found["og:image"].startswith("https://kotaku.example.go.id/kartu/kemajuan.png?v=")


def test_a_site_without_figures_still_has_a_card(client, db):
    village = VillageFactory(name="Tanpa Kumuh")
    for page in ("/", f"/desa/{village.code}/"):
        found = told(client, page)
        assert share_of(drawn(client, found["og:image"]), HEADLINE, "ink") > 0.03
    assert "tidak tercatat sebagai kawasan kumuh" in found["og:title"]


def test_a_summed_region_has_a_card(client, figures):
    found = told(client, "/?wilayah=32")
    assert found["og:title"].startswith("Luas kumuh Provinsi Jawa Barat tinggal 40,75 Ha")
    assert path_of(found["canonical"][0]) == "/?wilayah=32"
    assert share_of(drawn(client, found["og:image"]), NUMBER, "green") > 0.05


def test_a_card_says_that_only_some_villages_have_a_figure(baseline, other_baseline, programme):
    YearlyFigureFactory(baseline=baseline, year=2017, verified=True, area_ha=Decimal("12.50"))
    part = period_card(programme.region, programme, programme_series(programme, provisional=False))
    said = [note.text for note in part.number_notes]
    assert said == [
        "sisa luas kumuh, akhir 2017",
        "baru 1 dari 2 desa/kelurahan",
        "berkurang 15,0\u00a0% sejak 2016",
    ]
    # The lines have room above the source.
    assert float(part.number_notes[-1].y) <= 570
    YearlyFigureFactory(baseline=other_baseline, year=2017, verified=True, area_ha=Decimal(30))
    whole = period_card(programme.region, programme, programme_series(programme, provisional=False))
    assert len(whole.number_notes) == 2


def test_the_name_of_the_target_stays_inside_the_chart(programme, baseline):
    for last in (2017, 2019, 2024):
        series = make_series(2016, ["50"] * (last - 2015), Target(2019, Decimal(0), {}))
        chart = card_chart(series, left=610, right=1132, top=300, bottom=508)
        for text in chart.target_label:
            assert float(text.x) - text_width("target", 36, weight=700) >= 610


def test_thousands_of_hectares_stay_beside_the_chart(client, programme):
    BaselineFactory(programme=programme, area_ha=Decimal("1234567.89"))
    picture = drawn(client, told(client, "/")["og:image"])
    assert share_of(picture, NUMBER, "green") > 0.05
    # Between number and chart nothing is drawn.
    assert share_of(picture, (575, 340, 590, 470), "paper") == 1


def test_a_report_has_a_card_once_it_is_published(client, client_of, figures, bappeda, programme):
    article = ArticleFactory(
        meeting=MeetingFactory(programme=programme), title="Drainase disepakati"
    )
    page, picture = f"/berita/{article.slug}/", f"/berita/{article.slug}/kartu.png"
    assert "og:image" not in told(client_of(bappeda), page)
    assert client_of(bappeda).get(picture).status_code == 404
    article.state = ArticleState.DRAFT
    article.publish(by=bappeda, version=article.version)
    found = told(client, page)
    assert (found["og:title"], found["og:type"]) == ("Drainase disepakati", "article")
    assert found["og:description"] == article.lead
    shown = drawn(client, found["og:image"])
    assert share_of(shown, HEADLINE, "ink") > 0.02
    assert share_of(shown, NUMBER, "green") > 0.05


@pytest.mark.parametrize("page", ["/", "/desa/{code}/", "/?wilayah=32"])
def test_a_page_is_shared_through_whatsapp_without_javascript(client, figures, baseline, page):
    page = page.format(code=baseline.village.code)
    text = client.get(page).content.decode()
    (link,) = re.findall(r'href="(https://wa\.me/\?text=[^"]+)"', text)
    title = told(client, page)["og:title"]
    assert quote(title, safe="") in link
    assert link.endswith(quote(f"\nhttp://testserver{page}", safe=""))

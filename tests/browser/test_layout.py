"""Narrow screens, fingers, keyboards, thrifty lines: the pages hold on all of them."""

from pathlib import Path
from urllib.parse import urlsplit

import brotli
import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from playwright.sync_api import expect

from areas.models import Activity, Assessment, Entry, YearlyFigure
from kotaku.models import User
from meetings.models import FollowUp, Meeting
from tests.browser.steps import entry_address, import_pages
from tests.factories import ALL_MARKS

LANGENSARI, RAHARJA, BINANGUN = "32.79.04.2001", "32.79.03.2002", "32.79.02.2006"
WIDTHS = [320, 360, 768, 1280]
LARGE_TEXT_SIZES = [{"width": 1280, "height": 800}, {"width": 320, "height": 640}]
PHONE = {"width": 360, "height": 740}
ZOOMED = {"width": 320, "height": 256}  # 1280 × 1024 at 400 %
FIRST_LOAD_LIMIT = 60 * 1000
VILLAGE_PAGE_LIMIT = 40 * 1024

pytestmark = pytest.mark.usefixtures("sample_site")


def submitted_id() -> int:
    return YearlyFigure.objects.get(baseline__village__code=RAHARJA, year=2019).pk


def verified_id() -> int:
    figures = YearlyFigure.objects.verified().filter(baseline__programme__is_current=True)
    return figures.earliest("year", "pk").pk


def assessment(status):
    """The key of a sample assessment of Langensari."""
    rows = Assessment.objects.filter(neighbourhood__village__code=LANGENSARI, status=status)
    return rows.first().pk


def pages_of(role):
    """(account, addresses) of everything that this role works with."""
    held = Meeting.objects.get(title="Rakor triwulan (contoh)")
    coming = Meeting.objects.get(title="Rakor evaluasi (contoh)")
    decision, task = held.decisions.first(), FollowUp.objects.earliest("due_on")
    return {
        "visitor": (
            None,
            ["/", "/?periode=sejak-2022", "/?periode=kotaku-2016-2019", "/?wilayah=32", "/desa/", "/banding/",
             "/desa/?cari=zzz", f"/desa/{LANGENSARI}/", "/akun/masuk/", "/berita/", "/data/",
             "/data/?periode=contoh-2016-2019", "/data/kamus/",
             "/berita/rakor-sinkronisasi-penanganan-kumuh-2016/", "/cari/?q=penanganan"],
        ),
        "officer": (
            "desa-binangun",
            ["/", "/isian/", entry_address(BINANGUN), entry_address(BINANGUN, 2018),
             entry_address(BINANGUN, 2020), f"/desa/{BINANGUN}/", "/akun/", "/akun/sandi/",
             "/rakor/", f"/rakor/{held.pk}/",
             "/tindak-lanjut/", f"/tindak-lanjut/{task.pk}/", "/kalender/"],
        ),
        "reviewer": (
            "bappeda",
            ["/?sementara=1", "/verifikasi/", f"/verifikasi/{submitted_id()}/",
             f"/verifikasi/{verified_id()}/", f"/isian/{verified_id()}/koreksi/",
             f"/desa/{BINANGUN}/?sementara=1"],
        ),
        "planner": (
            "bappeda",
            ["/rakor/", f"/rakor/{held.pk}/", f"/rakor/{coming.pk}/", "/rakor/baru/",
             f"/rakor/baru/?salin={held.pk}", f"/rakor/{held.pk}/ubah/",
             f"/rakor/{held.pk}/notulen/", f"/rakor/{coming.pk}/kehadiran/",
             f"/rakor/acara/{held.agenda.first().pk}/keputusan/",
             f"/rakor/keputusan/{decision.pk}/tindak-lanjut/", f"/rakor/{held.pk}/berita/",
             f"/tindak-lanjut/{task.pk}/", f"/rakor/{held.pk}/cetak/undangan/",
             f"/rakor/{held.pk}/cetak/daftar-hadir/", f"/rakor/{held.pk}/cetak/notulen/"],
        ),
        "assessor": (
            "desa-langensari",
            [f"/desa/{LANGENSARI}/penilaian/?tahun=2019&banding=2016", "/penilaian/?tahun=2019",
             *(f"/penilaian/{assessment('draft')}/langkah/{key}/"
               for key in ("umum", "aspek-1", "aspek-4", "pertimbangan")),
             f"/penilaian/{assessment('draft')}/", f"/penilaian/{assessment('verified')}/",
             f"/penilaian/{assessment('verified')}/andai/?7a=0",
             f"/penilaian/{assessment('verified')}/cetak/"],
        ),
        "collaborator": (
            "bappeda",
            ["/?rencana=1", f"/desa/{BINANGUN}/?rencana=1", "/rencana/", "/rencana/?tahun=1999",
             f"/rencana/baru/?asal=keputusan-{decision.pk}&contoh=1",
             *(f"/rencana/{activity.pk}/{page}" for page in ("", "ubah/", "realisasi/",
               "perbaikan/", "asal/") for activity in Activity.objects.filter(status="running")),
             f"/rakor/keputusan/{decision.pk}/kegiatan/", f"/tindak-lanjut/{task.pk}/kegiatan/"],
        ),
        "board": (
            "desa-binangun",
            [f"/desa/{BINANGUN}/bkm/", f"/desa/{BINANGUN}/bkm/2020/", "/rencana/baru/"],
        ),
        "importer": ("bappeda", ["/data/", "/data/impor/", *import_pages()]),
    }[role]  # fmt: skip


@pytest.fixture(
    params=[
        "visitor",
        "officer",
        "reviewer",
        "planner",
        "importer",
        "assessor",
        "collaborator",
        "board",
    ]
)
def pages(request, new_context, sign_in):
    """(page, addresses): a browser window of one role, and where that role goes."""
    username, addresses = pages_of(request.param)
    page = new_context(viewport={"width": 1280, "height": 900}).new_page()
    if username:
        sign_in(page, User.objects.get(username=username))
    return page, addresses


SIDEWAYS = """() => {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return null;
  const scrolls = (node) => node && (
    /auto|scroll|hidden/.test(getComputedStyle(node).overflowX) || scrolls(node.parentElement));
  const guilty = [...document.body.querySelectorAll("*")]
    .filter((node) => node.getBoundingClientRect().right > room + 0.5 && !scrolls(node.parentElement))
    .map((node) => `${node.tagName}.${node.getAttribute("class")} "${node.textContent.trim().slice(0, 40)}"`);
  return `${document.documentElement.scrollWidth} px in ${room} px: ${guilty.slice(0, 3).join("; ")}`;
}"""


def sideways(page, sizes) -> list[str]:
    """Where the whole page would scroll sideways."""
    found = []
    for size in sizes:
        page.set_viewport_size(size)
        if overflow := page.evaluate(SIDEWAYS):
            found.append(f"{page.url} at {size['width']} × {size['height']}: {overflow}")
    return found


# Text that does not fit into a box that hides the rest of it.
CUT_TEXT = """() => {
  const hides = (value) => value === "hidden" || value === "clip";
  const isCut = (node) => {
    const style = getComputedStyle(node);
    return (hides(style.overflowX) && node.scrollWidth > node.clientWidth + 1)
      || (hides(style.overflowY) && node.scrollHeight > node.clientHeight + 1);
  };
  return [...document.querySelectorAll("body *")]
    .filter((node) => node.clientWidth > 1 && node.textContent.trim() && !node.closest("svg, .visually-hidden"))
    .filter((node) => node.checkVisibility() && isCut(node))
    .map((node) => `${node.tagName}.${node.getAttribute("class")} "${node.textContent.trim().slice(0, 40)}"`);
}"""


# Links in running text may be as high as the text (WCAG 2.5.8, "inline").
SMALL_TARGETS = """() => {
  const inSentence = (node) => {
    if (node.tagName !== "A" || getComputedStyle(node).display !== "inline") return false;
    return [...node.parentElement.childNodes].some((other) =>
      other !== node && !(other.contains && other.contains(node)) && other.textContent.trim().length > 3);
  };
  const small = [];
  for (const node of document.querySelectorAll("main :is(a, button, input, select, textarea, summary)")) {
    if (node.type === "hidden" || !node.checkVisibility() || node.closest(".visually-hidden")) continue;
    const target = node.closest("label") ?? node;
    const { width, height } = target.getBoundingClientRect();
    const name = `${node.tagName} "${(node.textContent.trim() || node.name || "").slice(0, 40)}"`;
    const size = `${Math.round(width)} × ${Math.round(height)}`;
    const isPrimary = node.matches(".button, input, select, textarea, summary");
    if (isPrimary && height < 44) small.push(`${name}: ${size}, less than 44 high`);
    else if ((width < 24 || height < 24) && !inSentence(node)) small.push(`${name}: ${size}, less than 24`);
  }
  return small;
}"""


DUPLICATE_IDS = """() => {
  const ids = [...document.querySelectorAll("[id]")].map((node) => node.id);
  return ids.filter((id, index) => ids.indexOf(id) !== index);
}"""


def test_pages_hold_on_every_screen(pages):
    """No page scrolls sideways or cuts text, targets suit fingers, and no id is there twice.

    At every width, and with letters twice as large as a phone of 320 pixels comes with.
    """
    page, addresses = pages
    page.set_viewport_size(PHONE)
    session = page.context.new_cdp_session(page)
    sizes = [*({"width": width, "height": 800} for width in WIDTHS), ZOOMED]
    found = []

    def set_letters(pixels):
        session.send("Page.setFontSizes", {"fontSizes": {"standard": pixels}})
        root = page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)")
        # Papers are a little smaller than pages.
        assert 0.9 < root / pixels <= 1, (
            f"{address}: letters of {root} px do not follow {pixels} px"
        )

    for address in addresses:
        page.goto(address)
        found += [f"{address}: {target}" for target in page.evaluate(SMALL_TARGETS)]
        # Wide and narrow charts stand in one page: their ids must differ.
        found += [f"{address}: id {twice} twice" for twice in page.evaluate(DUPLICATE_IDS)]
        page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
        found += sideways(page, sizes)
        set_letters(32)
        found += [f"200 %: {line}" for line in sideways(page, LARGE_TEXT_SIZES)]
        found += [f"200 %: {address}: cut {text}" for text in page.evaluate(CUT_TEXT)]
        set_letters(16)
        page.set_viewport_size(PHONE)
    assert not found, "\n".join(found)


def test_errors_and_conflicts_do_not_scroll_sideways(desktop, sign_in, page_problems):
    page_problems.allow("status of 4")
    sign_in(desktop, User.objects.get(username="desa-langensari"))
    sizes = [{"width": width, "height": 800} for width in WIDTHS]
    desktop.goto(entry_address(LANGENSARI))
    desktop.get_by_label("Sisa luas kumuh").fill("9" * 40)
    desktop.get_by_role("button", name="Ajukan").click()
    expect(desktop.locator(".summary")).to_be_visible()
    found = sideways(desktop, sizes)
    other = desktop.context.new_page()
    other.goto(entry_address(LANGENSARI))
    other.get_by_label("Sisa luas kumuh").fill("99999999")
    other.get_by_role("button", name="Simpan draf").click()
    expect(other.locator(".flash")).to_be_visible()
    found += sideways(other, sizes)
    desktop.get_by_label("Sisa luas kumuh").fill("99999998,5 hektare")
    desktop.get_by_role("button", name="Simpan draf").click()
    expect(desktop.locator(".stored")).to_be_visible()
    found += sideways(desktop, sizes)
    desktop.goto("/tidak-ada/")
    found += sideways(desktop, sizes)
    assert not found, "\n".join(found)


def test_long_words_do_not_push_pages_sideways(desktop, sign_in):
    """A pasted link is one word of a hundred letters and more."""
    link = "https://drive.google.com/drive/folders/" + "1aB9zQ" * 20
    figure = YearlyFigure.objects.get(baseline__village__code=BINANGUN, year=2019)
    officer = figure.entered_by
    entry = Entry(figure.area_ha, note=f"Foto: {link}", reason=link)
    figure.enter(by=officer, version=figure.version, entry=entry)
    sizes = [{"width": width, "height": 800} for width in (320, 1280)]
    sign_in(desktop, officer)
    found = []
    for address in (entry_address(BINANGUN), f"/desa/{BINANGUN}/"):
        desktop.goto(address)
        desktop.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
        found += sideways(desktop, sizes)
    figure.submit(by=officer, version=figure.version, ticked=ALL_MARKS)
    reviewer = User.objects.get(username="bappeda")
    for address, user in [
        (entry_address(BINANGUN), officer),
        (f"/verifikasi/{figure.pk}/", reviewer),
    ]:
        sign_in(desktop, user)
        desktop.goto(address)
        found += sideways(desktop, sizes)
    figure.return_for_correction(by=reviewer, version=figure.version, reason=link)
    sign_in(desktop, officer)
    for address in ("/isian/", entry_address(BINANGUN)):
        desktop.goto(address)
        found += sideways(desktop, sizes)
    assert not found, "\n".join(found)


# Bytes


def bytes_of_first_load(context, address) -> tuple[int, list[str]]:
    """Everything that a first visit transfers, headers included, as the browser counts it.

    The live server sends static files uncompressed; they count as WhiteNoise compresses them.
    """
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    addresses, sizes = {}, {}
    session.on(
        "Network.requestWillBeSent",
        lambda event: addresses.__setitem__(event["requestId"], event["request"]["url"]),
    )
    session.on(
        "Network.loadingFinished",
        lambda event: sizes.__setitem__(event["requestId"], event["encodedDataLength"]),
    )
    page.goto(address, wait_until="networkidle")
    for request, url in addresses.items():
        if "/static/" in url:
            file = Path(finders.find(urlsplit(url).path.removeprefix(settings.STATIC_URL)))
            sizes[request] -= file.stat().st_size - len(brotli.compress(file.read_bytes()))
    lines = [f"{size:>8.0f}  {addresses[request]}" for request, size in sizes.items()]
    return sum(sizes.values()), lines


@pytest.mark.parametrize("screen", ["phone", "desktop"], indirect=True)
def test_village_page_is_small(screen):
    total, lines = bytes_of_first_load(screen.context, f"/desa/{LANGENSARI}/")
    assert len(lines) >= 2, lines
    assert total < VILLAGE_PAGE_LIMIT, "\n".join([f"{total:.0f} bytes", *lines])


@pytest.mark.parametrize("screen", ["phone", "desktop"], indirect=True)
def test_first_load_of_the_home_page_is_small(screen):
    total, lines = bytes_of_first_load(screen.context, "/")
    assert total < FIRST_LOAD_LIMIT, "\n".join([f"{total:.0f} bytes", *lines])


def test_second_visit_transfers_hardly_anything(phone):
    phone.goto(f"/desa/{LANGENSARI}/")
    with phone.expect_response(f"**/desa/{LANGENSARI}/") as answer:
        phone.goto(f"/desa/{LANGENSARI}/")
    assert answer.value.request.sizes()["responseBodySize"] < 20 * 1024


# Keyboard


FOCUSED = """() => {
  const node = document.activeElement, style = getComputedStyle(node);
  const { top, bottom, left, right } = node.getBoundingClientRect();
  const shown = bottom > 0 && right > 0 && top < innerHeight && left < innerWidth;
  const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  // A place on the map is outlined itself.
  const circle = node.querySelector?.(".map-circle");
  const ringed = circle && parseFloat(getComputedStyle(circle).strokeWidth) >= 3;
  return { name: `${node.tagName} ${node.textContent.trim().slice(0, 30)}`,
           seen: Boolean(shown && (outlined || ringed)), isBody: node === document.body };
}"""


def test_skip_link_leads_past_the_navigation(desktop):
    desktop.goto("/")
    desktop.keyboard.press("Tab")
    skip = desktop.get_by_role("link", name="Langsung ke isi")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    desktop.keyboard.press("Enter")
    desktop.keyboard.press("Tab")
    assert desktop.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_focus_is_always_visible(pages):
    page, addresses = pages
    found = []
    for address in addresses[:4]:
        page.goto(address)
        for _ in range(80):
            page.keyboard.press("Tab")
            focused = page.evaluate(FOCUSED)
            if focused["isBody"]:
                break
            if not focused["seen"]:
                found.append(f"{address}: {focused['name']}")
    assert not found, "\n".join(found)


@pytest.mark.parametrize("java_script_enabled", [True, False], ids=["js", "no-js"])
def test_menu_opens_on_a_phone(phone):
    phone.goto("/")
    links = phone.get_by_role("navigation", name="Navigasi utama (menu)")
    expect(links).to_be_hidden()
    phone.locator(".menu summary").tap()
    expect(links).to_be_visible()
    links.get_by_role("link", name="Desa/Kelurahan").tap()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Desa dan kelurahan")

"""Photos on a weak line: shrunk in the browser, sent with progress, kept when the line breaks."""

import io
import json
import re
import socket
import struct
import threading
from contextlib import contextmanager, suppress
from datetime import date
from functools import cache, partial
from urllib.parse import urlsplit

import pytest
from PIL import ExifTags, Image
from playwright.sync_api import Route, expect

from areas.models import Activity, ActivityPhoto, Evidence, FigureEvent, Programme, Status
from kotaku.models import User
from meetings.models import Article, Attachment, Meeting
from tests.browser.steps import photo, sign_out
from tests.browser.test_entry_on_a_phone import (
    AREA,
    FORM,
    LANGENSARI,
    SAVE,
    SUBMIT,
    expect_submitted,
    figure,
    press,
)

TAKEN = date(2025, 11, 2)
LINE_CUT = "Sambungan terputus, isian belum terkirim."

pytestmark = pytest.mark.usefixtures("sample_site")


def exif(orientation=1, taken="2025:11:02 14:03:22") -> Image.Exif:
    """What a phone writes: orientation, time, place and model."""
    found = Image.Exif()
    found[ExifTags.Base.Orientation] = orientation
    found[ExifTags.Base.Model] = "HP Murah 5"
    found.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = taken
    found.get_ifd(ExifTags.IFD.GPSInfo).update(
        {1: "S", 2: (7.0, 22.0, 11.0), 3: "E", 4: (108.0, 32.0, 1.0)}
    )
    return found


@cache
def large(orientation=1) -> bytes:
    """A JPEG of 12 megapixels, some 4 MB, red in its upper left quarter as it is stored."""
    grain = Image.effect_noise((1000, 750), 25).resize((4000, 3000))
    picture = Image.merge("RGB", [grain] * 3)
    picture.paste("red", (0, 0, 2000, 1500))
    content = io.BytesIO()
    picture.save(content, "JPEG", quality=92, exif=exif(orientation))
    return content.getvalue()


def from_camera(name="IMG_1.jpg", orientation=1) -> dict:
    return {"name": name, "mimeType": "image/jpeg", "buffer": large(orientation)}


def opened(stored) -> Image.Image:
    """Return a stored picture; it names no place, no phone, and turns by nothing."""
    with stored.file.open("rb") as file:
        content = file.read()
    assert b"GPS" not in content
    assert b"HP Murah" not in content
    picture = Image.open(io.BytesIO(content))
    assert dict(picture.getexif()) == {}
    picture.load()
    return picture


@pytest.fixture(autouse=True)
def expected_problems(page_problems):
    """Errors in a form are answered with a status that says so; a line that is cut is one."""
    for text in ("status of 4", "status of 502", "ERR_CONNECTION", "ERR_EMPTY", "ERR_FAILED"):
        page_problems.allow(text)


@pytest.fixture
def officer():
    return User.objects.get(username="desa-langensari")


@pytest.fixture
def form(phone, sign_in, officer):
    """The phone with the empty form of Langensari's 2019 open."""
    sign_in(phone, officer)
    phone.goto(FORM)
    return phone


def choose(page, *files):
    """Choose files and wait until they are shrunk."""
    page.locator("input[type=file]").set_input_files(list(files))
    expect(page.get_by_text("sedang diperkecil")).to_have_count(0)


def body_sizes(page) -> list[int]:
    """Return a list that gets the size of each form that is sent with files from now on."""
    sizes = []

    def note(request):
        if request.method == "POST":
            sizes.append(int(request.all_headers()["content-length"]))

    page.on("requestfinished", note)
    return sizes


# Smaller, upright, with its day and without its place


def test_photo_of_12_megapixels_is_sent_small_with_its_day_and_without_its_place(form):
    sizes = body_sizes(form)
    form.get_by_label(AREA).fill("3,2")
    choose(form, from_camera(orientation=6))
    expect(form.locator(".files li")).to_contain_text("difoto 2 November 2025")
    press(form, SUBMIT)
    expect_submitted(form, "3,20 Ha")
    assert [size for size in sizes if size > 400_000] == []
    (evidence,) = Evidence.objects.filter(figure=figure())
    assert evidence.taken_on == TAKEN
    picture = opened(evidence)
    assert picture.size == (1200, 1600)
    # Turned clockwise, the red quarter is at the upper right.
    assert picture.convert("RGB").getpixel((1100, 100))[2] < 100 < picture.getpixel((100, 100))[2]
    expect(form.get_by_text("difoto 2 November 2025 menurut ponsel")).to_be_visible()


def test_reviewer_sees_the_day_of_the_photo(form, desktop, sign_in):
    form.get_by_label(AREA).fill("3,2")
    choose(form, from_camera())
    press(form, SUBMIT)
    expect_submitted(form, "3,20 Ha")
    sign_in(desktop, User.objects.get(username="bappeda"))
    desktop.goto(f"/verifikasi/{figure().pk}/")
    expect(desktop.locator("main")).to_contain_text("difoto 2 November 2025 menurut ponsel")


def test_small_photos_and_documents_are_sent_as_they_are(form):
    pdf = {
        "name": "sk.pdf",
        "mimeType": "application/pdf",
        "buffer": b"%PDF-1.4\n" + b"x" * 900_000 + b"\n%%EOF\n",
    }
    form.get_by_label(AREA).fill("3,2")
    choose(form, photo(), pdf)
    press(form, SAVE)
    expect(form.locator(".flash")).to_contain_text("Draf tersimpan")
    # The phone has forgotten them: they are not chosen once more.
    expect(form.locator(".files li")).to_have_count(0)
    first, second = Evidence.objects.filter(figure=figure())
    assert (first.size_bytes, first.taken_on) == (len(photo()["buffer"]), None)
    assert second.size_bytes == len(pdf["buffer"])


@pytest.mark.parametrize("java_script_enabled", [False], ids=["no-js"])
def test_without_scripts_the_server_reads_the_day_and_removes_the_place(form):
    expect(form.get_by_text("masing-masing paling besar 5 MB")).to_be_visible()
    form.get_by_label(AREA).fill("3,2")
    form.get_by_label("Bukti dukung").set_input_files([from_camera()])
    press(form, SUBMIT)
    expect_submitted(form, "3,20 Ha")
    (evidence,) = Evidence.objects.filter(figure=figure())
    assert evidence.taken_on == TAKEN
    assert opened(evidence).size == (4000, 3000)


def test_every_other_form_with_photos_shrinks_them_too(desktop, sign_in):
    sign_in(desktop, User.objects.get(username="bappeda"))
    sizes = body_sizes(desktop)
    activity = Activity.objects.exclude(photos=None).first()
    before = activity.photos.count()
    desktop.goto(f"/rencana/{activity.pk}/")
    desktop.get_by_label("Keadaan", exact=True).select_option("50")
    choose(desktop, from_camera())
    press(desktop, "Tambah foto")
    expect(desktop.locator(".flash")).to_contain_text("Foto tersimpan.")
    expect(desktop.get_by_text("difoto 2 November 2025 menurut ponsel")).to_be_visible()
    assert activity.photos.count() == before + 1
    assert ActivityPhoto.objects.get(taken_on=TAKEN)

    meeting = Meeting.objects.filter(programme__is_sample=True).first()
    desktop.goto(f"/rakor/{meeting.pk}/")
    desktop.get_by_text("Tambah lampiran").click()
    choose(desktop, from_camera())
    press(desktop, "Lampirkan")
    expect(desktop.locator(".flash")).to_contain_text("Lampiran tersimpan.")
    expect(desktop.get_by_text("difoto 2 November 2025 menurut ponsel")).to_be_visible()
    opened(Attachment.objects.get(taken_on=TAKEN))

    desktop.goto(f"/rakor/{meeting.pk}/berita/")
    choose(desktop, from_camera())
    press(desktop, "Simpan dan lihat pratinjau")
    # Refused for its missing caption: the photo need not be chosen again.
    expect(desktop.locator(".summary")).to_contain_text("Tulis keterangan foto")
    expect(desktop.get_by_text("Foto perlu dipilih lagi.")).to_have_count(0)
    desktop.get_by_label("Keterangan foto").fill("Jalan lingkungan")
    press(desktop, "Simpan dan lihat pratinjau")
    expect(desktop.locator(".flash")).to_contain_text("Berita tersimpan.")
    assert Article.objects.get(photo_caption="Jalan lingkungan").photo
    assert len(sizes) == 4
    assert max(sizes) <= 400_000


# The answer is the server's


def test_answer_progress_address_and_back_button_are_those_of_an_ordinary_form(form):
    form.evaluate(
        """() => {
          window.seen = [];
          new MutationObserver(() => {
            const bar = document.querySelector("progress");
            if (bar) window.seen.push(document.querySelector(".busy").textContent);
          }).observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
        }"""
    )
    form.get_by_label(AREA).fill("salah")
    choose(form, from_camera())
    press(form, SUBMIT)
    expect(form.locator(".summary")).to_be_focused()
    assert "/isian/2019/pengajuan/" in form.url
    assert "Sedang dikirim" in json.dumps(form.evaluate("window.seen"))
    expect(form).to_have_title(re.compile("Perlu diperbaiki"))
    # The page's scripts run again: the hectares are read out while typing.
    form.get_by_label(AREA).fill("3,2")
    expect(form.locator("output.reading")).to_contain_text("= 3,20 Ha")
    form.go_back()
    expect(form).to_have_url(re.compile(re.escape(FORM)))
    expect(form.locator(".summary")).to_have_count(0)
    expect(form.locator(".thumbs b")).to_have_text(["IMG_1.jpg"])
    form.get_by_label(AREA).fill("3,2")
    press(form, SUBMIT)
    expect_submitted(form, "3,20 Ha")
    assert Evidence.objects.filter(figure=figure()).count() == 1


def test_photos_are_added_one_by_one_and_can_be_dropped(form):
    choose(form, photo("satu.jpg"))
    choose(form, photo("dua.jpg", "#992211"))
    choose(form, photo("tiga.jpg", "#112299"))
    form.get_by_role("button", name="Buang dua.jpg").click()
    form.get_by_label(AREA).fill("3,2")
    press(form, SAVE)
    expect(form.locator(".thumbs b")).to_have_text(["satu.jpg", "tiga.jpg"])


# The line breaks


@contextmanager
def cutting_line(base_url):
    """A line to the site that ends after `line.cut_after` bytes of a large request, if that is set."""
    target = urlsplit(base_url)
    server = socket.create_server((target.hostname, 0))
    url = f"http://{target.hostname}:{server.getsockname()[1]}"
    line = CuttingLine(url, (target.hostname, target.port))

    def accept():
        with suppress(OSError):
            while True:
                threading.Thread(target=line.carry, args=(server.accept()[0],), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    yield line
    server.close()


class CuttingLine:
    """Carries bytes between browser and site."""

    def __init__(self, url, target):
        self.url, self.target = url, target
        self.cut_after = None

    def carry(self, client):
        site = socket.create_connection(self.target)
        threading.Thread(target=self._pass_on, args=(site, client, False), daemon=True).start()
        self._pass_on(client, site, True)

    def _pass_on(self, source, sink, is_request):
        passed = 0
        with suppress(OSError):
            while part := source.recv(16384):
                passed = passed + len(part) if b"multipart/form-data" not in part else len(part)
                if is_request and self.cut_after and passed > self.cut_after:
                    break
                sink.sendall(part)
        for end in (source, sink):
            with suppress(OSError):
                if self.cut_after:
                    # Reset instead of a proper end.
                    end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                else:
                    end.shutdown(socket.SHUT_RDWR)
            end.close()


@pytest.fixture
def line(base_url, page_problems):
    with cutting_line(base_url) as found:
        page_problems.allow(f"foreign host: {found.url}")
        yield found


@pytest.fixture
def weak(line, form):
    """The phone with the form open, over the line that can be cut."""
    form.goto(line.url + FORM)
    return form


def cut(page, line, share):
    """Submit a figure with a photo; the line ends when this share of it is sent."""
    page.get_by_label(AREA).fill("3,2")
    page.get_by_label("Catatan").fill("Baris satu\nBaris dua — “kutipan” & <b>")
    choose(page, from_camera())
    size = page.evaluate("document.querySelector('input[type=file]').files[0].size")
    line.cut_after = int(size * share)
    press(page, SUBMIT)
    expect(page.get_by_role("alert")).to_contain_text(LINE_CUT)
    line.cut_after = None
    assert figure() is None


def expect_all_sent(page):
    expect_submitted(page, "3,20 Ha")
    assert figure().note == "Baris satu\nBaris dua — “kutipan” & <b>"
    (evidence,) = Evidence.objects.filter(figure=figure())
    assert (evidence.name, evidence.taken_on) == ("IMG_1.jpg", TAKEN)
    assert FigureEvent.objects.filter(figure=figure(), kind="submitted").count() == 1


@pytest.mark.parametrize("share", [0.3, 0.9])
def test_line_cut_while_sending_loses_nothing_and_sends_again(weak, line, share, assert_accessible):
    cut(weak, line, share)
    expect(weak.get_by_role("alert")).to_contain_text("1 foto tersimpan di perangkat ini")
    assert_accessible(weak)
    press(weak, "Kirim lagi")
    expect_all_sent(weak)
    # What is sent is not offered once more.
    weak.goto(line.url + FORM)
    expect(weak.locator(".big-number")).to_have_text("3,20 Ha")
    assert kept_on(weak) == 0


@pytest.mark.parametrize("share", [0.3, 0.9])
def test_line_cut_and_page_closed_loses_nothing_and_sends_again(weak, line, share):
    cut(weak, line, share)
    weak.goto("about:blank")
    weak.goto(line.url + FORM)
    offer = weak.get_by_role("status").filter(has_text="belum terkirim")
    expect(offer).to_contain_text("Isian ini belum terkirim, dengan 1 foto.")
    expect(weak.get_by_text("isian yang belum tersimpan.")).to_have_count(0)
    press(weak, "Kirim lagi")
    expect_all_sent(weak)
    assert kept_on(weak) == 0


def test_kept_form_can_be_looked_at_first_or_thrown_away(weak, line, assert_accessible):
    cut(weak, line, 0.5)
    weak.reload()
    expect(weak.get_by_role("button", name="Kirim lagi")).to_be_visible()
    assert_accessible(weak)
    press(weak, "Pulihkan dulu")
    expect(weak.get_by_label(AREA)).to_have_value("3,2")
    expect(weak.locator(".files li")).to_contain_text("difoto 2 November 2025")
    weak.reload()
    press(weak, "Buang")
    weak.reload()
    expect(weak.get_by_label("Bukti dukung")).to_be_visible()
    expect(weak.get_by_text("belum terkirim")).to_have_count(0)
    assert kept_on(weak) == 0


def test_answer_of_a_server_at_rest_loses_nothing_and_a_lost_one_is_not_sent_twice(form):
    form.get_by_label(AREA).fill("3,2")
    choose(form, from_camera())
    words = {
        413: "terlalu besar untuk dikirim sekaligus",
        502: "Server sedang sibuk",
        200: LINE_CUT,
    }
    for status, sentence in words.items():
        # The server in front of the site, or the page of a Wi-Fi network that wants to be paid.
        answer = {"status": status, "body": "<h1>Bad Gateway</h1>", "content_type": "text/html"}
        form.route("**/pengajuan/**", partial(Route.fulfill, **answer))
        press(form, "Kirim lagi" if status != 413 else SUBMIT)
        expect(form.get_by_role("alert")).to_contain_text(sentence)
        expect(form.get_by_role("alert")).to_contain_text("1 foto tersimpan di perangkat ini")
        form.unroute("**/pengajuan/**")

    # The line breaks after everything has arrived: the phone cannot know, the server does.

    def lose(route):
        route.fetch(max_redirects=0)
        route.abort("connectionreset")

    form.route("**/pengajuan/**", lose)
    press(form, "Kirim lagi")
    expect(form.get_by_role("alert")).to_contain_text(LINE_CUT)
    assert figure().status == Status.SUBMITTED
    form.unroute("**/pengajuan/**")
    press(form, "Kirim lagi")
    expect(form.locator(".big-number")).to_have_text("3,20 Ha")
    assert FigureEvent.objects.filter(figure=figure(), kind="submitted").count() == 1
    assert Evidence.objects.filter(figure=figure()).count() == 1


# One phone, two accounts


def kept_on(page) -> int:
    """Count what the phone keeps, of every account."""
    return page.evaluate(
        """() => new Promise((done) => {
          const opening = indexedDB.open("kotaku");
          opening.onsuccess = () => {
            const base = opening.result;
            if (!base.objectStoreNames.length) return done(0);
            const counting = base.transaction("unsent-forms").objectStore("unsent-forms").count();
            counting.onsuccess = () => { base.close(); done(counting.result); };
          };
        })"""
    )


def test_another_account_on_the_phone_sees_nothing_and_signing_out_deletes_it(
    weak, line, sign_in, officer
):
    cut(weak, line, 0.5)
    colleague = User.objects.get(username="desa-raharja")
    baselines = Programme.objects.current().baselines
    baselines.get(village__code=LANGENSARI).village.officers.add(colleague)
    sign_in(weak, colleague)
    weak.goto(line.url + FORM)
    expect(weak.get_by_label("Bukti dukung")).to_be_visible()
    assert kept_on(weak) > 0
    expect(weak.get_by_text("belum terkirim")).to_have_count(0)
    weak.goto(line.url + "/akun/")
    expect(weak.get_by_text("belum terkirim")).to_have_count(0)
    sign_out(weak)

    # The first one finds it again, is told before signing out, and leaves nothing behind.
    sign_in(weak, officer)
    weak.goto(line.url + FORM)
    expect(weak.get_by_text("belum terkirim")).to_be_visible()
    weak.goto(line.url + "/akun/")
    expect(weak.get_by_text("belum terkirim")).to_be_visible()
    sign_out(weak)
    assert kept_on(weak) == 0

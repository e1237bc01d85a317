"""Each job on a weak line, 400 kbit/s and 300 ms: how many taps and fields it takes, and that pages stay still."""

import re
import time

import pytest
from playwright.sync_api import expect

from areas.models import Assessment, Evidence, Status, YearlyFigure
from kotaku.models import User
from meetings.models import FollowUp
from tests.browser.steps import entry_address
from tests.browser.test_photos import from_camera

LANGENSARI = "32.79.04.2001"
BYTES_PER_SECOND, LATENCY_MS = 400_000 / 8, 300
# How long a page may take here: a busy machine shrinks a photo many times slower than a phone.
PATIENCE_MS = 180_000
SHIFT_LIMIT = 0.05
# From the home page of who is signed in; the reviewer's second line is the next figure.
JOBS = {
    # job: (taps, fields typed or chosen, pages loaded)
    "sign in": (3, 2, 2),
    "hand in the yearly figure with a photo": (2, 2, 2),
    "fill in a step of an assessment": (2, 2, 2),
    "report the progress of a follow-up": (2, 1, 2),
    "verify a figure": (4, 0, 3),
    "verify the next figure": (2, 0, 1),
}

pytestmark = pytest.mark.usefixtures("sample_site")


def weaken(page) -> None:
    """Give the page a line of 400 kbit/s and 300 ms."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    line = {"downloadThroughput": BYTES_PER_SECOND, "uploadThroughput": BYTES_PER_SECOND}
    line |= {"offline": False, "latency": LATENCY_MS}
    session.send("Network.emulateNetworkConditions", line)


class Hand:
    """What a person does from the opening of a job to its end, counted."""

    def __init__(self, page, record) -> None:
        self.page, self.record = page, record
        self.job, self.done = "", {}
        page.on("response", self._note_page)

    def begin(self, job: str) -> None:
        """Count for this job from now on; its first page is there already."""
        self.job, self.done[job] = job, [0, 0, 0, time.monotonic()]

    def end(self, sign) -> None:
        """The job is done when this part of the page is seen."""
        expect(sign).to_be_visible(timeout=PATIENCE_MS)
        taps, fields, pages, began = self.done[self.job]
        self.record(self.job, f"{time.monotonic() - began:.1f} s")
        self.done[self.job] = (taps, fields, pages)

    def _note_page(self, response) -> None:
        if response.request.is_navigation_request() and response.status not in (302, 303):
            self._count(2)

    def _count(self, column: int) -> None:
        if isinstance(self.done.get(self.job), list):
            self.done[self.job][column] += 1

    def tap(self, target) -> None:
        self._count(0)
        target.tap(timeout=PATIENCE_MS)

    def press(self, name: str) -> None:
        self.tap(self.page.get_by_role("button", name=name, exact=True))

    def type(self, field, text: str) -> None:
        self._count(1)
        field.fill(text, timeout=PATIENCE_MS)

    def choose(self, field, file) -> None:
        self._count(1)
        field.set_input_files([file], timeout=PATIENCE_MS)


@pytest.fixture
def hand(phone, record_property):
    """A hand on the phone; how long each job took goes into the report of the tests."""
    phone.set_default_navigation_timeout(PATIENCE_MS)
    weaken(phone)
    return Hand(phone, record_property)


def link(page, words):
    return page.get_by_role("region", name="Pekerjaan saya").get_by_role("link", name=words).first


def said(page, words):
    return page.locator(".flash").filter(has_text=words)


def test_every_job_takes_few_taps_on_a_weak_line(phone, hand, sign_in):
    officer = User.objects.get(username="desa-langensari")
    phone.goto("/desa/")
    hand.begin("sign in")
    hand.tap(phone.locator(".menu summary"))
    hand.tap(phone.locator(".menu").get_by_role("link", name="Masuk"))
    hand.type(phone.get_by_label("Nama pengguna"), officer.username)
    hand.type(phone.get_by_label("Kata sandi", exact=True), "contoh-banjar-2016")
    hand.press("Masuk")
    hand.end(phone.get_by_role("region", name="Pekerjaan saya"))

    hand.begin("hand in the yearly figure with a photo")
    hand.tap(link(phone, re.compile(r"tahun \d{4} belum diajukan$")))
    hand.type(phone.get_by_label(re.compile("^Sisa luas kumuh")), "3,2")
    hand.choose(phone.get_by_label("Bukti dukung"), from_camera())
    # A person presses later than the scripts of the page arrive; a test may be faster.
    expect(phone.locator(".files li")).to_be_visible(timeout=PATIENCE_MS)
    hand.press("Ajukan untuk verifikasi")
    hand.end(said(phone, "sudah diajukan"))
    figure = YearlyFigure.objects.get(status=Status.SUBMITTED, baseline__village__code=LANGENSARI)
    assert Evidence.objects.get(figure=figure).size_bytes < 400_000

    phone.goto("/")
    draft = Assessment.objects.editable_by(officer).get(status=Status.DRAFT)
    hand.begin("fill in a step of an assessment")
    hand.tap(link(phone, f"Lanjutkan penilaian {draft}"))
    fields = phone.locator("main form input[type=text]")
    expect(fields.first).to_be_visible(timeout=PATIENCE_MS)
    for field in fields.all():
        hand.type(field, "0")
    hand.press("Simpan dan lanjut")
    hand.end(said(phone, "Tersimpan:"))
    version, draft = draft.version, Assessment.objects.get(pk=draft.pk)
    assert draft.version == version + 1

    phone.goto("/")
    task = FollowUp.objects.of(officer).open().first()
    hand.begin("report the progress of a follow-up")
    hand.tap(link(phone, re.compile("^Tindak lanjut: ")))
    hand.type(phone.get_by_label("Apa yang sudah dikerjakan?"), "Sudah diukur.")
    hand.press("Catat kemajuan")
    hand.end(said(phone, "Kemajuan tercatat."))
    assert task.notes.filter(text="Sudah diukur.").exists()

    sign_in(phone, User.objects.get(username="bappeda"))
    phone.goto("/")
    hand.begin("verify a figure")
    hand.tap(link(phone, "isian menunggu verifikasi"))
    hand.tap(phone.locator(".queue__row").first.get_by_role("link").first)
    hand.tap(phone.get_by_label("Saya sudah memeriksa tanda di atas"))
    hand.press("Verifikasi")
    hand.end(said(phone, "terverifikasi"))
    hand.begin("verify the next figure")
    first = said(phone, "terverifikasi").inner_text()
    hand.tap(phone.get_by_label("Saya sudah memeriksa tanda di atas"))
    hand.press("Verifikasi")
    hand.end(said(phone, "terverifikasi").filter(has_not_text=first))
    assert hand.done == JOBS


SHIFTS = """
  window.shift = { sum: 0, moved: [] };
  new PerformanceObserver((list) => {
    for (const each of list.getEntries()) {
      if (each.hadRecentInput) continue;
      window.shift.sum += each.value;
      for (const { node, previousRect: from, currentRect: to } of each.sources) {
        const size = ({ x, y, width, height }) => [x, y, width, height].map(Math.round).join(" ");
        window.shift.moved.push(`${(node?.outerHTML ?? "?").slice(0, 60)} ${size(from)} → ${size(to)}`);
      }
    }
  }).observe({ type: "layout-shift", buffered: true });
"""


@pytest.mark.parametrize("screen", ["phone", "desktop"], indirect=True)
def test_pages_stay_still_while_they_load(screen, sign_in):
    """The sum of all layout shifts, without cached files, so that whatever comes late is seen."""
    sign_in(screen, User.objects.get(username="desa-langensari"))
    weaken(screen)
    session = screen.context.new_cdp_session(screen)
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    screen.set_default_navigation_timeout(PATIENCE_MS)
    screen.add_init_script(SHIFTS)
    found = []
    form = entry_address(LANGENSARI)
    for address in ("/", f"/desa/{LANGENSARI}/", form, "/isian/", "/banding/"):
        screen.goto(address, wait_until="networkidle")
        shift = screen.evaluate("window.shift")
        if shift["sum"] > SHIFT_LIMIT:
            found.append(f"{address}: {shift}")
    # What such a shift looks like: something on top that comes late.
    screen.evaluate("document.body.prepend(document.querySelector('main').cloneNode(true))")
    screen.wait_for_function(f"window.shift.sum > {SHIFT_LIMIT}")
    assert not found, "\n".join(found)

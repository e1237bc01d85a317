"""Chromium for the tests: pytest-playwright's fixtures, set up for our users' devices.

    def test_officer_enters_a_figure(phone, sign_in, officer, assert_accessible):
        sign_in(phone, officer)
        phone.goto("/isian/")
        assert_accessible(phone)

`phone` and `desktop` are Playwright pages of separate visitors, so one test can hold both. Any
console error, failed request or request to a foreign host fails the test. Everything here also
runs without JavaScript:

    @pytest.mark.parametrize("java_script_enabled", [True, False], ids=["js", "no-js"])
"""

import os
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.db import connection
from django.test import Client
from playwright.sync_api import expect

from areas.sample.figures import load_sample
from areas.sample.reference import load_reference
from meetings.sample.reference import load_meeting_of_2016
from meetings.sample.sample import load_sample_meeting
from tests.harness import find_chromium, in_ci
from tests.kept_database import KeptDatabase

# A small Android phone, 360 CSS pixels wide, and a window on a desk.
SCREENS = {
    "phone": {
        "viewport": {"width": 360, "height": 740},
        "device_scale_factor": 2,
        "has_touch": True,
        "is_mobile": True,
    },
    "desktop": {"viewport": {"width": 1280, "height": 900}},
}

# What waits on a phone is tried again after 20 seconds; a busy machine takes its time too.
expect.set_options(timeout=30_000)


def pytest_itemcollected(item):
    item.add_marker("browser")


@pytest.fixture(scope="session", autouse=True)
def allow_database_beside_playwright():
    """Playwright keeps an event loop in this thread; Django would refuse the database there."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(scope="session")
def base_url(live_server):
    return live_server.url


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Debian's Chromium, kept from calling home."""
    chromium = find_chromium()
    if not chromium:
        (pytest.fail if in_ci() else pytest.skip)("no Chromium found")
    quiet = ["background-networking", "component-update", "sync", "gpu", "quic"]
    return browser_type_launch_args | {
        "executable_path": chromium,
        "args": ["--no-sandbox", "--no-first-run", *(f"--disable-{feature}" for feature in quiet)],
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return browser_context_args | {"locale": "id-ID", "timezone_id": "Asia/Jakarta"}


@pytest.fixture
def java_script_enabled():
    """Parametrize a test with this name to run it without JavaScript."""
    return True


@pytest.fixture
def new_context(new_context, java_script_enabled, page_problems):
    """As Playwright's, with every page of it watched. One context is one visitor."""

    def new_watched_context(**options):
        # Only tests of the service worker ask for it: with one, a page loads more than itself.
        usual = {"java_script_enabled": java_script_enabled, "service_workers": "block"}
        context = new_context(**usual | options)
        page_problems.watch(context)
        return context

    return new_watched_context


@pytest.fixture
def sample_site(transactional_db, kept_sample):
    """The site as `make run` shows it: reference and sample data in the live server's database."""
    kept_sample.bring()


@pytest.fixture(scope="session")
def kept_sample(tmp_path_factory):
    """The sample of this process: loaded once, then brought back as it was."""
    return KeptSample(tmp_path_factory.mktemp("sample") / "database")


class KeptSample:
    """Reference and sample data, kept as a copy of database and files: loading takes seconds."""

    def __init__(self, database: Path) -> None:
        self.database = KeptDatabase(database)
        self.files: dict[Path, bytes] = {}

    def bring(self) -> None:
        """Put the sample into the empty database, and its files to their places."""
        if self.database.bring(connection):
            for path, content in self.files.items():
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
            return
        load_reference()
        load_meeting_of_2016()
        load_sample()
        load_sample_meeting()
        self.database.keep(connection)
        media = Path(settings.MEDIA_ROOT)
        self.files = {path: path.read_bytes() for path in media.rglob("*") if path.is_file()}


@pytest.fixture
def phone(new_context):
    """A page on a small Android phone, 360 CSS pixels wide."""
    return new_context(**SCREENS["phone"]).new_page()


@pytest.fixture
def desktop(new_context):
    """A page in a window 1280 pixels wide."""
    return new_context(**SCREENS["desktop"]).new_page()


@pytest.fixture(params=list(SCREENS))
def new_visitor(request, new_context):
    """`new_visitor()`: a page of one more visitor; all of them on phones, then all at desks."""
    return lambda: new_context(**SCREENS[request.param]).new_page()


@pytest.fixture(params=["phone", "desktop"])
def screen(request, new_context):
    """Both, one after the other. (`new_context` is named so that tests can be parametrized.)"""
    return request.getfixturevalue(request.param)


@pytest.fixture
def sign_in(base_url):
    """`sign_in(page, user)`: as if the user had signed in, without walking through the form."""

    def sign_in(page, user):
        client = Client()
        client.force_login(user)
        session = client.cookies[settings.SESSION_COOKIE_NAME]
        page.context.add_cookies([{"name": session.key, "value": session.value, "url": base_url}])

    return sign_in


@pytest.fixture
def assert_accessible(java_script_enabled):
    """`assert_accessible(page)`: no violation of any of axe-core's rules."""

    def assert_accessible(page):
        examined = page if java_script_enabled else open_twin(page)
        found = find_violations(examined)
        if examined is not page:
            examined.context.close()
        if found:
            pytest.fail(f"{page.url} is not accessible:\n" + "\n".join(found), pytrace=False)

    return assert_accessible


def find_violations(page, part: str | None = None, options: dict | None = None) -> list[str]:
    """Each violation of axe-core's rules on the page, or in that part of it, in words.

    `options` are axe-core's own, such as the rules to run.
    """
    page.wait_for_load_state()
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(Axe().axe_script)
    options = {"resultTypes": ["violations"]} | (options or {})
    violations = page.evaluate(
        "async ([part, options]) => (await axe.run(part ?? document, options)).violations",
        [part, options],
    )
    found = []
    for violation in violations:
        nodes = [
            f"    {' '.join(str(part) for part in node['target'])}   {node['html'][:200]}"
            for node in violation["nodes"]
        ]
        found.append("\n".join(["{id} ({impact}): {help}".format_map(violation), *nodes]))
    return found


def open_twin(page):
    """The same document where axe-core, itself a script, can run but the page's scripts do not."""
    twin = page.context.browser.new_context(viewport=page.viewport_size)
    twin.add_cookies(page.context.cookies())
    html = page.content()

    def answer(route):
        if route.request.is_navigation_request():
            route.fulfill(body=html, content_type="text/html; charset=utf-8")
        elif route.request.resource_type == "script":
            route.abort()
        else:
            route.continue_()

    twin.route("**/*", answer)
    twin_page = twin.new_page()
    twin_page.goto(page.url)
    return twin_page


class PageProblems:
    """What went wrong in the browser during one test, apart from what the test allows."""

    def __init__(self, base_url: str) -> None:
        self.host = urlsplit(base_url).netloc
        self.found: list[str] = []
        self.allowed: list[str] = []

    def allow(self, text: str) -> None:
        """Ignore problems that contain this text, such as "status of 404"."""
        self.allowed.append(text)

    def watch(self, context) -> None:
        context.on("console", self.note_console)
        context.on("weberror", lambda error: self.found.append(f"uncaught: {error.error}"))
        context.on("request", self.note_request)
        context.on("requestfailed", self.note_failed_request)

    def note_console(self, message) -> None:
        if message.type == "error":
            self.found.append(f"console: {message.text} ({message.location.get('url')})")

    def note_request(self, request) -> None:
        address = urlsplit(request.url)
        if address.scheme in ("http", "https") and address.netloc != self.host:
            self.found.append(f"foreign host: {request.url}")

    def note_failed_request(self, request) -> None:
        # Aborted is what a download looks like, and whatever still loads when a page is left.
        if "ERR_ABORTED" not in (request.failure or ""):
            self.found.append(f"failed: {request.method} {request.url} {request.failure}")

    def unexpected(self) -> list[str]:
        return [text for text in self.found if not any(part in text for part in self.allowed)]


@pytest.fixture
def page_problems(base_url):
    """The problems of all pages of the test; at its end there must be none unexpected."""
    problems = PageProblems(base_url)
    yield problems
    if unexpected := problems.unexpected():
        pytest.fail("The browser reports:\n" + "\n".join(unexpected), pytrace=False)

"""axe-core on many pages of one visitor: each violation is told once, with the pages it is on.

Contrast is what takes axe-core's time, so each page gets all rules once, on a phone in light. At a
desk follow the rules without colours, and the colours of what is within `main`, in dark as well.
"""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import find_violations

PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
WITHOUT_COLOURS = {"rules": {"color-contrast": {"enabled": False}}}
ONLY_COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"]}
# Opens what is folded; returns what is drawn, and whether it is the page's only `main`.
OPENED = """() => {
  document.querySelectorAll('main details').forEach((one) => (one.open = true));
  const mains = document.querySelectorAll('main');
  return [(mains[0] ?? document.body).outerHTML, mains.length === 1];
}"""
# What differs each time that the same page is drawn.
CHANGING = re.compile(r'value="[0-9A-Za-z]{64}"|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}')


class Examiner:
    """Collects what axe-core finds on one visitor's pages."""

    def __init__(self, page):
        self.page = page
        # A page that brings axe-core along takes less time than one that is sent it afterwards.
        page.add_init_script(Axe().axe_script)
        self.found = {}
        self.seen = set()

    def open(self, address: str, *, dark=True, **how):
        """Go to a page and examine it."""
        answer = self.page.goto(address)
        self.look(name=address, dark=dark, **how)
        return answer

    def look(
        self, name: str, *, dark=False, whole=False, colours=True, part=None, sizes=(PHONE, DESK)
    ):
        """Examine the page as it is now; what looks the same as one before is left out.

        `whole` examines all colours, of header and footer as well, in both schemes at both sizes.
        Without `dark` only the light scheme is examined, without `colours` no contrast at all.
        """
        self.page.wait_for_load_state()  # A page that has just begun has no body yet.
        drawn, has_main = self.page.evaluate(OPENED)
        drawn = hash((CHANGING.sub("", drawn), str(part)))
        if drawn in self.seen and not whole:
            return
        self.seen.add(drawn)
        main = part or ("main" if has_main else None)
        for size in sizes:
            self.page.set_viewport_size(size)
            is_first = size == sizes[0]
            has_colours = whole or (is_first and colours)
            self.note(name, part, None if has_colours else WITHOUT_COLOURS)
            if dark and (whole or size == sizes[-1]):
                self.page.emulate_media(color_scheme="dark")
                self.note(f"{name} (dark)", part if whole else main, ONLY_COLOURS)
                self.page.emulate_media(color_scheme="light")

    def note(self, name, part, options):
        """Remember what axe-core finds now."""
        width = self.page.viewport_size["width"]
        for violation in find_violations(self.page, part, options):
            self.found.setdefault(violation, []).append(f"{name} ({width} px)")

    def verdict(self):
        """Fail if anything was found on any page."""
        if self.found:
            lines = [
                f"{violation}\n  on {len(places)} pages: {'; '.join(places[:6])}"
                for violation, places in self.found.items()
            ]
            pytest.fail("\n".join(["Not accessible:", *lines]), pytrace=False)

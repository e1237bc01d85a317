"""The developers' gallery draws each component with inputs that fit it."""

import re
from itertools import chain

import pytest

from tests.areas.public.pages import text_of
from tests.test_styles import COMMENT, ROOT, SELECTORS

WITHOUT_LOOK = {
    "components/send_form_scripts.html": "only scripts",
    "components/social.html": "only lines that the head of a page has for WhatsApp and others",
}
# These are around every page, as the reader's device and role have it.
AROUND = {"is-public", "is-staff", "map"}
LAYER = re.compile(r"@layer components \{(.*?)^\}", re.DOTALL | re.MULTILINE)


@pytest.fixture
def gallery(client, settings, db):
    settings.DEBUG = True
    page = client.get("/komponen/")
    assert page.status_code == 200
    return page


def test_gallery_draws_figures_with_number_and_unit(gallery):
    assert "62,10 Ha" in text_of(gallery)


def test_gallery_shows_every_component(gallery):
    templates = ROOT / "templates"
    there = {str(path.relative_to(templates)) for path in templates.glob("components/*.html")}
    shown = {template.name for template in gallery.templates}
    assert sorted(there - shown - set(WITHOUT_LOOK)) == []
    assert sorted(set(WITHOUT_LOOK) - there) == []


def test_gallery_shows_every_block_of_the_style_sheet(gallery):
    """A block is the name before the two lines of its parts (`__`) and variants (`--`)."""
    sheet = COMMENT.sub("", (ROOT / "static/css/app.css").read_text())
    selectors = "".join(chain(*map(SELECTORS.findall, LAYER.findall(sheet))))
    classes = re.findall(r"\.([a-zA-Z][\w-]*)", selectors)
    blocks = {re.split("__|--", name)[0] for name in classes}
    used = " ".join(re.findall(r'class="([^"]*)"', gallery.content.decode()))
    shown = {re.split("__|--", name)[0] for name in used.split()}
    assert len(blocks) > 100
    assert sorted(blocks - shown - AROUND) == []

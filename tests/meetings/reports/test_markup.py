"""The small markup of reports: what it draws, and that nothing else gets through."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.reports.markup import render_body

TAGS = {"p", "h2", "h3", "ul", "ol", "li", "a", "em", "strong", "br"}
NASTY = st.lists(
    st.sampled_from(
        ["<script>", "</script>", "<img src=x onerror=alert(1)>", "[a](javascript:alert(1))",
         "[b](data:text/html,x)", "# ", "- ", "*x*", "**y**", "\n\n", "`code`", "![p](x)", "&lt;",
         '" onmouseover="', "[c](//jahat.example)", "<https://contoh.id>", "1. "]
    )
    | st.text(max_size=10),
    max_size=20,
).map("".join)  # fmt: skip


class Reader(HTMLParser):
    """Collects tags and attributes."""

    def __init__(self):
        super().__init__()
        self.tags, self.attributes = set(), []

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes += attrs


def test_markup_is_drawn():
    html = render_body("# Acara\n\n- satu\n- *dua*\n\n1. **tiga**\n\n[tautan](https://contoh.id)")
    assert "<h2>Acara</h2>" in html
    assert "<li>satu</li>" in html
    assert "<em>dua</em>" in html
    assert "<strong>tiga</strong>" in html
    assert '<a href="https://contoh.id" rel="noopener nofollow">tautan</a>' in html


def test_html_is_shown_as_it_was_typed():
    assert render_body("<b>x</b>") == "<p>&lt;b&gt;x&lt;/b&gt;</p>\n"


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "data:text/html,x", "vbscript:x", "//evil.example"],
)
def test_dangerous_links_are_no_links(address):
    assert "<a" not in render_body(f"[klik]({address})")


@given(NASTY)
def test_nothing_else_gets_through(text):
    reader = Reader()
    reader.feed(render_body(text))
    assert reader.tags <= TAGS
    for name, value in reader.attributes:
        assert name in ("href", "rel", "start")
        if name == "href":
            assert re.match(r"(https?://|mailto:|/)", value, re.IGNORECASE)

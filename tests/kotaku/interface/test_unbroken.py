"""Dates and phone numbers are kept together; everything else may break, and HTML stays text."""

import pytest

from kotaku.interface.unbroken import unbroken


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("sampai 12-03-2026, lalu", ["12-03-2026"]),
        ("pada 1/2/2026", ["1/2/2026"]),
        ("2026-03-12", ["2026-03-12"]),
        ("Kamis, 12 Maret 2026", ["12 Maret 2026"]),
        ("0812-3456-7890 / 0811 2222 333", ["0812-3456-7890", "0811 2222 333"]),
        ("+62 (812) 3456.7890", ["+62 (812) 3456.7890"]),
        ("6281234567890", ["6281234567890"]),
        ("187,95 Ha dari 2016–2019, Rp 1.302.000.000", []),
        ("surat 005/12/2026, NIP 197001012000031001", []),
        ("<b>12-03-2026</b>", ["12-03-2026"]),
    ],
)
def test_what_is_kept_together(text, kept):
    html = str(unbroken(text))
    parts = html.split('<span class="whole">')
    assert [part.partition("</span>")[0] for part in parts[1:]] == kept
    assert "<b>" not in html

"""The texts of mail: what they say is no HTML."""

import re
from pathlib import Path

TEXTS = sorted((Path(__file__).parent.parent.parent.parent / "templates").rglob("*.txt"))


def test_no_text_of_a_mail_escapes_names_and_words():
    """Else "RT 03 & 04" would arrive as "RT 03 &amp; 04"."""
    escaping = {
        path.name
        for path in TEXTS
        if not (
            re.match(r"({% load [a-z ]+ %})?{% autoescape off %}", path.read_text())
            and path.read_text().rstrip().endswith("{% endautoescape %}")
        )
    }
    assert len(TEXTS) > 8
    assert escaping == set()

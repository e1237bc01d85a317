"""Dates and phone numbers that stay on one line, in texts that people write."""

import re

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from kotaku.formats import MONTHS

_NAMES = "|".join(MONTHS)
_WHOLE = re.compile(
    rf"\b\d{{1,2}}\s(?:{_NAMES})\s\d{{4}}\b"
    r"|\b\d{1,2}([-./])\d{1,2}\1\d{4}\b"
    r"|\b\d{4}-\d{2}-\d{2}\b"
    # Eight digits and more, as people group them.
    r"|(?<![\w+])(?:\+?62|0)(?:[ .\-]?\(?\d\)?){7,13}\b",
    re.IGNORECASE,
)


def unbroken(text) -> SafeString:
    """Return the text as HTML in which no line ends within a date or a phone number."""
    escaped = conditional_escape(text)
    spans = _WHOLE.sub(
        lambda found: format_html('<span class="whole">{}</span>', mark_safe(found[0])), escaped
    )
    return mark_safe(spans)

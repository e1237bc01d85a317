"""Signed digests of the values that a form showed when it was opened.

Most records of the admin have no version, so a form sends these digests back. Each field and each
row has its own digest, so a refused form can name which values were changed by others and which
by its own user.
"""

import base64
import hashlib
import json
import time

from django import forms
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core import signing

FIELD = "_shown"
_SALT = "kotaku.admin_site.shown"


def seal(marks: dict) -> str:
    """Return the value of the hidden field: the digests and the current time, signed."""
    return signing.dumps({**marks, "at": time.time()}, salt=_SALT, compress=True)


def unseal(text: str) -> dict | None:
    """Return the digests that a form sent; None if they are missing or not signed by us."""
    try:
        return signing.loads(text, salt=_SALT)
    except signing.BadSignature:
        return None


def fits(shown: dict | None, now: dict) -> bool:
    """Whether a form showed the values that are stored now."""
    return shown is not None and {**shown, "at": 0} == {**now, "at": 0}


def mark(value) -> str:
    """Return the digest of a value."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return base64.b64encode(hashlib.blake2b(text.encode(), digest_size=6).digest()).decode()


def marks_of_form(form, names=None) -> dict[str, str]:
    """Return field → digest for the values of an unbound form."""
    chosen = form.fields if names is None else names
    return {name: mark([texts for _, texts in drawn(form[name])]) for name in chosen}


def marks_of_row(row, names=None) -> dict[str, str]:
    """Return field → digest for the stored values of a row, by default of all fields."""
    kept = getattr(row, "not_part_of_record", ())
    fields = {field.name: field for field in row._meta.concrete_fields if field.name not in kept}
    chosen = fields if names is None else [name for name in names if name in fields]
    return {f"={name}": mark(fields[name].value_to_string(row)) for name in chosen}


def drawn(bound) -> list[tuple[str, list[str]]]:
    """Return each control of an unbound field with the values a browser sends if unchanged."""
    found = _controls(bound.field.widget, bound.html_name, bound.value())
    return [(name, _plain(_texts(widget, value))) for widget, name, value in found]


def typed(bound, data, html_name: str = "") -> list[tuple[str, list[str]]]:
    """Return each control of a field with the values sent for it (as `html_name`, if given)."""
    found = _controls(bound.field.widget, html_name or bound.html_name, None)
    return [(name, _plain(_sent(widget, name, data))) for widget, name, _ in found]


def takes_file(bound) -> bool:
    """Whether a field is for a file, which a form never sends back."""
    return isinstance(bound.field.widget, forms.FileInput)


def _controls(widget, name, value):
    if isinstance(widget, RelatedFieldWidgetWrapper):
        widget = widget.widget
    if not isinstance(widget, forms.MultiWidget):
        yield widget, name, value
        return
    values = value if isinstance(value, list) else widget.decompress(value)
    for suffix, part, each in zip(widget.widgets_names, widget.widgets, values, strict=True):
        yield from _controls(part, f"{name}{suffix}", each)


def _texts(widget, value):
    if isinstance(widget, forms.CheckboxInput):
        return ["on"] if widget.check_test(value) else []
    if isinstance(widget, forms.FileInput):
        return [str(value)] if value else []
    shown = widget.format_value(value)
    return shown if isinstance(shown, list) else [shown]


def _sent(widget, name, data):
    if isinstance(widget, forms.CheckboxInput):
        return ["on"] if widget.value_from_datadict(data, {}, name) else []
    return data.getlist(name)


def _plain(texts) -> list[str]:
    """Normalise values: None equals an empty text, and browsers send CRLF line ends."""
    return sorted(str(text).replace("\r\n", "\n") for text in texts if text not in (None, ""))

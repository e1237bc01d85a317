"""What a form showed when it was opened: signed digests that travel with it.

A form whose record has no version of its own says by these whether the record still is what its
person saw. Each field and each row has a digest of its own, so a refused form can say what has
changed, and what its person has changed.
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
    """Return the hidden field's value for these digests, with the moment at which they were read."""
    return signing.dumps({**marks, "at": time.time()}, salt=_SALT, compress=True)


def unseal(text: str) -> dict | None:
    """Return the digests that a form came with; None when it came without, or with others'."""
    try:
        return signing.loads(text, salt=_SALT)
    except signing.BadSignature:
        return None


def fits(shown: dict | None, now: dict) -> bool:
    """Whether a form showed what is stored now."""
    return shown is not None and {**shown, "at": 0} == {**now, "at": 0}


def mark(value) -> str:
    """Return the digest of a value."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return base64.b64encode(hashlib.blake2b(text.encode(), digest_size=6).digest()).decode()


def marks_of_form(form, names=None) -> dict[str, str]:
    """Return field → digest of what an unbound form shows."""
    chosen = form.fields if names is None else names
    return {name: mark([texts for _, texts in drawn(form[name])]) for name in chosen}


def marks_of_row(row, names=None) -> dict[str, str]:
    """Return field → digest of what is stored in these fields of a row; of all without names."""
    kept = getattr(row, "not_part_of_record", ())
    fields = {field.name: field for field in row._meta.concrete_fields if field.name not in kept}
    chosen = fields if names is None else [name for name in names if name in fields]
    return {f"={name}": mark(fields[name].value_to_string(row)) for name in chosen}


def drawn(bound) -> list[tuple[str, list[str]]]:
    """Return each control of an unbound field with what a browser sends for it unchanged."""
    found = _controls(bound.field.widget, bound.html_name, bound.value())
    return [(name, _plain(_texts(widget, value))) for widget, name, value in found]


def typed(bound, data, html_name: str = "") -> list[tuple[str, list[str]]]:
    """Return each control of a field with what was sent for it, under this name if it has another."""
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
    """Nothing and an empty text are the same; browsers end lines in their own way."""
    return sorted(str(text).replace("\r\n", "\n") for text in texts if text not in (None, ""))

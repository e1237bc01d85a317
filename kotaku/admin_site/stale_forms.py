"""Compare a stale form with the stored record: keep the user's input, take over others' changes.

Fields that the user did not change get the stored value, so a second click on "Simpan" reverts
nothing. Fields that both have changed keep the user's input and show the stored value beside it.
"""

import re
from dataclasses import dataclass

from django import forms
from django.contrib.admin.utils import display_for_field
from django.http import QueryDict

from kotaku.admin_site import shown
from kotaku.interface.fields import is_key

UNTOUCHED = "tidak diubah; mengikuti yang tersimpan"
NOTHING = "–"


@dataclass(frozen=True)
class Line:
    """One difference between the form and the stored record."""

    label: str
    stored: str
    typed: str = NOTHING


class Comparison:
    """Compares a posted form with the stored record; the results are `lines` and `data`.

    `was` holds the digests that the form sent (`kotaku.admin_site.shown`), or nothing.
    """

    def __init__(self, was: dict | None, data: QueryDict):
        self.was = was or {}
        self.data = data.copy()
        self.lines: list[Line] = []

    def take_form(self, form) -> None:
        """Compare the fields of an unbound form, which shows the stored values."""
        was = self.was.get("fields", {})
        fields = [bound for bound in form if not bound.is_hidden]
        self._take_fields(fields, was, self.data, {bound.name: bound.html_name for bound in fields})

    def _take_fields(self, fields, was, data, html_names, title="") -> None:
        for bound in fields:
            controls = shown.drawn(bound)
            stored = _texts(controls)
            if shown.mark(stored) == was.get(bound.name):
                continue
            label, words = f"{title}{bound.label}", words_of(bound, stored)
            if bound.field.disabled or shown.takes_file(bound):
                # Browsers do not send these values back, so there is nothing to compare.
                if was:
                    self.lines.append(Line(label, words))
                continue
            html_name = html_names[bound.name]
            sent = _texts(shown.typed(bound, data, html_name))
            if sent == stored:
                continue
            if shown.mark(sent) == was.get(bound.name):
                self.lines.append(Line(label, words, UNTOUCHED))
                old, new = bound.html_name, html_name
                _put(data, ((new + name.removeprefix(old), texts) for name, texts in controls))
            else:
                self.lines.append(Line(label, words, words_of(bound, sent)))

    def take_stored(self, row, names) -> None:
        """Add a line for each read-only value that has changed."""
        was = self.was.get("fields", {})
        for name, digest in shown.marks_of_row(row, names).items():
            if was and was.get(name) != digest:
                field = row._meta.get_field(name.removeprefix("="))
                words = display_for_field(getattr(row, field.name), field, NOTHING)
                self.lines.append(Line(str(field.verbose_name).capitalize(), words))

    def take_rows(self, table: "Table") -> None:
        """Compare the rows of an inline table; `data` gets each stored row once and the new rows."""
        prefix = table.formset.prefix
        was = self.was.get("rows", {}).get(prefix, {})
        posted = _posted_rows(self.data, prefix)
        count = _number(self.data.get(f"{prefix}-INITIAL_FORMS"))
        by_key = {row.get(table.key, ""): row for at, row in posted if at < count}
        rows = []
        for form in table.formset.initial_forms:
            key = str(form.instance.pk)
            row = by_key.pop(key, None)
            if row is None and key not in was:
                self.lines.append(Line(table.title(form), "baru ditambahkan"))
            elif row is not None:
                fields = table.fields(form)
                names = {bound.name: bound.name for bound in fields}
                title = f"{table.title(form)}: "
                self._take_fields(fields, was.get(key, {}), row, names, title)
            rows.append(table.drawn(form) if row is None else row)
        for key, row in by_key.items():
            if key in was:
                self.lines.append(Line(table.name, "sudah dihapus", table.words_of(row)))
        _put_rows(self.data, prefix, rows, [row for at, row in posted if at >= count])


class Table:
    """An unbound inline table: its values, and the data that a browser sends for them."""

    def __init__(self, formset, names=()):
        self.formset = formset
        self.name = str(formset.model._meta.verbose_name).capitalize()
        self.key = formset.model._meta.pk.name
        # Read-only fields.
        self.names = tuple(names)

    def marks(self) -> dict[str, dict[str, str]]:
        """Return key → field → digest of each stored row."""
        return {
            str(form.instance.pk): shown.marks_of_form(form, [f.name for f in self.fields(form)])
            | shown.marks_of_row(form.instance, self.names)
            for form in self.formset.initial_forms
        }

    def title(self, form) -> str:
        """Return the name of a row for messages."""
        return f"{self.name} “{form.instance}”"

    def fields(self, form) -> list:
        """Return the fields of a row without its key, its parent and the deletion mark."""
        other = (self.key, self.formset.fk.name, "DELETE")
        return [form[name] for name in form.fields if name not in other]

    def drawn(self, form) -> QueryDict:
        """Return the data that a browser sends for an unchanged row, without the row's prefix."""
        row = QueryDict(mutable=True)
        row[self.key], row[self.formset.fk.name] = (
            str(form.instance.pk),
            str(self.formset.instance.pk),
        )
        for bound in self.fields(form):
            for name, values in shown.drawn(bound):
                row.setlist(name.removeprefix(f"{form.prefix}-"), values)
        return row

    def words_of(self, row: QueryDict) -> str:
        """Return as text what was entered in a row that has been deleted."""
        words = [
            words_of(bound, _texts(shown.typed(bound, row, bound.name)))
            for bound in self.fields(self.formset.empty_form)
            if not isinstance(bound.field, forms.BooleanField)
        ]
        return ", ".join(word for word in words if word != NOTHING) or NOTHING


def words_of(bound, texts: list[list[str]]) -> str:
    """Return the values of a field's controls as text."""
    field, values = bound.field, [text for control in texts for text in control]
    if isinstance(field, forms.BooleanField):
        return "Ya" if values else "Tidak"
    if isinstance(field, forms.ModelChoiceField):
        rows = field.queryset.filter(pk__in=[value for value in values if is_key(value)])
        return ", ".join(sorted(map(field.label_from_instance, rows))) or NOTHING
    if isinstance(field, forms.ChoiceField):
        labels = {str(key): str(label) for key, label in field.choices}
        values = [labels.get(value, value) for value in values]
    return " ".join(values) or NOTHING


def _texts(controls) -> list[list[str]]:
    return [texts for _, texts in controls]


def _posted_rows(data, prefix) -> list[tuple[int, QueryDict]]:
    rows: dict[int, QueryDict] = {}
    for name, values in data.lists():
        found = re.fullmatch(rf"{re.escape(prefix)}-([0-9]{{1,4}})-(.+)", name)
        if found:
            rows.setdefault(int(found[1]), QueryDict(mutable=True)).setlist(found[2], values)
    return sorted(rows.items(), key=lambda each: each[0])


def _put_rows(data, prefix, stored, new) -> None:
    for name in [name for name in data if re.match(rf"{re.escape(prefix)}-[0-9]+-", name)]:
        del data[name]
    for at, row in enumerate([*stored, *new]):
        _put(data, ((f"{prefix}-{at}-{name}", values) for name, values in row.lists()))
    data[f"{prefix}-INITIAL_FORMS"] = str(len(stored))
    data[f"{prefix}-TOTAL_FORMS"] = str(len(stored) + len(new))


def _put(data, controls) -> None:
    for name, values in controls:
        if values:
            data.setlist(name, values)
        else:
            data.pop(name, None)


def _number(text) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 5 else 0

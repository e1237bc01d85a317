"""Controls written in Python say what Django's templates say."""

from datetime import date, time

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.forms.utils import ErrorList
from django.utils.safestring import mark_safe

from kotaku.forms import FormRenderer
from kotaku.widgets import WRITTEN

NASTY = '"><script>alert("1")</script>&amp;\'\n'
ATTRS = (
    {},
    {"id": "id_a", "maxlength": "40", "rows": 3},
    {"required": True, "disabled": False, "aria-invalid": "true"},
    {"data-a": NASTY, 'x">': 1, "zero": 0, "one": 1, "empty": "", "safe": mark_safe("a&amp;b")},
    {"checked": True},
)
WIDGETS = (
    (forms.TextInput, (None, "", "Budi", NASTY, 12, mark_safe("<b>"))),
    (forms.NumberInput, (None, 0, 1250)),
    (forms.EmailInput, (None, "a@example.id")),
    (forms.DateInput, (None, date(2016, 11, 8))),
    (forms.TimeInput, (None, time(9))),
    (forms.HiddenInput, (None, "", 3, NASTY)),
    (forms.CheckboxInput, (None, True, False, "on", NASTY)),
    (forms.Textarea, (None, "", "Satu\nDua", NASTY, mark_safe("<b>"), 0)),
)


@pytest.mark.parametrize(("widget", "values"), WIDGETS)
@pytest.mark.parametrize("attrs", ATTRS)
def test_every_control_is_what_django_draws(widget, values, attrs):
    assert widget.template_name in WRITTEN
    for value in values:
        ours = widget().render("nama", value, attrs, FormRenderer())
        assert ours == widget().render("nama", value, attrs, DjangoTemplates())


@pytest.mark.parametrize("errors", [[], ["Salah."], [NASTY]])
def test_errors_are_what_django_draws(errors):
    ours = str(ErrorList(errors, renderer=FormRenderer(), field_id="id_a"))
    assert ours == str(ErrorList(errors, renderer=DjangoTemplates(), field_id="id_a"))


def test_all_that_is_written_is_tried():
    tried = {widget.template_name for widget, _ in WIDGETS} | {ErrorList.template_name}
    assert tried == set(WRITTEN)

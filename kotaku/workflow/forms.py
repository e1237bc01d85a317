"""Forms for state changes: the version that was shown and, if required, a reason."""

from django import forms
from django.core.exceptions import ValidationError

from kotaku.interface.fields import TextField
from kotaku.workflow.states import Button, Reason, Tick


class VersionField(forms.IntegerField):
    """The version that a form was opened with; an invalid one counts as outdated."""

    widget = forms.HiddenInput

    def clean(self, value):
        """Return the version, or −1 if it is invalid."""
        try:
            return super().clean(value)
        except ValidationError:
            return -1


class VersionForm(forms.Form):
    """A state change without further input: only the version that was shown."""

    version = VersionField()


class ReasonForm(VersionForm):
    """A state change that requires a text, by default its reason."""

    def __init__(self, *args, asks: Reason = Reason(), **kwargs):  # noqa: B008 (frozen)
        super().__init__(*args, **kwargs)
        self.fields[asks.name] = TextField(
            label=asks.label,
            rows=asks.rows,
            max_length=asks.longest,
            help_text=asks.help_text,
            error_messages={"required": asks.missing},
        )


class MarksField(forms.CharField):
    """A tick that names the marks it was given for; other marks need a tick of their own."""

    class Checkbox(forms.CheckboxInput):
        """A box whose value is the marks that its page shows."""

        marks = ""

        def format_value(self, value):
            """Return the marks, ticked or not."""
            return self.marks

        def value_from_datadict(self, data, files, name):
            """Return the marks that were ticked, "" without a tick."""
            return data.get(name, "")

    def __init__(self, tick: Tick, marks: str):
        widget = self.Checkbox(check_test=lambda value: value == marks)
        widget.marks = self.marks = marks
        super().__init__(label=tick.label, widget=widget, error_messages={"required": tick.missing})

    def clean(self, value):
        """Return the ticked marks. Raises ValidationError if one of the present marks is missing."""
        ticked = super().clean(value)
        if not set(self.marks.split()) <= set(ticked.split()):
            raise ValidationError(self.error_messages["required"])
        return ticked


def form_of(button: Button, data=None, *, marks: str = "", **options) -> VersionForm:
    """Return the form of a transition's button; `marks` are those of the record to be ticked."""
    asks = {"asks": button.reason} if button.reason else {}
    form = (ReasonForm if asks else VersionForm)(data, **asks, **options)
    if button.tick and marks:
        form.fields["ticked"] = MarksField(button.tick, marks)
    return form

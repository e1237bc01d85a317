"""Forms for state changes: the version that was shown and, if required, a reason."""

from django import forms
from django.core.exceptions import ValidationError

from kotaku.interface.fields import TextField
from kotaku.workflow.states import Button, Reason


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


def form_of(button: Button, data=None, **options) -> VersionForm:
    """Return the form of a transition's button."""
    if button.reason:
        return ReasonForm(data, asks=button.reason, **options)
    return VersionForm(data, **options)

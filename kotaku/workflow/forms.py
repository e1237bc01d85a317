"""Forms for state changes: the version that was shown and, if required, a reason."""

from django import forms
from django.core.exceptions import ValidationError

from kotaku.interface.fields import (
    TextField,
)


class VersionField(forms.IntegerField):
    """The version that a form was opened with; an invalid one counts as outdated."""

    widget = forms.HiddenInput

    def clean(self, value):
        """Return the version, or −1 if it is invalid."""
        try:
            return super().clean(value)
        except ValidationError:
            return -1


class ReturnForm(forms.Form):
    """The reason for returning a figure or an assessment to its village."""

    reason = forms.CharField(
        label="Alasan pengembalian",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Dibaca oleh petugas desa/kelurahan. Tulis apa yang harus diperbaiki.",
        error_messages={
            "required": "Tulis alasan pengembalian, supaya jelas apa yang harus diperbaiki."
        },
    )
    version = VersionField()


class VersionForm(forms.Form):
    """A state change without further input: only the version that was shown."""

    version = VersionField()


class ReasonForm(VersionForm):
    """A state change that requires a reason."""

    reason = TextField(
        label="Alasan",
        rows=3,
        max_length=1000,
        error_messages={"required": "Tulis alasannya, supaya yang lain mengerti."},
    )

"""Forms of a step: the version that was looked at, and a reason where the step needs one."""

from django import forms
from django.core.exceptions import ValidationError

from kotaku.interface.fields import (
    TextField,
)


class VersionField(forms.IntegerField):
    """The version that a form was opened with; nonsense counts as a very old one."""

    widget = forms.HiddenInput

    def clean(self, value):
        """Return the version, or −1 for what is none."""
        try:
            return super().clean(value)
        except ValidationError:
            return -1


class ReturnForm(forms.Form):
    """Why a figure goes back to its village."""

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
    """A decision that needs nothing typed, only the version that was looked at."""

    version = VersionField()


class ReasonForm(VersionForm):
    """A step that needs a reason."""

    reason = TextField(
        label="Alasan",
        rows=3,
        max_length=1000,
        error_messages={"required": "Tulis alasannya, supaya yang lain mengerti."},
    )

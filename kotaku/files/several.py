"""A form field for several uploads at once."""

from django import forms
from django.core.exceptions import ValidationError

from kotaku.files.uploads import check_upload


class SeveralFilesInput(forms.ClearableFileInput):
    """A file input that accepts several files at once."""

    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """Any number of uploads; the type of each is determined from its content.

    `clean` raises no error for a bad file: it returns (accepted uploads, error sentences).
    """

    widget = SeveralFilesInput

    def clean(self, data, initial=None):
        """Return the accepted uploads and an error sentence for each of the others."""
        accepted, refused = [], []
        for upload in data or []:
            try:
                upload.checked_type = check_upload(upload)
                accepted.append(upload)
            except ValidationError as error:
                refused.append(f"{upload.name}: {error.message}")
        return accepted, refused

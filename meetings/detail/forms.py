"""Forms on the page of a meeting."""

from django import forms
from django.core.exceptions import ValidationError

from kotaku.files.photo_metadata import note_sent_days
from kotaku.files.uploads import PICTURES_AND_PDF, PICTURES_AND_PDF_TEXT, check_upload
from meetings.models import Attachment


class AttachmentForm(forms.Form):
    """A photo or document of a meeting."""

    kind = forms.ChoiceField(label="Jenis lampiran", choices=Attachment.Kind)
    caption = forms.CharField(label="Keterangan", required=False, max_length=200)
    file = forms.FileField(
        label="Berkas",
        help_text=f"{PICTURES_AND_PDF_TEXT}, paling besar 5 MB.",
        error_messages={
            "required": "Pilih berkas yang akan dilampirkan.",
            "empty": "Berkas kosong. Pilih berkas yang lain.",
        },
        widget=forms.FileInput(attrs={"accept": PICTURES_AND_PDF}),
    )

    def clean_file(self):
        """Check the file by its content."""
        note_sent_days(self, "file")
        upload = self.cleaned_data["file"]
        try:
            check_upload(upload)
        except ValidationError as error:
            raise ValidationError(error.messages, code="file") from error
        return upload

"""Forms on the page of a meeting."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from kotaku.files.photo_metadata import note_sent_days
from kotaku.files.uploads import DOCUMENTS, DOCUMENTS_TEXT, IMAGE_TYPES, check_document
from kotaku.interface.fields import DayField, is_key
from meetings.models import Attachment, DeliveryState
from meetings.models.delivery import HANDED_OVER


class AttachmentForm(forms.Form):
    """A photo or document of a meeting."""

    kind = forms.ChoiceField(label="Jenis lampiran", choices=Attachment.Kind)
    caption = forms.CharField(label="Keterangan", required=False, max_length=200)
    file = forms.FileField(
        label="Berkas",
        help_text=f"{DOCUMENTS_TEXT}, paling besar 5 MB. Paparan yang lebih besar: kompres dahulu "
        "gambar di dalamnya.",
        error_messages={
            "required": "Pilih berkas yang akan dilampirkan.",
            "empty": "Berkas kosong. Pilih berkas yang lain.",
        },
        widget=forms.FileInput(attrs={"accept": DOCUMENTS}),
    )

    def clean_file(self):
        """Check the file by its content."""
        note_sent_days(self, "file")
        upload = self.cleaned_data["file"]
        try:
            check_document(upload)
        except ValidationError as error:
            raise ValidationError(error.messages, code="file") from error
        return upload

    def clean(self):
        """Refuse to call a document a photo."""
        cleaned = super().clean()
        upload = cleaned.get("file")
        if upload and cleaned.get("kind") == Attachment.Kind.PHOTO:
            upload.seek(0)
            if check_document(upload) not in IMAGE_TYPES.values():
                self.add_error("kind", "Berkas ini bukan foto. Pilih jenis lampiran yang lain.")
        return cleaned


class PeopleField(forms.Field):
    """The ticked people, as a set of keys of needs (`meetings.detail.needs`)."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value):
        """Return the keys; what is none is left out."""
        return {int(each) for each in value or () if is_key(str(each).removeprefix("-"))}


class HandoverForm(forms.Form):
    """Who got a message by letter or WhatsApp, and when."""

    message = forms.CharField(widget=forms.HiddenInput, max_length=30)
    people = PeopleField(required=False)
    means = forms.ChoiceField(
        label="Cara",
        required=False,
        choices=[
            *((state.value, state.label) for state in DeliveryState if state in HANDED_OVER),
            ("", "Belum (centangnya keliru)"),
        ],
    )
    day = DayField(
        label="Tanggal",
        initial=timezone.localdate,
        error_messages={"required": "Tulis tanggal penyerahannya."},
    )

    def clean(self):
        """Require a ticked participant."""
        cleaned = super().clean()
        if not cleaned.get("people"):
            raise ValidationError("Centang dahulu pesertanya, lalu catat penyerahannya.")
        return cleaned

    def clean_day(self):
        """Refuse a day that has not come."""
        day = self.cleaned_data["day"]
        if day > timezone.localdate():
            raise ValidationError("Tanggal penyerahan tidak sesudah hari ini.")
        return day

"""The forms for an activity's progress, spending and photos."""

from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError

from areas.models import ActivityPhoto, ActivityStatus
from areas.workplan.fields import VolumeField, refuse_parts, volume_in
from kotaku.files.photo_metadata import note_sent_days
from kotaku.files.uploads import PICTURES, PICTURES_TEXT, WRONG_TYPE, check_upload
from kotaku.formats import format_rupiah
from kotaku.interface.fields import CountField, RupiahField, TextField
from kotaku.quantities import HOUSEHOLDS, PEOPLE, PERCENT
from kotaku.workflow.forms import VersionField


class RealisationForm(forms.Form):
    """The progress of an activity, and the money spent."""

    status = forms.ChoiceField(
        label="Keadaan",
        choices=ActivityStatus.choices,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Pilih keadaannya."),
    )
    physical_percent = CountField(quantity=PERCENT, label="Kemajuan fisik (%)")
    realised_volume = VolumeField(label="Volume terlaksana", required=False)
    people_served = CountField(quantity=PEOPLE, label="Penerima manfaat (jiwa)", required=False)
    households_served = CountField(
        quantity=HOUSEHOLDS, label="Penerima manfaat (KK)", required=False
    )
    note = TextField(
        label="Catatan",
        required=False,
        rows=3,
        max_length=2000,
        help_text="Kendala, perubahan, atau alasan bila batal.",
    )
    version = VersionField()
    NAMES = (
        "status",
        "physical_percent",
        "realised_volume",
        "people_served",
        "households_served",
        "note",
    )

    def __init__(self, *args, activity, **kwargs):
        self.activity = activity
        initial = {name: getattr(activity, name) for name in self.NAMES}
        super().__init__(*args, initial=initial, **kwargs)
        unit = f" ({activity.unit})" if activity.unit else ""
        self.fields["realised_volume"].label += unit
        self.fields["realised_volume"].quantity = volume_in(activity.unit)
        for each in activity.funding.all():
            self.fields[f"realisasi-{each.source}"] = RupiahField(
                label=each.get_source_display(),
                help_text=f"Anggaran {format_rupiah(each.planned_idr)}.",
                required=False,
                initial=each.realised_idr,
            )

    def clean_physical_percent(self):
        """Refuse more than 100 percent."""
        percent = self.cleaned_data["physical_percent"]
        if percent is not None and percent > 100:
            raise ValidationError("Kemajuan fisik paling besar 100 %.")
        return percent

    def clean(self):
        """Refuse inconsistent input.

        That is: done but below 100 percent, planned but with progress, cancelled without a note, a
        volume without a unit, or a fraction of things counted in whole numbers.
        """
        cleaned = super().clean()
        refuse_parts(self, "realised_volume", self.activity.unit)
        status, percent = cleaned.get("status"), cleaned.get("physical_percent")
        if status == ActivityStatus.DONE and percent is not None and percent < 100:
            self.add_error("physical_percent", "Selesai berarti 100 %. Pilih Berjalan bila belum.")
        if status == ActivityStatus.PLANNED and self._has_begun(cleaned):
            self.add_error("status", "Kemajuannya sudah ada. Pilih Berjalan atau Selesai.")
        if status == ActivityStatus.CANCELLED and not cleaned.get("note"):
            self.add_error("note", "Tulis alasan kegiatan ini batal.")
        if cleaned.get("realised_volume") is not None and not self.activity.unit:
            self.add_error("realised_volume", "Tulis dahulu satuan volumenya pada “Ubah rencana”.")
        return cleaned

    def _has_begun(self, cleaned) -> bool:
        spent = [cleaned.get(f"realisasi-{each.source}") for each in self.activity.funding.all()]
        return any((cleaned.get("physical_percent"), cleaned.get("realised_volume"), *spent))

    def money_fields(self):
        """Return the bound fields of the funding sources."""
        return [self[f"realisasi-{each.source}"] for each in self.activity.funding.all()]

    def values(self) -> dict:
        """Return the values of the activity's own fields."""
        return {name: self.cleaned_data[name] for name in self.NAMES}

    def funding(self) -> dict:
        """Return source → (planned, spent) in rupiah."""
        return {
            each.source: (
                each.planned_idr,
                self.cleaned_data.get(f"realisasi-{each.source}") or Decimal(0),
            )
            for each in self.activity.funding.all()
        }


class PhotoForm(forms.Form):
    """One photo of the activity at 0, 50 or 100 percent."""

    stage = forms.TypedChoiceField(
        label="Keadaan",
        coerce=int,
        choices=ActivityPhoto.Stage.choices,
        # Django formats invalid_choice with %, so its percent sign is doubled.
        error_messages={
            "required": "Pilih 0, 50, atau 100 %.",
            "invalid_choice": "Pilih 0, 50, atau 100 %%.",
        },
    )
    photo = forms.FileField(
        label="Foto",
        help_text=f"{PICTURES_TEXT}, paling besar 5 MB.",
        widget=forms.FileInput(attrs={"accept": PICTURES}),
        error_messages={"required": "Pilih fotonya.", "empty": "Berkas kosong. Pilih foto lain."},
    )

    def clean_photo(self):
        """Refuse a file that is not an image."""
        note_sent_days(self, "photo")
        upload = self.cleaned_data["photo"]
        upload.checked_type = check_upload(upload)
        if not upload.checked_type.startswith("image/"):
            raise ValidationError(WRONG_TYPE)
        return upload

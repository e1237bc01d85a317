"""The forms for community boards and the villages' support for them."""

from django import forms
from django.utils import timezone

from areas.models import CommunityBoard, VillageSupport
from kotaku.interface.fields import DayField, RupiahField, TextField
from kotaku.workflow.forms import VersionField


class BoardForm(forms.ModelForm):
    """A village's community board."""

    founded_on = DayField(label="Berdiri pada", required=False)
    version = VersionField()

    class Meta:
        model = CommunityBoard
        fields = ["name", "coordinator_position", "founded_on", "independence"]
        help_texts = {"coordinator_position": "Jabatannya saja, tanpa nama orang."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].error_messages["required"] = "Tulis nama BKM/LKM."
        independence = self.fields["independence"]
        independence.error_messages["invalid_choice"] = "Pilih dari daftar."
        independence.choices = [("", "Belum diketahui"), *CommunityBoard.Independence.choices]

    def clean_founded_on(self):
        """Refuse a future date."""
        day = self.cleaned_data["founded_on"]
        if day and day > timezone.localdate():
            raise forms.ValidationError("Tulis tanggal yang tidak sesudah hari ini.")
        return day

    def values(self) -> dict:
        """Return the values to store."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    def _post_clean(self):
        """Do not change the instance here; its `store` method does."""


class SupportForm(forms.ModelForm):
    """A village's support for its board in one year."""

    budget_idr = RupiahField(label="Anggaran (Rp)", required=False)
    technical_support = TextField(
        label="Dukungan teknis", required=False, rows=3, max_length=2000,
        help_text="Misalnya pendampingan, tempat rapat, tenaga teknis.",
    )  # fmt: skip
    version = VersionField()

    class Meta:
        model = VillageSupport
        fields = ["in_rpjmdes", "in_rkpdes", "budget_idr", "technical_support"]

    def values(self) -> dict:
        """Return the values to store."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    def _post_clean(self):
        """Do not change the instance here; its `store` method does."""

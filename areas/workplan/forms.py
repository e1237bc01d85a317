"""The form for planning an activity and its funding."""

from decimal import Decimal

from django import forms

from areas.models import Activity, FundingSource, PlanDocument, Village
from areas.workplan.fields import VolumeField, refuse_parts, volume_in
from kotaku.interface.abbreviations import spelled_out
from kotaku.interface.fields import RupiahField, TextField, WholeNumberField
from kotaku.workflow.forms import VersionField

FIRST_YEAR, LAST_YEAR = 2000, 2100
BETWEEN = f"Tulis tahun antara {FIRST_YEAR} dan {LAST_YEAR}."
VOLUME_MISSING = "Tulis volumenya, misalnya 120, atau centang bahwa belum diketahui."
COST_MISSING = "Tulis dana dari sumbernya, atau centang bahwa biayanya belum diketahui."
VOLUME_TWICE = "Volumenya sudah ditulis. Hapus centang ini, atau kosongkan volumenya."
COST_TWICE = "Dananya sudah ditulis. Hapus centang ini, atau kosongkan dananya."
REQUIRED = {
    "village": "Pilih desa/kelurahan.",
    "aspect": "Pilih aspeknya.",
    "description": "Tulis kegiatannya.",
    "actor": "Tulis siapa yang melaksanakan.",
}


class ActivityForm(forms.ModelForm):
    """A planned activity: place, year, volume, actor, and money per funding source."""

    description = TextField(
        label="Kegiatan",
        rows=3,
        max_length=2000,
        help_text="Misalnya: Pembangunan drainase lingkungan RT 003/RW 001.",
    )
    volume = VolumeField(label="Volume", required=False)
    year = WholeNumberField(
        label="Tahun",
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": "Tulis tahunnya, misalnya 2027.",
            "invalid": "Tulis tahunnya, misalnya 2027.",
            "min_value": BETWEEN,
            "max_value": BETWEEN,
        },
    )
    # Said, not stored: without a volume or money the record is unknown, never 0.
    is_volume_unknown = forms.BooleanField(label="Volumenya belum diketahui", required=False)
    is_cost_unknown = forms.BooleanField(label="Biayanya belum diketahui", required=False)
    note = TextField(label="Catatan", required=False, rows=3, max_length=2000)
    version = VersionField()

    class Meta:
        model = Activity
        fields = [
            "village",
            "aspect",
            "description",
            "year",
            "volume",
            "unit",
            "actor",
            "plan_document",
            "plan_reference",
            "note",
        ]
        help_texts = {
            "unit": "Misalnya m, unit, KK, Ha.",
            "actor": spelled_out("Siapa yang melaksanakan: OPD, desa, BKM, swasta."),
            "plan_document": spelled_out("RPJMDes, RKPDes, APBDes; untuk kelurahan Renja/DPA."),
            "plan_reference": "Misalnya bidang dan nomor kegiatannya.",
        }

    def __init__(self, *args, user, region=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["volume"].quantity = volume_in(self["unit"].value() or "")
        village = self.fields["village"]
        village.queryset = Village.objects.planned_by(user).inside(region)
        village.empty_label = "Pilih desa/kelurahan"
        for name, sentence in REQUIRED.items():
            self.fields[name].error_messages["required"] = sentence
        for name in ("village", "aspect", "plan_document"):
            self.fields[name].error_messages["invalid_choice"] = "Pilih dari daftar."
        self._name_nothing("aspect", "Pilih aspek")
        self._name_nothing("plan_document", "Belum tercantum")
        stored = self._stored_funding()
        if self.instance.pk:
            self.initial["is_volume_unknown"] = self.instance.volume is None
            self.initial["is_cost_unknown"] = not stored
        for source in FundingSource:
            planned, _ = stored.get(source.value, (None, None))
            self.fields[f"dana-{source.value}"] = RupiahField(
                label=source.label, required=False, initial=planned
            )

    def money_fields(self):
        """Return the bound fields of the funding sources."""
        return [self[f"dana-{source.value}"] for source in FundingSource]

    def clean(self):
        """Refuse a volume without a unit, and a document or RTs that do not fit the village.

        A volume and a cost are given, or said to be unknown.
        """
        cleaned = super().clean()
        self._check_known("volume", "is_volume_unknown", VOLUME_MISSING, VOLUME_TWICE)
        # Beside the tick: the fields of the sources are too narrow for the sentence.
        self._check_known("is_cost_unknown", "is_cost_unknown", COST_MISSING, COST_TWICE)
        volumes = (cleaned.get("volume"), self.instance.realised_volume)
        if any(volume is not None for volume in volumes) and not cleaned.get("unit"):
            self.add_error("unit", "Tulis satuan volumenya, misalnya m.")
        refuse_parts(self, "volume", cleaned.get("unit") or "")
        if cleaned.get("plan_reference") and cleaned.get("plan_document") == "":
            self.add_error("plan_document", "Pilih dokumennya, atau kosongkan bagiannya.")
        if village := cleaned.get("village"):
            self._check_village(village, cleaned.get("plan_document"))
        return cleaned

    def _check_known(self, field, unknown, missing, twice):
        names = [field] if field == "volume" else [each.name for each in self.money_fields()]
        if any(name in self.errors for name in names):
            return
        is_given = any(self.cleaned_data.get(name) is not None for name in names)
        if is_given and self.cleaned_data.get(unknown):
            self.add_error(unknown, twice)
        elif not is_given and not self.cleaned_data.get(unknown):
            self.add_error(field, missing)

    def _check_village(self, village, document):
        is_kelurahan = village.kind == Village.Kind.KELURAHAN
        if document and is_kelurahan != (document == PlanDocument.RENJA):
            theirs = "Renja/DPA" if is_kelurahan else "RPJMDes, RKPDes, atau APBDes"
            self.add_error("plan_document", f"Untuk {village.full_name} pilih {theirs}.")
        is_moved = self.instance.pk and village.pk != self.instance.village_id
        if is_moved and self.instance.improvements.exists():
            sentence = "Kegiatan ini menyebut RT desa/kelurahan lain. Hapus dahulu kriterianya."
            self.add_error("village", sentence)
        elif is_moved and self.instance.questions.exists():
            sentence = (
                "Kegiatan ini sudah ditanyakan kepada desa/kelurahannya. Tulis kegiatan yang baru "
                "untuk desa/kelurahan lain."
            )
            self.add_error("village", sentence)

    def values(self) -> dict:
        """Return the activity's own fields."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    def funding(self) -> dict:
        """Return source → (planned, already spent) in rupiah; a source with a typed 0 is included."""
        spent = {source: realised for source, (_, realised) in self._stored_funding().items()}
        planned = {source: self.cleaned_data[f"dana-{source.value}"] for source in FundingSource}
        return {
            source.value: (amount or Decimal(0), spent.get(source.value, Decimal(0)))
            for source, amount in planned.items()
            if amount is not None or spent.get(source.value)
        }

    def _stored_funding(self) -> dict:
        if not self.instance.pk:
            return {}
        return {
            each.source: (each.planned_idr, each.realised_idr)
            for each in self.instance.funding.all()
        }

    def _name_nothing(self, name, label):
        field = self.fields[name]
        field.choices = [("", label), *(each for each in field.choices if each[0])]

    def _post_clean(self):
        """Do not change the instance here; `Activity.store` does."""

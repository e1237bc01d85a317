"""The doors for input about activities and community boards."""

from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError

from areas.criteria import BY_KEY, CRITERIA
from areas.forms import VersionField
from areas.models import (
    Activity,
    ActivityPhoto,
    ActivityStatus,
    FundingSource,
    Neighbourhood,
    Village,
)
from areas.uploads import WRONG_TYPE, check_upload
from kotaku.formats import METRES, Quantity, format_amount
from kotaku.forms import AmountField, CountField, RupiahField, TextField

VOLUME = Quantity(
    "",
    "Volume",
    "Tulis angka, misalnya 120 atau 12,5.",
    "Tulis volumenya; tulis 0 bila tidak ada.",
    METRES.spelled,
)
FIRST_YEAR, LAST_YEAR = 2000, 2100


class VolumeField(AmountField):
    """A volume in whatever unit the activity has."""

    def __init__(self, **kwargs):
        super().__init__(quantity=VOLUME, **kwargs)

    def write(self, value):
        """Return as many decimals as there are."""
        return format_amount(value)


class ActivityForm(forms.ModelForm):
    """What is planned, where, when, by whom and for how much of whose money."""

    description = TextField(label="Kegiatan", rows=3, max_length=2000)
    volume = VolumeField(label="Volume", required=False)
    year = forms.IntegerField(
        label="Tahun",
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": "Tulis tahunnya, misalnya 2027.",
            "invalid": "Tulis tahunnya, misalnya 2027.",
            "min_value": "Tulis tahun antara 2000 dan 2100.",
            "max_value": "Tulis tahun antara 2000 dan 2100.",
        },
    )
    version = VersionField()

    class Meta:
        model = Activity
        fields = [
            "village", "aspect", "description", "year", "volume", "unit", "actor",
            "plan_document", "plan_reference", "note",
        ]  # fmt: skip
        help_texts = {
            "unit": "Misalnya m, unit, KK, Ha.",
            "actor": "Siapa yang melaksanakan: OPD, desa, BKM, swasta.",
            "plan_reference": "Misalnya bidang dan nomor kegiatannya.",
        }

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        villages = Village.objects.all()
        if not user.is_bappeda:
            villages = Village.objects.of_officer(user)
        self.fields["village"].queryset = villages
        self.fields["village"].error_messages = {
            "required": "Pilih desa/kelurahan.",
            "invalid_choice": "Pilih desa/kelurahan dari daftar.",
        }
        for name, words in [
            ("description", "Tulis kegiatannya."),
            ("actor", "Tulis siapa yang melaksanakan."),
            ("aspect", "Pilih aspeknya."),
        ]:
            self.fields[name].error_messages["required"] = words
        stored = {}
        if self.instance.pk:
            stored = {each.source: each.planned_idr for each in self.instance.funding.all()}
        for source in FundingSource:
            self.fields[f"dana-{source.value}"] = RupiahField(
                label=f"{source.label} (Rp)", required=False, initial=stored.get(source.value)
            )

    def money_fields(self):
        """Return the bound fields of the sources."""
        return [self[f"dana-{source.value}"] for source in FundingSource]

    def plain_fields(self):
        """Return the bound fields of everything else."""
        return [self[name] for name in self.Meta.fields]

    def clean(self):
        """Refuse a volume without its unit, where it stands."""
        cleaned = super().clean()
        if cleaned.get("volume") is not None and not cleaned.get("unit", "").strip():
            self.add_error("unit", "Tulis satuan volumenya, misalnya m.")
        return cleaned

    def values(self) -> dict:
        """Return the activity's own fields."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    def funding(self) -> dict:
        """Return source → (planned, what is spent already)."""
        spent = {}
        if self.instance.pk:
            spent = {each.source: each.realised_idr for each in self.instance.funding.all()}
        planned = {source: self.cleaned_data[f"dana-{source.value}"] for source in FundingSource}
        return {
            source.value: (amount or Decimal(0), spent.get(source.value, Decimal(0)))
            for source, amount in planned.items()
            if amount or spent.get(source.value)
        }

    def _post_clean(self):
        """The verb writes; the row itself stays as it was loaded."""


class RealisationForm(forms.Form):
    """How far an activity is, and what was spent."""

    status = forms.ChoiceField(label="Keadaan", choices=ActivityStatus.choices)
    physical_percent = CountField(label="Kemajuan fisik (%)")
    realised_volume = VolumeField(label="Volume terlaksana", required=False)
    people_served = CountField(label="Penerima manfaat (jiwa)", required=False)
    households_served = CountField(label="Penerima manfaat (KK)", required=False)
    note = TextField(label="Catatan", required=False, rows=3, max_length=2000)
    version = VersionField()
    NAMES = (
        "status", "physical_percent", "realised_volume", "people_served", "households_served",
        "note",
    )  # fmt: skip

    def __init__(self, *args, activity, **kwargs):
        self.activity = activity
        initial = {name: getattr(activity, name) for name in self.NAMES}
        super().__init__(*args, initial=initial, **kwargs)
        unit = f" ({activity.unit})" if activity.unit else ""
        self.fields["realised_volume"].label += unit
        for each in activity.funding.all():
            self.fields[f"realisasi-{each.source}"] = RupiahField(
                label=f"Realisasi {each.get_source_display()} (Rp)",
                required=False,
                initial=each.realised_idr,
            )

    def clean_physical_percent(self):
        """Refuse more than the whole."""
        percent = self.cleaned_data["physical_percent"]
        if percent is not None and percent > 100:
            raise ValidationError("Kemajuan fisik paling besar 100 %.")
        return percent

    def clean(self):
        """Refuse a volume without a unit, and a finished activity that is not finished."""
        cleaned = super().clean()
        if cleaned.get("realised_volume") is not None and not self.activity.unit:
            self.add_error("realised_volume", "Tulis dahulu satuan volume kegiatan ini.")
        return cleaned

    def values(self) -> dict:
        """Return the activity's own fields."""
        return {name: self.cleaned_data[name] for name in self.NAMES}

    def funding(self) -> dict:
        """Return source → (planned, spent)."""
        return {
            each.source: (
                each.planned_idr,
                self.cleaned_data.get(f"realisasi-{each.source}") or Decimal(0),
            )
            for each in self.activity.funding.all()
        }


EMPTY_ROWS = 3


class ImprovementsForm(forms.Form):
    """Which criteria of which RTs an activity improves, and by how much."""

    version = VersionField()

    def __init__(self, *args, activity, **kwargs):
        super().__init__(*args, **kwargs)
        self.activity = activity
        stored = list(activity.improvements.all())
        rts = Neighbourhood.objects.filter(village=activity.village_id).of_kind(
            sample=activity.is_sample
        )
        choices = [("", "–"), *((str(rt.pk), rt.short_name) for rt in rts.order_by("rw", "rt"))]
        self.has_rts = len(choices) > 1
        self.known = {str(rt.pk): rt for rt in rts}
        self.count = len(stored) + EMPTY_ROWS
        criteria = [
            ("", "–"),
            *((each.key, f"{each.key} {each.name} ({each.unit})") for each in CRITERIA),
        ]
        for number in range(self.count):
            row = stored[number] if number < len(stored) else None
            self.fields[f"rt-{number}"] = forms.ChoiceField(
                label="RT",
                required=False,
                choices=choices,
                initial=str(row.neighbourhood_id) if row else "",
                error_messages={"invalid_choice": "Pilih RT dari daftar."},
            )
            self.fields[f"kriteria-{number}"] = forms.ChoiceField(
                label="Kriteria",
                required=False,
                choices=criteria,
                initial=row.criterion if row else "",
                error_messages={"invalid_choice": "Pilih kriteria dari daftar."},
            )
            self.fields[f"volume-{number}"] = VolumeField(
                label="Volume yang diperbaiki", required=False, initial=row.volume if row else None
            )

    def rows(self):
        """Return the bound fields, row by row."""
        return [
            [self[f"{name}-{number}"] for name in ("rt", "kriteria", "volume")]
            for number in range(self.count)
        ]

    def clean(self):
        """Refuse half a row, a criterion twice, and parts of what is counted in whole."""
        cleaned = super().clean()
        self.found = []
        seen = set()
        for number in range(self.count):
            rt, key = cleaned.get(f"rt-{number}"), cleaned.get(f"kriteria-{number}")
            volume = cleaned.get(f"volume-{number}")
            if not rt and not key and volume is None:
                continue
            for name, value, words in (
                ("rt", rt, "Pilih RT-nya."),
                ("kriteria", key, "Pilih kriterianya."),
                ("volume", volume, "Tulis volumenya, lebih dari 0."),
            ):
                if not value and f"{name}-{number}" not in self.errors:
                    self.add_error(f"{name}-{number}", words)
            if not (rt and key and volume):
                continue
            if BY_KEY[key].base.is_whole and volume != int(volume):
                self.add_error(f"volume-{number}", "Tulis bilangan bulat, misalnya 33.")
            if (rt, key) in seen:
                self.add_error(f"kriteria-{number}", "Kriteria RT ini sudah disebut di atas.")
            seen.add((rt, key))
            self.found.append((self.known[rt], key, volume))
        return cleaned


class PhotoForm(forms.Form):
    """One photo at 0, 50 or 100 percent."""

    stage = forms.TypedChoiceField(label="Keadaan", coerce=int, choices=ActivityPhoto.Stage.choices)
    photo = forms.FileField(
        label="Foto",
        help_text="JPG, PNG, atau WebP, paling besar 5 MB.",
        widget=forms.FileInput(attrs={"accept": "image/*"}),
        error_messages={"required": "Pilih fotonya.", "empty": "Berkas kosong. Pilih foto lain."},
    )

    def clean_photo(self):
        """Refuse what is no picture."""
        upload = self.cleaned_data["photo"]
        upload.checked_type = check_upload(upload)
        if not upload.checked_type.startswith("image/"):
            raise ValidationError(WRONG_TYPE)
        return upload

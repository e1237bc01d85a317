"""The forms of an assessment: one for each step, made from its edition's criteria."""

from django import forms

from areas.assessments.steps import CONSIDERATIONS, GENERAL, FormStep
from areas.models import Assessment, Boundary, Neighbourhood
from areas.models.assessment import BASES
from areas.rules import scoring
from areas.rules.criteria import CURRENT, EDITIONS
from areas.rules.edition import QUANTITIES, Base, Criterion
from areas.rules.land_area import polygons_ha, rt_doubt
from kotaku.formats import format_amount
from kotaku.interface.fields import AmountField, CountField, TextField
from kotaku.quantities import PEOPLE
from kotaku.workflow.forms import VersionField

# The checkbox that confirms an area that seems too large; its value is that area.
TICK = "confirmed_ha"
MISSING_VOLUME = {"required": "Tulis angkanya; 0 bila tidak ada."}


def base_field(base: Base, **kwargs) -> forms.Field:
    """Return the field for a base, or for a volume measured against it."""
    field = CountField if base.is_whole else AmountField
    return field(quantity=QUANTITIES[base], **kwargs)


class _StepForm(forms.Form):
    """One step of an assessment; `version` is the version of the row that filled the form."""

    version = VersionField()

    def __init__(self, *args, assessment, **kwargs):
        self.assessment = assessment
        super().__init__(*args, initial=self.stored(assessment), **kwargs)

    @property
    def names(self) -> list[str]:
        """The assessment's fields that this step sets."""
        return [name for name in self.fields if name not in ("version", TICK)]

    def stored(self, assessment) -> dict:
        """Return the initial values."""
        if assessment.pk is None:
            return {}
        return {field.name: getattr(assessment, field.name) for field in assessment._meta.fields}

    def values(self) -> dict:
        """Return field → value, for the methods of `Assessment`."""
        return {name: self.cleaned_data[name] for name in self.names}


class GeneralForm(_StepForm):
    """The assessor, area and bases, a stored volume above its new base, and the edition if several."""

    assessor = forms.CharField(
        label="Penilai",
        help_text="Nama atau jabatan yang melakukan penilaian di lapangan.",
        max_length=120,
        error_messages={"required": "Tulis siapa yang menilai."},
    )
    area_ha = base_field(
        Base.AREA, label="Luas RT (Ha)", help_text="Luas wilayah RT, misalnya 2,66."
    )
    buildings = base_field(Base.BUILDINGS, label="Jumlah bangunan (unit)")
    people = CountField(quantity=PEOPLE, label="Jumlah penduduk (jiwa)")
    households = base_field(Base.HOUSEHOLDS, label="Jumlah kepala keluarga (KK)")
    ideal_road_m = base_field(
        Base.ROAD,
        label="Panjang jalan ideal (m)",
        help_text="Panjang seluruh jalan lingkungan yang seharusnya ada.",
    )
    ideal_drainage_m = base_field(
        Base.DRAINAGE,
        label="Panjang drainase ideal (m)",
        help_text="Panjang seluruh drainase yang seharusnya ada; 0 bila tidak diperlukan.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if len(EDITIONS) > 1:
            self.fields["rule"] = forms.ChoiceField(
                label="Aturan",
                choices=[(each.key, each.regulation) for each in EDITIONS.values()],
                initial=CURRENT.key,
                help_text="Peraturan yang kriterianya dipakai untuk menilai RT ini.",
                error_messages={
                    "required": "Pilih aturannya.",
                    "invalid_choice": "Pilih aturan dari daftar.",
                },
            )
            self.order_fields(["rule"])
        for criterion in self.assessment.edition.criteria if self.is_bound else ():
            if (
                criterion.field in self.data
                and getattr(self.assessment, criterion.field) is not None
            ):
                self._ask_volume(criterion)

    def stored(self, assessment) -> dict:
        """Return the stored values; for a new assessment, people and bases of the RT's last one."""
        if assessment.pk is not None:
            return super().stored(assessment)
        earlier = Assessment.objects.filter(
            neighbourhood=assessment.neighbourhood, year__lt=assessment.year
        )
        last = earlier.order_by("-year").first()
        self.taken_from = last.year if last else None
        if last is None:
            return {}
        return {name: getattr(last, name) for name in ("people", *BASES)}

    def clean_area_ha(self):
        """Refuse an area of 0 Ha."""
        area_ha = self.cleaned_data["area_ha"]
        if area_ha is not None and area_ha <= 0:
            raise forms.ValidationError("Luas RT harus lebih dari 0 Ha.")
        return area_ha

    def clean(self):
        """Ask about an area that seems too large; refuse a base below a volume, and ask for both."""
        self._ask_about_area(self.cleaned_data.get("area_ha"))
        if self.cleaned_data.get("rule", self.assessment.rule) != self.assessment.rule:
            return self.cleaned_data
        typed = dict(self.cleaned_data)
        for criterion in self.assessment.edition.criteria:
            base = typed.get(criterion.base.value)
            stored = getattr(self.assessment, criterion.field)
            volume = typed.get(criterion.field) if criterion.field in self.fields else stored
            if None in (base, volume) or volume <= base:
                continue
            if criterion.base.value not in self.errors:
                sentence = scoring.out_of_range_sentence(criterion, volume, base)
                self.add_error(criterion.base.value, sentence)
            if criterion.field not in self.fields:
                self._ask_volume(criterion)
                self.data = self.data.copy()
                self.data[criterion.field] = format_amount(stored)
        return self.cleaned_data

    def _ask_volume(self, criterion: Criterion):
        """Add the field of a stored volume below the field of its base."""
        aspects = self.assessment.edition.aspects
        aspect = next(each for each in aspects if criterion in each.criteria)
        self.fields[criterion.field] = base_field(
            criterion.base,
            label=f"{criterion.key} {criterion.name} ({criterion.unit})",
            help_text=f"{criterion.question}. Dari langkah {aspect.number} {aspect.name}.",
            error_messages=MISSING_VOLUME,
        )
        names = list(self.fields)
        names.insert(names.index(criterion.base.value) + 1, names.pop())
        self.order_fields(names)

    def _ask_about_area(self, area_ha):
        """Add a required confirmation of this area where it seems too large."""
        if area_ha is None or (self.assessment.pk and area_ha == self.assessment.area_ha):
            return
        village = self.assessment.neighbourhood.village
        boundary = Boundary.objects.filter(village=village).first()
        land_ha = polygons_ha(boundary.polygons) if boundary else None
        doubt = rt_doubt(area_ha, land_ha, village.full_name)
        if not doubt:
            return
        asked = format_amount(area_ha, 2)
        self.fields[TICK] = forms.BooleanField(
            label=f"Ya, luas RT ini memang {asked} Ha",
            required=False,
            widget=forms.CheckboxInput(attrs={"value": asked}),
        )
        self.order_fields(["rule", "assessor", "area_ha", TICK])
        if self.data.get(TICK) != asked:
            # A confirmation of another area does not count, and is not shown as set.
            self.data = self.data.copy()
            self.data.pop(TICK, None)
            self.add_error(
                "area_ha",
                f"{doubt}. Periksa lagi satuannya; bila benar, centang konfirmasi di bawahnya.",
            )


class AspectForm(_StepForm):
    """The volumes of one aspect's criteria, each between 0 and its base."""

    def __init__(self, *args, assessment, aspect, **kwargs):
        self.aspect = aspect
        super().__init__(*args, assessment=assessment, **kwargs)
        for criterion in aspect.criteria:
            if criterion.is_asked(getattr(assessment, criterion.base.value)):
                self.fields[criterion.field] = self._field(criterion, assessment)

    def _field(self, criterion: Criterion, assessment) -> forms.Field:
        base = format_amount(getattr(assessment, criterion.base.value))
        field = base_field(
            criterion.base,
            label=f"{criterion.key} {criterion.name}",
            help_text=(
                f"{criterion.question}, dari {criterion.base.label} {base} {criterion.unit}. "
                "Tulis 0 bila tidak ada."
            ),
            error_messages=MISSING_VOLUME,
        )
        field.criterion = criterion
        return field

    def clean(self):
        """Refuse volumes above their base."""
        for criterion in self.aspect.criteria:
            volume = self.cleaned_data.get(criterion.field)
            base = getattr(self.assessment, criterion.base.value)
            if volume is not None and volume > base:
                sentence = scoring.out_of_range_sentence(criterion, volume, base)
                self.add_error(criterion.field, sentence)
        return self.cleaned_data


YES_NO = [("", "Belum diketahui"), ("ya", "Ya (+)"), ("tidak", "Tidak (−)")]


class _YesNoField(forms.TypedChoiceField):
    """Yes, no, or unknown."""

    def __init__(self, **kwargs):
        super().__init__(
            choices=YES_NO,
            coerce=lambda value: value == "ya",
            empty_value=None,
            required=False,
            error_messages={"invalid_choice": "Pilih ya, tidak, atau belum diketahui."},
            **kwargs,
        )

    def prepare_value(self, value):
        """Return the choice of a stored value."""
        return {True: "ya", False: "tidak", None: ""}.get(value, value)


class ConsiderationsForm(_StepForm):
    """The considerations besides the score; the first and the class give the handling priority."""

    consideration = forms.ChoiceField(
        label="Pertimbangan lain",
        required=False,
        choices=[("", "Belum dinilai"), *Assessment.Consideration.choices],
        help_text=(
            "Nilai strategis lokasi, kependudukan, serta kondisi sosial, ekonomi, dan budaya, "
            "dinilai bersama-sama. Bersama tingkat kekumuhan menentukan prioritas 1–9."
        ),
        error_messages={"invalid_choice": "Pilih tinggi, sedang, atau rendah."},
    )
    is_tenure_clear = _YesNoField(label="Status penguasaan lahan jelas")
    is_zoning_met = _YesNoField(label="Sesuai rencana tata ruang")
    note = TextField(label="Catatan", required=False, rows=3, max_length=2000)


def step_form(step: FormStep, data, assessment) -> _StepForm:
    """Return the form of a step, bound unless `data` is None."""
    if step.key == GENERAL:
        return GeneralForm(data, assessment=assessment)
    if step.key == CONSIDERATIONS:
        return ConsiderationsForm(data, assessment=assessment)
    return AspectForm(data, assessment=assessment, aspect=step.aspect)


class NeighbourhoodForm(forms.ModelForm):
    """A new RT of a village."""

    class Meta:
        model = Neighbourhood
        fields = ["rt", "rw", "hamlet"]

    def __init__(self, *args, village, sample, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.village, self.instance.is_sample = village, sample

    def clean(self):
        """Refuse an RT that exists already."""
        cleaned = super().clean()
        if {"rt", "rw"} <= cleaned.keys():
            same = Neighbourhood.objects.filter(
                village=self.instance.village,
                is_sample=self.instance.is_sample,
                rt=cleaned["rt"],
                rw=cleaned["rw"],
            )
            if same.exists():
                self.add_error("rt", "RT ini sudah tercatat di desa/kelurahan itu.")
        return cleaned


class WhatIfForm(forms.Form):
    """Volumes to try instead of the stored ones; an empty field means the stored volume."""

    def __init__(self, *args, assessment, **kwargs):
        super().__init__(*args, **kwargs)
        self.assessment = assessment
        for criterion in assessment.edition.criteria:
            if not criterion.is_asked(getattr(assessment, criterion.base.value)):
                continue
            self.fields[criterion.key] = base_field(
                criterion.base,
                required=False,
                label=f"{criterion.key} {criterion.name} ({criterion.unit})",
            )

    def volumes(self) -> dict:
        """Return criterion key → volume: the typed one, else the stored one."""
        stored = self.assessment.measured().volumes
        typed = self.cleaned_data
        return {key: stored[key] if typed.get(key) is None else typed[key] for key in stored}

    def clean(self):
        """Refuse volumes above their base."""
        for criterion in self.assessment.edition.criteria:
            volume = self.cleaned_data.get(criterion.key)
            base = getattr(self.assessment, criterion.base.value)
            if volume is not None and volume > base:
                sentence = scoring.out_of_range_sentence(criterion, volume, base)
                self.add_error(criterion.key, sentence)
        return self.cleaned_data

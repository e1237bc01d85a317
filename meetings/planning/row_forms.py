"""Forms for the agenda rows and participant rows of a meeting."""

from django import forms
from django.core.exceptions import ValidationError

from kotaku.interface.fields import LARGEST_KEY, TimeOfDayField, WholeNumberField
from kotaku.limits import MAX_AGENDA, MAX_PARTICIPANTS
from meetings.models import Participant
from meetings.planning.several_days import LONGEST


class IdField(forms.IntegerField):
    """The id of a stored row in a hidden field; an invalid value counts as empty."""

    widget = forms.HiddenInput

    def __init__(self):
        super().__init__(required=False, min_value=1, max_value=LARGEST_KEY)

    def clean(self, value):
        """Return the id, or None if the value is invalid."""
        try:
            return super().clean(value)
        except ValidationError:
            return None


class AgendaRowForm(forms.Form):
    """One row of the agenda."""

    pk = IdField()
    continues = IdField()
    follow_up = IdField()
    title = forms.CharField(
        label="Acara",
        max_length=300,
        error_messages={"required": "Tulis acaranya, atau hapus baris ini."},
    )
    day = WholeNumberField(
        label="Hari ke-",
        required=False,
        min_value=1,
        max_value=LONGEST,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 3}),
        error_messages={
            "invalid": "Tulis hari keberapa, misalnya 2.",
            "min_value": "Hari pertama rapat adalah hari ke-1.",
            "max_value": f"Rapat berlangsung paling lama {LONGEST} hari.",
        },
    )
    starts_at = TimeOfDayField(label="Pukul", required=False)
    length_minutes = WholeNumberField(
        label="Lama (menit)",
        required=False,
        min_value=1,
        max_value=1440,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 5}),
        error_messages={
            "invalid": "Tulis lamanya dalam menit, misalnya 30.",
            "min_value": "Lama acara paling sedikit 1 menit.",
            "max_value": "Lama acara paling banyak 1.440 menit (sehari).",
        },
    )
    speaker = forms.CharField(label="Pembicara", required=False, max_length=120)
    speaker_position = forms.CharField(label="Jabatan", required=False, max_length=160)
    speaker_organisation = forms.CharField(label="Instansi", required=False, max_length=160)

    def clean_day(self):
        """Return the first day if none is written."""
        return self.cleaned_data["day"] or 1


class ParticipantRowForm(forms.ModelForm):
    """One row of the participants."""

    pk = IdField()
    village = IdField()
    user = IdField()

    class Meta:
        model = Participant
        fields = ["name", "position", "organisation", "unsur", "sex", "phone", "email"]
        labels = {"name": "Nama", "position": "Jabatan", "organisation": "Instansi/lembaga"}
        widgets = {"phone": forms.TextInput(attrs={"inputmode": "tel"})}
        error_messages = {
            "organisation": {"required": "Tulis instansi atau lembaganya."},
            "email": {"invalid": "Tulis alamat email yang lengkap, misalnya nama@contoh.go.id."},
        }

    def clean(self):
        """Require a name or a position."""
        cleaned = super().clean()
        if not (cleaned.get("name") or cleaned.get("position")) and "name" not in self.errors:
            self.add_error("name", "Tulis nama atau jabatan peserta, atau hapus baris ini.")
        return cleaned

    def _post_clean(self):
        """Leave the constraints to storing: each would be a query for each of 400 rows."""

    def identity(self):
        """Return the values that must be unique within a meeting; None while incomplete."""
        cleaned = self.cleaned_data
        organisation = cleaned.get("organisation", "").casefold()
        name, position = cleaned.get("name", ""), cleaned.get("position", "")
        if not organisation or not (name or position):
            return None
        return (bool(name), (name or position).casefold(), organisation)


class BaseParticipantFormSet(forms.BaseFormSet):
    """Participants without duplicates."""

    def clean(self):
        """Report a duplicate participant in the second of the two rows."""
        seen = set()
        for form in self.forms:
            identity = form.identity() if hasattr(form, "cleaned_data") else None
            if identity in seen:
                what = "nama" if identity[0] else "jabatan"
                form.add_error(
                    "name" if identity[0] else "position",
                    f"Peserta dengan {what} dan instansi ini sudah ada di daftar. Hapus salah satunya.",
                )
            elif identity:
                seen.add(identity)


AgendaFormSet = forms.formset_factory(AgendaRowForm, extra=0, max_num=MAX_AGENDA)
ParticipantFormSet = forms.formset_factory(
    ParticipantRowForm, formset=BaseParticipantFormSet, extra=0, max_num=MAX_PARTICIPANTS
)

"""Forms for minutes, decisions, follow-ups and progress reports."""

import hashlib

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone

from areas.models import Village
from kotaku.formats import format_time
from kotaku.interface.fields import (
    DayField,
    SeveralField,
    TextField,
    TimeOfDayField,
)
from kotaku.models.region import inside
from kotaku.workflow.forms import VersionField
from meetings.planning.forms import account_field, accounts_of, offered


def fingerprint(text: str, is_discussed: bool) -> str:
    """Return a short hash of notes or a decision, to detect changes since the page was opened."""
    return hashlib.sha256(f"{is_discussed}\n{text}".encode()).hexdigest()[:16]


class ItemNotesForm(forms.Form):
    """The notes of one agenda item. `opened` is their fingerprint when the page was opened."""

    notes = TextField(label="Catatan pembahasan", required=False, rows=5)
    is_discussed = forms.BooleanField(label="Sudah dibahas", required=False)
    version = VersionField()
    opened = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)

    def __init__(self, data=None, *, item):
        super().__init__(
            data,
            prefix=f"acara{item.pk}",
            initial={
                "notes": item.notes,
                "is_discussed": item.is_discussed,
                "version": item.version,
                "opened": fingerprint(item.notes, item.is_discussed),
            },
        )
        self.item = item
        self.stale, self.stored = None, []

    def clean(self):
        """Count an item with notes as discussed, even if the box is not ticked."""
        cleaned = super().clean()
        cleaned["is_discussed"] = bool(cleaned.get("is_discussed") or cleaned.get("notes"))
        return cleaned

    @property
    def is_changed(self) -> bool:
        """Whether the user changed the notes since opening the page."""
        cleaned = self.cleaned_data
        typed = fingerprint(cleaned["notes"], cleaned["is_discussed"])
        return typed != cleaned["opened"]

    @property
    def is_stored(self) -> bool:
        """Whether these notes are already stored (a double click sends them twice)."""
        cleaned = self.cleaned_data
        return (cleaned["notes"], cleaned["is_discussed"]) == (
            self.item.notes,
            self.item.is_discussed,
        )


class MinutesForm(forms.Form):
    """The general parts of the minutes: opening, conclusion, closing and next meeting."""

    FIELDS = ("opening", "conclusion", "closing", "closed_at", "next_meeting")

    opening = TextField(label="Pembukaan", required=False)
    conclusion = TextField(label="Kesimpulan", required=False)
    closing = TextField(label="Penutup", required=False, rows=3)
    closed_at = TimeOfDayField(
        label="Rapat ditutup pukul", required=False, help_text="Contoh: 12.00"
    )
    next_meeting = forms.CharField(
        label="Rapat berikutnya",
        required=False,
        max_length=200,
        help_text="Waktu dan pokok bahasan.",
    )
    version = VersionField()

    def __init__(self, data=None, *, minutes):
        initial = {name: getattr(minutes, name) for name in self.FIELDS}
        super().__init__(data, initial={**initial, "version": minutes.version})
        self.minutes = minutes

    def clean_closed_at(self):
        """Refuse an end before the beginning."""
        closed, meeting = self.cleaned_data["closed_at"], self.minutes.meeting
        starts = timezone.localtime(meeting.starts_at)
        is_one_day = meeting.is_time_known and meeting.day_count == 1
        if closed and is_one_day and closed < starts.time():
            raise ValidationError(
                f"Rapat dimulai pukul {format_time(starts)}. Tulis jam sesudahnya."
            )
        return closed

    @property
    def content(self) -> dict:
        """Return the values for `Minutes.write`."""
        return {name: self.cleaned_data[name] for name in self.FIELDS}

    @property
    def is_stored(self) -> bool:
        """Whether these values are already stored."""
        return all(getattr(self.minutes, name) == value for name, value in self.content.items())


def villages_of(meeting, stored):
    """Return the villages that a meeting's decisions may name, including the `stored` ones.

    For a kabupaten or kota these are its own villages; for a province or the nation, only those
    of the meeting.
    """
    where = inside(meeting.region, Village.region_path)
    if meeting.region.is_summed:
        where &= Q(pk__in=meeting.villages.values("pk"))
    return offered(Village, where, [each.pk for each in stored])


class FollowUpForm(forms.Form):
    """A task after a decision, with its responsible party and due date."""

    what = TextField(
        label="Yang dikerjakan",
        rows=3,
        max_length=2000,
        error_messages={"required": "Tulis apa yang harus dikerjakan."},
    )
    village = forms.ModelChoiceField(
        label="Penanggung jawab: desa/kelurahan",
        queryset=Village.objects.all(),
        required=False,
        empty_label="– bukan desa/kelurahan –",
    )
    organisation = forms.CharField(
        label="atau instansi", required=False, max_length=160, help_text="Contoh: DCKTLH"
    )
    responsible_user = account_field(
        label="Akun yang melaporkan kemajuannya",
        help_text="Boleh dikosongkan; petugas desa/kelurahan selalu dapat melaporkan.",
    )
    due_on = DayField(label="Batas waktu", error_messages={"required": "Pilih batas waktunya."})
    version = VersionField(required=False)

    FIELDS = ("what", "village", "organisation", "responsible_user", "due_on")

    def __init__(self, *args, meeting, follow_up=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.meeting = meeting
        village = follow_up and follow_up.village
        self.fields["village"].queryset = villages_of(meeting, [village] if village else [])
        self.fields["responsible_user"].queryset = accounts_of(
            meeting.region, follow_up and follow_up.responsible_user_id
        )

    @property
    def content(self) -> dict:
        """Return the values to store."""
        return {name: self.cleaned_data[name] for name in self.FIELDS}

    def clean_due_on(self):
        """Reject a due date before the meeting."""
        due_on = self.cleaned_data["due_on"]
        if due_on < self.meeting.day:
            raise forms.ValidationError(
                f"Batas waktu tidak boleh sebelum rapat ({self.meeting.days_text})."
            )
        return due_on

    def clean(self):
        """Require either a village or an organisation, not both."""
        cleaned = super().clean()
        village, organisation = cleaned.get("village"), cleaned.get("organisation")
        if not village and not organisation and "organisation" not in self.errors:
            self.add_error("village", "Pilih desa/kelurahan, atau tulis instansi penanggung jawab.")
        elif village and organisation:
            self.add_error(
                "organisation",
                "Pilih satu saja: desa/kelurahan atau instansi. Kosongkan salah satu.",
            )
        return cleaned


class DecisionForm(forms.Form):
    """A decision and the villages concerned. `opened` is the fingerprint of the original text."""

    text = TextField(
        label="Keputusan", max_length=4000, error_messages={"required": "Tulis keputusannya."}
    )
    villages = SeveralField(
        label="Desa/kelurahan terkait",
        queryset=Village.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    opened = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)

    def __init__(self, *args, meeting, stored=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["villages"].queryset = villages_of(meeting, stored)


class AddendumForm(forms.Form):
    """An addendum to approved minutes."""

    text = TextField(
        label="Isi adendum", max_length=4000, error_messages={"required": "Tulis isi adendum."}
    )

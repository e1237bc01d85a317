"""Forms for linking activities to decisions and follow-ups."""

from itertools import groupby

from django import forms


class CauseForm(forms.Form):
    """The decision or follow-up that an activity comes from."""

    asal = forms.ChoiceField(
        label="Keputusan atau tindak lanjut",
        error_messages={
            "required": "Pilih keputusan atau tindak lanjutnya.",
            "invalid_choice": "Pilih dari daftar.",
        },
    )

    def __init__(self, *args, causes, **kwargs):
        super().__init__(*args, **kwargs)
        self.causes = {cause.reference: cause for cause in causes}
        newest = sorted(causes, key=lambda cause: -cause.decision.meeting.starts_at.timestamp())
        groups = [
            (
                meeting,
                [(each.reference, f"{each.kind}: {each.text[:90]}") for each in members],
            )
            for meeting, members in groupby(newest, key=lambda cause: cause.meeting_text)
        ]
        self.fields["asal"].choices = [("", "Pilih"), *groups]

    def clean_asal(self):
        """Return the chosen cause."""
        return self.causes[self.cleaned_data["asal"]]


class ActivityChoiceField(forms.ModelChoiceField):
    """A choice of activities, shown by year, village and description."""

    def label_from_instance(self, activity):
        """Return `2027 · Desa Balokang · Pembangunan drainase`."""
        return f"{activity.year} · {activity.village} · {activity.description[:80]}"


class ActivityLinkForm(forms.Form):
    """The activity that a decision or follow-up leads to."""

    kegiatan = ActivityChoiceField(
        label="Kegiatan yang sudah direncanakan",
        queryset=None,
        empty_label="Pilih",
        error_messages={
            "required": "Pilih kegiatannya.",
            "invalid_choice": "Kegiatan itu tidak dapat dipilih; mungkin baru saja dihubungkan.",
        },
    )

    def __init__(self, *args, linkable, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kegiatan"].queryset = linkable

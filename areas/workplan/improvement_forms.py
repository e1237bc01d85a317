"""The form for the improvements by an activity: rows of RT, criterion and volume."""

from django import forms

from areas.models import Neighbourhood
from areas.rules.criteria import ASPECTS, BY_KEY
from areas.workplan.fields import VolumeField, volume_in
from kotaku.limits import MAX_IMPROVEMENTS
from kotaku.workflow.forms import VersionField

EMPTY_ROWS = 3


class ImprovementsForm(forms.Form):
    """The criteria that an activity improves, by RT, with volumes."""

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
        self.count = max(len(stored) + EMPTY_ROWS, self._typed_rows())
        criteria = _criteria(activity.aspect)
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
            self.fields[f"volume-{number}"].quantity = volume_in(self._unit(number))

    def _typed_rows(self) -> int:
        """Return the number of rows sent; stored rows may have been removed since."""
        names = [name.removeprefix("volume-") for name in self.data if name.startswith("volume-")]
        numbers = [int(name) + 1 for name in names if name.isdecimal() and len(name) < 4]
        return min(max(numbers, default=0), MAX_IMPROVEMENTS)

    def _unit(self, number) -> str:
        """Return the unit of the criterion in a row; "" while none is chosen."""
        criterion = BY_KEY.get(self[f"kriteria-{number}"].value())
        return criterion.unit if criterion else ""

    def rows(self):
        """Return the bound fields, row by row."""
        return [
            [self[f"{name}-{number}"] for name in ("rt", "kriteria", "volume")]
            for number in range(self.count)
        ]

    def clean(self):
        """Refuse incomplete rows, repeated criteria, and fractions of things counted as whole."""
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


def _criteria(aspect: int) -> list:
    """Return all criteria as choices, those of the activity's own aspect first."""
    own_first = sorted(ASPECTS, key=lambda each: (each.number != aspect, each.number))
    groups = [
        (
            f"{each.number} {each.name}",
            [(one.key, f"{one.key} {one.name} ({one.unit})") for one in each.criteria],
        )
        for each in own_first
    ]
    return [("", "–"), *groups]

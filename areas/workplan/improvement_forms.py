"""The form for the improvements by an activity: rows of RT, criterion and volume."""

from django import forms

from areas.models import Assessment, Neighbourhood
from areas.rules.criteria import CURRENT, EDITIONS, by_code, known_criteria
from areas.rules.edition import Aspect, Edition
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
        self.editions = _editions(rts)
        criteria = self._criteria(activity.aspect)
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
        """Return the number of posted rows; fewer rows may be stored by now."""
        names = [name.removeprefix("volume-") for name in self.data if name.startswith("volume-")]
        numbers = [int(name) + 1 for name in names if name.isdecimal() and len(name) < 4]
        return min(max(numbers, default=0), MAX_IMPROVEMENTS)

    def _unit(self, number) -> str:
        """Return the unit of the criterion in a row; "" while none is chosen."""
        criterion = known_criteria().get(self[f"kriteria-{number}"].value())
        return criterion.unit if criterion else ""

    def _criteria(self, aspect: int) -> list:
        """Return all criteria as choices, those of the activity's own aspect first."""
        used = dict.fromkeys([CURRENT, *self.editions.values()])
        groups = [
            (
                f"{each.number} {each.name}"
                + (f" ({edition.regulation})" if len(used) > 1 else ""),
                _choices(edition, each),
            )
            for edition in used
            for each in sorted(edition.aspects, key=lambda one: (one.number != aspect, one.number))
        ]
        return [("", "–"), *groups]

    def rows(self):
        """Return the bound fields, row by row."""
        return [
            [self[f"{name}-{number}"] for name in ("rt", "kriteria", "volume")]
            for number in range(self.count)
        ]

    def clean(self):
        """Refuse incomplete rows, repeated criteria, and fractions of whole units."""
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
            edition = self.editions.get(self.known[rt].pk, CURRENT)
            criterion = by_code(edition).get(key)
            if criterion is None:
                name, rule = self.known[rt].short_name, edition.regulation
                sentence = f"{name} dinilai menurut {rule}, yang tidak memuat kriteria ini."
                self.add_error(f"kriteria-{number}", sentence)
            elif criterion.base.is_whole and volume != int(volume):
                self.add_error(f"volume-{number}", "Tulis bilangan bulat, misalnya 33.")
            if (rt, key) in seen:
                self.add_error(f"kriteria-{number}", "Kriteria RT ini sudah disebut di atas.")
            seen.add((rt, key))
            self.found.append((self.known[rt], key, volume))
        return cleaned


def _editions(rts) -> dict[int, Edition]:
    """Return RT → edition of its last verified assessment; {} if there is only one edition."""
    if len(EDITIONS) == 1:
        return {}
    rules = Assessment.objects.verified().filter(neighbourhood__in=rts).order_by("year")
    return {rt: EDITIONS[rule] for rt, rule in rules.values_list("neighbourhood", "rule")}


def _choices(edition: Edition, aspect: Aspect) -> list[tuple[str, str]]:
    codes = {criterion: code for code, criterion in by_code(edition).items()}
    return [(codes[each], f"{each.key} {each.name} ({each.unit})") for each in aspect.criteria]

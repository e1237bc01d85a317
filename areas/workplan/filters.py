"""Filters of the list of activities, from the query string."""

from django import forms
from django.db.models import Q

from areas.models import ActivityStatus, FundingSource, Village
from areas.rules.criteria import known_aspects


def kind_of(address, activities) -> tuple[bool, bool]:
    """Return whether to show sample activities, and whether both kinds exist.

    Without `contoh` in the address, real activities are shown unless only sample ones exist.
    """
    kinds = set(activities.order_by().values_list("is_sample", flat=True).distinct())
    sample = address["contoh"] == "1" if "contoh" in address else kinds == {True}
    return sample, len(kinds) == 2


def _years_of(activities) -> list[int]:
    """Return the years with activities, newest first."""
    years = activities.order_by().values_list("year", flat=True).distinct()
    return sorted(years, reverse=True)


class ActivityFilterForm(forms.Form):
    """The filters of the list; invalid values in the address are ignored."""

    desa = forms.ModelChoiceField(
        label="Desa/kelurahan",
        required=False,
        queryset=Village.objects.none(),
        to_field_name="code",
        empty_label="Semua",
    )
    aspek = forms.TypedChoiceField(
        label="Aspek",
        required=False,
        coerce=int,
        empty_value=None,
        choices=[
            ("", "Semua"),
            *((number, f"{number} {name}") for number, name in known_aspects().items()),
        ],
    )
    tahun = forms.TypedChoiceField(label="Tahun", required=False, coerce=int, empty_value=None)
    sumber = forms.ChoiceField(
        label="Sumber dana", required=False, choices=[("", "Semua"), *FundingSource.choices]
    )
    keadaan = forms.ChoiceField(
        label="Keadaan", required=False, choices=[("", "Semua"), *ActivityStatus.choices]
    )
    rencana = forms.ChoiceField(
        label="Perencanaan desa",
        required=False,
        choices=[("", "Semua"), ("ya", "Ya"), ("tidak", "Belum")],
    )

    def __init__(self, *args, user, activities, **kwargs):
        super().__init__(*args, **kwargs)
        planned = Q(pk__in=activities.order_by().values("village"))
        villages = Village.objects.of(user).named_or(self.data.get("desa"), planned)
        self.fields["desa"].queryset = villages
        years = _years_of(activities)
        self.fields["tahun"].choices = [("", "Semua"), *((year, str(year)) for year in years)]

    @property
    def source(self) -> str:
        """The funding source selected in the filters, or ""."""
        return getattr(self, "cleaned_data", {}).get("sumber", "")

    def filtered(self, activities):
        """Return the activities that match the filters."""
        self.is_valid()
        wanted = getattr(self, "cleaned_data", {})
        conditions = {
            "desa": "village",
            "aspek": "aspect",
            "tahun": "year",
            "keadaan": "status",
        }
        for name, field in conditions.items():
            if wanted.get(name):
                activities = activities.filter(**{field: wanted[name]})
        if wanted.get("sumber"):
            # A join would restrict the sums of an activity's money to this source.
            paid = activities.model.objects.filter(funding__source=wanted["sumber"]).values("pk")
            activities = activities.filter(pk__in=paid)
        if wanted.get("rencana"):
            is_missing = Q(plan_document="")
            activities = activities.filter(
                is_missing if wanted["rencana"] == "tidak" else ~is_missing
            )
        return activities

"""The filters of the village list; they are part of the address."""

from django import forms
from django.db.models import Q

from areas.models import District
from areas.totals.series import counted_statuses, with_remaining
from kotaku.models.region import inside


class VillageFilterForm(forms.Form):
    """Filter the village list; invalid values in the address are ignored."""

    STATES = (
        ("", "Semua"),
        ("tuntas", "Tuntas (0 Ha)"),
        ("sisa", "Masih ada kawasan kumuh"),
        ("belum", "Belum ada angka terverifikasi"),
    )

    cari = forms.CharField(label="Nama desa/kelurahan", required=False, max_length=80)
    kecamatan = forms.ModelChoiceField(
        label="Kecamatan",
        required=False,
        queryset=District.objects.all(),
        to_field_name="code",
        empty_label="Semua",
    )
    keadaan = forms.ChoiceField(label="Keadaan", required=False, choices=STATES)

    def __init__(self, *args, region, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kecamatan"].queryset = District.objects.filter(inside(region))

    def filtered(self, baselines, provisional: bool):
        """Return the baselines that match the filters."""
        self.is_valid()
        wanted = getattr(self, "cleaned_data", {})
        if text := wanted.get("cari"):
            baselines = baselines.filter(village__name__icontains=text)
        if district := wanted.get("kecamatan"):
            baselines = baselines.filter(village__district=district)
        return self._in_state(baselines, wanted.get("keadaan"), provisional)

    @staticmethod
    def _in_state(baselines, state, provisional):
        if not state:
            return baselines
        # "belum" means without a verified figure, also on a page that counts submitted ones.
        counts_submitted = provisional and state != "belum"
        statuses = counted_statuses(counts_submitted)
        baselines = with_remaining(baselines, statuses, name="state_ha")
        conditions = {
            "tuntas": Q(state_ha=0),
            "sisa": Q(state_ha__gt=0),
            "belum": Q(state_ha_year__isnull=True),
        }
        return baselines.filter(conditions[state])

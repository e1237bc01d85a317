"""Decree periods with their baselines and the sum of the baselines."""

from decimal import Decimal

from django.contrib import admin
from django.db.models import Count, Sum
from django.forms import CharField, ModelForm, TextInput
from django.utils.text import capfirst

from areas.admin.spreadsheets import SpreadsheetAdmin
from areas.models import Baseline, Boundary, ImportRun, Programme, Village, YearTarget, summarised
from areas.rules.land_area import polygons_ha, village_doubt
from kotaku.admin_site.autocomplete import SearchedRows
from kotaku.admin_site.regional_admin import RegionalAdmin, TypedFields, own, with_stored
from kotaku.formats import format_hectares_unit
from kotaku.interface.fields import HectareField, is_key

HECTARE_FIELDS = ("area_ha", "declared_ha", "target_ha")


class HectareAdmin:
    """Parses hectares as the rest of the site does: `12,5`, `12.5`, `12,50 Ha`."""

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Use the site's own field: Django's localised field reads `1.250` as 1250."""
        if db_field.name in HECTARE_FIELDS:
            return HectareField(
                label=capfirst(db_field.verbose_name),
                required=not db_field.blank,
                help_text=db_field.help_text,
            )
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class YearTargetInline(TypedFields, HectareAdmin, admin.TabularInline):
    """Targets of the programme for single years."""

    model = YearTarget
    extra = 0


class BaselineForm(ModelForm):
    """A baseline cannot change its village, since its figures would move; changes need a reason."""

    reason = CharField(
        label="Alasan perubahan",
        required=False,
        max_length=500,
        widget=TextInput(attrs={"size": 30}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk and "village" in self.fields:
            self.fields["village"].disabled = True

    def clean(self):
        """Require a reason for a changed area or origin, and for an area that seems too large."""
        cleaned = super().clean()
        if cleaned.get("reason", "").strip():
            return cleaned
        is_changed = self.instance.pk and {"area_ha", "is_inferred"} & {*self.changed_data}
        if doubt := self._doubt(cleaned):
            self.add_error(
                "reason", f"{doubt}. Periksa luasnya; bila benar, tulis alasannya di sini."
            )
        elif is_changed:
            self.add_error("reason", "Tulis mengapa baseline ini berubah.")
        return cleaned

    def _doubt(self, cleaned) -> str:
        """Return why a new area seems too large, as in the import; "" if it does not."""
        village, area_ha = cleaned.get("village"), cleaned.get("area_ha")
        if village is None or area_ha is None or "area_ha" not in self.changed_data:
            return ""
        boundary = Boundary.objects.filter(village=village).first()
        land_ha = polygons_ha(boundary.polygons) if boundary else None
        return village_doubt(area_ha, land_ha, village.full_name)


class BaselineInline(TypedFields, SearchedRows, HectareAdmin, admin.TabularInline):
    """The baselines of the period: villages with their hectares."""

    model = Baseline
    form = BaselineForm
    extra = 0
    autocomplete_fields = ["village"]
    ordering = ["village__name"]

    def get_queryset(self, request):
        """Load the villages' names with the rows."""
        return super().get_queryset(request).select_related("village")

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Offer the villages of this user's region and those already in the period."""
        if db_field.name == "village":
            pk = request.resolver_match.kwargs.get("object_id")
            stored = Baseline.objects.filter(programme=pk if is_key(pk) else None)
            mine = own(Village.objects.all(), request.user)
            kwargs["queryset"] = with_stored(mine, stored.values("village"))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(Programme)
class ProgrammeAdmin(SpreadsheetAdmin, HectareAdmin, RegionalAdmin):
    """Periods; shows the sum of the baselines beside the total that the decree declares."""

    is_of_regency = True
    exported = {
        "periode": "slug",
        "nama": "name",
        "nomor_sk": "decree_number",
        "tanggal_sk": "decree_date",
        "tahun_baseline": "baseline_year",
        "luas_menurut_sk_ha": "decreed_ha",
        "tahun_target": "target_year",
        "target_ha": "target_ha",
        "berjalan": "is_current",
        "data_contoh": "is_sample",
        "sumber": "source",
        "total_tercatat_ha": "declared_ha",
    }
    import_kind = ImportRun.Kind.BASELINES

    list_display = [
        "name",
        "region",
        "baseline_year",
        "target_year",
        "declared_text",
        "summed_text",
        "difference_text",
        "is_current",
        "is_closed",
        "is_sample",
    ]
    list_filter = ["is_current", "is_closed", "is_sample", "region"]
    list_select_related = ["region"]
    search_fields = ["name", "decree_number"]
    prepopulated_fields = {"slug": ["name"]}
    readonly_fields = ["summed_text", "difference_text"]
    inlines = [YearTargetInline, BaselineInline]
    fieldsets = [
        (None, {"fields": ["region", "name", "slug", "decree_number", "decree_date", "source"]}),
        (
            "Baseline dan target",
            {
                "fields": [
                    "baseline_year",
                    "declared_ha",
                    "summed_text",
                    "difference_text",
                    "target_year",
                    "target_ha",
                ]
            },
        ),
        ("Isian", {"fields": ["entry_days", "is_current", "is_closed", "is_sample"]}),
        ("Tampilan untuk umum", {"fields": ["shows_ranks"]}),
    ]

    def get_queryset(self, request):
        """Sum the baselines of all rows in one query."""
        sums = {"summed_ha": Sum("baselines__area_ha"), "villages": Count("baselines")}
        return super().get_queryset(request).annotate(**sums)

    def save_formset(self, request, form, formset, change):
        """Record each added, changed or deleted baseline in its history."""
        if formset.model is not Baseline:
            super().save_formset(request, form, formset, change)
            return
        formset.save(commit=False)
        known = form.instance.baselines.order_by().values_list("pk", "area_ha", "is_inferred")
        stored = {pk: (area_ha, is_inferred) for pk, area_ha, is_inferred in known}
        reasons = {
            id(each.instance): each.cleaned_data.get("reason", "")
            for each in formset.forms
            if each.has_changed()
        }
        changed = [*formset.new_objects, *(each for each, _ in formset.changed_objects)]
        with summarised(each.village_id for each in [*formset.deleted_objects, *changed]):
            self._store(request, formset.deleted_objects, changed, stored, reasons)
        formset.save_m2m()

    def _store(self, request, deleted, changed, stored, reasons):
        for baseline in deleted:
            self._record(
                request, baseline, stored.get(baseline.pk, (None, False))[0], None, reasons
            )
            baseline.delete()
        for baseline in changed:
            before_ha, was_inferred = stored.get(baseline.pk, (None, False))
            baseline.save()
            if (before_ha, was_inferred) != (baseline.area_ha, baseline.is_inferred):
                self._record(request, baseline, before_ha, baseline.area_ha, reasons)

    def _record(self, request, baseline, before_ha, after_ha, reasons):
        baseline.record(
            by=request.user,
            before_ha=before_ha,
            after_ha=after_ha,
            reason=reasons.get(id(baseline), ""),
            source="Halaman admin",
        )

    @admin.display(description="total yang tercatat", ordering="declared_ha")
    def declared_text(self, programme):
        """Return the total hectares that the decree or another source declares."""
        return (
            None if programme.declared_ha is None else format_hectares_unit(programme.declared_ha)
        )

    @admin.display(description="jumlah baseline")
    def summed_text(self, programme):
        """Return the sum and number of the baselines."""
        if not getattr(programme, "villages", 0):
            # Also the case in the form of a new period, which lacks the annotation.
            return self.get_empty_value_display()
        return (
            f"{format_hectares_unit(_summed(programme))} dari {programme.villages} desa/kelurahan"
        )

    @admin.display(description="selisih dengan total yang tercatat")
    def difference_text(self, programme):
        """Return the sum minus the declared total; it is shown, never adjusted."""
        if not getattr(programme, "villages", 0) or programme.declared_ha is None:
            return self.get_empty_value_display()
        difference = _summed(programme) - programme.declared_ha
        return format_hectares_unit(difference) if difference else "tidak ada"


def _summed(programme) -> Decimal:
    return programme.summed_ha.quantize(Decimal("0.01"))

"""Regions, kecamatan, and villages with their officers."""

from django.contrib import admin

from areas.admin.access import access_on_record
from areas.admin.spreadsheets import SpreadsheetAdmin
from areas.admin.village_file import FromFile
from areas.models import District, Village
from kotaku.admin_site.regional_admin import FewChoicesFilter, RegionalAdmin
from kotaku.models import Region, User


@admin.register(Region)
class RegionAdmin(RegionalAdmin):
    """Provinces, kabupaten and kota; only an admin without a region may change them."""

    list_display = ["code", "full_name", "parent"]
    list_display_links = ["code", "full_name"]
    list_filter = ["kind", ("parent", admin.RelatedOnlyFieldListFilter)]
    search_fields = ["code", "name"]
    list_select_related = ["parent"]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Offer only provinces as the parent."""
        kwargs["queryset"] = Region.objects.filter(kind=Region.Kind.PROVINCE)
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        field.error_messages["invalid_choice"] = "Pilih provinsinya."
        return field

    @admin.display(description="wilayah", ordering="name")
    def full_name(self, region):
        """Return the name with its kind."""
        return region.full_name

    def has_add_permission(self, request):
        """An admin of one region may not add regions."""
        return super().has_add_permission(request) and request.user.region is None

    def has_change_permission(self, request, obj=None):
        """An admin of one region may not change regions, not even their own."""
        return super().has_change_permission(request, obj) and request.user.region is None

    def has_delete_permission(self, request, obj=None):
        """An admin of one region may not delete regions."""
        return super().has_delete_permission(request, obj) and request.user.region is None


@admin.register(District)
class DistrictAdmin(RegionalAdmin):
    """Kecamatan with their codes."""

    is_of_regency = True
    list_display = ["code", "name", "region"]
    list_display_links = ["code", "name"]
    list_filter = ["region"]
    search_fields = ["code", "name"]
    list_select_related = ["region"]


@admin.register(Village)
class VillageAdmin(FromFile, SpreadsheetAdmin, RegionalAdmin):
    """Villages and the officers who enter their figures."""

    exported = {
        "kode_desa": "code",
        "nama": "name",
        "jenis": "get_kind_display",
        "kode_kecamatan": "district.code",
        "kecamatan": "district.name",
        "lintang": "latitude",
        "bujur": "longitude",
    }

    list_display = ["code", "name", "kind", "district", "officer_names"]
    list_display_links = ["code", "name"]
    list_filter = ["kind", ("district", FewChoicesFilter)]
    search_fields = ["code", "name"]
    filter_horizontal = ["officers"]
    searched_when_many = ["district", "officers"]
    list_select_related = ["district"]

    def get_queryset(self, request):
        """Load the officers of all rows in one query."""
        return super().get_queryset(request).prefetch_related("officers")

    def save_related(self, request, form, formsets, change):
        """Store the chosen officers and record the changes of their access."""
        chosen = {user.pk for user in form.cleaned_data.get("officers", ())}
        with access_on_record(request, chosen ^ _officers_of([form.instance])):
            super().save_related(request, form, formsets, change)

    def delete_model(self, request, obj):
        """Delete a village and record that its officers lose it."""
        with access_on_record(request, _officers_of([obj])):
            super().delete_model(request, obj)

    def delete_queryset(self, request, queryset):
        """Delete several villages and record that their officers lose them."""
        with access_on_record(request, _officers_of(queryset)):
            super().delete_queryset(request, queryset)

    @admin.display(description="petugas")
    def officer_names(self, village):
        """Return the officers' names, or a dash for a village without officers."""
        return ", ".join(str(officer) for officer in village.officers.all()) or None


def _officers_of(villages) -> set[int]:
    return set(User.objects.filter(villages__in=villages).values_list("pk", flat=True))

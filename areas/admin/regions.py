"""Kecamatan, and villages with their officers."""

from django.contrib import admin

from areas.admin.spreadsheets import SpreadsheetAdmin
from areas.exchange.resources import VillageResource
from areas.models import District, Village, summarised


@admin.register(District)
class DistrictAdmin(admin.ModelAdmin):
    """Kecamatan with their codes."""

    list_display = ["code", "name"]
    list_display_links = ["code", "name"]
    search_fields = ["code", "name"]


@admin.register(Village)
class VillageAdmin(SpreadsheetAdmin, admin.ModelAdmin):
    """Villages, and who enters figures for them."""

    resource_class = VillageResource

    list_display = ["code", "name", "kind", "district", "officer_names"]
    list_display_links = ["code", "name"]
    list_filter = ["kind", "district"]
    search_fields = ["code", "name"]
    filter_horizontal = ["officers"]
    list_select_related = ["district"]

    def get_queryset(self, request):
        """Load the officers of all rows at once."""
        return super().get_queryset(request).prefetch_related("officers")

    def save_model(self, request, obj, form, change):
        """Take the village's figures along to another kecamatan."""
        with summarised([obj.pk] if change else []):
            super().save_model(request, obj, form, change)

    @admin.display(description="petugas")
    def officer_names(self, village):
        """Return the officers, or a dash for a village that nobody can enter for yet."""
        return ", ".join(str(officer) for officer in village.officers.all()) or None

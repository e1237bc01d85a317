"""Admin of RTs, and read-only admin of assessments, which are changed on the site."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html

from areas.models import Assessment, AssessmentEvent, Neighbourhood
from areas.rules.criteria import known_criteria
from areas.rules.edition import Base
from kotaku.admin_site.read_only_admin import ReadOnlyAdmin, ReadOnlyInline
from kotaku.admin_site.regional_admin import FewChoicesFilter, RegionalAdmin
from kotaku.formats import format_rt_hectares


@admin.register(Neighbourhood)
class NeighbourhoodAdmin(RegionalAdmin):
    """RTs by village."""

    list_display = ["village", "rt", "rw", "hamlet", "is_sample"]
    list_display_links = ["village", "rt"]
    list_filter = ["is_sample", ("village__district", FewChoicesFilter)]
    search_fields = ["village__name", "village__code", "hamlet"]
    list_select_related = ["village"]
    autocomplete_fields = ["village"]


class AssessmentEventInline(ReadOnlyInline):
    """The history, oldest first."""

    model = AssessmentEvent
    fields = readonly_fields = [
        "at", "actor", "kind", "before_total", "after_total", "reason", "source",
    ]  # fmt: skip


HECTARES = [each for each in known_criteria().values() if each.base == Base.AREA]


def _volume_text(criterion):
    """Return the admin column of a volume in hectares, without trailing zeros."""

    @admin.display(description=f"{criterion.key} {criterion.name.lower()}")
    def text(assessment):
        volume = getattr(assessment, criterion.field)
        if volume is None:
            return admin.site.empty_value_display
        return format_rt_hectares(volume)

    return text


@admin.register(Assessment)
class AssessmentAdmin(ReadOnlyAdmin):
    """Assessments with filters."""

    list_display = ["neighbourhood", "year", "total", "area_text", "status", "verified_by"]
    list_filter = [
        "year",
        "status",
        "neighbourhood__is_sample",
        ("neighbourhood__village__district", FewChoicesFilter),
    ]
    search_fields = ["neighbourhood__village__name", "neighbourhood__village__code"]
    list_select_related = ["neighbourhood__village", "verified_by"]
    inlines = [AssessmentEventInline]
    # Shown as text below, because the raw values have twelve decimals, mostly 0.
    exclude = ["area_ha", *(each.field for each in HECTARES)]
    readonly_fields = ["area_text", *map(_volume_text, HECTARES), "change_on_site"]

    @admin.display(description="luas RT", ordering="area_ha")
    def area_text(self, assessment):
        """Return the area in hectares without trailing zeros."""
        return format_rt_hectares(assessment.area_ha)

    @admin.display(description="tindakan")
    def change_on_site(self, assessment):
        """Link to the page where this assessment can be decided or reopened."""
        url = reverse("areas:assessment", args=[assessment.pk])
        return format_html('<a href="{}">Buka di situs</a>', url)

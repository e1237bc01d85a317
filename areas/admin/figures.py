"""Read-only admin of yearly figures, which are changed on the site."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html

from areas.admin.spreadsheets import SpreadsheetAdmin
from areas.figures.export import figure_table
from areas.models import Evidence, FigureEvent, ImportRun, Status, YearlyFigure
from kotaku.admin_site.read_only_admin import ReadOnlyAdmin, ReadOnlyInline
from kotaku.admin_site.regional_admin import FewChoicesFilter


class EventInline(ReadOnlyInline):
    """The history, oldest first."""

    model = FigureEvent
    fields = readonly_fields = [
        "at",
        "actor",
        "kind",
        "before_ha",
        "after_ha",
        "reason",
        "source",
    ]


class EvidenceInline(ReadOnlyInline):
    """The evidence by name; the files are downloaded from the site's own pages."""

    model = Evidence
    fields = readonly_fields = ["name", "content_type", "size_bytes", "uploaded_by", "uploaded_at"]


@admin.register(YearlyFigure)
class YearlyFigureAdmin(SpreadsheetAdmin, ReadOnlyAdmin):
    """Figures with filters; corrections are made on the site, which records them in the history."""

    import_kind = ImportRun.Kind.FIGURES

    list_display = [
        "village",
        "year",
        "area_ha",
        "as_of",
        "status",
        "programme",
        "entered_by",
        "verified_by",
    ]
    list_filter = [
        ("baseline__programme", FewChoicesFilter),
        "year",
        "status",
        ("baseline__village__district", FewChoicesFilter),
    ]
    search_fields = ["baseline__village__name", "baseline__village__code"]
    list_select_related = ["baseline__village", "baseline__programme", "entered_by", "verified_by"]
    inlines = [EvidenceInline, EventInline]
    readonly_fields = ["change_on_site"]
    fields = [
        "change_on_site",
        "baseline",
        "year",
        "area_ha",
        "as_of",
        "status",
        "note",
        "is_confirmed",
        "reason",
        "entered_by",
        "entered_at",
        "submitted_by",
        "submitted_at",
        "returned_by",
        "returned_at",
        "return_reason",
        "verified_by",
        "verified_at",
        "version",
    ]

    def table(self, queryset):
        """Return the same table as the staff export of the site."""
        return figure_table(queryset)

    @admin.display(description="desa/kelurahan", ordering="baseline__village__name")
    def village(self, figure):
        """Return the village's name."""
        return figure.baseline.village.full_name

    @admin.display(description="periode", ordering="baseline__programme__name")
    def programme(self, figure):
        """Return the period's name."""
        return figure.baseline.programme.name

    @admin.display(description="tindakan")
    def change_on_site(self, figure):
        """Link to the page where this figure can be decided or corrected."""
        if figure.status == Status.VERIFIED:
            url = reverse("areas:figure-correction", args=[figure.pk])
            return format_html('<a href="{}">Koreksi angka ini (dengan alasan)</a>', url)
        if figure.status == Status.DRAFT:
            return "Draf: hanya desa/kelurahan yang mengubahnya."
        url = reverse("areas:review", args=[figure.pk])
        return format_html('<a href="{}">Buka halaman verifikasi</a>', url)

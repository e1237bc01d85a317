"""Export admin lists as spreadsheets, with the same writers as the rest of the site."""

from collections.abc import Mapping

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import path, reverse

from areas.models import ImportRun
from areas.open_data.staff_tables import taken_by
from kotaku.admin_site.regional_admin import FewChoicesFilter, RegionalAdmin
from kotaku.audit import trail
from kotaku.spreadsheets import writers
from kotaku.spreadsheets.tables import Table, attribute_table

CHUNK = 2000


class SpreadsheetAdmin:
    """Adds to a list an Excel download of its filtered rows and a link to the import page.

    Files are imported only at `/data/impor/`, with a preview; the admin links to it.
    `exported` maps each column heading of the spreadsheet to an attribute path.
    """

    change_list_template = "admin/change_list_sheets.html"
    exported: Mapping[str, str] = {}
    import_kind = ""

    def get_urls(self):
        """Add the URL of the download."""
        page = self.admin_site.admin_view(self.download)
        return [path("unduh/", page, name=f"{self._page_name()}_download"), *super().get_urls()]

    def _page_name(self):
        return f"{self.opts.app_label}_{self.opts.model_name}"

    def changelist_view(self, request, extra_context=None):
        """Pass the URLs of the download and the import to the template."""
        import_url = ""
        if self.import_kind:
            query = {"jenis": self.import_kind}
            import_url = reverse("areas:import-start", query=query)
        links = {
            "download_url": reverse(f"admin:{self._page_name()}_download"),
            "import_url": import_url,
        }
        return super().changelist_view(request, {**links, **(extra_context or {})})

    def table(self, queryset) -> Table:
        """Return the table to write to the spreadsheet."""
        return attribute_table(self.exported, queryset.iterator(CHUNK))

    def download(self, request):
        """Export the rows that the list shows as Excel, or as CSV if they exceed one sheet."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            found = self.get_changelist_instance(request).get_queryset(request)
        except IncorrectLookupParameters:
            return redirect(f"admin:{self._page_name()}_changelist")
        trail.record_export(request, f"Admin, {self.opts.verbose_name_plural}")
        table = self.table(found)
        name = self.opts.model_name
        if found.count() > writers.MAX_SHEET_ROWS:
            return writers.csv_response(table, f"{name}.csv")
        title = str(self.opts.verbose_name_plural).capitalize()
        told = writers.About(title, taken_by(request.user))
        return writers.workbook_response(table, told, f"{name}.xlsx")


@admin.register(ImportRun)
class ImportRunAdmin(RegionalAdmin):
    """Read-only list of imports; files are applied on the site."""

    list_display = [
        "name",
        "kind",
        "programme",
        "state",
        "uploaded_by",
        "uploaded_at",
        "applied_at",
    ]
    list_filter = ["state", "kind", ("programme", FewChoicesFilter)]
    search_fields = ["name", "sha256"]
    list_select_related = ["programme", "uploaded_by"]
    exclude = ["file", "layout"]

    def has_add_permission(self, request):
        """Files are added only on the import page."""
        return False

    def has_change_permission(self, request, obj=None):
        """Imports are changed only on the import page."""
        return False

    def has_delete_permission(self, request, obj=None):
        """Imports are not deleted here: the history of applied ones must remain."""
        return False

"""Lists as spreadsheets, through the same writers as the rest of the site."""

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
    """Adds to a list: its rows as Excel, as they are filtered, and the way to the import page.

    There is one door for files (`/data/impor/`), with its preview; the admin leads there.
    `exported` names the columns of the spreadsheet: heading → path of an attribute.
    """

    change_list_template = "admin/change_list_sheets.html"
    exported: Mapping[str, str] = {}
    import_kind = ""

    def get_urls(self):
        """Add the download's address."""
        page = self.admin_site.admin_view(self.download)
        return [path("unduh/", page, name=f"{self._page_name()}_download"), *super().get_urls()]

    def _page_name(self):
        return f"{self.opts.app_label}_{self.opts.model_name}"

    def changelist_view(self, request, extra_context=None):
        """Tell the list where the download and the import are."""
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
        """Return the rows as they are written to a spreadsheet."""
        return attribute_table(self.exported, queryset.iterator(CHUNK))

    def download(self, request):
        """Hand out the rows that the list shows, as Excel or, when they are too many, as CSV."""
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
    """What has been imported, to look up; files are applied on the site."""

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
        """Files come through the import page."""
        return False

    def has_change_permission(self, request, obj=None):
        """Verbs change runs."""
        return False

    def has_delete_permission(self, request, obj=None):
        """What has changed the record stays on record."""
        return False

"""Tables that staff download for internal use; Excel files name the user and time of download."""

from django.http import Http404
from django.utils import timezone

from areas.open_data.about import UNITS
from kotaku.audit import trail
from kotaku.interface.moments import moment_text
from kotaku.spreadsheets import writers
from kotaku.spreadsheets.tables import Table
from kotaku.spreadsheets.writers import CSV_STYLES, About


def taken_by(user, *, units=UNITS) -> list[tuple[str, str]]:
    """Return the lines of the sheet "Keterangan" about the download; `units` is "" without hectares."""
    lines = [("Diunduh oleh", str(user)), ("Diunduh pada", moment_text(timezone.now()))]
    return [*lines, ("Satuan", units)] if units else lines


def hand_out(request, table: Table, rows: int, about: About, *, name: str, form: str):
    """Return the table as `form` ("xlsx" or one of the CSV_STYLES) and record the download.

    More rows than MAX_SHEET_ROWS are sent as CSV instead of xlsx. Raises Http404 for other forms.
    """
    if form != "xlsx" and form not in CSV_STYLES:
        raise Http404("Format tidak dikenal.")
    trail.record_export(request, f"{name}.{form}")
    if form == "xlsx" and rows <= writers.MAX_SHEET_ROWS:
        response = writers.workbook_response(table, about, f"{name}.xlsx")
    else:
        form = "csv" if form == "xlsx" else form
        response = writers.csv_response(table, f"{name}.{form}", form)
    response["Cache-Control"] = "private, no-store"
    return response

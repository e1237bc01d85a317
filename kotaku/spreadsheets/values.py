"""Write values in each format: CSV, JSON, XLSX. Pure."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from kotaku.spreadsheets.formula_guard import harmless

JAKARTA = ZoneInfo("Asia/Jakarta")


def csv_text(value, decimal_mark: str = ".") -> str:
    """Return a CSV cell: `12.50` (or `12,50`), `2016-11-08`, `ya`, text without formulas."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return yes_no(value)
    if isinstance(value, Decimal):
        return f"{value:f}".replace(".", decimal_mark)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, datetime):
        return value.astimezone(JAKARTA).isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    return harmless(str(value))


def json_value(value):
    """Return a value for JSON: numbers as numbers, moments with their time zone, true/false."""
    if isinstance(value, Decimal):
        # Two or six decimals are exact in the shortest notation of a float.
        return float(value)
    if isinstance(value, datetime):
        return value.astimezone(JAKARTA).isoformat(timespec="seconds")
    return value.isoformat() if isinstance(value, date) else value


def sheet_value(value):
    """Return a value for a spreadsheet's cell: real numbers and dates, text without formulas."""
    if isinstance(value, bool):
        return yes_no(value)
    if isinstance(value, datetime):
        # Spreadsheets have no time zones; the sheet "Keterangan" names the one used.
        return value.astimezone(JAKARTA).replace(tzinfo=None, microsecond=0)
    if isinstance(value, str):
        return harmless(value)
    return value


def sheet_format(value) -> str:
    """Return the number format for a value in a spreadsheet; "" for the default."""
    if isinstance(value, Decimal):
        decimals = max(0, -value.as_tuple().exponent)
        return "#,##0.00" if decimals == 2 else "0." + "0" * decimals if decimals else "0"
    if isinstance(value, datetime):
        return "dd/mm/yyyy hh:mm"
    return "dd/mm/yyyy" if isinstance(value, date) else ""


def yes_no(value: bool) -> str:
    """Return `ya` or `tidak`."""
    return "ya" if value else "tidak"

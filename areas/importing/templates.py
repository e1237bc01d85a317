"""Template workbooks to fill in; the known rows are written already."""

import io

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from areas.models import Programme
from kotaku.spreadsheets.values import harmless
from kotaku.spreadsheets.writers import HEAD_FILL, HEAD_FONT, RULED

WIDTH, WIDTHS = 16, {2: 30}


def template_workbook(programme: Programme, kind) -> bytes:
    """Return the XLSX file to fill in for this kind of sheet and period."""
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = "Data"
    kind.fill(sheet, programme)
    explain(
        workbook,
        (
            f"{kind.label}: {programme}",
            *kind.fill_in,
            "Jangan mengubah kode. Kolom boleh digeser; nama kolomnya tetap.",
            "Unggah berkas ini di halaman Impor. Hasilnya diperlihatkan dahulu; belum ada yang disimpan.",
        ),
    )
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def fill_villages(sheet, header, rows):
    """Write one row per (village, hectares or None); `header` names the columns of areas."""
    sheet.append(["Kode", "Desa/Kelurahan", "Kecamatan", *header])
    for village, area_ha in rows:
        sheet.append([village.code, harmless(village.full_name), harmless(village.district.name)])
        sheet.cell(sheet.max_row, 4).value = area_ha
    _dress(sheet, 3 + len(header))


def dress_head(sheet, width):
    """Format the headings in the first row, and set the widths of the columns."""
    for number in range(1, width + 1):
        head = sheet.cell(1, number)
        head.font, head.fill = HEAD_FONT, HEAD_FILL
        head.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.column_dimensions[get_column_letter(number)].width = WIDTHS.get(number, WIDTH)


def _dress(sheet, width):
    dress_head(sheet, width)
    sheet.freeze_panes = "D2"
    last = get_column_letter(width)
    areas = f"D2:{last}{max(2, sheet.max_row)}"
    for row in sheet[areas]:
        for cell in row:
            cell.number_format = "#,##0.00"
            cell.border = RULED
    rule = DataValidation(
        type="decimal",
        operator="between",
        formula1="0",
        formula2="99999999.99",
        allow_blank=True,
        errorTitle="Bukan luas",
        error="Tulis luas dalam hektare, 0 atau lebih, misalnya 12,5.",
    )
    rule.add(areas)
    sheet.add_data_validation(rule)


def explain(workbook, lines):
    """Add a sheet with instructions; the first line is its title."""
    sheet = workbook.create_sheet("Petunjuk")
    sheet.column_dimensions["A"].width = 100
    for line in lines:
        sheet.append([harmless(line)])
        sheet.cell(sheet.max_row, 1).alignment = Alignment(wrap_text=True, vertical="top")
    sheet.cell(1, 1).font = Font(bold=True, size=14)

"""Workbooks to fill in: the villages are there already, the areas are not."""

import io

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

import areas.importing.assessment_columns as named
import areas.importing.column_words as columns
from areas.models import ImportRun, Neighbourhood, Programme, Village
from areas.rules.criteria import CRITERIA
from kotaku.spreadsheets.values import harmless
from kotaku.spreadsheets.writers import HEAD_FILL, HEAD_FONT

# A sheet of more years would be wider than any paper.
MOST_YEARS = 12
WIDTH, WIDTHS = 16, {2: 30}
THIN = Border(bottom=Side(style="thin", color="FFD9D6CC"))
FILL_IN = {
    ImportRun.Kind.BASELINES: (
        "Isi luas kumuh awal setiap desa/kelurahan menurut SK atau sumber lain, dalam hektare.",
        "Hapus baris desa/kelurahan yang tidak termasuk dalam periode ini. Luas 0 berarti tidak ada kumuh.",
    ),
    ImportRun.Kind.FIGURES: (
        "Isi sisa luas kumuh pada akhir setiap tahun, dalam hektare (bukan luas yang berkurang).",
        "Kosongkan tahun yang belum ada angkanya. Luas 0 berarti tuntas.",
    ),
    ImportRun.Kind.ASSESSMENTS: (
        "Satu baris per RT dan tahun. Isi data umum RT, lalu volume ke-16 kriteria; 0 bila tidak ada.",
        "Volume tidak boleh melebihi pembandingnya: bangunan, luas RT, panjang ideal, atau KK.",
        "RT yang belum tercatat ditambahkan. Hapus baris RT yang tidak dinilai.",
    ),
}


def template_workbook(programme: Programme, kind: str) -> bytes:
    """Return the XLSX file in which a period's baselines or yearly figures can be filled in."""
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = "Data"
    if kind == ImportRun.Kind.ASSESSMENTS:
        _fill_assessments(sheet, programme)
    else:
        _fill_hectares(sheet, programme, kind)
    _explain(workbook, programme, kind)
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def _fill_assessments(sheet, programme):
    """Write the headings of the criteria's table, and the RTs that are known."""
    roles = [columns.CODE, columns.NAME, named.RT, named.RW, named.HAMLET, columns.YEAR]
    roles += [named.ASSESSOR, *named.GROUND, *(each.key for each in CRITERIA), columns.NOTE]
    sheet.append([named.LABELS[role] for role in roles])
    rts = Neighbourhood.objects.of_kind(sample=programme.is_sample).filter(
        village__district__region=programme.region_id
    )
    rts = rts.select_related("village")
    for rt in rts.order_by("village__code", "rw", "rt"):
        village = rt.village
        sheet.append([village.code, harmless(village.full_name), rt.rt, rt.rw, harmless(rt.hamlet)])
    _dress_head(sheet, len(roles))
    sheet.freeze_panes = "E2"


def _fill_hectares(sheet, programme, kind):
    if kind == ImportRun.Kind.FIGURES:
        baselines = programme.baselines.select_related("village__district").order_by(
            "village__code"
        )
        rows = [(baseline.village, baseline.area_ha) for baseline in baselines]
        years = list(programme.entry_years)[-MOST_YEARS:]
        header = [f"Baseline {programme.baseline_year} (Ha)", *(f"{year} (Ha)" for year in years)]
    else:
        rows = [
            (village, None)
            for village in Village.objects.inside(programme.region)
            .select_related("district")
            .order_by("code")
        ]
        header = ["Luas kumuh awal (Ha)"]
    sheet.append(["Kode", "Desa/Kelurahan", "Kecamatan", *header])
    for village, area_ha in rows:
        sheet.append([village.code, harmless(village.full_name), harmless(village.district.name)])
        sheet.cell(sheet.max_row, 4).value = area_ha
    _dress(sheet, 3 + len(header))


def _dress_head(sheet, width):
    for number in range(1, width + 1):
        head = sheet.cell(1, number)
        head.font, head.fill = HEAD_FONT, HEAD_FILL
        head.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.column_dimensions[get_column_letter(number)].width = WIDTHS.get(number, WIDTH)


def _dress(sheet, width):
    _dress_head(sheet, width)
    sheet.freeze_panes = "D2"
    last = get_column_letter(width)
    areas = f"D2:{last}{max(2, sheet.max_row)}"
    for row in sheet[areas]:
        for cell in row:
            cell.number_format = "#,##0.00"
            cell.border = THIN
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


def _explain(workbook, programme, kind):
    sheet = workbook.create_sheet("Petunjuk")
    sheet.column_dimensions["A"].width = 100
    lines = (
        f"{ImportRun.Kind(kind).label}: {programme}",
        *FILL_IN[kind],
        "Jangan mengubah kode. Kolom boleh digeser; nama kolomnya tetap.",
        "Unggah berkas ini di halaman Impor. Hasilnya diperlihatkan dahulu; belum ada yang disimpan.",
    )
    for line in lines:
        sheet.append([harmless(line)])
        sheet.cell(sheet.max_row, 1).alignment = Alignment(wrap_text=True, vertical="top")
    sheet.cell(1, 1).font = Font(bold=True, size=14)

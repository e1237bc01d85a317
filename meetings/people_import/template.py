"""The template of a list of people, as a workbook to fill in."""

import io

from openpyxl import Workbook
from openpyxl.worksheet.datavalidation import DataValidation

from areas.importing.column_words import IGNORE, NAME
from areas.importing.templates import dress_head, explain
from meetings.models import PokjaMember, Unsur
from meetings.people_import.columns import PHONE, ROLE, SEX, UNSUR

LAST_ROW = 500
LINES = (
    "Satu orang per baris. Nama boleh kosong bila hanya jabatannya yang diketahui.",
    "Tulis nomor HP dengan 0 atau +62 di depan; kolomnya sudah berformat teks.",
    "Kolom boleh digeser atau dihapus; nama kolomnya tetap. Jangan menggabungkan sel.",
    "Unggah berkas ini di halaman impor. Hasilnya diperlihatkan dahulu; belum ada yang disimpan.",
)


def template_workbook(title: str, labels: dict[str, str]) -> bytes:
    """Return the XLSX file to fill in; `labels` are its columns by role."""
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = "Data"
    roles = [role for role in labels if role != IGNORE]
    sheet.append([labels[role] for role in roles])
    dress_head(sheet, len(roles))
    sheet.freeze_panes = "A2"
    choices = {SEX: ["L", "P"], UNSUR: Unsur.labels, ROLE: PokjaMember.Role.labels}
    for number, role in enumerate(roles, 1):
        letters = sheet.cell(1, number).column_letter
        cells = f"{letters}2:{letters}{LAST_ROW}"
        if role == PHONE:
            for row in sheet[cells]:
                row[0].number_format = "@"
        if role == NAME:
            sheet.column_dimensions[letters].width = 30
        if found := choices.get(role):
            rule = DataValidation(type="list", formula1=f'"{",".join(found)}"', allow_blank=True)
            rule.error, rule.errorTitle = "Pilih dari daftar.", labels[role]
            rule.add(cells)
            sheet.add_data_validation(rule)
    explain(workbook, (title, *LINES))
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()

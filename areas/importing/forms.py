"""The forms of an import: file, columns, questions about the file, and confirmation."""

import hashlib

from django import forms

from areas.importing import columns
from areas.importing.column_words import IGNORE
from areas.importing.file_questions import FileQuestions
from areas.models import ImportRun, Programme
from kotaku.interface.fields import TextField, WholeNumberField
from kotaku.spreadsheets.cells import read_text
from kotaku.spreadsheets.read import read_workbook
from kotaku.spreadsheets.sheets import UnreadableSheet, letter

SHEET, HEADER_ROW = "lembar", "baris_judul"


class UploadForm(forms.Form):
    """A spreadsheet, its kind, and its period. `book` is its content, once it is valid."""

    kind = forms.ChoiceField(
        label="Isi berkas",
        choices=ImportRun.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih apa isi berkas ini."},
    )
    programme = forms.ModelChoiceField(
        label="Periode (SK kumuh)",
        queryset=Programme.objects.none(),
        empty_label=None,
        error_messages={
            "required": "Pilih periodenya.",
            "invalid_choice": "Periode itu sudah tidak ada. Pilih yang lain.",
        },
    )
    file = forms.FileField(
        label="Berkas Excel atau CSV",
        help_text="Excel (.xlsx) atau CSV, paling besar 5 MB dan 20.000 baris.",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={
            "required": "Pilih berkas Excel (.xlsx) atau CSV.",
            "empty": "Berkas kosong. Pilih berkas yang berisi data.",
            "invalid": "Berkas tidak terkirim. Pilih lagi berkasnya.",
        },
    )

    def __init__(self, *args, programmes, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["programme"].queryset = programmes

    def clean_file(self):
        """Refuse a file that cannot be read, with the reason."""
        upload = self.cleaned_data["file"]
        try:
            self.book = read_workbook(upload)
        except UnreadableSheet as error:
            raise forms.ValidationError(str(error)) from error
        return upload


class LayoutForm(forms.Form):
    """The sheet, the heading row, and the role of each column."""

    def __init__(self, *args, seen, run, **kwargs):
        super().__init__(*args, **kwargs)
        self.seen, self.known = seen.file, seen.known
        sheet, layout = self.seen.sheet, self.seen.layout
        names = [(name, name) for name in self.seen.sheets]
        self.fields[SHEET] = forms.ChoiceField(label="Lembar", choices=names, initial=sheet.name)
        self.fields[HEADER_ROW] = WholeNumberField(
            label="Judul kolom di baris",
            initial=layout.header_row,
            min_value=0,
            max_value=1_048_576,
            help_text="0 bila berkas tidak mempunyai judul kolom.",
            error_messages={
                "required": "Tulis nomor barisnya.",
                "invalid": "Tulis nomor barisnya.",
            },
        )
        headings = columns.headings_of(sheet, layout, self.known)
        choices = role_choices(run.programme, layout, self.known)
        for column in range(sheet.width):
            heading = headings[column] if column < len(headings) else ""
            self.fields[f"kolom-{column}"] = forms.ChoiceField(
                label=f"Kolom {letter(column)}" + (f": {heading[:60]}" if heading else ""),
                choices=choices,
                required=False,
                initial=layout.roles.get(column, IGNORE),
                help_text=_examples(sheet, layout, column),
            )

    def column_fields(self):
        """Return the bound fields of the columns."""
        return [self[name] for name in self.fields if name.startswith("kolom-")]

    def is_other_place(self) -> bool:
        """Whether another sheet or heading row was chosen; its columns are then recognised anew."""
        cleaned = self.cleaned_data
        return (
            cleaned[SHEET] != self.seen.sheet.name
            or cleaned[HEADER_ROW] != self.seen.layout.header_row
        )

    def clean(self):
        """Refuse two columns with the same role, and a percentage column for a role with units."""
        cleaned = super().clean()
        if SHEET not in cleaned or HEADER_ROW not in cleaned or self.is_other_place():
            return cleaned
        seen = {}
        headings = columns.headings_of(self.seen.sheet, self.seen.layout, self.known)
        for name in list(cleaned):
            role = cleaned[name]
            if not name.startswith("kolom-") or not role:
                continue
            column = int(name.removeprefix("kolom-"))
            heading = headings[column] if column < len(headings) else ""
            if self.known.units_of(role) and columns.is_percentage(heading):
                self.add_error(
                    name,
                    f"Kolom ini berisi persen, bukan {self.known.question_about(role)}. Pilih yang lain.",
                )
            if role in seen:
                self.add_error(
                    name, f"Arti ini sudah dipakai untuk {seen[role]}. Pilih satu kolom saja."
                )
            seen[role] = f"kolom {letter(int(name.removeprefix('kolom-')))}"
        return cleaned

    def layout(self) -> dict:
        """Return the choices as `ImportRun.layout` stores them."""
        cleaned = self.cleaned_data
        layout = {"sheet": cleaned[SHEET], "header_row": cleaned[HEADER_ROW]}
        if not self.is_other_place():
            layout["roles"] = {
                name.removeprefix("kolom-"): role
                for name, role in cleaned.items()
                if name.startswith("kolom-") and role
            }
        return layout


def role_choices(programme, layout, known) -> list[tuple[str, str]]:
    """Return the roles that a column can have; areas of one year come last."""
    if not known.has_year_columns:
        return list(known.labels.items())
    years = {programme.baseline_year, *programme.entry_years, *layout.year_columns.values()}
    return [
        *known.labels.items(),
        *((str(year), f"Luas (Ha) akhir {year}") for year in sorted(years)),
    ]


def _examples(sheet, layout, column) -> str:
    below = [row for row in sheet.rows if row.number > layout.header_row][:3]
    shown = [read_text(row.cell(column))[:30] for row in below]
    return "Contoh: " + " · ".join(text for text in shown if text) if any(shown) else "Kosong"


class AnswersForm(forms.Form):
    """The questions about a file, each with its choices."""

    def __init__(self, *args, questions: FileQuestions, **kwargs):
        super().__init__(*args, **kwargs)
        self.keys = {}
        for question in questions.asked:
            name = f"jawab-{hashlib.sha256(question.key.encode()).hexdigest()[:12]}"
            self.keys[name] = question.key
            self.fields[name] = forms.ChoiceField(
                label=question.text,
                help_text=question.hint,
                required=False,
                widget=forms.RadioSelect,
                initial=questions.answer_to(question) or question.suggested,
                choices=[(choice.value, choice.label) for choice in question.choices],
                error_messages={"invalid_choice": "Pilih salah satu jawaban di bawah."},
            )

    def answers(self) -> dict[str, str]:
        """Return the answers: key of the question → value of the choice."""
        return {
            key: self.cleaned_data[name]
            for name, key in self.keys.items()
            if self.cleaned_data.get(name)
        }


class ApplyForm(forms.Form):
    """The confirmation to apply exactly this preview."""

    is_confirmed = forms.BooleanField(
        label="Ya, peringatan di atas sudah saya periksa", required=False
    )
    reason = TextField(label="Alasan", required=False, max_length=1000, rows=3)
    digest = forms.CharField(required=False, widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args, plan, as_verified, **kwargs):
        super().__init__(*args, **kwargs)
        self.plan = plan
        self.asks_confirmation = plan.needs_confirmation
        self.asks_reason = plan.needs_reason or as_verified
        if as_verified:
            self.fields["reason"].label = "Alasan mengapa langsung terverifikasi"
        elif plan.needs_reason:
            self.fields[
                "reason"
            ].label = "Alasan untuk baris yang bertambah, hilang, terlalu luas, atau berubah"
        self.fields["reason"].help_text = "Tercatat di riwayat setiap angka."

    def clean(self):
        """Require the confirmation and the reason that the preview asks for."""
        cleaned = super().clean()
        if self.asks_confirmation and not cleaned.get("is_confirmed"):
            self.add_error("is_confirmed", "Periksa peringatannya, lalu centang di sini.")
        if self.asks_reason and not cleaned.get("reason", "").strip():
            self.add_error("reason", "Tulis alasannya.")
        return cleaned

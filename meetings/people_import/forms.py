"""The forms of an import of people: the list, and the meaning of its columns."""

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError

from areas.importing.column_words import NAME
from areas.importing.columns import Layout
from areas.importing.stored_json import dumps, loads
from kotaku.interface.fields import TextField, WholeNumberField
from kotaku.limits import MAX_PARTICIPANTS
from kotaku.spreadsheets.read import read_workbook
from kotaku.spreadsheets.read_pasted import NAME as PASTED
from kotaku.spreadsheets.read_pasted import read_pasted
from kotaku.spreadsheets.sheets import MAX_EXTRA_ROWS, Sheet, UnreadableSheet
from meetings.models import Unsur
from meetings.people_import.columns import ORGANISATION, POSITION, UNSUR, columns_of, doubled

MOST_ROWS = MAX_PARTICIPANTS + MAX_EXTRA_ROWS
# Of the signed text; a form may bring 2.5 MB altogether.
MOST_CHARACTERS = 1_500_000
_SALT = "meetings.people_import"
NO_TABLE = (
    "Berkas teks ini tidak berisi tabel: isinya hanya satu kolom. Salin daftarnya, lalu tempel di "
    "kotak di atas."
)
TOO_LONG = (
    "Lembar {name} berisi {count} baris. Paling banyak {most} baris sekali impor; bagi daftarnya."
)
TOO_LARGE = "Isi daftar ini terlalu besar. Hapus kolom yang tidak perlu, lalu coba lagi."
LOST = "Daftar yang diperiksa tidak terkirim utuh. Tempel atau pilih lagi daftarnya."


class ListForm(forms.Form):
    """A pasted list or a file; `sheets` is its content once it is valid, `unread` what is not read."""

    text = TextField(
        label="Tempel daftar",
        required=False,
        rows=8,
        max_length=200_000,
        help_text="Dari Excel: salin selnya beserta judul kolom. Dari WhatsApp: satu orang per baris, "
        "bagian-bagiannya dipisah titik koma, garis tegak, atau tanda hubung berspasi.",
    )
    file = forms.FileField(
        label="Atau berkas Excel/CSV",
        required=False,
        help_text="Excel (.xlsx) atau CSV, paling besar 5 MB.",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={
            "empty": "Berkas kosong. Pilih berkas yang berisi data.",
            "invalid": "Berkas tidak terkirim. Pilih lagi berkasnya.",
        },
    )

    sheets: list[Sheet] = []
    unread = ()

    def clean(self):
        """Read the list. Refuse two lists, none, and what cannot be read, with the reason."""
        cleaned = super().clean()
        text, file = cleaned.get("text", ""), cleaned.get("file")
        if self.errors:
            return cleaned
        if bool(text.strip()) == bool(file):
            self.add_error(
                "text",
                "Pilih salah satu: tempel daftarnya atau pilih berkas."
                if file
                else "Tempel daftarnya, atau pilih berkas Excel atau CSV.",
            )
            return cleaned
        name = "file" if file else "text"
        try:
            self._read(text, file)
        except UnreadableSheet as error:
            self.add_error(name, str(error))
        return cleaned

    def _read(self, text, file):
        if file:
            book = read_workbook(file, NO_TABLE)
            hidden = [f"Lembar tersembunyi {sheet.name} tidak dibaca." for sheet in book.hidden]
            self.sheets, self.unread = list(book.sheets), (*book.unread, *hidden)
        else:
            self.sheets = [read_pasted(text)]
        short = [sheet for sheet in self.sheets if len(sheet.rows) <= MOST_ROWS]
        if not short:
            longest = self.sheets[0]
            words = {"name": longest.name, "count": len(longest.rows), "most": MOST_ROWS}
            raise UnreadableSheet(TOO_LONG.format(**words))
        self.sheets = short
        if len(sealed(self.sheets)) > MOST_CHARACTERS:
            raise UnreadableSheet(TOO_LARGE)


def sealed(sheets) -> str:
    """Return the sheets as signed text, so that a form carries exactly what was read."""
    return signing.dumps(dumps(list(sheets)), salt=_SALT, compress=True)


def opened(text: str) -> list[Sheet]:
    """Return the sheets of a signed text. Raises ValidationError."""
    try:
        return loads(signing.loads(text, salt=_SALT))
    except signing.BadSignature:
        raise ValidationError(LOST) from None


class ColumnsForm(forms.Form):
    """The sheet, its heading row, the role of each column, and what rows do not say."""

    def __init__(self, *args, sheets, sheet, layout, known, **kwargs):
        super().__init__(*args, **kwargs)
        self.known, self.columns = known, columns_of(sheet, layout, known)
        names = [(each.name, each.name) for each in sheets]
        self.fields["sheet"] = forms.ChoiceField(
            label="Lembar",
            choices=names,
            initial=sheet.name,
            widget=forms.Select if len(names) > 1 else forms.HiddenInput,
        )
        is_pasted = sheet.name == PASTED
        self.fields["heading"] = WholeNumberField(
            label="Judul kolom di baris",
            initial=layout.header_row,
            min_value=0,
            max_value=1_048_576,
            help_text=f"0 bila {'tempelan' if is_pasted else 'lembar'} ini tidak mempunyai judul kolom.",
            error_messages={
                "required": "Tulis nomor barisnya.",
                "invalid": "Tulis nomor barisnya.",
            },
        )
        for column in self.columns:
            self.fields[f"column-{column.index}"] = forms.ChoiceField(
                label=column.title,
                choices=list(known.labels.items()),
                required=False,
                initial=column.role,
                help_text=column.examples,
            )
        self.fields["organisation"] = forms.CharField(
            label="Instansi/lembaga bila barisnya tidak menyebutnya", required=False, max_length=160
        )
        self.fields["unsur"] = forms.ChoiceField(
            label="Unsur bila barisnya tidak menyebutnya",
            choices=Unsur,
            required=False,
            initial=Unsur.OTHER,
        )

    def clean(self):
        """Refuse two columns of one role, and a list without names and positions."""
        cleaned = super().clean()
        roles = self._roles(cleaned)
        if label := doubled(roles, self.known):
            raise ValidationError(f"Dua kolom dipilih sebagai {label}. Pilih satu saja.")
        if not {NAME, POSITION} & set(roles.values()):
            raise ValidationError("Pilih kolom mana yang berisi nama, atau jabatannya.")
        if ORGANISATION not in roles.values() and not cleaned.get("organisation"):
            raise ValidationError(
                "Pilih kolom mana yang berisi instansi, atau tulis instansi untuk semua baris."
            )
        return cleaned

    def layout(self) -> Layout:
        """Return the chosen layout."""
        roles = {column: role for column, role in self._roles(self.cleaned_data).items() if role}
        return Layout(self.cleaned_data["heading"], roles)

    def defaults(self) -> dict[str, str]:
        """Return what fills in empty cells."""
        return {name: self.cleaned_data[name] for name in (ORGANISATION, UNSUR)}

    def _roles(self, cleaned) -> dict[int, str]:
        names = {column.index: f"column-{column.index}" for column in self.columns}
        return {index: cleaned.get(name, "") for index, name in names.items()}

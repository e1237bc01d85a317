"""The forms of a decree that appoints the working group, and of a member."""

from django import forms

from kotaku.formats import format_date
from kotaku.interface.fields import DayField, PhoneField
from kotaku.workflow.forms import VersionField
from meetings.models import PokjaDecree, PokjaMember
from meetings.planning.forms import account_field, accounts_of


class RowForm(forms.ModelForm):
    """A form whose row is stored by the row's own `store` method."""

    version = VersionField()

    def values(self) -> dict:
        """Return the values to store."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    def _post_clean(self):
        """Do not change the instance here; its `store` method does."""


class DecreeForm(RowForm):
    """A decree (SK): number, day, subject and term."""

    decreed_on = DayField(
        label="Tanggal SK", error_messages={"required": "Tulis tanggal SK, misalnya 08-11-2016."}
    )
    valid_from = DayField(
        label="Berlaku mulai",
        error_messages={"required": "Tulis sejak kapan SK berlaku, misalnya 08-11-2016."},
    )
    valid_to = DayField(
        label="Berlaku sampai",
        required=False,
        help_text="Kosongkan bila berlaku sampai diganti SK baru.",
    )

    class Meta:
        model = PokjaDecree
        fields = ["number", "decreed_on", "about", "valid_from", "valid_to"]
        labels = {"number": "Nomor SK", "about": "Tentang"}
        error_messages = {
            "number": {"required": "Tulis nomor SK."},
            "about": {"required": "Tulis tentang apa SK ini, seperti di judulnya."},
        }

    def clean(self):
        """Refuse a term that ends before it begins."""
        cleaned = super().clean()
        first, last = cleaned.get("valid_from"), cleaned.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", "Tulis tanggal yang tidak lebih awal dari “Berlaku mulai”.")
        return cleaned


class NewDecreeForm(DecreeForm):
    """A new decree, which may begin with the members of an earlier one."""

    copied_from = forms.ModelChoiceField(
        label="Salin anggota dari",
        queryset=PokjaDecree.objects.none(),
        required=False,
        empty_label="Tidak menyalin",
        help_text="Anggota yang masih aktif disalin; SK lama dan anggotanya tetap tersimpan.",
        error_messages={"invalid_choice": "SK itu sudah tidak ada. Pilih dari daftar."},
    )

    def __init__(self, *args, earlier, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["copied_from"].queryset = earlier


class MemberForm(RowForm):
    """A member of the working group."""

    valid_until = DayField(
        label="Anggota sampai",
        required=False,
        help_text="Isi bila anggota ini keluar sebelum SK berakhir.",
    )
    phone = PhoneField()
    user = account_field(
        label="Akun di situs ini", help_text="Undangan dan tindak lanjut tampil di akunnya."
    )

    class Meta:
        model = PokjaMember
        fields = [
            "role",
            "section",
            "name",
            "position",
            "organisation",
            "unsur",
            "sex",
            "phone",
            "email",
            "user",
            "valid_until",
        ]
        labels = {
            "role": "Kedudukan dalam Pokja",
            "section": "Bidang",
            "name": "Nama",
            "position": "Jabatan di instansinya",
            "organisation": "Instansi/lembaga",
        }
        help_texts = {
            "section": "Misalnya Bidang Perencanaan. Kosongkan bila tidak ada.",
            "name": "Kosongkan bila SK hanya menyebut jabatan.",
        }
        error_messages = {
            "organisation": {"required": "Tulis instansi atau lembaganya."},
            "email": {"invalid": "Tulis alamat email yang lengkap, misalnya nama@contoh.go.id."},
        }

    def __init__(self, *args, region, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = accounts_of(region, self.instance.user_id)

    def clean(self):
        """Require a name or a position, and a last day within the decree's term."""
        cleaned = super().clean()
        until, first = cleaned.get("valid_until"), self.instance.decree.valid_from
        if until and until < first:
            self.add_error(
                "valid_until",
                f"SK ini berlaku mulai {format_date(first)}. Tulis tanggal sesudahnya.",
            )
        if not (cleaned.get("name") or cleaned.get("position")) and "name" not in self.errors:
            self.add_error("name", "Tulis nama atau jabatan anggota.")
        return cleaned

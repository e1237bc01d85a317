"""The form for a report's text and photo."""

from django import forms
from django.core.exceptions import ValidationError

from kotaku.files.uploads import IMAGE_TYPES, PICTURES, PICTURES_TEXT, check_upload
from kotaku.interface.fields import TextField
from kotaku.workflow.forms import VersionField
from meetings.models import Article

DISCARDED = (
    "Draf ini sudah dibuang, jadi tulisan Anda tidak tersimpan. Tulisannya masih di bawah. Minta admin "
    "memulihkan drafnya, lalu simpan lagi."
)


class ArticleForm(forms.Form):
    """A report: title, lead, body in the markup of `markup.py`, photo with caption."""

    FIELDS = ("title", "lead", "body", "photo_caption")

    title = forms.CharField(
        label="Judul", max_length=200, error_messages={"required": "Tulis judul beritanya."}
    )
    lead = TextField(
        label="Ringkasan",
        rows=3,
        max_length=500,
        help_text="Satu atau dua kalimat; tampil di daftar berita.",
        error_messages={"required": "Tulis ringkasannya, satu atau dua kalimat."},
    )
    body = TextField(
        label="Isi",
        rows=16,
        help_text="Paragraf dipisah baris kosong. # Judul bagian · - butir · 1. butir bernomor · "
        "*miring* · **tebal** · [kata](https://alamat)",
        error_messages={"required": "Tulis isi beritanya."},
    )
    photo = forms.FileField(
        label="Foto",
        required=False,
        help_text=f"{PICTURES_TEXT}, paling besar 5 MB. Lokasi di dalam foto dihapus.",
        widget=forms.FileInput(attrs={"accept": PICTURES}),
        error_messages={"empty": "Berkas kosong. Pilih berkas yang lain."},
    )
    remove_photo = forms.BooleanField(label="Hapus foto yang sekarang", required=False)
    photo_caption = forms.CharField(
        label="Keterangan foto",
        required=False,
        max_length=200,
        help_text="Apa atau siapa yang terlihat.",
    )
    version = VersionField(required=False)

    def __init__(self, *args, article, **kwargs):
        super().__init__(*args, **kwargs)
        self.article = article

    def clean_photo(self):
        """Check the photo by its content."""
        upload = self.cleaned_data["photo"]
        if upload and check_upload(upload) not in IMAGE_TYPES.values():
            raise ValidationError(f"Foto harus berupa gambar {PICTURES_TEXT}.")
        return upload

    def clean(self):
        """Require a caption for a photo, as a substitute for readers who cannot see it.

        Text for a draft that was discarded while its form was open is refused.
        """
        cleaned = super().clean()
        if self.article.is_discarded:
            self.add_error(None, DISCARDED)
        keeps = self.article.photo and not cleaned.get("remove_photo")
        if (
            (cleaned.get("photo") or keeps)
            and not cleaned.get("photo_caption")
            and "photo" not in self.errors
        ):
            self.add_error(
                "photo_caption",
                "Tulis keterangan foto; pembaca yang tidak melihat foto membacanya.",
            )
        return cleaned

    @property
    def content(self) -> dict:
        """Return the text values to store."""
        return {name: self.cleaned_data[name] for name in self.FIELDS}

    @staticmethod
    def initial_of(article: Article) -> dict:
        """Return the initial values of the form for a stored report."""
        words = {name: getattr(article, name) for name in ArticleForm.FIELDS}
        return words | {"version": article.version}

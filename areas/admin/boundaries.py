"""Village boundaries, loaded from a GeoJSON file as a whole and never edited by hand."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import path, reverse

from areas.importing.boundaries import load_boundaries
from areas.importing.boundary_file import MAX_BYTES, TOO_LARGE, UnreadableBoundaries
from areas.models import Boundary
from kotaku.admin_site.regional_admin import RegionalAdmin
from kotaku.interface.fields import TextField

NAMED = 10


class BoundaryFileForm(forms.Form):
    """A GeoJSON file and its source."""

    file = forms.FileField(
        label="Berkas GeoJSON",
        help_text="FeatureCollection, WGS 84, paling besar 5 MB; setiap batas membawa kode_desa "
        "(kode Kemendagri). Menggantikan semua batas yang ada.",
        widget=forms.FileInput(attrs={"accept": ".geojson,.json"}),
        error_messages={"required": "Pilih berkas GeoJSON.", "empty": "Berkas kosong."},
    )
    source = TextField(
        label="Sumber",
        max_length=200,
        help_text="Tampil di bawah peta, misalnya: Badan Informasi Geospasial, 2023.",
        error_messages={"required": "Tulis dari mana batas ini."},
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.loaded = None

    def clean_file(self):
        """Reject a file that is too large before reading it."""
        upload = self.cleaned_data["file"]
        if upload.size > MAX_BYTES:
            raise forms.ValidationError(TOO_LARGE)
        return upload

    def load(self) -> bool:
        """Load the file; return whether it succeeded. Faults become errors of the field."""
        upload = self.cleaned_data["file"]
        try:
            self.loaded = load_boundaries(
                upload.read(), source=self.cleaned_data["source"], by=self.user
            )
        except UnreadableBoundaries as error:
            for fault in error.faults:
                self.add_error("file", fault)
        return self.loaded is not None


@admin.register(Boundary)
class BoundaryAdmin(RegionalAdmin):
    """Boundaries can be viewed and deleted here; they are added by loading a file."""

    change_list_template = "admin/boundary_list.html"
    list_display = ["village", "source", "loaded_by", "loaded_at"]
    search_fields = ["village__name", "village__code"]
    list_select_related = ["village", "loaded_by"]
    exclude = ["polygons", "drawn"]

    def has_add_permission(self, request):
        """Boundaries are added only by loading a file."""
        return False

    def has_change_permission(self, request, obj=None):
        """Boundaries are replaced only by loading a file."""
        return False

    def get_urls(self):
        """Add the page that loads a file."""
        page = self.admin_site.admin_view(self.load_file)
        return [path("muat/", page, name="areas_boundary_load"), *super().get_urls()]

    def load_file(self, request):
        """Load a file, or show its faults."""
        if not request.user.is_superuser:
            raise PermissionDenied
        if request.method == "POST":
            form = BoundaryFileForm(request.POST, request.FILES, user=request.user)
            if form.is_valid() and form.load():
                messages.success(request, _sentence(form.loaded))
                return redirect("admin:areas_boundary_changelist")
        else:
            form = BoundaryFileForm(user=request.user)
        context = {
            **self.admin_site.each_context(request),
            "title": "Muat batas desa/kelurahan",
            "opts": self.opts,
            "list_url": reverse("admin:areas_boundary_changelist"),
            "form": form,
        }
        return render(request, "admin/file_load.html", context, status=422 if form.errors else 200)


def _sentence(loaded) -> str:
    text = f"{loaded.loaded} batas dimuat dan tampil di peta."
    if loaded.without:
        names = ", ".join(loaded.without[:NAMED])
        more = " dan lainnya" if len(loaded.without) > NAMED else ""
        text += f" Tanpa batas: {names}{more}."
    return text

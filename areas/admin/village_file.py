"""The admin page that creates villages from a spreadsheet."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import path, reverse

from areas.importing.village_list import UnreadableVillages, load_villages
from kotaku.spreadsheets.sheets import UnreadableSheet

LIST = "admin:areas_village_changelist"


class VillageFileForm(forms.Form):
    """A spreadsheet of villages."""

    file = forms.FileField(
        label="Berkas Excel atau CSV",
        help_text="Kolom di baris pertama: kode_desa, nama, kecamatan, lintang, bujur (derajat), "
        "seperti pada “Unduh Excel” di daftar desa/kelurahan. Yang sudah ada tidak diubah.",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={"required": "Pilih berkasnya.", "empty": "Berkas kosong."},
    )

    def load(self, by):
        """Create the villages and return their numbers; None if a fault became an error."""
        try:
            return load_villages(self.cleaned_data["file"], by=by)
        except UnreadableSheet as error:
            self.add_error("file", str(error))
        except UnreadableVillages as error:
            for fault in error.faults:
                self.add_error("file", fault)
        return None


class FromFile:
    """Mixin for the admin of villages: its list links to the page that loads a file."""

    def get_urls(self):
        """Add the page that loads a file."""
        page = self.admin_site.admin_view(self.load_file)
        return [path("muat/", page, name="areas_village_load"), *super().get_urls()]

    def changelist_view(self, request, extra_context=None):
        """Link to the page that loads a file."""
        load = reverse("admin:areas_village_load")
        return super().changelist_view(request, {"import_url": load, **(extra_context or {})})

    def load_file(self, request):
        """Create the villages of a file, or show its faults."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = VillageFileForm()
        if request.method == "POST":
            form = VillageFileForm(request.POST, request.FILES)
            if form.is_valid() and (loaded := form.load(request.user)):
                messages.success(request, _sentence(loaded))
                return redirect(LIST)
        context = {
            **self.admin_site.each_context(request),
            "title": "Impor desa/kelurahan dari Excel",
            "opts": self.opts,
            "list_url": reverse(LIST),
            "form": form,
        }
        status = 422 if form.errors else 200
        return render(request, "admin/file_load.html", context, status=status)


def _sentence(loaded) -> str:
    text = f"{loaded.villages} desa/kelurahan dan {loaded.districts} kecamatan dibuat."
    return f"{text} {loaded.known} sudah ada dan tidak diubah." if loaded.known else text

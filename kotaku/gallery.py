"""Example inputs of every partial for the developers' gallery page."""

from django.apps import apps
from django.templatetags.static import static

from kotaku.contributions import WorkItem
from kotaku.files.thumbs import Thumb
from kotaku.formats import NBSP
from kotaku.interface.social import Social
from kotaku.models import Contact
from kotaku.workflow.buttons import Offer
from kotaku.workflow.forms import ReasonForm
from kotaku.workflow.states import Tone
from kotaku.workflow.versioned import Record

_LABELS = ("Diisi", "Diajukan", "Diperiksa Bappeda", "Terverifikasi")


def examples() -> dict:
    """Return the example inputs of the partials."""
    return {
        "statuses": [
            (record._meta.verbose_name, [(each.look.tone.value, each.label) for each in states])
            for record, states in _records()
        ],
        "all_steps": [
            [{"label": label, "state": state} for label, state in zip(_LABELS, way, strict=True)]
            for way in sorted(
                {each.look.path for _, states in _records() for each in states} - {()}
            )
        ],
        "key_figures": [
            {"label": "Sisa luas kumuh", "number": "62,10", "unit": "Ha", "note": "akhir 2018"},
            {"label": "Target 2018", "number": "62,65", "unit": "Ha", "note": ""},
        ],
        "problems": [("id_username", "Tulis nama rapat."), ("", "Ada acara yang tidak dihapus.")],
        "work": [
            WorkItem("Isian dikembalikan, perlu diperbaiki", "#", is_urgent=True),
            WorkItem("3 isian menunggu verifikasi", "#"),
        ],
        "example_contact": Contact(
            office="Bappeda Kota Banjar",
            person="Contoh: H. Asep Suryana, S.Sos.",
            whatsapp="0800-0000-0000",
            email="bappeda@contoh.invalid",
            hours="Senin–Jumat, 08.00–15.30 WIB",
            is_sample=True,
        ),
        "shared": Social(
            title="Luas kumuh Kota Banjar tinggal 62,10 Ha",
            description="Keadaan akhir 2018.",
            url="https://kotaku.example.go.id/",
            image="",
        ),
        "thumbs": [
            Thumb(
                "jalan.jpg", "Contoh: jalan.jpg", f"214{NBSP}kB", static("icon.svg"), "#", "#", "#"
            ),
            Thumb("surat.pdf", "Contoh: surat.pdf", f"3,8{NBSP}MB", "", "#", "#", ""),
        ],
        "offers": [
            Offer("#", "Angkanya benar", "Menjadi angka resmi.", "Verifikasi", None, True, False),
            Offer("#", "Ada yang salah", "", "Kembalikan", ReasonForm(), False, False),
        ],
        "history": [
            _line(Tone.PLAIN, "mengimpor", ""),
            _line(Tone.WAIT, "mengajukan", ""),
            _line(Tone.BAD, "mengembalikan", "Foto belum lengkap."),
        ],
    }


def _records() -> list[tuple]:
    """Return every record with states, and these."""
    records = [each for each in apps.get_models() if issubclass(each, Record)]
    return [(each, each.states) for each in records if hasattr(each, "states")]


def _line(tone, action, reason) -> dict:
    return {
        "tone": tone,
        "actor": "Petugas",
        "action": action,
        "area": "8,50 Ha",
        "at": "8 November 2016, 09.00 WIB",
        "reason": reason,
        "source": "Rekap 2023.xlsx, lembar Data, baris 7" if action == "mengimpor" else "",
    }

"""Example inputs of every partial for the developers' gallery page."""

from types import SimpleNamespace

from django.apps import apps
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.templatetags.static import static

from kotaku.contributions import SetupStep, WorkItem
from kotaku.files.thumbs import Thumb
from kotaku.formats import NBSP
from kotaku.interface.social import Social
from kotaku.models import Contact, Region
from kotaku.start.page import Checklist
from kotaku.workflow.buttons import Offer
from kotaku.workflow.forms import ReasonForm
from kotaku.workflow.states import Tone
from kotaku.workflow.versioned import Record

_LABELS = ("Diisi", "Diajukan", "Diperiksa Bappeda", "Terverifikasi")


def examples() -> dict:
    """Return the example inputs of the partials."""
    return _seen() | {
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
            {
                "label": "Sisa luas kumuh",
                "number": "62,10",
                "unit": "Ha",
                "note": "akhir 2018",
                "share": "67",
            },
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
            _thumb("jalan.jpg", f"214{NBSP}kB", static("icon.svg"), "#"),
            _thumb("surat.pdf", f"3,8{NBSP}MB", "", ""),
            _thumb("paparan.pptx", f"1,2{NBSP}MB", "", ""),
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


def _thumb(name, note, picture, removal):
    kind = name.partition(".")[2].upper()
    return Thumb(name, f"Contoh: {name}", note, picture, "#", "#", removal, kind)


def _seen() -> dict:
    """Return the inputs of what stands on public pages and above forms."""
    rows = [
        {"kind": "Desa", "name": name, "url": "#", "cells": _cells(*numbers)}
        for name, numbers in (
            ("Balokang", ("10,20", "5,90", "42,2", True)),
            ("Neglasari", ("6,75", "0,00", "100,0", False)),
        )
    ]
    headings = [
        {"label": label, "style": style, "query": key, "direction": ""}
        for label, style, key in (
            ("Desa/kelurahan", "", "nama"),
            ("Kecamatan", "place", "kecamatan"),
            ("Baseline", "num past", "baseline"),
            ("2019", "num latest", "2019"),
            ("Keadaan", "status", ""),
            ("Berkurang", "num reduced", "-berkurang"),
            ("Grafik", "spark", ""),
        )
    ]
    return {
        "periods": [
            {"slug": "contoh", "name": "KOTAKU 2016–2019 (data contoh)", "region_id": 1},
            {"slug": "nyata", "name": "Sejak 2022", "region_id": 1},
        ],
        "regions": [Region(code="32", name="Jawa Barat", kind=Region.Kind.PROVINCE)],
        "gaps": {
            "heading": "Angka 2019 belum lengkap",
            "sentence": "7 dari 14 desa/kelurahan sudah ada angkanya.",
            "units": (True,) * 7 + (False,) * 7,
            "groups": [{"heading": "Memakai angka 2018", "names": "Balokang dan Raharja"}],
            "missing": "2020–2025",
            "due": "Angka 2026 diajukan paling lambat 31 Januari 2027.",
        },
        "table": SimpleNamespace(
            headings=headings,
            rows=rows,
            page=Paginator(range(3), 1).page(2),
            exceptions=", kecuali tahun berjalan",
            left_out="2020–2025",
            carries=True,
            is_provisional=True,
        ),
        "stale": "Data ini baru saja diubah oleh Petugas pada 14.05 WIB.",
        "stored": [("Sisa luas kumuh", "5,60 Ha")],
        "given_back": [("area_ha", "5,60")],
        "flashes": [
            Message(constants.SUCCESS, "Draf tersimpan."),
            Message(constants.ERROR, "Email tidak terkirim."),
        ],
        "icons": ("search", "person", "menu", "picture", "table", "chat", "print", "calendar"),
        "checklist": Checklist(
            [
                SetupStep(1, "Wilayah", "Nama kota di setiap halaman.", True, "Isi", "#"),
                SetupStep(2, "Kontak bantuan", "Tampil di bawah halaman.", False, "Isi", "#"),
                SetupStep(3, "Email dicoba", "Kirim satu.", False, "Kirim", "#", is_post=True),
            ]
        ),
    }


def _cells(baseline, area, percent, is_carried) -> list[dict]:
    """Return the cells of a village in the table: baseline, newest year, state, share."""
    tone, state = ("none", "Memakai angka 2018") if is_carried else ("good", "Tuntas 2019")
    bar = percent.replace(",", ".")
    return [
        _cell("place", "Banjar", label="Kecamatan"),
        _cell("num past", baseline, label="Baseline"),
        _cell("num latest", area, label="2019", is_carried=is_carried),
        _cell("status", state, tone=tone),
        _cell("num reduced", f"{percent}{NBSP}%", label="Berkurang", bar=bar),
        _cell("spark", "–"),
    ]


def _cell(style, text, **more) -> dict:
    """Return a cell as areas.public.sortable_table.Cell has it."""
    empty = {"label": "", "tone": "", "bar": "", "sparkline": None, "hidden": (), "notes": ()}
    carried = {"is_carried": False, "is_provisional": False}
    return empty | carried | {"style": style, "text": text} | more


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

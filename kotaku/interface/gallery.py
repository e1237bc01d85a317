"""Example inputs of every partial for the developers' gallery page."""

from kotaku.contributions import WorkItem

STATUSES = [
    ("missing", "Belum diisi"),
    ("draft", "Draf"),
    ("submitted", "Diajukan"),
    ("returned", "Dikembalikan"),
    ("verified", "Terverifikasi"),
    ("cleared", "Tuntas 2019"),
    ("carried", "Angka 2018"),
]

_LABELS = ("Diisi", "Diajukan", "Diperiksa Bappeda", "Terverifikasi")
_WAYS = (
    ("now", "ahead", "ahead", "ahead"),
    ("done", "done", "now", "ahead"),
    ("problem", "ahead", "ahead", "ahead"),
    ("done", "done", "done", "done"),
)


def examples() -> dict:
    """Return the example inputs of the partials."""
    return {
        "statuses": STATUSES,
        "all_steps": [
            [{"label": label, "state": state} for label, state in zip(_LABELS, way, strict=True)]
            for way in _WAYS
        ],
        "key_figures": [
            {"label": "Sisa luas kumuh", "value": "62,10 Ha", "note": "akhir 2018"},
            {"label": "Target 2018", "value": "62,65 Ha", "note": ""},
        ],
        "problems": [("id_username", "Tulis nama rapat."), ("", "Ada acara yang tidak dihapus.")],
        "work": [
            WorkItem("Isian dikembalikan, perlu diperbaiki", "#", is_urgent=True),
            WorkItem("3 isian menunggu verifikasi", "#"),
        ],
        "history": [
            _line("imported", "mengimpor", ""),
            _line("submitted", "mengajukan", ""),
            _line("returned", "mengembalikan", "Foto belum lengkap."),
        ],
    }


def _line(kind, action, reason) -> dict:
    return {
        "kind": kind,
        "actor": "Petugas",
        "action": action,
        "area": "8,50 Ha",
        "at": "8 November 2016, 09.00 WIB",
        "reason": reason,
        "source": "Rekap 2023.xlsx, lembar Data, baris 7" if action == "mengimpor" else "",
    }

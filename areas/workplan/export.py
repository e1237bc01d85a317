"""The work plan as a table to download: one row per activity, one money column per source."""

from decimal import Decimal

from areas.models import FundingSource
from areas.workplan.plan_page import ASPECT_NAMES
from kotaku.spreadsheets.tables import (
    NUMBER,
    TEXT,
    YEAR,
    YES_NO,
    Column,
    Table,
)

CHUNK = 500
COLUMNS = [
    Column("kode", TEXT, "Kode Kemendagri desa/kelurahan"),
    Column("desa_kelurahan", TEXT, "Nama desa/kelurahan"),
    Column("kecamatan", TEXT, "Kecamatan"),
    Column("tahun", YEAR, "Tahun kegiatan"),
    Column("aspek", TEXT, "Aspek penilaian kumuh"),
    Column("kegiatan", TEXT, "Uraian kegiatan"),
    Column("volume", NUMBER, "Volume yang direncanakan"),
    Column("satuan", TEXT, "Satuan volume"),
    Column("pelaku", TEXT, "Pelaksana"),
    Column("keadaan", TEXT, "Direncanakan, berjalan, selesai, atau batal"),
    Column("perencanaan_desa", TEXT, "Dokumen perencanaan yang memuatnya"),
    Column("bagian", TEXT, "Di bagian mana dokumen itu"),
    *(
        Column(f"{what}_{source.value.replace('-', '_')}", NUMBER, f"{words} {source.label}", "Rp")
        for what, words in (("anggaran", "Anggaran"), ("realisasi", "Realisasi"))
        for source in FundingSource
    ),
    Column("anggaran", NUMBER, "Anggaran semua sumber", "Rp"),
    Column("realisasi", NUMBER, "Realisasi semua sumber", "Rp"),
    Column("volume_terlaksana", NUMBER, "Volume yang terlaksana"),
    Column("fisik_persen", NUMBER, "Kemajuan fisik, 0–100", "%"),
    Column("penerima_jiwa", NUMBER, "Penerima manfaat", "jiwa"),
    Column("penerima_kk", NUMBER, "Penerima manfaat", "KK"),
    Column("catatan", TEXT, "Catatan"),
    Column("data_contoh", YES_NO, "Apakah kegiatan ini dikarang untuk mencoba aplikasi"),
]


def activity_table(activities) -> Table:
    """Return these activities as a table; its rows are created while they are written."""
    loaded = activities.loaded().prefetch_related("funding")
    return Table(COLUMNS, (_row(each) for each in loaded.iterator(CHUNK)))


def _row(activity) -> list:
    money = {each.source: each for each in activity.funding.all()}
    planned = [money[source].planned_idr if source in money else None for source in FundingSource]
    spent = [money[source].realised_idr if source in money else None for source in FundingSource]
    village = activity.village
    return [
        village.code,
        village.full_name,
        str(village.district),
        activity.year,
        f"{activity.aspect} {ASPECT_NAMES[activity.aspect]}",
        activity.description,
        _shortened(activity.volume),
        activity.unit,
        activity.actor,
        activity.get_status_display(),
        activity.get_plan_document_display(),
        activity.plan_reference,
        *planned,
        *spent,
        activity.planned_idr if money else None,
        activity.realised_idr if money else None,
        _shortened(activity.realised_volume),
        activity.physical_percent,
        activity.people_served,
        activity.households_served,
        activity.note,
        activity.is_sample,
    ]


def _shortened(volume: Decimal | None) -> Decimal | None:
    """Return a volume without trailing zeros, but with at least two decimals."""
    if volume is None:
        return None
    decimals = max(2, -volume.normalize().as_tuple().exponent)
    return volume.quantize(Decimal(1).scaleb(-decimals))

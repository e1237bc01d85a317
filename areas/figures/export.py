"""The staff export of yearly figures, with status, notes and the users who acted."""

from kotaku.spreadsheets.tables import Table, attribute_table

CHUNK = 2000
COLUMNS = {
    "periode": "baseline.programme.slug",
    "data_contoh": "baseline.programme.is_sample",
    "kode_desa": "baseline.village.code",
    "desa_kelurahan": "baseline.village.full_name",
    "kecamatan": "baseline.village.district.name",
    "tahun": "year",
    "sisa_ha": "area_ha",
    "baseline_ha": "baseline.area_ha",
    "status": "get_status_display",
    "catatan": "note",
    "alasan": "reason",
    "alasan_pengembalian": "return_reason",
    "diisi_oleh": "entered_by",
    "diisi_pada": "entered_at",
    "diajukan_oleh": "submitted_by",
    "diajukan_pada": "submitted_at",
    "diverifikasi_oleh": "verified_by",
    "diverifikasi_pada": "verified_at",
    "per_tanggal": "as_of",
    "baseline_disimpulkan": "baseline.is_inferred",
}


def figure_table(figures) -> Table:
    """Return these figures as a table whose rows are loaded lazily while they are written."""
    loaded = figures.select_related(
        "baseline__programme", "baseline__village__district",
        "entered_by", "submitted_by", "verified_by",
    )  # fmt: skip
    return attribute_table(COLUMNS, loaded.iterator(CHUNK))

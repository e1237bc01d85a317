"""The metadata of open data: title, source, units, date, terms of use."""

from datetime import datetime

from django.conf import settings
from django.utils.text import slugify

from kotaku.interface.moments import moment_text
from kotaku.regions.home import owner_name
from kotaku.spreadsheets.tables import Column, Dataset
from kotaku.spreadsheets.values import json_value
from kotaku.spreadsheets.writers import About

SAMPLE_SENTENCE = "DATA CONTOH: angkanya dikarang untuk mencoba aplikasi, bukan data resmi."
UNITS = (
    "Luas dalam hektare (Ha), keadaan akhir tahun kecuali per_tanggal menyebut hari lain. "
    "Tanggal menurut Waktu Indonesia Barat (Asia/Jakarta)."
)
NO_LICENCE = "Belum ditetapkan oleh pemerintah kota. Sebutkan sumbernya bila memakai data ini."


def licence_text() -> str:
    """Return the terms of use of the data, or that none are set yet."""
    return settings.DATA_LICENCE or NO_LICENCE


def is_sample(programmes) -> bool:
    """Whether any of these periods has sample data."""
    return any(programme.is_sample for programme in programmes)


def about_sheet(dataset: Dataset, columns, programmes, changed_at: datetime | None, url) -> About:
    """Return the lines of the sheet "Keterangan"."""
    lines = [("Isi", dataset.text)]
    if is_sample(programmes):
        lines.insert(0, ("Perhatian", SAMPLE_SENTENCE))
    lines += [
        ("Diterbitkan oleh", f"Pemerintah {owner_name()}, {settings.SITE_NAME}"),
        ("Keadaan data", moment_text(changed_at)),
        ("Satuan", UNITS),
        ("Lisensi", licence_text()),
        ("Alamat", url),
        *((f"Sumber: {programme.name}", programme.source) for programme in programmes),
        *((f"Kolom {column.name}", column_text(column)) for column in columns),
    ]
    return About(dataset.title, lines)


def column_text(column: Column) -> str:
    """Return the description of a column, with its unit."""
    return f"{column.text} ({column.unit})" if column.unit else column.text


def about_json(dataset: Dataset, columns, programmes, changed_at: datetime | None, url) -> dict:
    """Return the metadata at the beginning of a JSON file."""
    return {
        "judul": dataset.title,
        "keterangan": dataset.text,
        "penerbit": f"Pemerintah {owner_name()}",
        "alamat": url,
        "diperbarui": json_value(changed_at),
        "lisensi": settings.DATA_LICENCE or None,
        "data_contoh": is_sample(programmes),
        "satuan": UNITS,
        "sumber": {programme.slug: programme.source for programme in programmes},
        "kolom": [
            {
                "nama": column.name,
                "jenis": column.kind,
                "satuan": column.unit or None,
                "keterangan": column.text,
            }
            for column in columns
        ],
    }


def about_geojson(programme, changed_at: datetime | None, url, boundary_sources) -> dict:
    """Return the metadata members of a FeatureCollection."""
    return {
        "judul": "Desa dan kelurahan dengan sisa luas kumuh",
        "alamat": url,
        "diperbarui": json_value(changed_at),
        "lisensi": settings.DATA_LICENCE or None,
        "data_contoh": bool(programme and programme.is_sample),
        "satuan": UNITS,
        "sumber": programme.source if programme else None,
        "sumber_batas": boundary_sources,
    }


def datapackage(tables, address, changed_at: datetime | None) -> dict:
    """Return the Frictionless Data Package of all tables.

    `tables` are (dataset, columns); `address(dataset)` returns the address of its CSV.
    """
    package = {
        "profile": "tabular-data-package",
        "name": slugify(settings.SITE_NAME),
        "title": f"Penanganan kumuh {owner_name()}",
        "description": "Luas kumuh per desa/kelurahan dan tahun, hanya angka terverifikasi.",
        "created": json_value(changed_at),
        "contributors": [{"title": f"Pemerintah {owner_name()}", "role": "publisher"}],
        "resources": [_resource(dataset, columns, address) for dataset, columns in tables],
    }
    if settings.DATA_LICENCE:
        licence = {"name": settings.DATA_LICENCE}
        if settings.DATA_LICENCE_URL:
            licence["path"] = settings.DATA_LICENCE_URL
        package["licenses"] = [licence]
    if changed_at is None:
        del package["created"]
    return package


def _resource(dataset, columns, address) -> dict:
    return {
        "profile": "tabular-data-resource",
        "name": dataset.key,
        "title": dataset.title,
        "description": dataset.text,
        "path": address(dataset),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ","},
        "schema": {
            "fields": [_field(column) for column in columns],
            "missingValues": [""],
            **({"primaryKey": list(dataset.primary_key)} if dataset.primary_key else {}),
        },
    }


def _field(column) -> dict:
    field = {"name": column.name, "type": column.kind, "description": column_text(column)}
    if column.kind == "boolean":
        field |= {"trueValues": ["ya"], "falseValues": ["tidak"]}
    return field

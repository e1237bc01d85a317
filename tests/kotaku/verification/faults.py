"""What can be wrong with a record: the change that makes it so, and the sentence that must tell.

Each fault is (title of the check, what to run, words of the finding). `run` are SQL statements, or a
function; every trigger is off while they run.
"""

import os
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection

from areas.models import Evidence
from tests.kotaku.backup.installation import damage_file

SQLITE, POSTGRESQL = ("sqlite",), ("postgresql",)
OF_SUMMARY = "indexrelid = 'areas_programmeyear_pkey'::regclass"
LONG_AGO = 1_400_000_000


def first_file() -> str:
    """Return the storage name of a piece of evidence."""
    return Evidence.objects.order_by("pk").first().file.name


def lose_file():
    """A file that a row names is gone."""
    default_storage.delete(first_file())


def damage_first_file():
    """One bit of a file has turned."""
    damage_file(first_file())


def shorten_old_file():
    """A file from before digests were recorded is cut off."""
    Evidence.objects.update(stored_sha256="")
    path = Path(default_storage.path(first_file()))
    path.write_bytes(path.read_bytes()[:-1])


def forget_row():
    """A file that no row names has been there for years."""
    name = default_storage.save("evidence/9/tersesat.pdf", ContentFile(b"%PDF"))
    os.utime(default_storage.path(name), (LONG_AGO, LONG_AGO))


def row_that_breaks_its_constraint():
    """A value that a check refuses, in a database that did not check."""
    if connection.vendor == "sqlite":
        run(
            "PRAGMA ignore_check_constraints = ON",
            NEGATIVE,
            "PRAGMA ignore_check_constraints = OFF",
        )
    else:
        run("ALTER TABLE areas_baseline DROP CONSTRAINT baseline_not_negative", NEGATIVE)


def run(*statements):
    """Run SQL statements on the live database."""
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


NEGATIVE = "UPDATE areas_baseline SET area_ha = -5 WHERE id = (SELECT min(id) FROM areas_baseline)"
LAST_VERIFIED = """(SELECT max(id) FROM areas_figureevent WHERE kind = 'verified')"""
VERIFIED = f"(SELECT figure_id FROM areas_figureevent WHERE id = {LAST_VERIFIED})"
SUBMITTED = "status = 'submitted', verified_by_id = NULL, verified_at = NULL"
A_TRIGGER = "kotaku_data_changed_0123456789abcdef"

FAULTS = {
    "status": (
        "Riwayat",
        [f"UPDATE areas_yearlyfigure SET {SUBMITTED} WHERE id = {VERIFIED}"],
        r"Isian tahunan no\. \d+ berstatus Diajukan, tetapi menurut riwayatnya Terverifikasi\.",
    ),
    "hectares": (
        "Riwayat",
        [f"UPDATE areas_yearlyfigure SET area_ha = area_ha + 0.01 WHERE id = {VERIFIED}"],
        r"mencatat sisa luas kumuh \(Ha\) [\d.]+, tetapi menurut riwayatnya",
    ),
    "lost event": (
        "Riwayat",
        [f"DELETE FROM areas_figureevent WHERE id = {LAST_VERIFIED}"],
        r"berstatus Terverifikasi, tetapi menurut riwayatnya Diajukan",
    ),
    "impossible event": (
        "Riwayat",
        [
            f"""INSERT INTO areas_figureevent (figure_id, kind, actor_id, at, reason, source, marks)
            SELECT figure_id, 'withdrawn', actor_id, at, '', '', marks
            FROM areas_figureevent WHERE id = {LAST_VERIFIED}"""
        ],
        r"riwayat yang tidak mungkin: “withdrawn”",
    ),
    "figure without a history": (
        "Riwayat",
        [f"DELETE FROM areas_figureevent WHERE figure_id = {VERIFIED}"],
        r"berstatus Terverifikasi, tetapi menurut riwayatnya Draf",
    ),
    "score": (
        "Riwayat",
        ["UPDATE areas_assessment SET total = total + 1 WHERE total IS NOT NULL"],
        r"Penilaian RT no\. \d+ mencatat nilai total",
    ),
    "question": (
        "Riwayat",
        ["UPDATE areas_question SET state = 'closed'"],
        r"Pertanyaan no\. \d+ berstatus Selesai, tetapi menurut riwayatnya Menunggu jawaban",
    ),
    "meeting": (
        "Riwayat",
        ["UPDATE meetings_meeting SET state = 'draft' WHERE source = 'own'"],
        r"Rapat no\. \d+ berstatus Draf",
    ),
    "minutes": (
        "Riwayat",
        [
            """UPDATE meetings_minutes SET state = 'submitted', decided_by_id = NULL,
            decided_at = NULL WHERE state = 'approved'"""
        ],
        r"Notulen no\. \d+ berstatus Diajukan, tetapi menurut riwayatnya Disahkan",
    ),
    "follow-up": (
        "Riwayat",
        ["UPDATE meetings_followup SET state = 'cancelled' WHERE state <> 'done'"],
        r"Tindak lanjut no\. \d+ berstatus Batal",
    ),
    "report": (
        "Riwayat",
        ["UPDATE meetings_article SET state = 'withdrawn'"],
        r"Berita no\. \d+ berstatus Ditarik, tetapi menurut riwayatnya Terbit",
    ),
    "baseline": (
        "Riwayat baseline",
        [
            "UPDATE areas_baseline SET area_ha = 1.23 WHERE id = (SELECT min(id) FROM areas_baseline)"
        ],
        r"Baseline no\. \d+ mencatat 1,23 Ha, tetapi menurut riwayatnya [\d,]+ Ha\.",
    ),
    "baseline without a row": (
        "Riwayat baseline",
        [
            """INSERT INTO areas_baselineevent
            (programme_id, village_id, actor_id, at, after_ha, reason, source)
            SELECT programme_id, (SELECT max(v.id) FROM areas_village v WHERE NOT EXISTS
            (SELECT 1 FROM areas_baseline b WHERE b.village_id = v.id)), actor_id, at, 7, '', ''
            FROM areas_baselineevent WHERE id = (SELECT max(id) FROM areas_baselineevent)"""
        ],
        r"Riwayat menyebut baseline 7,00 Ha .* tetapi barisnya tidak ada\.",
    ),
    "activity": (
        "Riwayat kegiatan",
        ["UPDATE areas_activity SET status = 'cancelled'"],
        r"Kegiatan penanganan no\. \d+ berstatus Batal, tetapi menurut riwayatnya",
    ),
    "summary": (
        "Ringkasan",
        ["UPDATE areas_programmeyear SET delta_ares = delta_ares - 1 WHERE year = 2018"],
        r"Ringkasan periode \(SK kumuh\) no\. \d+ tahun 2018: sisa [\d,]+ Ha, \d+ dihitung, \d+ tuntas; menurut",
    ),
    "lost summary": (
        "Ringkasan",
        ["DELETE FROM areas_programmeyear WHERE year = 0"],
        r"\(baseline\): tidak ada; menurut angkanya sisa [\d,]+ Ha, \d+ dihitung",
    ),
    "constraint broken": (
        "Isi tabel",
        row_that_breaks_its_constraint,
        r"areas_baseline, baris \d+: Luas tidak boleh kurang dari 0\. \(baseline_not_negative\)",
    ),
    "value of no column": (
        "Isi tabel",
        ["UPDATE areas_programme SET target_year = 9999 WHERE target_year IS NOT NULL"],
        r"areas_programme, baris [\d, ]+: nilai yang tidak boleh ada di kolom target_year",
    ),
    "dangling key": (
        "Isi tabel",
        ["UPDATE areas_evidence SET uploaded_by_id = 987654"],
        r"areas_evidence, baris [\d, …]+: kolom uploaded_by_id menunjuk baris kotaku_user yang tidak ada",
    ),
    "repeated values": (
        "Isi tabel",
        [
            "DROP INDEX programme_one_current",
            "UPDATE areas_programme SET is_closed = false, is_current = true",
        ],
        r"areas_programme: 1 kali lebih dari satu baris, padahal programme_one_current hanya satu",
    ),
    "missing index": (
        "Aturan basis data",
        ["DROP INDEX figure_queue"],
        r"Aturan atau indeks figure_queue pada tabel areas_yearlyfigure tidak ada",
    ),
    "missing table": (
        "Aturan basis data",
        ["ALTER TABLE areas_boundary RENAME TO elsewhere"],
        r"Tabel areas_boundary tidak ada",
    ),
    "missing column": (
        "Aturan basis data",
        ["ALTER TABLE areas_yearlyfigure RENAME COLUMN note TO notes"],
        r"Kolom areas_yearlyfigure\.note tidak ada",
    ),
    "missing constraint": (
        "Aturan basis data",
        ["ALTER TABLE areas_yearlyfigure DROP CONSTRAINT figure_four_eyes"],
        r"figure_four_eyes pada tabel areas_yearlyfigure tidak ada",
        POSTGRESQL,
    ),
    "column that may be empty": (
        "Aturan basis data",
        ["ALTER TABLE areas_yearlyfigure ALTER COLUMN year DROP NOT NULL"],
        r"Kolom areas_yearlyfigure\.year boleh kosong",
        POSTGRESQL,
    ),
    "migration to run": (
        "Aturan basis data",
        ["DELETE FROM django_migrations WHERE app = 'sessions'"],
        r"1 migrasi belum dijalankan, yang pertama sessions\.0001_initial",
    ),
    "foreign trigger": (
        "Aturan basis data",
        ["CREATE TRIGGER sneaky AFTER INSERT ON kotaku_user BEGIN SELECT 1; END"],
        r"Pemicu asing sneaky ada pada tabel kotaku_user",
        SQLITE,
    ),
    "changed trigger": (
        "Aturan basis data",
        lambda: run(*_changed_trigger()),
        r"Pemicu kotaku_data_changed_\w+ pada tabel \w+ diubah",
        SQLITE,
    ),
    "trigger switched off": (
        "Aturan basis data",
        ["ALTER TABLE kotaku_user DISABLE TRIGGER USER"],
        r"Pemicu kotaku_data_changed_\w+ pada tabel kotaku_user dimatikan",
        POSTGRESQL,
    ),
    "missing trigger": (
        "Aturan basis data",
        lambda: run(_drop_trigger()),
        r"Pemicu kotaku_data_changed_\w+ hilang",
    ),
    "database finds a fault": (
        "Basis data",
        row_that_breaks_its_constraint,
        r"SQLite menemukan kerusakan: CHECK constraint failed in areas_baseline",
        SQLITE,
    ),
    "index without a row": (
        "Basis data",
        [
            f"UPDATE pg_index SET indisready = false WHERE {OF_SUMMARY}",
            """INSERT INTO areas_programmeyear
            (programme_id, year, delta_ares, counted, cleared_delta)
            SELECT min(id), 2030, 0, 0, 0 FROM areas_programme""",
            f"UPDATE pg_index SET indisready = true WHERE {OF_SUMMARY}",
        ],
        r"Indeks tabel areas_programmeyear memuat (\d+) baris, tetapi tabelnya \d+",
        POSTGRESQL,
    ),
    "table that cannot be read": (
        "Basis data",
        ["UPDATE pg_class SET relfilenode = 2147480001 WHERE relname = 'areas_boundary'"],
        r"Tabel areas_boundary tidak dapat dibaca seluruhnya: could not open file",
        POSTGRESQL,
    ),
    "rule never checked": (
        "Basis data",
        [
            "ALTER TABLE areas_boundary ADD CONSTRAINT later CHECK (id > 0) NOT VALID",
            "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'figure_queue'::regclass",
        ],
        r"Indeks figure_queue tidak sah\.\nAturan later pada tabel areas_boundary belum diperiksa",
        POSTGRESQL,
    ),
    "lost file": ("Berkas", lose_file, r"\(bukti dukung no\. \d+\) hilang dari penyimpanan"),
    "altered file": (
        "Berkas",
        damage_first_file,
        r"\(bukti dukung no\. \d+\) isinya berubah sejak diunggah",
    ),
    "altered old file": ("Berkas", shorten_old_file, r"ukurannya berubah sejak diunggah"),
    "file without a row": (
        "Berkas",
        forget_row,
        r"Berkas evidence/9/tersesat\w*\.pdf ada di penyimpanan, tetapi tidak disebut",
    ),
}


def _one_trigger() -> tuple[str, str]:
    sql = {
        "sqlite": "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE "
        "'kotaku_data_changed%' ORDER BY name",
        "postgresql": "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE "
        "'kotaku_data_changed%' ORDER BY tgname",
    }
    with connection.cursor() as cursor:
        cursor.execute(sql[connection.vendor])
        return cursor.fetchone()


def _drop_trigger() -> str:
    name, table = _one_trigger()
    return f"DROP TRIGGER {name}" + (f" ON {table}" if connection.vendor == "postgresql" else "")


def _changed_trigger() -> tuple[str, str]:
    name, table = _one_trigger()
    return (
        f"DROP TRIGGER {name}",
        f"CREATE TRIGGER {name} AFTER INSERT ON {table} BEGIN SELECT 1; END",
    )

"""Run all checks of the record and write their findings down, for the administrator."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

from kotaku import contributions
from kotaku.formats import format_moment
from kotaku.verification import archives, database, files, histories, rows, schema
from kotaku.verification.checks import LISTED, Check

# People may change a record between two queries of a check; a second look tells this from damage.
SECONDS_TO_SETTLE = 2


@dataclass(frozen=True)
class Part:
    """A check and the sentences that a second look confirmed."""

    check: Check
    sentences: list[str]


def checks(backups: Path | None = None) -> list[Check]:
    """Return all checks; `backups` is the folder with the archives, if they are checked too."""
    found = [
        Check("Basis data", database.ADVICE, database.damage),
        Check("Aturan basis data", schema.ADVICE, schema.deviations),
        Check("Isi tabel", rows.ADVICE, rows.broken),
        Check("Berkas", files.ADVICE, files.deviations),
        Check("Riwayat", histories.ADVICE, _histories),
        *contributions.gather(contributions.record_checks),
    ]
    if backups:
        found.append(Check("Cadangan", archives.ADVICE, lambda: archives.deviations(backups)))
    return found


def _histories():
    return histories.deviations(contributions.gather(contributions.record_histories))


def verify(backups: Path | None = None) -> list[Part]:
    """Run all checks. Each reads on its own, and none changes anything."""
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        sentence = f"Basis data tidak dapat dihubungi atau dibaca: {type(error).__name__}."
        return [Part(Check("Basis data", database.ADVICE, list), [sentence])]
    return [Part(check, _confirmed(check)) for check in checks(backups)]


def _confirmed(check) -> list[str]:
    first = _sentences(check)
    if not first:
        return []
    time.sleep(SECONDS_TO_SETTLE)
    second = set(_sentences(check))
    return [sentence for sentence in first if sentence in second]


def _sentences(check) -> list[str]:
    found = []
    try:
        # Keeps what was found before an error.
        found.extend(check.find())
    except Exception as error:
        # On damaged data a check may fail in any way; the others still run.
        found.append(f"Pemeriksaan ini tidak dapat diselesaikan: {type(error).__name__}.")
    return list(dict.fromkeys(found))


def lines(parts: list[Part]) -> Iterator[str]:
    """Yield the report, a line for each check and each finding."""
    yield f"Pemeriksaan data {settings.SITE_NAME}, {format_moment(timezone.localtime())}"
    for part in parts:
        if not part.sentences:
            yield f"{part.check.title}: baik."
            continue
        yield f"{part.check.title}: {len(part.sentences)} temuan."
        yield from (f"  - {sentence}" for sentence in part.sentences[:LISTED])
        if len(part.sentences) > LISTED:
            yield f"  dan {len(part.sentences) - LISTED} temuan lain."
        yield f"  Yang perlu dilakukan: {part.check.advice}"
    total = count(parts)
    yield f"Hasil: {total} temuan." if total else "Hasil: semua baik."


def count(parts: list[Part]) -> int:
    """Return the number of findings."""
    return sum(len(part.sentences) for part in parts)

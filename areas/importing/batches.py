"""Read a large file in batches, over several requests, and store what was read.

Small files are read anew for every request, which takes less than a second. A large file (20.000
rows) takes up to half a minute, longer than a phone's connection or a proxy waits. So each request
reads rows for a few seconds and stores them; the next one goes on from there, also days later and
from another device. Two requests at once may read the same batch, but only one of them stores it.

Only the file is read in advance. Its rows are compared with the record for every page and when
they are applied, so a preview is never out of date.
"""

import hashlib
import json
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

from areas.importing.file_questions import FileQuestions
from areas.importing.kinds import KINDS
from areas.importing.row_reader import Table
from areas.importing.statements import Reading
from areas.importing.stored_json import dumps, loads
from areas.importing.understanding import (
    Understood,
    known_villages,
    open_book,
    read_at_once,
    understand,
)
from areas.importing.village_names import VillageFinder
from areas.models import ImportPart, ImportReading, ImportRun
from kotaku.spreadsheets.sheets import Row, Sheet, Workbook

# Files with more cells than this are read in batches; those with fewer take about a second.
MOST_AT_ONCE = 50_000
# Rows of a batch; the slowest ones (unknown names among 2.000 villages) take 20 ms each.
BATCH_ROWS = 200
# Each request reads for so many seconds.
SHARE_SECONDS = 4.0
# The import page shows the first values of each column.
EXAMPLE_ROWS = 3


class StillReading(Exception):
    """A large file is not read completely yet; `percent` (0–100) of its rows are."""

    def __init__(self, percent: int):
        self.percent = percent
        super().__init__(f"Berkas baru terbaca {percent} %.")


def is_large(run: ImportRun) -> bool:
    """Whether a file is read in batches."""
    return run.cells > MOST_AT_ONCE


def cells_of(book: Workbook) -> int:
    """Return the number of cells in the largest sheet."""
    return max(sum(len(row.cells) for row in sheet.rows) for sheet in book.sheets)


def read(run: ImportRun) -> tuple[Understood, Reading]:
    """Return a file as understood, and the statements of its rows.

    Raises StillReading if a large file is not read yet, UnreadableSheet if the file is gone.
    """
    if not is_large(run):
        return read_at_once(run)
    stored = ImportReading.objects.filter(run=run).first()
    if stored is None or stored.key != _key(run, known_villages(run.programme.region)):
        raise StillReading(0)
    if not stored.is_done:
        raise StillReading(stored.percent)
    seen = _understood(run, stored)
    reading = _reading(stored)
    reading.problem = seen.problem
    for content in stored.parts.order_by("number").values_list("content", flat=True).iterator():
        part = loads(content)
        reading.statements += part["statements"]
        for question in part["asked"]:
            seen.questions.ask(question)
    return seen, reading


def go_on(run: ImportRun, book: Workbook | None = None) -> None:
    """Read a large file for a few more seconds, at least one batch. Raises UnreadableSheet.

    `book` is the content of the file, if it was just read anyway.
    """
    until = time.monotonic() + SHARE_SECONDS
    villages = known_villages(run.programme.region)
    stored = ImportReading.objects.filter(run=run).first()
    key = _key(run, villages)
    if stored is None or stored.key != key:
        stored = _begin(run, key, book or open_book(run))
    if stored.key != key:
        # Another request has begun with other answers.
        return
    finder = VillageFinder(villages)
    seen = _understood(run, stored)
    while (part := stored.next_part()) and _read_part(run, stored, part, seen, finder):
        if time.monotonic() >= until:
            break


def forget(run: ImportRun) -> None:
    """Delete what was read of a file that is applied or cancelled."""
    ImportReading.objects.filter(run=run).delete()


def _read_part(run, stored, part: ImportPart, seen, finder) -> bool:
    """Read and store one batch; return False if another request was faster."""
    content = loads(part.content)
    sheet = replace(
        seen.sheet,
        rows=[*_head(seen.sheet, seen.layout), *content["above"]],
        merged=[*seen.sheet.merged, *map(tuple, content["merged"])],
    )
    questions = FileQuestions(run.layout.get("answers"))
    table = Table(sheet, seen.layout, content["rows"])
    reading = KINDS[run.kind].read(table, finder, questions, run.programme, _reading(stored))
    read_now = {"statements": reading.statements, "asked": questions.asked}
    return stored.store(part, content=dumps(read_now), carried=_carried(reading))


def _begin(run, key, book) -> ImportReading:
    """Store the columns of a file, and its rows in batches."""
    seen = understand(run, book)
    sheet, layout = seen.sheet, seen.layout
    head = _head(sheet, layout, EXAMPLE_ROWS)
    over_head = [area for area in sheet.merged if area[0] <= layout.header_row]
    understood = {
        "sheets": seen.sheets,
        "sheet": replace(sheet, rows=head, merged=over_head),
        "layout": layout,
        "asked": seen.questions.asked,
        "left_out": seen.left_out,
        "problem": seen.problem,
    }
    rows = [] if seen.problem else seen.rows
    starts = range(0, len(rows), BATCH_ROWS)
    parts = (_part(sheet, layout, rows[start : start + BATCH_ROWS]) for start in starts)
    return ImportReading.begin(
        run, key=key, understood=dumps(understood), carried=_carried(Reading()), parts=parts
    )


def _part(sheet: Sheet, layout, rows: list[Row]) -> tuple[int, str]:
    """Return the number of rows of a batch, and all that is needed to read it, as JSON."""
    first, last = rows[0].number, rows[-1].number
    merged = [
        area
        for area in sheet.merged
        if area[0] > layout.header_row and area[0] <= last and area[2] >= first
    ]
    tops = {area[0] for area in merged}
    needed = tops - {row.number for row in rows}
    above = [row for row in sheet.rows if row.number in needed] if needed else []
    # The rows of merged texts are looked up in the sheet, those of this batch too.
    above += [row for row in rows if row.number in tops]
    return len(rows), dumps({"rows": rows, "above": above, "merged": merged})


def _head(sheet, layout, examples=0) -> list[Row]:
    """Return the rows down to the headings, and the first ones below them as examples."""
    head = [row for row in sheet.rows if row.number <= layout.header_row]
    return head + list(sheet.rows[len(head) : len(head) + examples])


def _understood(run, stored) -> Understood:
    found = loads(stored.understood)
    questions = FileQuestions(run.layout.get("answers"))
    for question in found.pop("asked"):
        questions.ask(question)
    return Understood(**found, questions=questions)


def _carried(reading) -> str:
    return dumps(
        {
            "totals": list(reading.totals.items()),
            "total_row": reading.total_row,
            "times": [[*key, times] for key, times in reading.times.items()],
        }
    )


def _reading(stored) -> Reading:
    """Return what the rows read so far mean for those below, without their statements."""
    found = loads(stored.carried)
    times = Counter({(name, year): count for name, year, count in found["times"]})
    return Reading(totals=dict(found["totals"]), total_row=found["total_row"], times=times)


def _key(run, villages) -> str:
    """Return a hash of everything that the reading of a file depends on."""
    programme = run.programme
    facts = (
        run.kind, run.sha256, json.dumps(run.layout, sort_keys=True), programme.slug, programme.name,
        programme.baseline_year, villages, _PROGRAM,
    )  # fmt: skip
    return hashlib.sha256(repr(facts).encode()).hexdigest()


def _program() -> str:
    """Return a hash of the code that reads files, so that a new release reads them anew."""
    here = Path(__file__).parent
    folders = (here, here.parent / "rules", here.parent.parent / "kotaku" / "spreadsheets")
    found = hashlib.sha256()
    for folder in folders:
        for path in sorted(folder.rglob("*.py")):
            found.update(path.read_bytes())
    return found.hexdigest()


_PROGRAM = _program()

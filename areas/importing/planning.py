"""Compare statements with the record: shared by the planners of all kinds. Writes nothing."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from areas.importing.plan import Outcome, PlannedRow
from areas.importing.statements import Statement
from areas.models import Boundary
from areas.rules.land_area import polygons_ha


def with_doubts(rows: list[PlannedRow], doubt_of: Callable) -> list[PlannedRow]:
    """Return the rows, with a doubt if a row would store an area that seems too large.

    `doubt_of(area_ha, land_ha, name)` is a rule of `areas.rules.land_area`.
    """
    villages = {row.statement.village.pk for row in rows if row.writes}
    land = Boundary.objects.filter(village__in=villages).order_by()
    land_ha = {
        village: polygons_ha(polygons)
        for village, polygons in land.values_list("village", "polygons").iterator()
    }
    return [_with_doubt(row, land_ha, doubt_of) if row.writes else row for row in rows]


def _with_doubt(row, land_ha, doubt_of) -> PlannedRow:
    said = row.statement
    doubt = doubt_of(said.area_ha, land_ha.get(said.village.pk), said.village.full_name)
    if not doubt:
        return row
    return replace(row, doubt=doubt, needs_reason=row.needs_reason or not said.reason)


def checked(statements: Sequence[Statement]) -> Iterator[tuple[Statement, PlannedRow | None]]:
    """Yield each statement with its row if it is wrong, left out or repeated, else with None."""
    seen = {}
    for said in statements:
        if said.problem:
            yield said, PlannedRow(said, Outcome.WRONG, sentence=said.problem)
        elif said.left_out:
            yield said, PlannedRow(said, Outcome.LEFT_OUT, sentence=_sentence(said.left_out))
        elif first := seen.get(said.key):
            year = f" tahun {said.year}" if said.year else ""
            words = (
                f"Baris {said.row}: {said.title}{year} sudah disebut di {first}. Hapus salah satu."
            )
            yield said, PlannedRow(said, Outcome.WRONG, sentence=words)
        else:
            seen[said.key] = said.place
            yield said, None


def says_same(said: Statement, record) -> bool:
    """Whether a row's day, note and reason, if the file has any, equal those of the record.

    Text in cells has single spaces, so line breaks in the record do not count as a difference.
    """
    pairs = ((said.note, record.note), (said.reason, getattr(record, "reason", "")))
    is_same_day = said.as_of is None or said.as_of == getattr(record, "as_of", None)
    return is_same_day and all(
        not words or words == " ".join(stored.split()) for words, stored in pairs
    )


def wrong(said: Statement, words: str, before_ha: Decimal | None = None) -> PlannedRow:
    """Return a wrong row, with its place and the reason."""
    sentence = f"{said.place[0].upper()}{said.place[1:]}: {words}"
    return PlannedRow(said, Outcome.WRONG, before_ha, sentence)


def _sentence(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}."

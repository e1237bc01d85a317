"""Import many figures from a spreadsheet: the bulk form of YearlyFigure's actions.

Single entries would block the database for minutes at 20.000 rows, so new figures are created in
bulk. The rules are those of `submit` and `verify`, checked by
`areas.importing.kinds.figures`; the database's constraints apply as to every figure.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from areas.models.baseline import Baseline
from areas.models.entry import Entry
from areas.models.event import FigureEvent
from areas.models.figure import YearlyFigure
from areas.models.programme_year import summarised
from areas.models.states import Status
from areas.rules import plausibility
from kotaku.workflow import TransitionNotAllowed

BATCH = 1000


@dataclass(frozen=True)
class ImportedFigure:
    """A figure from a file. `figure` is the draft or returned one that it replaces, if any.

    `source` names file, sheet and row for the history.
    """

    baseline: Baseline
    year: int
    entry: Entry
    source: str
    figure: YearlyFigure | None = None
    as_of: date | None = None


def import_figures(rows: Sequence[ImportedFigure], *, by, verified_by=None, reason="") -> None:
    """Store figures as submitted by `by`, or directly as verified by `verified_by`.

    Verified ones need a `reason` and another person (or a file's account) as `by`. Raises
    TransitionNotAllowed or StaleRecord, and then stores nothing.
    """
    if verified_by is not None:
        if not reason.strip():
            raise TransitionNotAllowed("Tulis alasan mengapa angka ini langsung terverifikasi.")
        if verified_by == by:
            raise TransitionNotAllowed("Isian tidak boleh diverifikasi oleh yang mengisinya.")
    villages = {row.baseline.village_id for row in rows}
    with summarised(villages if verified_by is not None else ()):
        _import(rows, by, verified_by, reason)


def _import(rows, by, verified_by, reason):
    new = [row for row in rows if row.figure is None]
    for start in range(0, len(new), BATCH):
        _create(new[start : start + BATCH], by, verified_by, reason)
    # In order of years, because later figures are compared with earlier ones.
    for row in sorted(rows, key=lambda row: row.year):
        if row.figure is not None:
            row.figure.take_over(
                by=by,
                version=row.figure.version,
                entry=row.entry,
                source=row.source,
                as_of=row.as_of,
            )
            if verified_by is not None:
                row.figure.verify(
                    by=verified_by,
                    version=row.figure.version,
                    reason=reason,
                    # Its reviewer has seen the marks in the preview, and confirmed the file.
                    ticked=None,
                )


def _create(rows, by, verified_by, reason):
    at = timezone.now()
    status = Status.SUBMITTED if verified_by is None else Status.VERIFIED
    for row in rows:
        row.baseline.check_open(row.year)
        _check_confirmed(row)
    try:
        with transaction.atomic():
            figures = YearlyFigure.objects.bulk_create(
                YearlyFigure(
                    baseline=row.baseline,
                    year=row.year,
                    area_ha=row.entry.area_ha,
                    as_of=row.as_of,
                    note=row.entry.note,
                    is_confirmed=row.entry.is_confirmed,
                    reason=row.entry.reason,
                    status=status,
                    entered_by=by,
                    entered_at=at,
                    submitted_by=by,
                    submitted_at=at,
                    verified_by=verified_by,
                    verified_at=at if verified_by else None,
                )
                for row in rows
            )
    except IntegrityError as error:
        raise TransitionNotAllowed(
            "Sebagian isian ini baru saja diisi oleh orang lain. Buka pratinjau sekali lagi."
        ) from error
    pairs = list(zip(figures, rows, strict=True))
    events = [
        _event(figure, FigureEvent.Kind.IMPORTED, by, at, None, row.entry.reason, row.source)
        for figure, row in pairs
    ]
    if verified_by is not None:
        events += [
            _event(figure, FigureEvent.Kind.VERIFIED, verified_by, at, figure.area_ha, reason, "")
            for figure in figures
        ]
    FigureEvent.objects.bulk_create(events)


def _check_confirmed(row):
    """Refuse an area above the baseline unless it is explained; what came before is in the plan."""
    entry, baseline_ha = row.entry, row.baseline.area_ha
    if entry.area_ha > baseline_ha and not (entry.is_confirmed and entry.reason):
        context = plausibility.Context(baseline_ha, baseline_ha, None, evidence=0)
        raise TransitionNotAllowed(plausibility.growth_sentence(entry.area_ha, context))


def _event(figure, kind, actor, at, before_ha, reason, source):
    return FigureEvent(
        figure=figure,
        kind=kind,
        actor=actor,
        at=at,
        before_ha=before_ha,
        after_ha=figure.area_ha,
        reason=reason,
        source=source,
    )

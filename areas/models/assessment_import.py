"""Assessments from a file, stored many at once; each has the event of a single one."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from django.db import IntegrityError, transaction

from areas.models.assessment import Assessment
from areas.models.assessment_event import AssessmentEvent
from areas.models.neighbourhood import Neighbourhood
from kotaku.workflow import TransitionNotAllowed

# So many rows are built in memory at a time; Django sends them in as many statements as it must.
BATCH = 500
MEANWHILE = "Sebagian RT ini baru saja diisi oleh orang lain. Buka pratinjau sekali lagi."


@dataclass(frozen=True)
class Place:
    """An RT as a file names it; `hamlet` is stored with a new RT only."""

    village_id: int
    rt: str
    rw: str
    is_sample: bool
    hamlet: str = ""

    @property
    def key(self) -> tuple:
        """What tells RTs apart."""
        return self.village_id, self.rt, self.rw, self.is_sample

    def new_rt(self) -> Neighbourhood:
        """Return the RT, not stored yet."""
        return Neighbourhood(**asdict(self))

    def stored_rt(self) -> Neighbourhood:
        """Return the stored RT; store it if there is none."""
        names = asdict(self)
        defaults = {"hamlet": names.pop("hamlet")}
        return Neighbourhood.objects.get_or_create(**names, defaults=defaults)[0]


@dataclass(frozen=True)
class ImportedAssessment:
    """An assessment from a file. `assessment` is the draft or returned one that it replaces, if any.

    `source` names file, sheet and row for the history.
    """

    place: Place
    year: int
    values: Mapping
    source: str
    assessment: Assessment | None = None


def import_assessments(rows: Sequence[ImportedAssessment], *, by) -> None:
    """Store assessments as submitted by `by`, and add their RTs where they are new.

    Raises TransitionNotAllowed or StaleRecord; the caller must then roll back.
    """
    new = [row for row in rows if row.assessment is None]
    for start in range(0, len(new), BATCH):
        some = new[start : start + BATCH]
        try:
            with transaction.atomic():
                _create(some, by)
        except IntegrityError as error:
            if not _is_one_stored(some):
                raise
            raise TransitionNotAllowed(MEANWHILE) from error
    for row in rows:
        if row.assessment is not None:
            row.assessment.take_over(by=by, values=row.values, source=row.source)


def _create(rows, by):
    rts = _with_new_rts(rows)
    pairs = []
    for row in rows:
        assessment = Assessment(neighbourhood=rts[row.place.key], year=row.year)
        assessment.fill_from_file(by=by, values=row.values)
        pairs.append((assessment, row.source))
    Assessment.objects.bulk_create(assessment for assessment, _ in pairs)
    AssessmentEvent.objects.bulk_create(
        assessment.event("import", by=by, before=None, source=source)
        for assessment, source in pairs
    )


def _with_new_rts(rows) -> dict[tuple, Neighbourhood]:
    """Return the RTs of these rows by their key; those that are not recorded yet are stored."""
    found = {
        (rt.village_id, rt.rt, rt.rw, rt.is_sample): rt
        for rt in Neighbourhood.objects.filter(village__in=_villages(rows))
    }
    new = {row.place.key: row.place for row in rows if row.place.key not in found}
    try:
        with transaction.atomic():
            stored = Neighbourhood.objects.bulk_create(each.new_rt() for each in new.values())
    except IntegrityError:
        # Another person has just added one of them.
        stored = [each.stored_rt() for each in new.values()]
    return found | dict(zip(new, stored, strict=True))


def _is_one_stored(rows) -> bool:
    """Whether another person has stored one of these assessments meanwhile."""
    place = "neighbourhood__village", "neighbourhood__rt", "neighbourhood__rw"
    stored = Assessment.objects.filter(neighbourhood__village__in=_villages(rows)).values_list(
        *place, "neighbourhood__is_sample", "year"
    )
    return not {(*row.place.key, row.year) for row in rows}.isdisjoint(stored)


def _villages(rows) -> set[int]:
    return {row.place.village_id for row in rows}

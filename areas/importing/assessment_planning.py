"""Holding every row of a sheet of assessments against the record; nothing is written here."""

from dataclasses import replace
from decimal import Decimal

from django.utils import timezone

from areas.importing.plan import (
    Outcome,
    Plan,
    PlannedRow,
    Sum,
)
from areas.importing.planning import (
    checked,
    says_same,
    with_doubts,
    wrong,
)
from areas.importing.statements import Reading
from areas.models import Assessment, Neighbourhood, Programme, Status
from areas.rules import scoring
from areas.rules.criteria import CRITERIA
from areas.rules.land_area import rt_doubt
from areas.rules.scoring import Measured
from kotaku.formats import round_half_up


def plan_assessments(reading: Reading, programme: Programme) -> Plan:
    """Return what a sheet would change: RTs and assessments, invented ones in a sample period."""
    said_villages = {said.village.pk for said in reading.statements if said.village}
    there = _recorded(said_villages, programme.is_sample)
    rows = [
        problem or _row(said, there.get((said.village.pk, said.rt, said.rw), {}))
        for said, problem in checked(reading.statements)
    ]
    rows = with_doubts(rows, rt_doubt)
    return Plan([replace(row, needs_reason=False) for row in rows], _sums(rows))


def _recorded(villages, sample) -> dict[tuple, dict[int, Assessment]]:
    """Return (village, RT, RW) → year → assessment."""
    found: dict[tuple, dict[int, Assessment]] = {}
    ordered = sorted(villages)
    for start in range(0, len(ordered), 500):
        some = ordered[start : start + 500]
        rts = Neighbourhood.objects.filter(village__in=some).of_kind(sample=sample)
        for rt in rts.prefetch_related("assessments"):
            found[rt.village_id, rt.rt, rt.rw] = {
                assessment.year: assessment for assessment in rt.assessments.all()
            }
    return found


def _row(said, years) -> PlannedRow:
    if not 2000 <= said.year <= timezone.localdate().year:
        return wrong(said, f"tahun {said.year} tidak dapat dinilai.")
    result = _scored(said.values)
    words = f"{result.slum_class.label}, nilai {result.total}"
    assessment = years.get(said.year)
    if assessment is None:
        return PlannedRow(said, Outcome.NEW, sentence=f"{words}.")
    row = PlannedRow(said, Outcome.SAME, assessment.area_ha, assessment=assessment)
    is_same = _is_same(assessment, said.values)
    if assessment.is_editable and is_same and says_same(said, assessment):
        state = assessment.get_status_display()
        return replace(row, sentence=f"Penilaian berstatus {state} tidak berubah.")
    if assessment.is_editable:
        before = "belum lengkap" if assessment.total is None else f"nilai {assessment.total}"
        state = assessment.get_status_display()
        sentence = f"Menggantikan penilaian berstatus {state} ({before}): {words}."
        return PlannedRow(
            said, Outcome.CHANGED, assessment.area_ha, sentence, assessment=assessment
        )
    if is_same:
        return row
    if assessment.status == Status.SUBMITTED:
        refusal = "sedang menunggu verifikasi. Verifikasi atau kembalikan dahulu."
    else:
        refusal = "sudah terverifikasi. Buka kembali dahulu bila keliru."
    return wrong(said, f"penilaian nilai {assessment.total} {refusal}", assessment.area_ha)


def _is_same(assessment, values) -> bool:
    # Who assessed may be written in other words; the numbers may not.
    return all(
        getattr(assessment, name) == value for name, value in values.items() if name != "assessor"
    )


def _scored(values) -> scoring.Result:
    return scoring.score(
        Measured(
            area_ha=values["area_ha"],
            buildings=values["buildings"],
            households=values["households"],
            ideal_road_m=values["ideal_road_m"],
            ideal_drainage_m=values["ideal_drainage_m"],
            volumes={each.key: Decimal(values[each.field]) for each in CRITERIA},
        )
    )


def _sums(rows) -> list[Sum]:
    """Add up the slum hectares of the file's RTs by year; each village's sum is rounded."""
    counts: dict[int, int] = {}
    added: dict[int, dict[int, Decimal]] = {}
    for row in rows:
        said = row.statement
        if row.outcome in (Outcome.WRONG, Outcome.LEFT_OUT):
            continue
        counts[said.year] = counts.get(said.year, 0) + 1
        villages = added.setdefault(said.year, {})
        villages[said.village.pk] = villages.get(said.village.pk, 0) + _scored(said.values).slum_ha
    return [
        Sum(year, count, sum(map(round_half_up, added[year].values())), None)
        for year, count in sorted(counts.items())
    ]

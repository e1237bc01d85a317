"""Assessments: a row per RT (neighbourhood) and year, with general data and criteria volumes."""

from dataclasses import replace
from decimal import Decimal

from django.utils import timezone

import areas.importing.column_words as columns
import areas.importing.kinds.assessment_columns as named
from areas.importing import templates
from areas.importing.kinds.assessment_rows import (
    AssessmentStatement,
    editions_of,
    missing_columns,
    read_assessments,
)
from areas.importing.kinds.sheet_kind import SheetKind
from areas.importing.plan import Outcome, Plan, PlannedRow, Sum
from areas.importing.planning import checked, says_same, with_doubts, wrong
from areas.models import Assessment, ImportRun, Neighbourhood, Status
from areas.models.assessment_import import ImportedAssessment, Place, import_assessments
from areas.rules.criteria import CURRENT, EDITIONS, known_criteria
from areas.rules.land_area import rt_doubt
from kotaku.formats import round_half_up
from kotaku.quantities import RT_HECTARES
from kotaku.spreadsheets.values import harmless


class AssessmentSheet(SheetKind):
    """Assessments. Adds unknown RTs; in a sample period, as sample RTs."""

    key = ImportRun.Kind.ASSESSMENTS
    template_title = "Penilaian RT"
    quantity = RT_HECTARES
    summed_title = "Luas kumuh"
    awaiting = "Penilaian"
    queue = ("areas:assessment-overview", "Buka antrean penilaian")

    @property
    def fill_in(self):
        """How to fill in the template."""
        count = len(CURRENT.criteria)
        lines = [
            (
                f"Satu baris per RT dan tahun. Isi data umum RT, lalu volume ke-{count} kriteria; "
                "0 bila tidak ada."
            ),
            "Volume tidak boleh melebihi pembandingnya: bangunan, luas RT, panjang ideal, atau KK.",
            "RT yang belum tercatat ditambahkan. Hapus baris RT yang tidak dinilai.",
        ]
        if unasked := [each for each in CURRENT.criteria if not each.is_asked(0)]:
            keys, base = " dan ".join(each.key for each in unasked), unasked[0].base
            lines.append(f"{keys} boleh kosong bila {base.label} 0 {base.unit}.")
        if len(EDITIONS) > 1:
            rules = ", ".join(each.regulation for each in EDITIONS.values())
            lines += [
                f"Aturan: {rules}; kosong berarti {CURRENT.regulation}.",
                "Isi hanya kriteria yang ada dalam aturan barisnya.",
            ]
        return lines

    def vocabulary(self, programme):
        """Return the vocabulary of all editions' criteria."""
        return named.assessments()

    def area_columns(self, layout):
        """Return the columns of hectares: the RT's area and volumes."""
        known = named.quantities()
        return [column for column, role in layout.roles.items() if known.get(role) == RT_HECTARES]

    def problem(self, table, questions, programme):
        """Return which columns are missing for the editions of the rows."""
        return missing_columns(table.layout, editions_of(table))

    def read(self, table, finder, questions, programme, before):
        """Return the rows' statements about RTs, with their scores."""
        reading = read_assessments(table, finder, questions, before)
        reading.statements = [_scored(said) for said in reading.statements]
        return reading

    def plan(self, reading, programme, user, *, as_verified):
        """Return the RTs and assessments that the sheet would add or change."""
        villages = {said.village.pk for said in reading.statements if said.village}
        there = _recorded(villages, programme.is_sample)
        rows = [
            problem or _row(said, there.get((said.village.pk, said.rt, said.rw), {}))
            for said, problem in checked(reading.statements)
        ]
        rows = with_doubts(rows, rt_doubt)
        return Plan([replace(row, needs_reason=False) for row in rows], _sums(rows))

    def write(self, rows, application):
        """Store the assessments with the status submitted, each with its history event."""
        import_assessments([_imported(row, application) for row in rows], by=application.by)

    def fill(self, sheet, programme):
        """Write the headings of general data and criteria, and the known RTs."""
        labels = named.assessments().labels
        roles = [columns.CODE, columns.NAME, named.RT, named.RW, named.HAMLET, columns.YEAR]
        roles += [named.RULE] if named.RULE in labels else []
        roles += [named.ASSESSOR, *named.GROUND, *known_criteria(), columns.NOTE]
        sheet.append([labels[role] for role in roles])
        rts = Neighbourhood.objects.of_kind(sample=programme.is_sample).filter(
            village__district__region=programme.region_id
        )
        for rt in rts.select_related("village").order_by("village__code", "rw", "rt"):
            name, hamlet = harmless(rt.village.full_name), harmless(rt.hamlet)
            sheet.append([rt.village.code, name, rt.rt, rt.rw, hamlet])
        templates.dress_head(sheet, len(roles))
        sheet.freeze_panes = "E2"


def _imported(row, application) -> ImportedAssessment:
    said, run = row.statement, application.run
    values = {**said.values, "assessor": said.values["assessor"] or run.name[:120]}
    if said.note:
        values["note"] = said.note
    return ImportedAssessment(
        Place(said.village.pk, said.rt, said.rw, run.programme.is_sample, said.hamlet),
        said.year,
        values,
        application.source(row),
        row.record,
    )


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
    words = f"{said.class_label}, nilai {said.score}"
    assessment = years.get(said.year)
    if assessment is None:
        return PlannedRow(said, Outcome.NEW, sentence=f"{words}.")
    row = PlannedRow(said, Outcome.SAME, assessment.area_ha, record=assessment)
    is_same = _is_same(assessment, said.values)
    if assessment.is_editable and is_same and says_same(said, assessment):
        state = assessment.get_status_display()
        return replace(row, sentence=f"Penilaian berstatus {state} tidak berubah.")
    if assessment.is_editable:
        before = "belum lengkap" if assessment.total is None else f"nilai {assessment.total}"
        state = assessment.get_status_display()
        sentence = f"Menggantikan penilaian berstatus {state} ({before}): {words}."
        return replace(row, outcome=Outcome.CHANGED, sentence=sentence)
    if is_same:
        return row
    if assessment.status == Status.SUBMITTED:
        refusal = "sedang menunggu verifikasi. Verifikasi atau kembalikan dahulu."
    else:
        refusal = "sudah terverifikasi. Buka kembali dahulu bila keliru."
    return wrong(said, f"penilaian nilai {assessment.total} {refusal}", assessment.area_ha)


def _is_same(assessment, values) -> bool:
    # The assessor may be spelled differently; all numbers must be equal.
    return all(
        getattr(assessment, name) == value for name, value in values.items() if name != "assessor"
    )


def _scored(said) -> AssessmentStatement:
    if not said.values:
        return said
    result = Assessment(**said.values).result()
    label = result.slum_class.label
    return replace(said, score=result.total, class_label=label, slum_ha=result.slum_ha)


def _sums(rows) -> list[Sum]:
    """Sum the slum hectares of the file's RTs by year; each village's sum is rounded first."""
    counts: dict[int, int] = {}
    added: dict[int, dict[int, Decimal]] = {}
    for row in rows:
        said = row.statement
        if row.outcome in (Outcome.WRONG, Outcome.LEFT_OUT):
            continue
        counts[said.year] = counts.get(said.year, 0) + 1
        villages = added.setdefault(said.year, {})
        villages[said.village.pk] = villages.get(said.village.pk, 0) + said.slum_ha
    return [
        Sum(year, count, sum(map(round_half_up, added[year].values())), None)
        for year, count in sorted(counts.items())
    ]

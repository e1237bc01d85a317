"""Database constraints of assessments."""

from django.db import models
from django.db.models import F, Q

from areas.models.review_constraints import review_constraints
from areas.rules.criteria import CRITERIA, VOLUME_FIELDS
from areas.rules.scoring import MAX_TOTAL


def _volume_in_its_base(criterion) -> models.CheckConstraint:
    field, base = criterion.field, criterion.base
    return models.CheckConstraint(
        name=f"assessment_volume_{criterion.key}",
        condition=Q(**{f"{field}__isnull": True})
        | Q(**{f"{field}__gte": 0, f"{field}__lte": F(base.value)}),
        violation_error_message=(
            f"{criterion.key} {criterion.name}: harus antara 0 dan {base.label}."
        ),
    )


CONSTRAINTS = [
    models.UniqueConstraint(
        fields=["neighbourhood", "year"],
        name="assessment_once_per_year",
        violation_error_message="RT ini sudah dinilai untuk tahun itu.",
    ),
    models.CheckConstraint(
        name="assessment_area_positive",
        condition=Q(area_ha__gt=0),
        violation_error_message="Luas RT harus lebih dari 0 Ha.",
    ),
    models.CheckConstraint(
        name="assessment_lengths_not_negative",
        condition=Q(ideal_road_m__gte=0, ideal_drainage_m__gte=0),
        violation_error_message="Panjang tidak boleh kurang dari 0.",
    ),
    *(_volume_in_its_base(criterion) for criterion in CRITERIA),
    models.CheckConstraint(
        name="assessment_total_in_scale",
        condition=Q(total__isnull=True) | Q(total__gte=0, total__lte=MAX_TOTAL),
        violation_error_message=f"Nilai total harus antara 0 dan {MAX_TOTAL}.",
    ),
    models.CheckConstraint(
        name="assessment_total_when_complete",
        condition=Q(total__isnull=True)
        | Q(**{f"{field}__isnull": False for field in VOLUME_FIELDS}),
        violation_error_message="Nilai total hanya ada bila semua kriteria sudah diisi.",
    ),
    models.CheckConstraint(
        name="assessment_complete_unless_draft",
        condition=Q(status="draft") | Q(total__isnull=False),
        violation_error_message="Isi semua kriteria sebelum mengajukan penilaian.",
    ),
    *review_constraints("assessment", "Penilaian"),
]

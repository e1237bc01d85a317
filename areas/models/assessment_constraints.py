"""Database constraints of assessments."""

from collections.abc import Iterable

from django.db import models
from django.db.models import F, Q

from areas.models.assessment_queries import by_rule
from areas.models.review_constraints import review_constraints
from areas.models.states import EDITABLE
from areas.rules.criteria import codes
from areas.rules.edition import Edition


def _volume_in_its_base(field: str, code: str, editions: list[Edition]) -> models.CheckConstraint:
    measured = {
        edition.key: each
        for edition in editions
        for each in edition.criteria
        if each.field == field
    }
    inside = {
        rule: Q(**{f"{field}__gte": 0, f"{field}__lte": F(each.base.value)})
        for rule, each in measured.items()
    }
    first = next(iter(measured.values()))
    return models.CheckConstraint(
        name=f"assessment_volume_{code}",
        condition=Q(**{f"{field}__isnull": True}) | by_rule(inside),
        violation_error_message=f"{first.key} {first.name}: harus antara 0 dan {first.base.label}.",
    )


def constraints(editions: Iterable[Edition]) -> list[models.BaseConstraint]:
    """Return the constraints of assessments under these editions.

    Their conditions mention the rule only if the editions differ.
    """
    editions = list(editions)
    highest = max(each.max_total for each in editions)
    in_scale = {each.key: Q(total__gte=0, total__lte=each.max_total) for each in editions}
    complete = {
        each.key: Q(**{f"{field}__isnull": False for field in each.volume_fields})
        for each in editions
    }
    return [
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
        *(_volume_in_its_base(field, code, editions) for field, code in codes(editions).items()),
        models.CheckConstraint(
            name="assessment_total_in_scale",
            condition=Q(total__isnull=True) | by_rule(in_scale),
            violation_error_message=f"Nilai total harus antara 0 dan {highest}.",
        ),
        models.CheckConstraint(
            name="assessment_total_when_complete",
            condition=Q(total__isnull=True) | by_rule(complete),
            violation_error_message="Nilai total hanya ada bila semua kriteria sudah diisi.",
        ),
        models.CheckConstraint(
            name="assessment_complete_unless_draft",
            condition=Q(status__in=EDITABLE) | Q(total__isnull=False),
            violation_error_message="Isi semua kriteria sebelum mengajukan penilaian.",
        ),
        *review_constraints("assessment", "Penilaian"),
    ]

"""Database constraints of figures."""

from django.db import models
from django.db.models import Q

from areas.models.review_constraints import review_constraints

CONSTRAINTS = [
    models.UniqueConstraint(
        fields=["baseline", "year"],
        name="figure_once_per_year",
        violation_error_message="Isian desa/kelurahan ini untuk tahun itu sudah ada.",
    ),
    models.CheckConstraint(
        name="figure_not_negative",
        condition=Q(area_ha__isnull=True) | Q(area_ha__gte=0),
        violation_error_message="Luas tidak boleh kurang dari 0.",
    ),
    models.CheckConstraint(
        name="figure_area_unless_draft",
        condition=Q(status="draft") | Q(area_ha__isnull=False),
        violation_error_message="Tulis luas dalam hektare, misalnya 12,50.",
    ),
    *review_constraints("figure", "Isian"),
]

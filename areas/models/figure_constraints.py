"""What must hold for every figure, whatever the code does: the database insists."""

from django.db import models
from django.db.models import F, Q

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
        name="figure_status_known",
        condition=Q(status__in=("draft", "submitted", "returned", "verified")),
        violation_error_message="Status tidak dikenal.",
    ),
    models.CheckConstraint(
        name="figure_area_unless_draft",
        condition=Q(status="draft") | Q(area_ha__isnull=False),
        violation_error_message="Tulis luas dalam hektare, misalnya 12,50.",
    ),
    models.CheckConstraint(
        name="figure_submitted_paired",
        condition=Q(submitted_by__isnull=True, submitted_at__isnull=True)
        | Q(submitted_by__isnull=False, submitted_at__isnull=False),
        violation_error_message="Yang mengajukan dan waktunya harus tercatat bersama.",
    ),
    models.CheckConstraint(
        name="figure_returned_paired",
        condition=Q(returned_by__isnull=True, returned_at__isnull=True, return_reason="")
        | (Q(returned_by__isnull=False, returned_at__isnull=False) & ~Q(return_reason="")),
        violation_error_message="Yang mengembalikan, waktunya dan alasannya harus tercatat bersama.",
    ),
    models.CheckConstraint(
        name="figure_verified_paired",
        condition=Q(verified_by__isnull=True, verified_at__isnull=True)
        | Q(verified_by__isnull=False, verified_at__isnull=False),
        violation_error_message="Yang memverifikasi dan waktunya harus tercatat bersama.",
    ),
    models.CheckConstraint(
        name="figure_status_has_its_person",
        condition=(
            Q(status="draft", submitted_by__isnull=True)
            | Q(status="submitted", submitted_by__isnull=False, returned_by__isnull=True)
            | Q(status="returned", submitted_by__isnull=False, returned_by__isnull=False)
            | Q(status="verified", submitted_by__isnull=False, returned_by__isnull=True)
        ),
        violation_error_message="Status dan orang yang menetapkannya tidak cocok.",
    ),
    models.CheckConstraint(
        name="figure_verified_has_verifier",
        condition=Q(status="verified", verified_by__isnull=False)
        | (~Q(status="verified") & Q(verified_by__isnull=True)),
        violation_error_message="Isian terverifikasi harus mempunyai pemeriksa.",
    ),
    models.CheckConstraint(
        name="figure_four_eyes",
        condition=Q(verified_by__isnull=True)
        | (~Q(verified_by=F("entered_by")) & ~Q(verified_by=F("submitted_by"))),
        violation_error_message="Isian tidak boleh diverifikasi oleh yang mengisinya.",
    ),
]

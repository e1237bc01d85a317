"""Database constraints of all reviewed rows."""

from django.db import models
from django.db.models import F, Q


def review_constraints(prefix: str, called: str) -> list[models.CheckConstraint]:
    """Return the constraints on state, users and four eyes; their messages begin with `called`."""
    rules = {
        "submitted_paired": (
            Q(submitted_by__isnull=True, submitted_at__isnull=True)
            | Q(submitted_by__isnull=False, submitted_at__isnull=False),
            "Yang mengajukan dan waktunya harus tercatat bersama.",
        ),
        "returned_paired": (
            Q(returned_by__isnull=True, returned_at__isnull=True, return_reason="")
            | (Q(returned_by__isnull=False, returned_at__isnull=False) & ~Q(return_reason="")),
            "Yang mengembalikan, waktunya dan alasannya harus tercatat bersama.",
        ),
        "verified_paired": (
            Q(verified_by__isnull=True, verified_at__isnull=True)
            | Q(verified_by__isnull=False, verified_at__isnull=False),
            "Yang memverifikasi dan waktunya harus tercatat bersama.",
        ),
        "status_has_its_person": (
            Q(status="draft", submitted_by__isnull=True)
            | Q(status="returned", submitted_by__isnull=False, returned_by__isnull=False)
            | (
                ~Q(status__in=("draft", "returned"))
                & Q(submitted_by__isnull=False, returned_by__isnull=True)
            ),
            "Status dan orang yang menetapkannya tidak cocok.",
        ),
        "verified_has_verifier": (
            Q(status="verified", verified_by__isnull=False)
            | (~Q(status="verified") & Q(verified_by__isnull=True)),
            f"{called} terverifikasi harus mempunyai pemeriksa.",
        ),
        "four_eyes": (
            Q(verified_by__isnull=True)
            | (~Q(verified_by=F("entered_by")) & ~Q(verified_by=F("submitted_by"))),
            f"{called} tidak boleh diverifikasi oleh yang mengisinya.",
        ),
    }
    return [
        models.CheckConstraint(
            name=f"{prefix}_{name}", condition=condition, violation_error_message=sentence
        )
        for name, (condition, sentence) in rules.items()
    ]

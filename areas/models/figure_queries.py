"""Whose figures are whose, and what they add up to."""

from decimal import Decimal

from django.db import models
from django.db.models import Case, Count, F, OuterRef, Q, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce

from areas import progress
from areas.models.programme import Baseline
from areas.models.states import Status


class YearlyFigureQuerySet(models.QuerySet):
    """The doors to figures: each takes the user, and lets through what is theirs to see or do."""

    def verified(self):
        """Return the figures that count in official totals."""
        return self.filter(status=Status.VERIFIED)

    def visible_to(self, user):
        """Return verified figures; all of their own villages to officers; all to staff readers."""
        if user.is_authenticated and user.is_staff_reader:
            return self
        if user.is_authenticated and user.is_village_officer:
            return self.filter(
                Q(status=Status.VERIFIED)
                | Q(baseline__in=Baseline.objects.filter(village__officers=user))
            )
        return self.verified()

    def traceable_by(self, user):
        """Return the figures whose notes, evidence and history this person may read."""
        if user.is_authenticated and user.is_staff_reader:
            return self
        if user.is_authenticated and user.is_village_officer:
            return self.filter(baseline__in=Baseline.objects.filter(village__officers=user))
        return self.none()

    def editable_by(self, user):
        """Return the figures of this officer's villages, in any state (the verbs know the rest)."""
        if user.is_authenticated and user.is_village_officer:
            return self.filter(baseline__in=Baseline.objects.filter(village__officers=user))
        return self.none()

    def reviewable_by(self, user):
        """Return the submitted figures for Bappeda and admins, oldest first, own entries included."""
        if not (user.is_authenticated and user.is_bappeda):
            return self.none()
        return self.filter(status=Status.SUBMITTED).order_by("submitted_at", "pk")

    def verifiable_by(self, user):
        """Return the submitted figures that this person may decide on: never their own entries."""
        return self.reviewable_by(user).exclude(Q(entered_by=user) | Q(submitted_by=user))

    def correctable_by(self, user):
        """Return the verified figures, for Bappeda and admins."""
        if not (user.is_authenticated and user.is_bappeda):
            return self.none()
        return self.verified()

    def with_previous(self):
        """Annotate `previous_ha` and `previous_year` of the last verified figure before each."""
        earlier = (
            self.model.objects.verified()
            .filter(baseline=OuterRef("baseline"), year__lt=OuterRef("year"))
            .order_by("-year")
        )
        return self.annotate(
            previous_ha=Subquery(earlier.values("area_ha")[:1]),
            previous_year=Subquery(earlier.values("year")[:1]),
        )

    def yearly_changes(self, statuses) -> list[progress.YearChange]:
        """Return `progress.yearly_changes` of these figures, summed by the database."""
        counted = self.filter(status__in=statuses)
        earlier = (
            self.model.objects.filter(
                status__in=statuses, baseline=OuterRef("baseline"), year__lt=OuterRef("year")
            )
            .order_by("-year")
            .values("area_ha")[:1]
        )
        rows = (
            counted.annotate(before_ha=Coalesce(Subquery(earlier), F("baseline__area_ha")))
            .order_by("year")
            .values("year")
            .annotate(
                delta_ha=Sum(F("area_ha") - F("before_ha")),
                counted=Count("pk"),
                cleared=Sum(_one_if(area_ha=0)) - Sum(_one_if(before_ha=0)),
                submitted=Count("pk", filter=Q(status=Status.SUBMITTED)),
            )
        )
        return [
            progress.YearChange(
                year=row["year"],
                delta_ha=row["delta_ha"].quantize(Decimal("0.01")),
                counted=row["counted"],
                cleared_delta=row["cleared"],
                provisional=row["submitted"],
            )
            for row in rows
        ]


def _one_if(**condition):
    return Case(When(**condition, then=Value(1)), default=Value(0))

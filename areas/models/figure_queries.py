"""Querysets of figures: access by user, and sums."""

from decimal import Decimal

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    Max,
    Min,
    OuterRef,
    Q,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from areas.models.assessment_queries import is_slum
from areas.models.reviewed import ReviewedQuerySet
from areas.models.states import OFFICIAL, Status
from areas.rules import progress


class YearlyFigureQuerySet(ReviewedQuerySet):
    """Access to figures by user, their previous figures, and sums."""

    village_path = "baseline__village"

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

    def with_returned(self):
        """Annotate `returned_ha`, the area of the last return, and whether evidence `has_new_evidence`."""
        events = self.model.events.rel.related_model.objects
        evidence = self.model.evidence.rel.related_model.objects
        last = events.filter(figure=OuterRef("pk"), kind="returned").order_by("-at", "-pk")
        since = evidence.filter(figure=OuterRef("pk"), uploaded_at__gt=OuterRef("last_return"))
        return self.annotate(
            returned_ha=Subquery(last.values("after_ha")[:1]),
            last_return=Subquery(last.values("at")[:1]),
        ).annotate(has_new_evidence=Exists(since))

    def with_basis(self):
        """Annotate the number of assessments behind each figure, and of those that are slum."""
        slum = is_slum("basis__total", "basis__assessment__rule")
        return self.annotate(rts_counted=Count("basis"), rts_slum=Count("basis", filter=slum))

    def yearly_changes(self, statuses) -> list[progress.YearChange]:
        """Return `progress.yearly_changes` of these figures, computed by the database."""
        return [as_change(row) for row in self.changes_by_year(statuses)]

    def changes_by_year(self, statuses):
        """Return a row for each year, to be converted with `as_change`."""
        counted = self.filter(status__in=statuses)
        earlier = (
            self.model.objects.filter(
                status__in=statuses, baseline=OuterRef("baseline"), year__lt=OuterRef("year")
            )
            .order_by("-year")
            .values("area_ha")[:1]
        )
        return (
            counted.annotate(before_ha=Coalesce(Subquery(earlier), F("baseline__area_ha")))
            .order_by("year")
            .values("year")
            .annotate(
                delta_ha=Sum(F("area_ha") - F("before_ha")),
                counted=Count("pk"),
                cleared=Sum(_one_if(area_ha=0)) - Sum(_one_if(before_ha=0)),
                submitted=Count("pk", filter=Q(status=Status.SUBMITTED)),
                **DAYS,
            )
        )

    def days_by_year(self, path: str):
        """Return (value of `path`, year, first day, last day, number) of official dated figures."""
        dated = self.filter(status__in=OFFICIAL, as_of__isnull=False)
        return (
            dated.order_by().values(path, "year").annotate(**DAYS).values_list(path, "year", *DAYS)
        )


DAYS = {"first_day": Min("as_of"), "last_day": Max("as_of"), "dated": Count("as_of")}


def as_days(first, last, dated) -> progress.AsOf | None:
    """Return a year's DAYS columns as AsOf; None without dated figures."""
    return progress.AsOf(first, last, dated) if dated else None


def as_change(row) -> progress.YearChange:
    """Convert a row of `changes_by_year` to a YearChange."""
    return progress.YearChange(
        year=row["year"],
        delta_ha=row["delta_ha"].quantize(Decimal("0.01")),
        counted=row["counted"],
        cleared_delta=row["cleared"],
        provisional=row["submitted"],
        as_of=as_days(*(row[name] for name in DAYS)),
    )


def _one_if(**condition):
    return Case(When(**condition, then=Value(1)), default=Value(0))

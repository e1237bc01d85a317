"""Querysets of assessments: access by user, and sums."""

from collections.abc import Mapping
from functools import reduce
from operator import or_

from django.db.models import Count, Max, Min, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Greatest

from areas.models.reviewed import ReviewedQuerySet
from areas.rules.criteria import EDITIONS
from kotaku.models.region import inside
from kotaku.sqlite.exact_sum import rounded_sum


def by_rule(conditions: Mapping[str, Q], rule: str = "rule") -> Q:
    """Join the conditions of the editions (rule → condition) to one for the rows of all editions.

    `rule` is the lookup of the rule; it is left out if all conditions are the same.
    """
    if len(set(conditions.values())) == 1:
        return next(iter(conditions.values()))
    return reduce(or_, (Q(**{rule: key}) & each for key, each in conditions.items()))


def is_slum(total: str = "total", rule: str = "rule") -> Q:
    """Return the condition that an assessment's total counts as slum in its edition."""
    lowest = {each.key: Q(**{f"{total}__gte": each.slum_from}) for each in EDITIONS.values()}
    return by_rule(lowest, rule)


def shares() -> dict:
    """Return the sums for a village's 100-0-100 strip: water, slum area, sanitation.

    Hectares and slum hectares (each rounded once), number of RTs, first and last year. Households
    without safe water (Permen PUPR 14/PRT/M/2018, 3a) or sanitation (the larger of the sewage
    criteria 5a and 5b in each RT), and all households of the RTs where that is measured.
    """
    water = Q(water_no_access__isnull=False)
    sanitation = Q(sewage_system__isnull=False, sewage_facilities__isnull=False)
    without = Greatest("sewage_system", "sewage_facilities")
    return {
        "assessed_ha": rounded_sum("area_ha"),
        "slum_ha": rounded_sum("area_ha", filter=is_slum()),
        "water_households": Sum("households", filter=water),
        "no_water": Sum("water_no_access"),
        "sanitation_households": Sum("households", filter=sanitation),
        "no_sanitation": Sum(without, filter=sanitation),
        "rts": Count("pk"),
        "first_year": Min("year"),
        "last_year": Max("year"),
    }


class AssessmentQuerySet(ReviewedQuerySet):
    """Access to assessments by user, and the ones that count in totals."""

    village_path = "neighbourhood__village"

    def of_village(self, village):
        """Return the assessments of a village's RTs."""
        return self.filter(neighbourhood__village=village)

    def inside(self, region):
        """Return the assessments of a region's RTs; all if None."""
        return self.filter(inside(region, self.model.region_path))

    def of_kind(self, *, sample: bool):
        """Return the assessments of sample or of real RTs; the two are never added up together."""
        return self.filter(neighbourhood__is_sample=sample)

    def latest_until(self, year: int):
        """Return each RT's last verified assessment up to this year."""
        newer = (
            self.model.objects.verified()
            .filter(neighbourhood=OuterRef("neighbourhood"), year__lte=year)
            .order_by("-year")
        )
        return self.verified().filter(pk=Subquery(newer.values("pk")[:1]))

    def loaded(self):
        """Load the relations that a page about an assessment shows."""
        return self.select_related(
            "neighbourhood__village__district__region",
            "entered_by",
            "submitted_by",
            "returned_by",
            "verified_by",
        )

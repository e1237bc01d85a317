"""Querysets of assessments: access by user, and sums."""

from django.db.models import Count, Max, Min, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Greatest

from areas.models.reviewed import ReviewedQuerySet
from areas.rules.scoring import SLUM_FROM
from kotaku.models.region import inside
from kotaku.sqlite.exact_sum import rounded_sum

# The numbers of a village's 100-0-100 strip: hectares and slum hectares (each rounded once),
# households, RTs, years. `no_water` counts households without safe water (3a), `no_sanitation`
# those without sanitation: the larger of the sewage criteria 5a and 5b in each RT.
SHARES = {
    "assessed_ha": rounded_sum("area_ha"),
    "slum_ha": rounded_sum("area_ha", filter=Q(total__gte=SLUM_FROM)),
    "assessed_households": Sum("households"),
    "no_water": Sum("water_no_access"),
    "no_sanitation": Sum(Greatest("sewage_system", "sewage_facilities")),
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
            "neighbourhood__village__district",
            "entered_by",
            "submitted_by",
            "returned_by",
            "verified_by",
        )

"""The map of the site for search engines: public pages, periods and villages."""

from itertools import groupby
from operator import attrgetter

from django.db.models import Max
from django.urls import reverse

from areas.models import Programme, Village, YearlyFigure, current_of
from kotaku.interface.sitemap import PublicSitemap
from kotaku.models.region import inside
from kotaku.regions.home import home_region
from kotaku.regions.page_region import PARAMETER


class PageSitemap(PublicSitemap):
    """The public pages that are there once."""

    names = (
        "areas:progress",
        "areas:village-list",
        "areas:compare",
        "areas:data",
        "areas:data-dictionary",
    )

    def items(self):
        """Return the names of the pages."""
        return self.names

    def location(self, item):
        """Return a page's path."""
        return reverse(item)

    def lastmod(self, item):
        """Return when a figure was verified last; the dictionary has no figures."""
        if item == "areas:data-dictionary":
            return None
        figures = YearlyFigure.objects.verified()
        found = figures.filter(inside(home_region(), YearlyFigure.region_path))
        return found.aggregate(last=Max("verified_at"))["last"]


class PeriodSitemap(PublicSitemap):
    """The pages of the periods and of the provinces that sum them.

    The home page is that of the site's own region.
    """

    def items(self):
        """Return (region, slug or "", last verification) of each page.

        The running period of a city is named by its region alone, as in the page's own address.
        """
        home = home_region()
        verified = Max("baselines__figures__verified_at")
        periods = Programme.objects.inside(home).annotate(last_verified=verified)
        pages, provinces = [], {}
        for region, group in groupby(
            periods.select_related("region__parent").order_by("region__code", "pk"),
            attrgetter("region"),
        ):
            found = list(group)
            if region.parent != home and (home is None or home.covers(region.parent)):
                dates = provinces.setdefault(region.parent, [])
                dates += [each.last_verified for each in found if each.last_verified]
            running = current_of(found)
            for each in found:
                slug = "" if each == running else each.slug
                if slug or region != home:
                    pages.append((region, slug, each.last_verified))
        sums = [(province, "", max(dates, default=None)) for province, dates in provinces.items()]
        return sums + pages

    def location(self, item):
        """Return a period's path."""
        region, slug, _ = item
        named = {"periode": slug} if slug else {PARAMETER: region.code}
        return reverse("areas:progress", query=named)

    def lastmod(self, item):
        """Return when a figure was verified last."""
        return item[2]


class VillageSitemap(PublicSitemap):
    """The pages of the villages in the site's region."""

    def items(self):
        """Return the villages with the last verification of a figure of each."""
        verified = Max("baselines__figures__verified_at")
        found = Village.objects.inside(home_region()).annotate(last_verified=verified)
        return found.order_by("code")

    def location(self, item):
        """Return a village's path."""
        return reverse("areas:village-detail", args=[item.code])

    def lastmod(self, item):
        """Return when a figure was verified last."""
        return item.last_verified

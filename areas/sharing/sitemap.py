"""The map of the site for search engines: public pages, periods and villages."""

from django.db.models import Max
from django.urls import reverse

from areas.models import Programme, Village, YearlyFigure
from areas.totals.queries import chosen_of, programmes_inside
from kotaku.interface.sitemap import PublicSitemap
from kotaku.models.region import inside
from kotaku.regions.home import home_region


class PageSitemap(PublicSitemap):
    """The public pages that are there once."""

    names = ("areas:progress", "areas:village-list", "areas:data", "areas:data-dictionary")

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
    """The pages of the periods but the running one, whose page is the home page."""

    def items(self):
        """Return the periods of the site's region with the last verification in each."""
        shown = chosen_of(programmes_inside(home_region()), None)
        periods = Programme.objects.inside(home_region()).exclude(pk=shown.pk if shown else None)
        verified = Max("baselines__figures__verified_at")
        return periods.annotate(last_verified=verified).order_by("pk")

    def location(self, item):
        """Return a period's path."""
        return reverse("areas:progress", query={"periode": item.slug})

    def lastmod(self, item):
        """Return when a figure was verified last."""
        return item.last_verified


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

"""The published reports in the map of the site."""

from django.urls import reverse

from kotaku.interface.sitemap import PublicSitemap
from meetings.models import Article


class ReportListSitemap(PublicSitemap):
    """The list of reports."""

    def items(self):
        """Return the names of the pages."""
        return ("meetings:article-list",)

    def location(self, item):
        """Return a page's path."""
        return reverse(item)


class ReportSitemap(PublicSitemap):
    """The published reports."""

    def items(self):
        """Return the published reports, newest first."""
        return Article.objects.published()

    def location(self, item):
        """Return a report's path."""
        return reverse("meetings:article", args=[item.slug])

    def lastmod(self, item):
        """Return when a report was changed last."""
        return item.changed_at

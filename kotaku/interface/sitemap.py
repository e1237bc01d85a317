"""The map of the site for search engines: one file, or an index if the pages are too many."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import index, sitemap
from django.views.decorators.http import require_safe

from kotaku.caching.page_cache import kept
from kotaku.requests.site_address import is_named


class PublicSitemap(Sitemap):
    """A section of the map, whose addresses begin with SITE_URL once that is set."""

    # One file may name 50.000 addresses, which the sections share.
    limit = 10_000

    def get_protocol(self, protocol=None):
        """Return the scheme of the site's address."""
        return urlsplit(settings.SITE_URL).scheme if is_named() else protocol

    def get_domain(self, site=None):
        """Return the host of the site's address."""
        return urlsplit(settings.SITE_URL).netloc if is_named() else site.domain


@login_not_required
@require_safe
@kept
def whole(request, sections):
    """Return all sections in one file, or an index of their files if one has several pages."""
    if any(section().paginator.num_pages > 1 for section in sections.values()):
        response = index(request, sections, sitemap_url_name="sitemap-section")
    else:
        response = sitemap(request, sections)
    return response.render()


@login_not_required
@require_safe
@kept
def part(request, sections, section):
    """Return one section, or the page of it that `p` names."""
    return sitemap(request, sections, section).render()

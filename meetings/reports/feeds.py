"""The Atom feed of published reports.

The text is cleaned on output too: a single character that XML forbids would make the feed invalid.
Identifiers begin with SITE_URL, whatever address the feed was asked under, so that no reader takes
a report for a new one.
"""

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed

from kotaku.regions.home import owner_name
from kotaku.requests.site_address import site_address
from kotaku.text import clean_text
from meetings.models import Article
from meetings.reports.markup import render_body

NEWEST = 30


class ArticleFeed(Feed):
    """The newest reports with their text."""

    feed_type = Atom1Feed
    language = "id"

    def title(self):
        """Return the feed's title with the site's name."""
        return f"Berita {settings.SITE_NAME}"

    def subtitle(self):
        """Return the subject of the reports."""
        return f"Laporan rapat dan kegiatan penanganan kumuh {owner_name()}."

    def author_name(self):
        """Return the author of the reports."""
        return f"Bappeda {owner_name()}"

    def link(self):
        """Return the URL of the list of reports."""
        return site_address() + reverse("meetings:article-list")

    def feed_url(self):
        """Return the URL of the feed itself."""
        return site_address() + reverse("meetings:article-feed")

    def feed_guid(self):
        """Return the feed's permanent identifier."""
        return settings.SITE_URL + reverse("meetings:article-list")

    def items(self):
        """Return the newest published reports."""
        return Article.objects.published().select_related("meeting__programme")[:NEWEST]

    def item_title(self, article):
        """Return the title, marked if the report is about sample data."""
        title = clean_text(article.title)
        return f"Data contoh: {title}" if article.is_sample else title

    def item_description(self, article):
        """Return lead and text as HTML."""
        return render_body(clean_text(f"{article.lead}\n\n{article.body}"), site_address())

    def item_link(self, article):
        """Return the URL of the report's page."""
        return site_address() + reverse("meetings:article", args=[article.slug])

    def item_guid(self, article):
        """Return the report's permanent identifier."""
        return settings.SITE_URL + reverse("meetings:article", args=[article.slug])

    def item_pubdate(self, article):
        """Return the publication date."""
        return article.published_at

    def item_updateddate(self, article):
        """Return the time of the last change."""
        return article.changed_at

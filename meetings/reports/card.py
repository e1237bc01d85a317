"""The social card of a report: its title, and the chart of the period that its meeting is about."""

from django.urls import reverse

from areas.sharing.card import Card, series_card, words_card
from areas.sharing.page import social_of
from areas.totals.series import programme_series
from kotaku.interface.social import Social
from meetings.reports.first_draft import date_text


def article_card(article) -> Card:
    """Return the card of a report; without a period its title and the beginning of its text."""
    programme = article.meeting.programme if article.meeting else None
    series = programme_series(programme) if programme else None
    kicker = f"Berita, {date_text(article).partition(', ')[0]}"
    if series is None:
        return words_card(article.title, article.lead, kicker=kicker, is_sample=article.is_sample)
    return series_card(
        article.title,
        series,
        kicker=kicker,
        is_sample=programme.is_sample,
        source=programme.source,
        place=programme.region.full_name,
        description=article.lead,
    )


def article_social(request, article) -> Social:
    """Return how previews show a published report."""
    return social_of(
        request,
        article_card(article),
        page=reverse("meetings:article", args=[article.slug]),
        picture=reverse("meetings:article-card", args=[article.slug]),
        kind="article",
    )

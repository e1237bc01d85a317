"""Full-text search of meetings, decisions and reports, also by their days."""

from django.db.models import Q
from django.urls import reverse

from kotaku.interface.abbreviations import spelled_out
from kotaku.interface.search import (
    MAX_HITS,
    SearchHit,
    containing,
    excerpt,
)
from meetings.detail.labels import place_text
from meetings.models import AgendaItem, Article, Decision, Meeting

DAYS = (("starts_at", "ends_at"),)
DAYS_OF_MEETING = ("meeting__starts_at", "meeting__ends_at")
PERSON = ("participants__name", "participants__position", "participants__organisation",
          "participants__user__full_name")  # fmt: skip


def find_meetings(words, user) -> list[SearchHit]:
    """Search meetings by title, place, day and agenda; by notes and conclusion only if readable.

    Staff find them by a participant too.
    """
    fields = ["title", "place", "organiser", "letter_number"]
    by_facts = containing(words, *fields, days=DAYS) | Q(pk__in=_with_item(words, "title"))
    by_notes = Q(pk__in=_with_item(words, "notes")) | containing(
        words, "minutes__opening", "minutes__conclusion", "minutes__closing"
    )
    visible = Meeting.objects.visible_to(user)
    readable = Q(pk__in=Meeting.objects.readable_by(user).values("pk"))
    wanted = by_facts | (by_notes & readable)
    if user.is_authenticated and user.is_staff_reader:
        people = containing(words, *fields, *PERSON, days=DAYS)
        wanted |= readable & Q(pk__in=Meeting.objects.filter(people).values("pk"))
    found = visible.filter(wanted).distinct()
    return [
        SearchHit(
            "Rapat",
            meeting.title,
            f"{meeting.days_text}, {spelled_out(place_text(meeting))}",
            reverse("meetings:meeting-detail", args=[meeting.pk]),
        )
        for meeting in found.order_by("-starts_at", "-pk")[:MAX_HITS]
    ]


def _with_item(words, field):
    return Meeting.objects.filter(
        pk__in=AgendaItem.objects.filter(containing(words, field)).values("meeting")
    ).values("pk")


def find_decisions(words, user) -> list[SearchHit]:
    """Search decisions by their text, their meeting's day, their follow-ups and villages."""
    days = (DAYS_OF_MEETING, "follow_ups__due_on")
    wanted = containing(words, "text", "follow_ups__what", "villages__name", days=days)
    found = Decision.objects.readable_by(user).filter(wanted).distinct()
    return [
        SearchHit(
            "Keputusan",
            excerpt(decision.text, words),
            f"{decision.meeting}, {decision.meeting.days_text}",
            reverse("meetings:meeting-detail", args=[decision.meeting_id])
            + f"#keputusan-{decision.pk}",
        )
        for decision in found.select_related("meeting").order_by("-meeting__starts_at", "pk")[
            :MAX_HITS
        ]
    ]


def find_reports(words, user) -> list[SearchHit]:
    """Search the reports this user may read, also by the day of the report or its meeting."""
    days = ("published_at", DAYS_OF_MEETING)
    wanted = containing(words, "title", "lead", "body", days=days)
    found = Article.objects.visible_to(user).filter(wanted)
    return [
        SearchHit(
            "Berita (data contoh)" if article.is_sample else "Berita",
            article.title,
            excerpt(f"{article.lead} {article.body}", words),
            reverse("meetings:article", args=[article.slug]),
        )
        for article in found.select_related("meeting__programme").order_by("-published_at", "-pk")[
            :MAX_HITS
        ]
    ]

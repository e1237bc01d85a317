"""Reports: a first draft from a meeting's facts, storage, and data for search engines."""

import json

from django.db import transaction
from django.utils.safestring import SafeString, mark_safe

from kotaku.files.photos import public_photo
from kotaku.files.storage import gone_without_its_row
from kotaku.interface.moments import moment_text
from meetings.detail import labels, page
from meetings.models import Article
from meetings.models.article import free_slug
from meetings.models.states import MinutesState

# JSON escapes for the characters that could end the script element or open another one.
SAFE_IN_SCRIPT = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def first_draft(meeting) -> dict:
    """Return title, lead and body from a meeting's facts; decisions only from approved minutes."""
    day, time = labels.day_text(meeting), labels.time_text(meeting)
    where = labels.where_text(meeting)
    clock = f", {time}" if meeting.is_time_known and meeting.day_count == 1 else ""
    lead = f"{meeting.title} berlangsung pada {day}{clock}, {where}."
    groups = page.unsur_groups(meeting)
    parts = [f"{meeting.organiser} menyelenggarakan {meeting.title} pada {day} {where}."]
    present = [group for group in groups if group.present]
    if groups:
        who = ", ".join(group.label for group in present or groups)
        parts.append(f"Unsur yang {'hadir' if present else 'diundang'}: {who}.")
    if meeting.is_from_news:
        parts = [f"Disusun dari berita. {parts[0]}", *parts[1:], *_points(meeting)]
        body = "\n\n".join(parts).replace("\u00a0", " ")
        return {"title": meeting.title, "lead": lead.replace("\u00a0", " "), "body": body}
    agenda = [f"- {line.item.title}" for line in page.agenda_lines(meeting)]
    if agenda:
        parts += ["# Acara", "\n".join(agenda)]
    if meeting.minutes.state == MinutesState.APPROVED:
        decisions = [f"- {line.decision.text}" for line in page.decision_lines(meeting)]
        if decisions:
            parts += ["# Yang disepakati", "\n".join(decisions)]
        if meeting.minutes.conclusion:
            parts += ["# Kesimpulan", meeting.minutes.conclusion]
    body = "\n\n".join(parts).replace("\u00a0", " ")
    return {"title": meeting.title, "lead": lead.replace("\u00a0", " "), "body": body}


def _points(meeting) -> list[str]:
    """Return the points of discussion with a heading."""
    points = [f"- {item.title}" for item in meeting.agenda.all()]
    return ["# Pokok bahasan", "\n".join(points)] if points else []


def date_text(article) -> str:
    """Return the publication time, or the meeting's day if the publication date is unknown."""
    if article.is_dated_by_meeting:
        return f"Rapat {article.meeting.days_text}"
    return moment_text(article.published_at)


def create_article(*, by, meeting, content, photo) -> Article:
    """Store a new report as a draft."""
    article = Article(meeting=meeting, changed_by=by, slug=free_slug(content["title"]), **content)
    if not photo:
        article.save(force_insert=True)
        return article
    article.photo.save("foto.jpg", public_photo(photo), save=False)
    with gone_without_its_row(article.photo):
        article.save(force_insert=True)
    return article


def update_article(article, *, by, version, content, photo, remove_photo) -> None:
    """Store changed text and photo. Raises StaleRecord.

    The old photo is deleted only after the commit; a new one is deleted at once if saving fails.
    """
    old = article.photo.name
    changes = dict(content)
    if photo:
        article.photo.save("foto.jpg", public_photo(photo), save=False)
        changes |= {"photo": article.photo.name, "photo_sha256": article.photo_sha256}
    elif remove_photo:
        changes |= {"photo": "", "photo_sha256": ""}
    try:
        with transaction.atomic():
            article.change(by=by, version=version, **changes)
            if old and changes.get("photo", old) != old:
                storage = article._meta.get_field("photo").storage
                transaction.on_commit(lambda: storage.delete(old), robust=True)
    except BaseException:
        if photo:
            article._meta.get_field("photo").storage.delete(changes["photo"])
        raise


def article_context(article) -> dict:
    """Return the template context of a report's page except its text."""
    meeting = article.meeting
    return {
        "article": article,
        "published_at": moment_text(article.published_at),
        "date_text": date_text(article),
        "is_sample": article.is_sample,
        "meeting_day": labels.day_text(meeting) if meeting else "",
        "meeting_place": labels.place_text(meeting) if meeting else "",
    }


def structured_data(article, *, url: str, photo_url: str, publisher: str) -> SafeString:
    """Return the report as JSON-LD (schema.org NewsArticle), escaped for a script element."""
    described = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.title,
        "description": article.lead,
        "inLanguage": "id",
        "mainEntityOfPage": url,
        "datePublished": _published(article),
        "dateModified": article.changed_at.isoformat(),
        "publisher": {"@type": "GovernmentOrganization", "name": publisher},
        "image": [photo_url] if photo_url else None,
    }
    known = {name: value for name, value in described.items() if value}
    text = json.dumps(known, ensure_ascii=False).translate(SAFE_IN_SCRIPT)
    return mark_safe(text)


def _published(article) -> str | None:
    """Return the publication time, or None if unknown because only the meeting's day is known."""
    if article.published_at is None or article.is_dated_by_meeting:
        return None
    return article.published_at.isoformat()

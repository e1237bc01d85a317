"""The page with the texts of a meeting for WhatsApp."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kotaku.requests.permissions import bappeda_required
from meetings.deliveries.whatsapp import Messages
from meetings.detail import labels
from meetings.detail.topics import TITLES
from meetings.detail.views import editable_meeting

# Lists of more people than this have a search box.
LONG = 20


@bappeda_required
@require_safe
def whatsapp(request, pk):
    """Show a text to copy, and a link for each phone number; nothing is sent from here."""
    meeting = editable_meeting(request, pk)
    found = Messages(meeting)
    topics = found.topics
    asked = request.GET.get("pesan")
    topic = next((each for each in topics if each == asked), topics[0] if topics else None)
    texts = found.texts(topic) if topic else None
    context = {
        "meeting": meeting,
        "programme": meeting.programme,
        "day": labels.day_text(meeting),
        "topics": [(each.value, TITLES[each], each == topic) for each in topics],
        "texts": texts,
        "title": TITLES[topic] if topic else "",
        "is_long": bool(texts) and len(texts.missing) + len(texts.received) > LONG,
        "today": timezone.localdate().isoformat(),
    }
    response = render(request, "meetings/deliveries/whatsapp.html", context)
    response["Cache-Control"] = "private, no-store"
    return response

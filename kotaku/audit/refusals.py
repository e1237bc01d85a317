"""Answer and record pages that are refused to signed-in users."""

import logging
from datetime import timedelta

from django.db import DatabaseError, transaction
from django.utils import timezone
from django.views import defaults

from kotaku.audit import trail
from kotaku.models import AuditEvent
from kotaku.requests.request_log import safe_path

log = logging.getLogger(__name__)
# Per hour, each page is recorded once for a user, and at most MOST_OF_ONE_PERSON pages.
AGAIN_AFTER = timedelta(hours=1)
MOST_OF_ONE_PERSON = 50


def permission_denied(request, exception):
    """Answer 403 and record the refusal (Django's handler403)."""
    response = defaults.permission_denied(request, exception)
    try:
        _record(request)
    except DatabaseError:
        # The page stays refused even if recording fails.
        log.exception("a refusal could not be recorded")
    return response


def _record(request):
    if not request.user.is_authenticated:
        return
    text = f"{request.method} {safe_path(request)}"[: trail.TEXT_LENGTH]
    with transaction.atomic():
        recent = AuditEvent.objects.filter(
            kind=trail.Kind.REFUSED, actor=request.user, at__gt=timezone.now() - AGAIN_AFTER
        )
        known = list(recent.values_list("text", flat=True)[:MOST_OF_ONE_PERSON])
        if text not in known and len(known) < MOST_OF_ONE_PERSON:
            trail.record(trail.Kind.REFUSED, request, text=text)

"""Pages refused to people who are signed in: told them, and written into the audit."""

import logging
from datetime import timedelta

from django.db import DatabaseError, transaction
from django.utils import timezone
from django.views import defaults

from kotaku.audit import trail
from kotaku.models import AuditEvent
from kotaku.requests.request_log import safe_path

log = logging.getLogger(__name__)
# One line tells of a page that somebody tries over and over; so many tell of somebody who tries all.
AGAIN_AFTER = timedelta(hours=1)
MOST_OF_ONE_PERSON = 50


def permission_denied(request, exception):
    """Answer that a page is not for this account (Django's handler403)."""
    response = defaults.permission_denied(request, exception)
    try:
        _record(request)
    except DatabaseError:
        # The refusal stands whether or not it can be written down.
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

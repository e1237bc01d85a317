"""Whether anything has changed: ETag and Last-Modified of what is handed out."""

import hashlib
from collections.abc import Iterable
from datetime import datetime

from django.contrib.admin.models import LogEntry
from django.db.models import Max


def data_version(changes: Iterable[tuple], *shape) -> tuple[str, datetime | None]:
    """Return (ETag, newest change) of a file of this `shape` made from data with these changes.

    Every source counts with its number of rows, so that a row taken away is a change as well;
    the admin's log tells when that was.
    """
    removed_at = LogEntry.objects.order_by().aggregate(newest=Max("action_time"))["newest"]
    seen = [*changes, (None, removed_at)]
    etag = hashlib.sha256(repr((seen, shape)).encode()).hexdigest()[:32]
    moments = [newest for _, newest in seen if newest is not None]
    # Weak: the same content, though a workbook's bytes also carry the moment of packing.
    return f'W/"{etag}"', max(moments, default=None)

"""Whether anything has changed: ETag and Last-Modified of what is handed out."""

import hashlib
from collections.abc import Iterable
from datetime import datetime

from django.contrib.admin.models import LogEntry
from django.db.models import Max

from kotaku.caching.data_version import current


def data_version(changes: Iterable[tuple], *shape) -> tuple[str, datetime | None]:
    """Return (ETag, newest change) of a file of this `shape` made from data with these changes.

    The ETag changes with the version of the record, whatever changed it.
    """
    etag = hashlib.sha256(repr((current(), shape)).encode()).hexdigest()[:32]
    # Weak: the same content, though a workbook's bytes also carry the moment of packing.
    return f'W/"{etag}"', newest_change(changes)


def newest_change(changes: Iterable[tuple]) -> datetime | None:
    """Return when data with these (rows, newest change) was changed last.

    For rows that were taken away the admin's log tells.
    """
    removed_at = LogEntry.objects.order_by().aggregate(newest=Max("action_time"))["newest"]
    moments = [newest for _, newest in changes if newest is not None]
    return max([*moments, *([removed_at] if removed_at else [])], default=None)

"""ETag and Last-Modified of open data files."""

import hashlib
from collections.abc import Iterable
from datetime import datetime

from django.contrib.admin.models import LogEntry
from django.db.models import Max

from kotaku.caching.data_version import current


def data_version(changes: Iterable[tuple], *shape) -> tuple[str, datetime | None]:
    """Return (ETag, newest change) of a file; `shape` is its address and format.

    The ETag changes with every version of the record. `changes` are as in `newest_change`.
    """
    etag = hashlib.sha256(repr((current(), shape)).encode()).hexdigest()[:32]
    # Weak: equal content, but the bytes of a workbook also include its time of creation.
    return f'W/"{etag}"', newest_change(changes)


def newest_change(changes: Iterable[tuple]) -> datetime | None:
    """Return the time of the last change; `changes` are (number of rows, newest change) per model.

    The newest line of the admin's log counts too, because it may be a deletion.
    """
    removed_at = LogEntry.objects.order_by().aggregate(newest=Max("action_time"))["newest"]
    moments = [newest for _, newest in changes if newest is not None]
    return max([*moments, *([removed_at] if removed_at else [])], default=None)

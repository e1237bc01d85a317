"""A common cache in Redis that may be away: nothing is found in it then, and nothing is kept.

What lies in it are copies of what the database holds (sessions), so people work on without it. A
copy that could not be replaced or removed just then must not be found again afterwards, and
overwrite what is newer: copies live no longer than a process leaves Redis alone after a failure.
"""

import json
import logging
import time

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

AWAY_SECONDS = 30
# A Redis that has vanished from the network is an answer too, and soon.
PATIENCE = {"socket_connect_timeout": 1, "socket_timeout": 1}

logger = logging.getLogger(__name__)

# Redis's address → until when this process leaves it alone, on the monotonic clock.
_away_until: dict[str, float] = {}


class SpareRedisCache(RedisCache):
    """Django's cache in Redis, as far as sessions need it, without insisting on Redis."""

    def __init__(self, server, params):
        options = {"serializer": "kotaku.caching.optional_redis.JsonCopies"} | PATIENCE
        super().__init__(server, params | {"OPTIONS": options | params.get("OPTIONS", {})})
        self._address = str(server)

    def get_backend_timeout(self, timeout=DEFAULT_TIMEOUT):
        """Return for how many seconds Redis keeps a copy."""
        seconds = super().get_backend_timeout(timeout)
        return AWAY_SECONDS if seconds is None else min(seconds, AWAY_SECONDS)

    def get(self, key, default=None, version=None):
        """Return the copy; `default` without one, or without Redis."""
        return self._unless_away(super().get, key, default, version, instead=default)

    def set(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        """Keep a copy, where there is Redis."""
        self._unless_away(super().set, key, value, timeout, version, instead=None)

    def has_key(self, key, version=None):
        """Whether there is a copy."""
        return self._unless_away(super().has_key, key, version, instead=False)

    def delete(self, key, version=None):
        """Remove a copy; whether there was one."""
        return self._unless_away(super().delete, key, version, instead=False)

    def _unless_away(self, ask, *arguments, instead):
        if time.monotonic() < _away_until.get(self._address, 0):
            return instead
        try:
            return ask(*arguments)
        except RedisError:
            _away_until[self._address] = time.monotonic() + AWAY_SECONDS
            logger.exception("The cache is away; the site works on without it")
            return instead


class JsonCopies:
    """Writes copies as JSON: who can write to Redis must not be able to run code here."""

    def dumps(self, value) -> bytes:
        """Return the bytes that Redis keeps."""
        return json.dumps(value).encode()

    def loads(self, content: bytes):
        """Return what `dumps` was given."""
        return json.loads(content)

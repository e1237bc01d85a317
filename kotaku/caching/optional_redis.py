"""A shared cache in Redis; while Redis is unreachable, it is empty and stores nothing.

It contains only copies of database rows (sessions), so the site works without it. A copy that
could not be replaced or deleted during an outage must not be read afterwards. So copies expire
after AWAY_SECONDS, the time for which a process does not use Redis after a failure.
"""

import json
import logging
import time

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

AWAY_SECONDS = 30
# Fail fast when Redis is unreachable.
PATIENCE = {"socket_connect_timeout": 1, "socket_timeout": 1}

logger = logging.getLogger(__name__)

# Address of Redis → until when this process does not use it (monotonic clock, seconds).
_away_until: dict[str, float] = {}


class SpareRedisCache(RedisCache):
    """Django's Redis cache, limited to the methods that sessions need, tolerating outages."""

    def __init__(self, server, params):
        options = {"serializer": "kotaku.caching.optional_redis.JsonCopies"} | PATIENCE
        super().__init__(server, params | {"OPTIONS": options | params.get("OPTIONS", {})})
        self._address = str(server)

    def get_backend_timeout(self, timeout=DEFAULT_TIMEOUT):
        """Return the expiry in seconds, at most AWAY_SECONDS."""
        seconds = super().get_backend_timeout(timeout)
        return AWAY_SECONDS if seconds is None else min(seconds, AWAY_SECONDS)

    def get(self, key, default=None, version=None):
        """Return the copy, or `default` without a copy or without Redis."""
        return self._unless_away(super().get, key, default, version, instead=default)

    def set(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        """Store a copy, if Redis is reachable."""
        self._unless_away(super().set, key, value, timeout, version, instead=None)

    def has_key(self, key, version=None):
        """Whether a copy exists."""
        return self._unless_away(super().has_key, key, version, instead=False)

    def delete(self, key, version=None):
        """Delete a copy; return whether it existed."""
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
    """Serializes copies as JSON: unlike pickle, data from Redis cannot run code here."""

    def dumps(self, value) -> bytes:
        """Return the value as bytes for Redis."""
        return json.dumps(value).encode()

    def loads(self, content: bytes):
        """Return the value from the bytes of `dumps`."""
        return json.loads(content)

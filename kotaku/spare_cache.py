"""A common cache in Redis that may be away: nothing is found in it then, and nothing is kept.

What lies in it are copies of what the database holds (sessions), so people work on without it. A
copy that could not be replaced or removed while the cache was away would be found again later;
none gets older than a few minutes.
"""

import logging

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

LONGEST_SECONDS = 300
# A Redis that has vanished from the network is an answer too, and soon.
PATIENCE = {"socket_connect_timeout": 1, "socket_timeout": 1}

logger = logging.getLogger(__name__)


class SpareRedisCache(RedisCache):
    """Django's cache in Redis, as far as sessions need it, without insisting on Redis."""

    def __init__(self, server, params):
        options = PATIENCE | params.get("OPTIONS", {})
        super().__init__(server, params | {"OPTIONS": options})

    def get_backend_timeout(self, timeout=DEFAULT_TIMEOUT):
        """Return for how many seconds Redis keeps a copy."""
        seconds = super().get_backend_timeout(timeout)
        return LONGEST_SECONDS if seconds is None else min(seconds, LONGEST_SECONDS)

    def get(self, key, default=None, version=None):
        """Return the copy; `default` without one, or without Redis."""
        return _unless_away(super().get, key, default, version, instead=default)

    def set(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        """Keep a copy, where there is Redis."""
        _unless_away(super().set, key, value, timeout, version, instead=None)

    def has_key(self, key, version=None):
        """Whether there is a copy."""
        return _unless_away(super().has_key, key, version, instead=False)

    def delete(self, key, version=None):
        """Remove a copy; whether there was one."""
        return _unless_away(super().delete, key, version, instead=False)


def _unless_away(ask, *arguments, instead):
    try:
        return ask(*arguments)
    except RedisError:
        logger.exception("The cache is away; the site works on without it")
        return instead

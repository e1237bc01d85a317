"""The site's own settings, with a bare view beside its pages to hold them against."""

import os

from kotaku.settings import *  # noqa: F403

ROOT_URLCONF = "tests.bench.urls"
STATIC_ROOT = os.environ["BENCH_STATIC_ROOT"]
# The browser of the measurements comes over plain HTTP, where it takes no secure cookies.
SESSION_COOKIE_NAME, SESSION_COOKIE_SECURE = "sessionid", False
CSRF_COOKIE_NAME, CSRF_COOKIE_SECURE = "csrftoken", False

"""The site's own settings, with a bare view beside its pages to hold them against."""

import os

from kotaku.settings import *  # noqa: F403

ROOT_URLCONF = "tests.bench.urls"
STATIC_ROOT = os.environ["BENCH_STATIC_ROOT"]

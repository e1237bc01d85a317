"""The release of the site that a phone has installed: scripts, style sheet and offline page."""

import hashlib
from functools import lru_cache

from django.conf import settings
from django.template.loader import get_template
from django.templatetags.static import static
from django.urls import reverse

WORKER_SCRIPTS = ("js/queue.js", "js/service-worker.js")
OFFLINE_FILES = ("css/app.css", "js/queue.js", "js/phone.js", "js/queue-page.js", "icon.svg")
TEMPLATES = ("base.html", "phone/offline.html", "phone/queue_list.html")


def offline_files() -> dict[str, object]:
    """Return the addresses of the offline page and of the files that it needs."""
    return {"page": reverse("offline"), "files": [static(name) for name in OFFLINE_FILES]}


def release() -> str:
    """Return a short text that differs whenever something that phones keep has changed."""
    return _release() if not settings.DEBUG else _release.__wrapped__()


@lru_cache(maxsize=1)
def _release() -> str:
    names = [settings.SITE_NAME, settings.CITY_NAME]
    # In production the address of a static file contains the hash of its content.
    addresses = [static(name) for name in (*WORKER_SCRIPTS, *OFFLINE_FILES)]
    sources = [get_template(name).template.source for name in TEMPLATES]
    return hashlib.sha256("\n".join([*names, *addresses, *sources]).encode()).hexdigest()[:12]

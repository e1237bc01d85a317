"""Recognise the devices from which an account has signed in before."""

import re
from datetime import timedelta

from django.conf import settings

from kotaku.accounts import notices
from kotaku.audit import trail

DAYS = 365
_SALT = "kotaku.accounts.devices"
# What a browser says of itself; the first that fits. Edge and Opera name Chrome as well, Chrome
# names Safari, and Android names Linux.
_BROWSERS = {
    r"Edg": "Edge",
    r"OPR|Opera": "Opera",
    r"SamsungBrowser": "Samsung Internet",
    r"Firefox|FxiOS": "Firefox",
    r"Chrom|CriOS": "Chrome",
    r"Safari": "Safari",
}
_SYSTEMS = {
    r"Android": "Android",
    r"iPhone|iPad": "iPhone atau iPad",
    r"Windows": "Windows",
    r"Macintosh": "Mac",
    r"CrOS": "ChromeOS",
    r"Linux": "Linux",
}


def note_device(request, response, user) -> None:
    """Tell the person of a sign-in from a new device, and let the device be known for a year.

    The device has a signed cookie for each of its accounts.
    """
    name = _cookie_of(user)
    lifetime = timedelta(days=DAYS)
    known = request.get_signed_cookie(name, None, salt=_SALT, max_age=lifetime)
    if known is None:
        device = device_text(request.headers.get("User-Agent", ""))
        notices.tell(trail.Kind.NEW_DEVICE, request, [user], text=device)
    response.set_signed_cookie(
        name,
        "1",
        salt=_SALT,
        max_age=lifetime,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def device_text(user_agent: str) -> str:
    """Return `Chrome di Android`; `peramban lain` where nothing is recognised."""
    browser = _first(_BROWSERS, user_agent) or "peramban lain"
    system = _first(_SYSTEMS, user_agent)
    return f"{browser} di {system}" if system else browser


def _first(names, text):
    return next((name for pattern, name in names.items() if re.search(pattern, text)), "")


def _cookie_of(user) -> str:
    prefix = "__Host-" if settings.SESSION_COOKIE_SECURE else ""
    return f"{prefix}device-{user.pk}"

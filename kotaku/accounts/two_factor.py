"""The second step of the sign-in: codes of an authenticator app (TOTP), and recovery codes.

django-otp stores the device, refuses used codes and slows down guessing. The secret is encrypted
(`kotaku.sealed`); without its key no code can be checked until an admin resets the second step.
"""

import logging
import secrets
import time
from base64 import b32encode
from binascii import unhexlify
from dataclasses import dataclass

import segno
from django.db import transaction
from django.utils import timezone
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from kotaku.models import CodeApp, RecoveryCode
from kotaku.sealed import Unreadable, resealed, seal

logger = logging.getLogger(__name__)
# Bytes of the secret: the length of a SHA-1 digest, as RFC 4226 recommends.
KEY_BYTES = 20


@dataclass(frozen=True)
class QrCode:
    """A QR code as geometry: its side in modules, and one SVG path of the dark modules."""

    side: int
    path: str


@dataclass(frozen=True)
class Answer:
    """Whether a code was right and was a recovery code; `wait`: seconds until the next attempt.

    `is_unreadable`: the code was not checked, because the server has lost the key of the secret.
    """

    is_right: bool
    is_recovery: bool = False
    wait: int = 0
    is_unreadable: bool = False


def new_key() -> str:
    """Return a new random secret as hexadecimal text."""
    return secrets.token_hex(KEY_BYTES)


def key_groups(key: str) -> list[str]:
    """Return the secret in groups of four letters and digits, for typing into an app."""
    text = b32encode(unhexlify(key)).decode()
    return [text[start : start + 4] for start in range(0, len(text), 4)]


def app_link(user, key: str) -> str:
    """Return the `otpauth:` address with user, site and secret, which opens an app on a phone."""
    return TOTPDevice(user=user, key=key).config_url


def qr_code(link: str) -> QrCode:
    """Return the QR code of an address."""
    code = segno.make(link, error="m", micro=False)
    rows = list(code.matrix_iter(border=4))
    runs = [f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark]
    return QrCode(side=len(rows), path="".join(runs))


@transaction.atomic
def enable(user, key: str, code: str) -> list[str] | None:
    """Activate the app for the account if the code is right.

    Returns the recovery codes, which are shown once, or None for a wrong code.
    """
    totp = TOTP(unhexlify(key))
    totp.time = time.time()
    if not (code.isascii() and code.isdigit() and totp.verify(int(code), tolerance=1)):
        return None
    TOTPDevice.objects.filter(user=user).delete()
    CodeApp.objects.create(
        user=user,
        name="Aplikasi kode",
        key="",
        secret=seal(key),
        drift=totp.drift,
        last_t=totp.t(),
    )
    _since(user, timezone.now())
    return RecoveryCode.renew(user)


@transaction.atomic
def check(user, code: str) -> Answer:
    """Check a code of the app or a recovery code; each is accepted only once."""
    device = CodeApp.objects.select_for_update().filter(user=user).first()
    if device is None:
        return Answer(is_right=False)
    allowed, why = device.verify_is_allowed()
    if not allowed:
        until = why.get("locked_until") or timezone.now()
        return Answer(is_right=False, wait=max(1, round((until - timezone.now()).total_seconds())))
    if code.isascii() and code.isdigit():
        return _checked(device, code)
    if RecoveryCode.use(user, code):
        device.throttle_reset()
        return Answer(is_right=True, is_recovery=True)
    device.throttle_increment()
    return Answer(is_right=False)


def _checked(device, code) -> Answer:
    try:
        return Answer(is_right=device.verify_token(code))
    except Unreadable:
        # An error, because the operator must know: it mails ADMINS.
        logger.error(
            "The second step of account %s is unreadable; see TWO_FACTOR_KEYS", device.user_id
        )
        return Answer(is_right=False, is_unreadable=True)


@transaction.atomic
def reseal() -> tuple[int, list[str]]:
    """Encrypt all secrets with the first key; return how many, and whose are unreadable."""
    done, unreadable = 0, []
    apps = CodeApp.objects.select_for_update(of=["self"]).select_related("user")
    for app in apps.order_by("user__username"):
        try:
            app.secret = resealed(app.secret)
        except Unreadable:
            unreadable.append(app.user.username)
        else:
            app.save(update_fields=["secret"])
            done += 1
    return done, unreadable


@transaction.atomic
def disable(user) -> None:
    """Delete the device and all recovery codes of the account."""
    TOTPDevice.objects.filter(user=user).delete()
    RecoveryCode.objects.filter(user=user).delete()
    _since(user, None)


def _since(user, moment) -> None:
    user.two_factor_since = moment
    user.save(update_fields=["two_factor_since"])

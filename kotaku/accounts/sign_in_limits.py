"""Limits of failed sign-ins, instead of the single limit of django-axes.

Many people in a hall or mobile network share an IP address, so an address has a higher limit than
one name at an address. A name also has its own limit, against guessing from many addresses.
"""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_client_username
from axes.models import AccessAttempt, AccessFailureLog
from django.conf import settings
from django.db.models import Q, Value
from django.utils import timezone

from kotaku.interface.moments import moment_text

DAY = timedelta(days=1)


class Reason(StrEnum):
    """The limit that was reached."""

    PAIR = "nama ini dari alamat ini"
    ADDRESS = "semua nama dari alamat ini"
    NAME = "nama ini dari semua alamat"


@dataclass(frozen=True)
class Lock:
    """A limit that was reached, and the time from which sign-in is allowed again."""

    reason: Reason
    end: datetime


class SignInLimits(AxesDatabaseHandler):
    """Counts failures by name and address, by address, and by name in a day.

    `AccessAttempt` counts a name at an address since its last right password there;
    `AccessFailureLog` has all failures of the last day, also after a right password.
    """

    def get_failures(self, request, credentials=None) -> int:
        """Return the number of limits reached; axes compares it with AXES_FAILURE_LIMIT, 1."""
        return len(self.locks(request, credentials))

    def locks(self, request, credentials=None) -> list[Lock]:
        """Return the limits reached by this name and address."""
        wait, now = settings.AXES_COOLOFF_TIME, request.axes_attempt_time
        (pair,) = self.get_user_attempts(request, credentials)
        day = AccessFailureLog.objects.filter(attempt_time__gte=now - DAY)
        address = day.filter(ip_address=request.axes_ip_address, attempt_time__gte=now - wait)
        name = day.filter(username=get_client_username(request, credentials))
        ends = {
            Reason.PAIR: _end(pair, "failures_since_start", settings.SIGN_IN_FAILURES, wait),
            Reason.ADDRESS: _end(address, Value(1), settings.SIGN_IN_FAILURES_OF_ADDRESS, wait),
            Reason.NAME: _end(name, Value(1), settings.SIGN_IN_FAILURES_OF_NAME, DAY),
        }
        return [Lock(reason, end) for reason, end in ends.items() if end]

    def user_login_failed(self, sender, credentials, request=None, **kwargs):
        """Count the failure. Attempts during a lock neither count nor prolong it."""
        if request is not None and not request.axes_locked_out:
            AccessFailureLog.objects.create(
                username=get_client_username(request, credentials),
                ip_address=request.axes_ip_address,
            )
        super().user_login_failed(sender, credentials, request, **kwargs)

    def clean_expired_user_attempts(self, request=None, credentials=None) -> int:
        """Delete failures that no longer count; called by axes at each failure and sign-in."""
        AccessFailureLog.objects.filter(attempt_time__lt=timezone.now() - DAY).delete()
        return super().clean_expired_user_attempts(request, credentials)


def _end(failures, number, limit: int, window: timedelta) -> datetime | None:
    """Return when the failures of the last `window` fall below the limit; None if below it now."""
    newest_first = failures.order_by("-attempt_time").values_list("attempt_time", number)
    total = 0
    for moment, count in newest_first[:limit]:
        total += count
        if total >= limit:
            return moment + window
    return None


def longest_lock(request, credentials) -> Lock | None:
    """Return the lock that ends last, None if no limit is reached."""
    locks = AxesProxyHandler.get_implementation().locks(request, credentials)
    return max(locks, key=lambda lock: lock.end, default=None)


def wait_text(end: datetime) -> str:
    """Return how long to wait: `12 menit`, or `sampai 8 November 2016, 09.05 WIB`."""
    minutes = max(1, math.ceil((end - timezone.now()).total_seconds() / 60))
    if minutes <= 60:
        return f"{minutes} menit"
    # One more minute, because the seconds are not shown.
    return f"sampai {moment_text(end + timedelta(minutes=1))}"


# Requests for a link by mail count as attempts of their address, and for their account in rows of
# its own: a user name contains no space, so they lock no account's sign-in.
REQUEST = "tautan "


def note_request(address: str | None, names: list[str]) -> None:
    """Count a request for a link by mail for these accounts; [] for an unknown one."""
    for name in names or [""]:
        AccessFailureLog.objects.create(username=f"{REQUEST}{name}", ip_address=address)


def may_ask_again(name: str) -> bool:
    """Whether an account may get another link by mail: SIGN_IN_FAILURES of them in a day."""
    day = AccessFailureLog.objects.filter(attempt_time__gte=timezone.now() - DAY)
    return day.filter(username=f"{REQUEST}{name}").count() < settings.SIGN_IN_FAILURES


def address_lock(address: str | None) -> datetime | None:
    """Return until when this address has to wait; None if it need not."""
    wait = settings.AXES_COOLOFF_TIME
    recent = AccessFailureLog.objects.filter(
        ip_address=address, attempt_time__gte=timezone.now() - wait
    )
    return _end(recent, Value(1), settings.SIGN_IN_FAILURES_OF_ADDRESS, wait)


def forgive(name: str, address: str | None) -> None:
    """Forget the failures of a name at an address after a right password.

    The failures counted for the address and for the name stay: otherwise attackers with their own
    account, or at the address of the user whose password they guess, could reset the count.
    """
    AccessAttempt.objects.filter(username=name, ip_address=address).delete()


def release_name(name: str) -> bool:
    """Delete the failures of a name; return whether there were any."""
    counted = [model.objects.filter(username=name) for model in (AccessAttempt, AccessFailureLog)]
    return sum(failures.delete()[0] for failures in counted) > 0


def release_name_and_address(name: str, address: str | None) -> None:
    """Delete the failures that lock a name or an address; keep their rows in the admin."""
    AccessFailureLog.objects.filter(Q(username=name) | Q(ip_address=address)).delete()

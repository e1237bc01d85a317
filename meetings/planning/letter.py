"""The letter of a meeting: the numbers of those who sign, and the day on which it is dated."""

import re

from django.core.exceptions import ValidationError

from kotaku.interface.fields import DayField
from meetings.detail.labels import letter_warnings

NIPS = ("chair_nip", "minute_taker_nip", "signer_nip")
NIP = re.compile(r"[0-9 ]*")
WRONG_NIP = "NIP hanya berisi angka dan spasi, biasanya 18 angka, misalnya 19700131 199603 1 001."
DATE = DayField(required=False)


def check_nips(form) -> None:
    """Add an error to each NIP of a form that is none; keep one space where there are several."""
    for name in NIPS:
        nip = " ".join(form.cleaned_data.get(name, "").split())
        if NIP.fullmatch(nip):
            form.cleaned_data[name] = nip
        else:
            form.add_error(name, WRONG_NIP)


def warnings_of(form) -> list[str]:
    """Return what is odd in the letter's day as typed, as `letter_warnings`."""
    return letter_warnings(*(_date(form[name].value()) for name in ("day", "letter_date")))


def _date(typed):
    try:
        return DATE.clean("" if typed is None else str(typed))
    except ValidationError:
        return None

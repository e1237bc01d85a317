"""Normalise the names of RT and RW, such as 006 and 006A. Pure."""

import re

from kotaku.text import clean_text

MAX_LENGTH = 12
_LABEL = re.compile(r"0*([1-9][0-9]{0,2})(?:[ .-]?([A-Z]{1,3}[0-9]{0,2}))?")
_NUMBER = r"(?:(?:NO|NOMOR)[. ]*)?"
_PREFIX = re.compile(rf"{_NUMBER}(?:R[TW][. :-]*{_NUMBER})?")


class InvalidLabel(ValueError):
    """The text is not a valid RT or RW; the message is shown to the user."""


def normal_label(text) -> str:
    """Return `006` for `6` and `RT 06`, `006A` for `6a` and `06-A`. Raises InvalidLabel.

    Padded to three digits, so that labels sort numerically: 009, 010, 010A, 011.
    """
    typed = " ".join(clean_text(str(text)).upper().split())
    match = _LABEL.fullmatch(typed[_PREFIX.match(typed).end() :])
    if not match:
        raise InvalidLabel("Tulis nomornya dari 1 sampai 999, misalnya 6, 006, atau 06A.")
    number, letters = match.groups()
    return f"{int(number):03}{letters or ''}"

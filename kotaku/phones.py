"""Phone numbers as people write them, as links. Pure: standard library only."""

import re
from urllib.parse import urlencode

COUNTRY = "62"
# The lengths of international numbers (ITU-T E.164), of which the shortest are never dialled here.
SHORTEST, LONGEST = 8, 15
_FILLERS = re.compile(r"[\s().\-/]")


def international(number: str) -> str:
    """Return the digits of an international number: `0812-3456-7890` → `6281234567890`.

    A number without a country code is Indonesian. "" for what is no such number.
    """
    text = _FILLERS.sub("", number)
    is_foreign = text.startswith(("+", "00"))
    digits = text.removeprefix("+") if text.startswith("+") else text
    if not (digits.isascii() and digits.isdigit()):
        return ""
    if is_foreign:
        digits = digits.removeprefix("00")
    elif digits.startswith("0"):
        digits = COUNTRY + digits[1:]
    elif digits.startswith("8"):
        digits = COUNTRY + digits
    return digits if SHORTEST <= len(digits) <= LONGEST else ""


def phone_url(number: str) -> str:
    """Return the link that calls a number; a short one, such as 112, is called as it is."""
    digits = international(number)
    if digits:
        return f"tel:+{digits}"
    short = _FILLERS.sub("", number)
    is_short = short.isascii() and short.isdigit() and len(short) < SHORTEST
    return f"tel:{short}" if is_short else ""


def whatsapp_url(number: str, text: str = "") -> str:
    """Return the link that opens WhatsApp with a text; without a number the sender chooses whom.

    "" if the number is no phone number.
    """
    digits = international(number)
    if number.strip() and not digits:
        return ""
    query = f"?{urlencode({'text': text})}".replace("+", "%20") if text else ""
    return f"https://wa.me/{digits}{query}"

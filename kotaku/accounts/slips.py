"""Slips with a new passphrase: printed once, handed over, thrown away after the first sign-in."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.shortcuts import render
from django.utils import timezone

from kotaku.accounts.passphrases import new_passphrase
from kotaku.accounts.reset_links import HOURS, reset_url
from kotaku.accounts.two_factor import qr_code
from kotaku.formats import format_date
from kotaku.models.user import GIVEN_DAYS
from kotaku.phones import international, whatsapp_url
from kotaku.regions.contact import contact_at
from kotaku.requests.site_address import site_address


@dataclass(frozen=True)
class Slip:
    """What a person needs for the first sign-in. Never stored: only its page shows it."""

    name: str
    position: str
    username: str
    passphrase: str


def give_passphrase(user) -> Slip:
    """Give an account a new passphrase, to be changed at the first sign-in; store it.

    All sessions of the account end, because they depend on the password.
    """
    passphrase = new_passphrase()
    user.give_password(passphrase)
    user.save(update_fields=["password", "must_change_password", "password_given_at"])
    return slip_of(user, passphrase)


def slip_of(user, passphrase: str) -> Slip:
    """Return the slip of an account that has this passphrase."""
    return Slip(user.full_name, user.position, user.username, passphrase)


def message_of(user) -> tuple[str, str]:
    """Return a text for WhatsApp with a one-time link, and the link that opens WhatsApp with it.

    It goes to the account's phone; without a usable number the sender chooses whom.
    """
    text = (
        f"Yth. {user}, ini tautan untuk membuat kata sandi {settings.SITE_NAME} Anda. Nama pengguna "
        f"Anda: {user.username}. Tautan hanya berlaku sekali, selama {HOURS} jam; jangan diteruskan "
        f"kepada orang lain.\n{reset_url(user)}"
    )
    number = user.phone if international(user.phone) else ""
    return text, whatsapp_url(number, text)


def slips_page(request, slips: list[Slip], *, region, back: tuple[str, str], message=None):
    """Show slips to print and cut, this once; `back` is the text and the URL of a link.

    `message` is the text for WhatsApp and the link that opens it.
    """
    last_day = timezone.localdate() + timedelta(days=GIVEN_DAYS)
    context = {
        "slips": slips,
        "site_url": site_address(),
        "qr": qr_code(site_address() + "/akun/masuk/"),
        "contact": contact_at(region.code if region else settings.HOME_REGION),
        "last_day": format_date(last_day),
        "back": back,
        "message": message,
        "hours": HOURS,
    }
    response = render(request, "registration/slips.html", context)
    response["Cache-Control"] = "private, no-store"
    return response

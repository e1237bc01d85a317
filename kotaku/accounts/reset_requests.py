"""Who gets a link by mail for a new password, and how often."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import Q
from django.http import HttpResponseRedirect
from django.template.loader import render_to_string

from kotaku.accounts.reset_links import HOURS, reset_url
from kotaku.accounts.sign_in_limits import may_ask_again, note_request
from kotaku.audit import trail
from kotaku.mail import send_or_log
from kotaku.models import User
from kotaku.regions.contact import contact_at
from kotaku.requests.client_address import throttled_address
from kotaku.text import normal_user_name


def ask(request, typed: str) -> list[EmailMessage]:
    """Record a request by user name or address; return the messages to send.

    One message for each address, with a link for each of its accounts. None for unknown names,
    accounts without an address, and accounts that had their messages of the day.
    """
    found = _accounts(typed)
    address = throttled_address(request)
    asked = [user for user in found if may_ask_again(user.username)]
    note_request(address, [user.username for user in found])
    for user in found:
        text = "" if user in asked else "Batas permintaan sehari tercapai; tidak ada email"
        trail.record(trail.Kind.RESET_ASKED, request, subject=user, text=text)
    if not found:
        # What was typed is not recorded: it may be a password.
        text = "Nama atau alamat tidak dikenal, atau tanpa email"
        trail.record(trail.Kind.RESET_ASKED, request, text=text)
    by_address: dict[str, list[User]] = {}
    for user in asked:
        by_address.setdefault(user.email.lower(), []).append(user)
    return [_message(people) for people in by_address.values()]


def _accounts(typed: str) -> list[User]:
    """Return the active accounts with this name or address that can get mail, by name."""
    named = Q(username=normal_user_name(typed)) | Q(email__iexact=typed.strip())
    people = User.objects.filter(named, is_active=True).exclude(email="")
    return [user for user in people.select_related("region") if user.has_usable_password()]


def _message(people: list[User]) -> EmailMessage:
    region = people[0].region
    context = {
        "people": [(user, reset_url(user)) for user in people],
        "hours": HOURS,
        "contact": contact_at(region.code if region else settings.HOME_REGION),
    }
    body = render_to_string("registration/mail/password_reset.txt", context)
    subject = f"Kata sandi baru untuk {settings.SITE_NAME}"
    return EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, [people[0].email])


class RedirectThenSend(HttpResponseRedirect):
    """A redirect that sends mail once the browser has it, so that its time tells nothing."""

    def __init__(self, to: str, messages: list[EmailMessage]):
        super().__init__(to)
        self._messages = messages

    def close(self):
        """End the response, then send; failures are logged, because the answer was sent before."""
        super().close()
        messages, self._messages = self._messages, []
        if messages:
            send_or_log(messages)

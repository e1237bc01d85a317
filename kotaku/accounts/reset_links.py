"""Links with which a person chooses a new password; each works once, and for a day."""

from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import base36_to_int, urlsafe_base64_encode

from kotaku.requests.site_address import site_address

HOURS = 24


class ResetTokens(PasswordResetTokenGenerator):
    """Django's tokens with a shorter life; a new password, address or sign-in ends them."""

    key_salt = "kotaku.accounts.reset_links"

    def check_token(self, user, token):
        """Return whether the token is this user's, unused and younger than HOURS."""
        if not super().check_token(user, token):
            return False
        made = base36_to_int(token.partition("-")[0])
        return self._num_seconds(self._now()) - made <= HOURS * 60 * 60


tokens = ResetTokens()


def reset_url(user) -> str:
    """Return a new link for this user, with the address of the site."""
    key = urlsafe_base64_encode(force_bytes(user.pk))
    path = reverse("password-reset-confirm", args=[key, tokens.make_token(user)])
    return site_address() + path

"""The authentication backend for name and password."""

from axes.models import AccessAttempt
from django.contrib.auth.backends import ModelBackend
from django.views.decorators.debug import sensitive_variables

from kotaku.accounts.passwords import first_accepted
from kotaku.models import User
from kotaku.text import normal_user_name

MAX_LENGTH = AccessAttempt._meta.get_field("username").max_length


class Accounts(ModelBackend):
    """Django's backend, which allows a trailing space and loads the user's region."""

    @sensitive_variables()
    def authenticate(self, request, username=None, password=None, **kwargs):
        """Return the user, or None; the try without a trailing space is not another attempt."""
        return first_accepted(
            lambda text: super(Accounts, self).authenticate(request, username, text, **kwargs),
            password or "",
        )

    def get_user(self, user_id):
        """Return the active user of a session, with the region, which every page needs."""
        user = User.objects.select_related("region__parent").filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None


def counted_name(request, credentials) -> str:
    """Return the normal form of the name, for counting failed sign-ins (called by axes)."""
    name = (credentials or {}).get("username") or request.POST.get("username", "")
    # The lower-case name may be longer than the typed one, and than the column of axes.
    return normal_user_name(str(name))[:MAX_LENGTH]

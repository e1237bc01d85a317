"""The authentication backend for name and password."""

from django.contrib.auth.backends import ModelBackend

from kotaku.models import User
from kotaku.text import normal_user_name


class Accounts(ModelBackend):
    """Django's backend, which also loads the user's region."""

    def get_user(self, user_id):
        """Return the active user of a session, with the region, which every page needs."""
        user = User.objects.select_related("region__parent").filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None


def counted_name(request, credentials) -> str:
    """Return the normal form of the name, for counting failed sign-ins (called by axes)."""
    name = (credentials or {}).get("username") or request.POST.get("username", "")
    return normal_user_name(str(name))

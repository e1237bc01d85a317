"""Who signs in with a name and a password."""

from django.contrib.auth.backends import ModelBackend

from kotaku.models import User
from kotaku.text import normal_user_name


class Accounts(ModelBackend):
    """Django's accounts, each loaded together with the region that its person works in."""

    def get_user(self, user_id):
        """Return the active person of a session; every page asks for the region too."""
        user = User.objects.select_related("region__parent").filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None


def counted_name(request, credentials) -> str:
    """Return under which name a failed sign-in counts (called by axes): the account's own."""
    name = (credentials or {}).get("username") or request.POST.get("username", "")
    return normal_user_name(str(name))

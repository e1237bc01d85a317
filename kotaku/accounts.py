"""Who signs in with a name and a password."""

from django.contrib.auth.backends import ModelBackend

from kotaku.models import User


class Accounts(ModelBackend):
    """Django's accounts, each loaded together with the region that its person works in."""

    def get_user(self, user_id):
        """Return the active person of a session; every page asks for the region too."""
        people = User.objects.select_related("region__parent")
        user = people.filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None

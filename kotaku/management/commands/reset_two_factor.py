from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from kotaku.accounts import notices, two_factor
from kotaku.audit import trail
from kotaku.models import User
from kotaku.text import normal_user_name


class Command(BaseCommand):
    """Reset the second step of accounts when no admin can sign in to do it."""

    help = "Reset the second step of accounts when no admin can sign in to do it."

    def add_arguments(self, parser):
        """Add the user names."""
        parser.add_argument("names", nargs="+", metavar="NAME", help="a user name")

    @transaction.atomic
    def handle(self, *args, **options):
        """Reset all of them, or none if a name is unknown."""
        for name in options["names"]:
            user = User.objects.filter(username=normal_user_name(name)).first()
            if user is None:
                raise CommandError(f"There is no account {name}; nothing was reset.")
            two_factor.disable(user)
            notices.tell(trail.Kind.TWO_FACTOR_RESET, None, [user], text="dari server")
            self.stdout.write(f"{user.username} signs in with the password alone.")

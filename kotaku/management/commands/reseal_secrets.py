from django.core.management.base import BaseCommand, CommandError

from kotaku.accounts.two_factor import reseal


class Command(BaseCommand):
    """Encrypt the secrets of the second step with the first of TWO_FACTOR_KEYS."""

    help = (
        "Encrypt the secrets of the second step with the first of TWO_FACTOR_KEYS, "
        "and list the accounts whose secret no key can read."
    )

    def handle(self, *args, **options):
        """Encrypt them and print the result; fail if some are unreadable."""
        done, unreadable = reseal()
        self.stdout.write(f"{done} secrets are encrypted with the first key.")
        if unreadable:
            raise CommandError(
                f"{len(unreadable)} cannot be read with any key: {', '.join(unreadable)}. Put the lost "
                "key back behind the first, or reset these accounts: reset_two_factor."
            )

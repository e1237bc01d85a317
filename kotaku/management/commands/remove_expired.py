from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from kotaku.privacy.retention import remove_expired


class Command(BaseCommand):
    """Delete personal data that has outlived its term, as the privacy page says."""

    help = "Delete personal data that has outlived its term, as the privacy page says."

    def handle(self, *args, **options):
        """Delete and print how many rows of each kind; fail if the database refused some."""
        failed = []
        for name, number in remove_expired(timezone.now()):
            if number is None:
                failed.append(name)
            else:
                self.stdout.write(f"{name}: {number}")
        if failed:
            raise CommandError(f"Not removed: {', '.join(failed)}. The log has the reason.")

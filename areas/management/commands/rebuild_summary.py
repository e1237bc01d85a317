from django.core.management.base import BaseCommand

from areas.models.programme_year import rebuild


class Command(BaseCommand):
    """Rebuild the summary of all kecamatan and years from the figures."""

    help = "Make the summary of all kecamatan and years anew from the figures themselves."

    def handle(self, *args, **options):
        """Print the number of rows rebuilt."""
        self.stdout.write(f"{rebuild()} rows of the summary rebuilt.")

from django.core.management.base import BaseCommand

from areas.models.programme_year import rebuild


class Command(BaseCommand):
    """Make the summary of all kecamatan and years anew from the figures themselves."""

    help = "Make the summary of all kecamatan and years anew from the figures themselves."

    def handle(self, *args, **options):
        """Say how many rows it has."""
        self.stdout.write(f"{rebuild()} rows of the summary rebuilt.")

from django.core.management.base import BaseCommand

from areas.reference import load_reference


class Command(BaseCommand):
    """Load the real villages and periods; running it again changes nothing."""

    help = "Load the real villages and periods; running it again changes nothing."

    def handle(self, *args, **options):
        """Call the one function."""
        load_reference()
        if options["verbosity"]:
            self.stdout.write("Reference data: complete.")

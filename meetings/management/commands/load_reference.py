from django.core.management.base import BaseCommand

from areas.reference import load_reference
from meetings.reference import load_meeting_of_2016


class Command(BaseCommand):
    """Load the real villages, periods and the meeting of 2016; running it again changes nothing."""

    help = "Load the real villages, periods and meeting; running it again changes nothing."

    def handle(self, *args, **options):
        """Call the two functions."""
        load_reference()
        load_meeting_of_2016()
        if options["verbosity"]:
            self.stdout.write("Reference data: complete.")

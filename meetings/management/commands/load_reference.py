from django.core.management.base import BaseCommand

from areas.sample.reference import load_reference
from areas.sample.reference_corrections import correct_reference
from meetings.sample.reference import load_meeting_of_2016
from meetings.sample.reference_corrections import correct_meeting_of_2016


class Command(BaseCommand):
    """Load the real villages, periods and the meeting of 2016; safe to run repeatedly."""

    help = (
        "Load the real villages, periods and meeting, and correct what an earlier version loaded and "
        "nobody has edited; running it again changes nothing."
    )

    def handle(self, *args, **options):
        """Load missing rows, correct unedited ones from earlier versions, and list edited ones."""
        load_reference()
        load_meeting_of_2016()
        edited = [*correct_reference(), *correct_meeting_of_2016()]
        if not options["verbosity"]:
            return
        for name in edited:
            self.stdout.write(f"Edited, so left as it is: {name}")
        self.stdout.write("Reference data: complete.")

from django.core.management.base import BaseCommand, CommandError

from kotaku.mail import has_server
from meetings.deliveries.sending import send_waiting


class Command(BaseCommand):
    """Send the mail about meetings that waits; run it every minute. It sends nothing twice."""

    help = "Send waiting invitations, changes, cancellations, minutes and addenda."

    def handle(self, *args, **options):
        """Send all that waits. Raises CommandError if the mail server cannot be reached."""
        if not has_server():
            self.stdout.write("No mail server is set (EMAIL_URL); what waits goes on waiting.")
            return
        outcome = send_waiting()
        counts = f"sent: {outcome.sent}, refused: {outcome.refused}, waiting: {outcome.waiting}"
        if outcome.is_down:
            raise CommandError(f"The mail server does not respond. Meeting mail {counts}.")
        if options["verbosity"] > 1 or outcome.sent or outcome.refused:
            self.stdout.write(f"Meeting mail {counts}.")

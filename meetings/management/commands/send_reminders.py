from django.core.management.base import BaseCommand
from django.utils import timezone

from meetings.papers import reminders


class Command(BaseCommand):
    """Remind users by mail; run it daily. A second run on the same day sends no duplicates."""

    help = "Remind people of figures and follow-ups by mail, each at most once a day."

    def add_arguments(self, parser):
        """Add `--dry-run`, which sends nothing."""
        parser.add_argument("--dry-run", action="store_true", help="list the reminders, send none")

    def handle(self, *args, **options):
        """List or send the reminders."""
        if options["dry_run"]:
            for reminder in reminders.pending(timezone.localdate()):
                self.stdout.write(f"{reminder.user.username} <{reminder.user.email}>")
                for sentence, url in reminder.lines:
                    self.stdout.write(f"  {sentence}  {url}")
            return
        sent, failed = reminders.send_all()
        self.stdout.write(f"Reminders sent: {sent}, not sent: {failed}.")

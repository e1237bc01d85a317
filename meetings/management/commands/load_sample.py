from textwrap import fill

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from areas.sample import figures
from meetings.sample.sample import load_sample_meeting


class Command(BaseCommand):
    """Load sample data and accounts; safe to run repeatedly."""

    help = "Load invented data and accounts to try the site with; running it again changes nothing."

    def add_arguments(self, parser):
        """Add `--even-in-production`, required if DEBUG is off."""
        parser.add_argument(
            "--even-in-production",
            action="store_true",
            help="load sample data and accounts with a known password although DEBUG is off",
        )

    def handle(self, *args, **options):
        """Refuse if DEBUG is off, load the data once, and print the accounts."""
        if not settings.DEBUG and not options["even_in_production"]:
            raise CommandError(
                "DEBUG is off: this looks like a real site, and sample accounts have a known password. "
                "Add --even-in-production if you mean it."
            )
        if not figures.is_loaded():
            figures.load_sample()
        load_sample_meeting()
        if options["verbosity"]:
            self._print_accounts()

    def _print_accounts(self):
        self.stdout.write(f"Sample accounts, all with the password {figures.PASSWORD}")
        for username, position in figures.staff_accounts():
            self.stdout.write(f"  {username:<12} {position}")
        officers = ", ".join(figures.officer_accounts())
        text = f"  one for each village: {officers}"
        self.stdout.write(fill(text, 96, subsequent_indent="    ", break_on_hyphens=False))

from pathlib import Path

from django.conf import settings
from django.core.mail import mail_admins
from django.core.management.base import BaseCommand, CommandError

from kotaku.verification import report

# The exit code if there are findings; 1 is a fault of the command itself.
WITH_FINDINGS = 3


class Command(BaseCommand):
    """Verify the record as a whole; mail ADMINS what is wrong with it."""

    help = (
        "Verify database, rules, files, sums and histories against each other, and change nothing. "
        f"Exit code {WITH_FINDINGS}: something was found, and was mailed to ADMINS."
    )
    # A database that fails the checks is what this is for.
    requires_system_checks = []

    def add_arguments(self, parser):
        """Add the folder with the archives."""
        parser.add_argument(
            "--backups", type=Path, metavar="FOLDER", help="also verify the newest archive there"
        )

    def handle(self, *args, **options):
        """Print the report in Indonesian."""
        parts = report.verify(options["backups"])
        text = "\n".join(report.lines(parts))
        self.stdout.write(text)
        found = report.count(parts)
        if not found:
            return
        if not settings.ADMINS:
            self.stderr.write("ADMINS kosong, jadi temuan ini tidak dikirim lewat surel.")
        try:
            mail_admins(f"Pemeriksaan data: {found} temuan", text)
        except OSError as error:
            self.stderr.write(f"Surel kepada ADMINS tidak terkirim: {type(error).__name__}.")
        raise CommandError(f"{found} temuan.", returncode=WITH_FINDINGS)

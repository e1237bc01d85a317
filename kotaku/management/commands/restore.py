from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from kotaku.backup.archive import BackupError
from kotaku.backup.restoring import restore


class Command(BaseCommand):
    """Restore database and media from an archive."""

    help = "Verify an archive of `backup` and bring database and media to its state."
    requires_system_checks = []

    def add_arguments(self, parser):
        """Add the archive, and whether existing data may be replaced."""
        parser.add_argument("archive", type=Path)
        parser.add_argument(
            "--replace",
            action="store_true",
            help="replace the data that is here; it is backed up first",
        )
        parser.add_argument(
            "--safety-folder",
            type=Path,
            help="where that backup goes (default: beside the archive)",
        )

    def handle(self, *args, **options):
        """Restore and print the result."""
        try:
            done = restore(
                options["archive"],
                replace=options["replace"],
                safety_folder=options["safety_folder"],
            )
        except BackupError as error:
            raise CommandError(str(error)) from error
        if done.safety_copy:
            self.stdout.write(f"What was here before is in {done.safety_copy.path}.")
        self.stdout.write(
            f"Restored the state of {done.made_at}: {done.rows} rows, {done.files} files; "
            f"{done.removed_files} files that belonged to the replaced data were removed."
        )
        if done.missing_migrations:
            self.stdout.write(
                f"The archive is older than this version: run manage.py migrate "
                f"({done.missing_migrations} migrations)."
            )

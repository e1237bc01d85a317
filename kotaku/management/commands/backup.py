from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from kotaku.backup.archive import BackupError
from kotaku.backup.making import backup, prune


class Command(BaseCommand):
    """Write database and media into one archive while the site runs."""

    help = "Write database and media into one archive with checksums, while the site runs."
    # A database that fails the checks must still be backed up.
    requires_system_checks = []

    def add_arguments(self, parser):
        """Add the folder and the number of archives to keep in it."""
        parser.add_argument("folder", type=Path, help="where the archive is to be written")
        parser.add_argument(
            "--keep",
            type=int,
            help="afterwards remove all but the newest KEEP archives (1 or more)",
        )

    def handle(self, *args, **options):
        """Back up and print the result."""
        keep = options["keep"]
        if keep is not None and keep < 1:
            raise CommandError("--keep must be 1 or more.")
        try:
            made = backup(options["folder"])
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"{made.path}: {made.rows} rows, {made.files} files, {made.size_bytes} bytes."
        )
        for path in prune(options["folder"], keep) if keep else []:
            self.stdout.write(f"Removed {path}.")

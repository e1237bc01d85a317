from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from kotaku.backup.making import backup, prune
from kotaku.backup.manifest import BackupError

# The exit code of an archive with gaps; 1 is none at all.
WITH_GAPS = 3
# So many names are printed.
LISTED = 20


class Command(BaseCommand):
    """Write database and media into one archive while the site runs."""

    help = (
        "Write database and media into one archive with checksums, while the site runs. "
        f"Exit code 1: no archive was made; {WITH_GAPS}: files are lost or altered."
    )
    # A database that fails the checks must still be backed up.
    requires_system_checks = []

    def add_arguments(self, parser):
        """Add the folder and the number of archives to keep in it."""
        parser.add_argument("folder", type=Path, help="where the archive is to be written")
        parser.add_argument(
            "--keep",
            type=int,
            help="afterwards remove all but the newest KEEP archives (1 or more); none is removed "
            "after an archive with gaps, because an older one may hold the lost files",
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
        if not made.is_complete:
            raise CommandError("\n".join(_gaps(made)), returncode=WITH_GAPS)
        for path in prune(options["folder"], keep) if keep else []:
            self.stdout.write(f"Removed {path}.")


def _gaps(made):
    if made.missing:
        yield (
            f"{len(made.missing)} files that the database names are not in the archive, because "
            "they are lost or cannot be read:"
        )
        yield from _listed(made.missing)
    if made.altered:
        yield f"{len(made.altered)} files are not as they were uploaded:"
        yield from _listed(made.altered)
    yield (
        "Put them back from an older archive: manage.py restore --files-only ARCHIVE. "
        "No older archive was removed."
    )


def _listed(names):
    yield from (f"  {name!r}" for name in names[:LISTED])
    if len(names) > LISTED:
        yield f"  and {len(names) - LISTED} more"

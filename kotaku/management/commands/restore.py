from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from kotaku.backup.manifest import BackupError
from kotaku.backup.restoring import restore, restore_lost_files


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
            help="replace the data that is here; it is backed up first, as far as it can be read",
        )
        parser.add_argument(
            "--files-only",
            action="store_true",
            help="only put back the files that the database here names and that are lost or "
            "altered; the database stays as it is",
        )
        parser.add_argument(
            "--safety-folder",
            type=Path,
            help="where that backup and replaced files go (default: beside the archive)",
        )

    def handle(self, *args, **options):
        """Restore and print the result."""
        try:
            if options["files_only"]:
                self._restore_files(options)
            else:
                self._restore(options)
        except BackupError as error:
            raise CommandError(str(error)) from error

    def _restore_files(self, options):
        if options["replace"]:
            raise CommandError("Say either --files-only or --replace: the first replaces no data.")
        done = restore_lost_files(options["archive"], safety_folder=options["safety_folder"])
        self.stdout.write(f"{done.files} files were put back from the archive of {done.made_at}.")
        self._name_aside(done.aside)
        self._name(done.missing, "are still lost or altered; try an older or newer archive")

    def _restore(self, options):
        done = restore(
            options["archive"], replace=options["replace"], safety_folder=options["safety_folder"]
        )
        if copy := done.safety_copy:
            self.stdout.write(f"What was here before is in {copy.path}.")
            for sentence in copy.gaps:
                self.stdout.write(sentence)
        self.stdout.write(
            f"Restored the state of {done.made_at}: {done.rows} rows, {done.files} files; "
            f"{done.removed_files} files that belonged to the replaced data were removed."
        )
        self._name_aside(done.aside)
        self._name(done.missing, "were lost when the archive was made; try an older archive")
        self._name(
            done.altered,
            "are not as they were uploaded; try restore --files-only with an older archive",
        )
        if done.missing_migrations:
            self.stdout.write(
                f"The archive is older than this version: run manage.py migrate "
                f"({done.missing_migrations} migrations)."
            )
        self.stdout.write("Restart the site.")

    def _name_aside(self, folder):
        if folder:
            self.stdout.write(f"Files that were replaced by others of the same name: {folder}.")

    def _name(self, names, what):
        if names:
            self.stdout.write(f"{len(names)} files {what}; the first is {names[0]!r}.")

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from areas.importing.boundaries import load_boundaries
from areas.importing.boundary_file import UnreadableBoundaries
from kotaku.accounts.source_account import source_account


class Command(BaseCommand):
    """Load village boundaries from a GeoJSON file; they replace all existing ones."""

    help = "Load village boundaries from a GeoJSON file; they replace all that are there."

    def add_arguments(self, parser):
        """Add the file and its source, which the maps show."""
        parser.add_argument("file", type=Path, help="a FeatureCollection in WGS 84 degrees")
        parser.add_argument("--source", required=True, help="shown under every map that draws them")

    def handle(self, *args, **options):
        """Load all boundaries or none, and list the villages without one."""
        try:
            content = options["file"].read_bytes()
        except OSError as error:
            raise CommandError(f"Cannot read {options['file']}: {error.strerror}") from error
        loader = source_account("berkas-impor", "Berkas impor")
        try:
            loaded = load_boundaries(content, source=options["source"], by=loader)
        except UnreadableBoundaries as error:
            raise CommandError("\n".join(error.faults)) from error
        self.stdout.write(f"{loaded.loaded} boundaries loaded.")
        if loaded.without:
            self.stdout.write(f"Without a boundary: {', '.join(loaded.without)}")

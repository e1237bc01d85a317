from django.core.management.base import BaseCommand

from kotaku.interface.catalogue import catalogues, compiled


class Command(BaseCommand):
    """Write the .mo file beside each .po file of this project."""

    help = "Compile the message catalogues after a change; needs no GNU gettext."

    def handle(self, *args, **options):
        """Write each file and name it."""
        for source in catalogues():
            target = source.with_suffix(".mo")
            target.write_bytes(compiled(source.read_text(encoding="utf-8")))
            self.stdout.write(str(target))

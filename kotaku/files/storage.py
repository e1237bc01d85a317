"""Uploads on the disk: whole under their name, or not there at all."""

import os
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path

from django.core.files.storage import FileSystemStorage

UNFINISHED = ".unfinished"


class NotStored(OSError):
    """A file could not be stored; nothing of it is there."""


@contextmanager
def gone_without_its_row(file):
    """Remove a file that was just written when its row cannot be stored; the error goes on."""
    try:
        yield
    except BaseException:
        file.delete(save=False)
        raise


class WholeFiles(FileSystemStorage):
    """Writes beside the uploads first, and gives the file its name when all of it is on the disk.

    Django's own storage writes under the final name, so a full disk or a killed process leaves half
    a photo there.
    """

    def _save(self, name, content):
        folder = Path(self.location) / UNFINISHED
        try:
            folder.mkdir(parents=True, exist_ok=True)
            descriptor, path = tempfile.mkstemp(dir=folder)
        except OSError as error:
            raise NotStored(error.errno, error.strerror) from error
        try:
            with os.fdopen(descriptor, "wb") as stream:
                for chunk in content.chunks():
                    stream.write(chunk)
                stream.flush()
                os.fsync(stream.fileno())
            return super()._save(name, _Finished(path))
        except OSError as error:
            raise NotStored(error.errno, error.strerror or str(error)) from error
        finally:
            # Moved away when all went well.
            with suppress(FileNotFoundError):
                Path(path).unlink()


class _Finished:
    """What Django's storage moves to its place instead of writing it once more."""

    def __init__(self, path):
        self._path = path

    def temporary_file_path(self):
        """Return where the finished file waits."""
        return self._path

    def close(self):
        """Django closes what it has moved; there is nothing open here."""

"""Uploads on the disk, stored completely or not at all."""

import os
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path

from django.core.files.storage import FileSystemStorage

UNFINISHED = ".unfinished"


class NotStored(OSError):
    """A file could not be stored; no part of it remains."""


@contextmanager
def gone_without_its_row(file):
    """Delete a file that was just written if its row cannot be saved; reraise the error."""
    try:
        yield
    except BaseException:
        file.delete(save=False)
        raise


class WholeFiles(FileSystemStorage):
    """Writes to a temporary file first, and renames it when it is completely on the disk.

    Django's own storage writes under the final name, so a full disk or a killed process would leave
    half a photo there.
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
            # Missing if it was renamed.
            with suppress(FileNotFoundError):
                Path(path).unlink()


class _Finished:
    """A finished file that Django's storage renames instead of writing it again."""

    def __init__(self, path):
        self._path = path

    def temporary_file_path(self):
        """Return the path of the finished file."""
        return self._path

    def close(self):
        """Do nothing: Django calls this, but the file is not open."""

"""Stored pictures drawn anew in two sizes: upright, without metadata, made once beside the file.

Only these are shown inside pages; the original is a download.
"""

import logging
from enum import StrEnum

from django.core.files.base import ContentFile
from django.http import Http404, HttpResponse
from django.utils.cache import get_conditional_response

from kotaku.files.downloads import hand_out
from kotaku.files.office import OFFICE_TYPES
from kotaku.files.photos import public_photo
from kotaku.files.storage import NotStored
from kotaku.files.uploads import IMAGE_TYPES

logger = logging.getLogger(__name__)


class Size(StrEnum):
    """The two sizes, named as in URLs."""

    SMALL = "kecil"
    LARGE = "besar"

    @property
    def longest(self) -> int:
        """The longest side in pixels; the small one is sharp at 240 px on a phone's display."""
        return 480 if self == Size.SMALL else 1280


def is_picture(row) -> bool:
    """Whether a stored file (`StoredFile`) is a picture."""
    return row.content_type in IMAGE_TYPES.values()


def is_shown(row) -> bool:
    """Whether browsers show a stored file: a picture or a PDF; others are downloads only."""
    return row.content_type not in OFFICE_TYPES


def drawn_name(name: str, size: Size) -> str:
    """Return the storage name of a file's picture in a size."""
    return f"{name}.{size.value}.jpg"


def drawn(file, size: Size):
    """Return the picture of a stored file in a size, opened; draw and store it if it is new.

    Raises FileNotFoundError if the file is gone, and Http404 if it cannot be drawn.
    """
    storage, name = file.storage, drawn_name(file.name, size)
    if storage.exists(name):
        return storage.open(name, "rb")
    with storage.open(file.name, "rb") as original:
        try:
            content = public_photo(original, size.longest)
        except Exception as error:
            # Pillow raises many kinds of errors; the original can still be downloaded.
            logger.warning("No picture could be drawn of %s: %s", file.name, error)
            raise Http404("Gambar ini tidak dapat ditampilkan.") from error
    try:
        stored = storage.save(name, ContentFile(content.read()))
        if stored != name:
            # Another request has stored it meanwhile.
            storage.delete(stored)
    except NotStored as error:
        # A full disk hides no evidence; it is drawn again next time.
        logger.warning("The picture %s was not stored: %s", name, error)
    content.seek(0)
    return content


def delete_drawn(storage, name: str) -> None:
    """Delete the pictures that were drawn of a stored file."""
    for size in Size:
        storage.delete(drawn_name(name, size))


def show(request, row, size: str) -> HttpResponse:
    """Return a stored file for display: its picture in a size, or a PDF as it is.

    Raises Http404 for another size, a file for downloads only, or a missing one. Browsers keep it,
    but ask each time whether the user may still see it. The view checks the user and sets the
    content security policy.
    """
    if not is_shown(row):
        raise Http404("Berkas ini hanya dapat diunduh.")
    if size not in [each.value for each in Size] or (not is_picture(row) and size == Size.SMALL):
        raise Http404("Ukuran ini tidak ada.")
    etag = f'"{row.sha256[:32]}-{size}"'
    if known := get_conditional_response(request, etag=etag):
        response = known
    elif is_picture(row):
        try:
            content = drawn(row.file, Size(size))
        except FileNotFoundError as error:
            raise Http404("Berkas tidak ditemukan.") from error
        response = hand_out(_Opened(content), row.name, "image/jpeg", inline=True)
    else:
        response = hand_out(row.file, row.name, row.content_type, inline=True)
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    return response


class _Opened:
    """A file that is open already, for `hand_out`."""

    def __init__(self, content):
        self._content = content

    def open(self, mode):
        """Return the open file."""
        return self._content

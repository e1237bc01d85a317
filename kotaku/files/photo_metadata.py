"""What a phone writes into its photos: the day, which is kept, and the place, which is not stored.

The site's scripts remove it before sending (`static/js/photo-metadata.js`); this does the same for
browsers without scripts.
"""

import io
import struct
import warnings
from datetime import date

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import ExifTags, Image

from kotaku.files.jpeg_end import jpeg_end
from kotaku.files.photos import public_photo

# A camera whose clock was never set writes this day, or an earlier one.
UNSET_CLOCK = date(2000, 1, 1)
PARTS_OF_WEBP = (b"EXIF", b"XMP ")
PARTS_OF_PNG = (b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME")
START_OF_PIXELS, COMMENT, ADOBE = 0xDA, 0xFE, 0xEE
UPRIGHT = 1


def believable(day: date | None) -> date | None:
    """Return a day on which a photo can have been taken; None for the future and an unset clock."""
    return day if day and UNSET_CLOCK < day <= timezone.localdate() else None


def note_sent_days(form, name: str) -> None:
    """Give the uploads of a form's field the days that the browser sent beside them.

    The hidden fields `<name>_taken` are in the order of the files. If their numbers differ, none is
    used: a day must not stand at another photo.
    """
    field = form.add_prefix(name)
    uploads, sent = form.files.getlist(field), form.data.getlist(f"{field}_taken")
    if len(sent) == len(uploads):
        for upload, text in zip(uploads, sent, strict=True):
            upload.sent_day = _iso_day(text)


def taken_on(upload) -> date | None:
    """Return the day of a photo: as sent by the browser, else from its EXIF; None if unknown."""
    return believable(getattr(upload, "sent_day", None)) or believable(_exif_day(upload))


def _iso_day(text) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _exif(upload) -> Image.Exif:
    """Return a picture's EXIF; empty for other files and where it is broken."""
    upload.seek(0)
    try:
        with warnings.catch_warnings(), Image.open(upload) as image:
            warnings.simplefilter("ignore")
            return image.getexif()
    except Exception:
        # Pillow raises many kinds of errors for broken metadata, which does not matter here.
        return Image.Exif()
    finally:
        upload.seek(0)


def _exif_day(upload) -> date | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            part = _exif(upload).get_ifd(ExifTags.IFD.Exif)
        return _iso_day(str(part.get(ExifTags.Base.DateTimeOriginal, ""))[:10].replace(":", "-"))
    except (SyntaxError, ValueError, KeyError, TypeError, struct.error, OSError):
        return None


def without_metadata(upload, content_type: str) -> tuple[ContentFile, str]:
    """Return a checked file without metadata, and its type. Pixels and PDFs stay as they are.

    A JPEG keeps its orientation and colour profile. A turned picture of another kind, and one whose
    parts cannot be told apart, is drawn anew as a JPEG of the same size.
    """
    upload.seek(0)
    content = upload.read()
    upload.seek(0)
    if content_type not in CLEANERS:
        return ContentFile(content), content_type
    try:
        turn = _exif(upload).get(ExifTags.Base.Orientation, UPRIGHT)
        return ContentFile(CLEANERS[content_type](content, turn)), content_type
    except (Unclear, struct.error, IndexError):
        with Image.open(upload) as image:
            longest = max(image.size)
        return public_photo(upload, longest), "image/jpeg"


class Unclear(ValueError):
    """The parts of a picture cannot be told apart, or it is turned."""


def _plain_jpeg(content: bytes, turn: int) -> bytes:
    kept, at = [content[:2]], 2
    if turn in range(2, 9):
        # EXIF with nothing but the orientation.
        tiff = struct.pack(
            ">2sHIHHHIHHI", b"MM", 42, 8, 1, ExifTags.Base.Orientation, 3, 1, turn, 0, 0
        )
        kept.append(struct.pack(">BBH6s", 0xFF, 0xE1, len(tiff) + 8, b"Exif\0\0") + tiff)
    while content[at] == 0xFF:
        marker = content[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker == START_OF_PIXELS:
            # Phones append a second picture or a film, with a place of its own.
            kept.append(content[at : jpeg_end(content, at)])
            return b"".join(kept)
        end = at + 2 + struct.unpack_from(">H", content, at + 2)[0]
        is_profile = content[at + 4 : at + 15] == b"ICC_PROFILE"
        is_note = marker == COMMENT or (0xE0 < marker <= 0xEF and marker != ADOBE)
        if not is_note or is_profile:
            kept.append(content[at:end])
        at = end
    raise Unclear


def _plain_png(content: bytes, turn: int) -> bytes:
    if turn != UPRIGHT:
        raise Unclear
    kept, at = [content[:8]], 8
    while True:
        length, name = struct.unpack_from(">I4s", content, at)
        end = at + 12 + length
        if name not in PARTS_OF_PNG:
            kept.append(content[at:end])
        if name == b"IEND":
            return b"".join(kept)
        at = end


def _plain_webp(content: bytes, turn: int) -> bytes:
    if turn != UPRIGHT:
        raise Unclear
    kept, at, size = io.BytesIO(), 12, len(content)
    while at + 8 <= size:
        name, length = struct.unpack_from("<4sI", content, at)
        end = at + 8 + length + length % 2
        part = bytearray(content[at:end])
        if name == b"VP8X":
            # The flags that say that EXIF and XMP follow.
            part[8] &= ~0x0C & 0xFF
        if name not in PARTS_OF_WEBP:
            kept.write(part)
        at = end
    body = kept.getvalue()
    return struct.pack("<4sI4s", b"RIFF", len(body) + 4, b"WEBP") + body


CLEANERS = {"image/jpeg": _plain_jpeg, "image/png": _plain_png, "image/webp": _plain_webp}

"""Photos to show: fit for slow phones, and stripped of what the camera noted about the place."""

import io
import struct

from django.core.files.base import ContentFile
from PIL import Image, ImageOps

LONGEST = 1600
QUALITY = 82


def public_photo(upload, longest: int = LONGEST) -> ContentFile:
    """Return a checked picture as a JPEG of at most `longest` pixels, without its hidden data.

    Phones write the place and the time into their photos (EXIF); the public does not get those.
    """
    upload.seek(0)
    with Image.open(upload) as image:
        # A JPEG of 60 megapixels need not be unpacked whole to be drawn small.
        image.draft("RGB", (longest, longest))
        turned = _turned(image)
        turned.thumbnail((longest, longest))
        flat = Image.new("RGB", turned.size, "white")
        flat.paste(turned, mask=turned.getchannel("A") if "A" in turned.getbands() else None)
    content = io.BytesIO()
    flat.save(content, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return ContentFile(content.getvalue(), "foto.jpg")


def _turned(image):
    """Return the picture upright, as the camera noted; as it is when the notes cannot be read."""
    try:
        return ImageOps.exif_transpose(image)
    except (OSError, SyntaxError, ValueError, KeyError, TypeError, struct.error):
        return image.copy()

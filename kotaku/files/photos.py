"""Public photos: small enough for slow phones, and without the camera's metadata."""

import io
import struct

from django.core.files.base import ContentFile
from PIL import Image, ImageOps

LONGEST = 1600
QUALITY = 82


def public_photo(upload, longest: int = LONGEST) -> ContentFile:
    """Return a checked picture as a JPEG of at most `longest` pixels, without metadata.

    Phones write place and time into their photos (EXIF), which must not be published.
    """
    upload.seek(0)
    with Image.open(upload) as image:
        # Decode a large JPEG at a reduced size to save memory.
        image.draft("RGB", (longest, longest))
        turned = _turned(image)
        turned.thumbnail((longest, longest))
        flat = Image.new("RGB", turned.size, "white")
        flat.paste(turned, mask=turned.getchannel("A") if "A" in turned.getbands() else None)
    content = io.BytesIO()
    flat.save(content, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return ContentFile(content.getvalue(), "foto.jpg")


def _turned(image):
    """Return the picture upright by its EXIF orientation; unchanged if that cannot be read."""
    try:
        return ImageOps.exif_transpose(image)
    except (OSError, SyntaxError, ValueError, KeyError, TypeError, struct.error):
        return image.copy()

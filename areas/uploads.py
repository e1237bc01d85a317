"""What counts as evidence: judged by a file's content, never by its name."""

import warnings

from django.core.exceptions import ValidationError
from PIL import Image

MAX_BYTES = 5 * 1024 * 1024
IMAGE_TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
# What costs a process about as much memory, some 120 MB: a JPEG is made small while it is unpacked,
# a progressive one only once all of it is there, the others are unpacked whole, WebP more than once.
MAX_MEGAPIXELS = {"JPEG": 60, "PNG": 12, "WEBP": 6}
MAX_PROGRESSIVE_MEGAPIXELS = 24

TOO_LARGE = "Berkas lebih dari 5 MB. Pilih foto yang lebih kecil."
WRONG_TYPE = "Jenis berkas tidak diterima. Gunakan JPG, PNG, WebP atau PDF."
BROKEN = "Berkas rusak dan tidak dapat dibuka. Pilih atau foto ulang berkasnya."
EMPTY = "Berkas kosong. Pilih berkas yang lain."
TOO_MANY_PIXELS = "Gambar lebih dari {} juta piksel. Perkecil dahulu gambarnya, lalu pilih lagi."


def check_upload(upload) -> str:
    """Return the MIME type that the content of an uploaded file has.

    Raises ValidationError with the sentence for the person who chose the file.
    """
    if not upload.size:
        raise ValidationError(EMPTY)
    if upload.size > MAX_BYTES:
        raise ValidationError(TOO_LARGE)
    upload.seek(0)
    start = upload.read(1024)
    try:
        return "application/pdf" if start.startswith(b"%PDF-") else _image_type(upload)
    finally:
        upload.seek(0)


def _image_type(upload) -> str:
    upload.seek(0)
    try:
        with warnings.catch_warnings():
            # Pillow warns of what unpacks to very much; here it is refused before it is unpacked.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(upload, formats=tuple(IMAGE_TYPES)) as image:
                # Phones put a second picture into some JPEGs, such as the depth of a portrait.
                name = "JPEG" if image.format == "MPO" else image.format
                most = _most_megapixels(name, image)
                if image.width * image.height > most * 1_000_000:
                    raise ValidationError(TOO_MANY_PIXELS.format(most))
                image.verify()
    except Image.UnidentifiedImageError as error:
        raise ValidationError(WRONG_TYPE) from error
    except Image.DecompressionBombError as error:
        # More than Pillow opens, whatever the kind.
        raise ValidationError(TOO_MANY_PIXELS.format(max(MAX_MEGAPIXELS.values()))) from error
    except (OSError, SyntaxError, ValueError) as error:
        raise ValidationError(BROKEN) from error
    return IMAGE_TYPES[name]


def _most_megapixels(name, image) -> int:
    is_progressive = name == "JPEG" and "progressive" in image.info
    return MAX_PROGRESSIVE_MEGAPIXELS if is_progressive else MAX_MEGAPIXELS[name]

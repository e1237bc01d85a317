"""What counts as evidence: judged by a file's content, never by its name."""

import warnings

from django.core.exceptions import ValidationError
from PIL import Image

MAX_BYTES = 5 * 1024 * 1024
IMAGE_TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
# A JPEG is made small while it is unpacked; the others are unpacked whole, four bytes a pixel.
MAX_MEGAPIXELS = {"JPEG": 60, "PNG": 12, "WEBP": 12}

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
            # Pillow warns about images that unpack to very much; here that is a refusal.
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(upload, formats=tuple(IMAGE_TYPES)) as image:
                kind = IMAGE_TYPES[image.format]
                most = MAX_MEGAPIXELS[image.format]
                if image.width * image.height > most * 1_000_000:
                    raise ValidationError(TOO_MANY_PIXELS.format(most))
                image.verify()
    except Image.UnidentifiedImageError as error:
        raise ValidationError(WRONG_TYPE) from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        # More than Pillow opens, whatever the kind.
        raise ValidationError(TOO_MANY_PIXELS.format(max(MAX_MEGAPIXELS.values()))) from error
    except (OSError, SyntaxError, ValueError) as error:
        raise ValidationError(BROKEN) from error
    return kind

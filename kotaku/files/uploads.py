"""Check uploads by their whole content, never by name or first bytes only.

Every upload of a picture or a document goes through `check_upload`, which decodes a picture
completely: an incomplete photo is refused before it is stored.
"""

import warnings

from django.core.exceptions import ValidationError
from PIL import Image

from kotaku.files.jpeg_end import jpeg_end
from kotaku.files.office import OFFICE_TYPES, office_type

MAX_BYTES = 5 * 1024 * 1024
IMAGE_TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
# The types that file inputs offer, and their names.
PICTURES = ",".join(IMAGE_TYPES.values())
PICTURES_AND_PDF = f"{PICTURES},application/pdf"
PICTURES_TEXT = "JPG, PNG atau WebP"
PICTURES_AND_PDF_TEXT = "JPG, PNG, WebP atau PDF"
DOCUMENTS = ",".join([PICTURES_AND_PDF, *OFFICE_TYPES])
DOCUMENTS_TEXT = "JPG, PNG, WebP, PDF, DOCX atau PPTX"
# Megapixels that take about 120 MB of memory: a JPEG is reduced while it is decoded, a progressive
# one only after all of it is read; the others are decoded in full size, WebP more than once.
MAX_MEGAPIXELS = {"JPEG": 60, "PNG": 12, "WEBP": 6}
MAX_PROGRESSIVE_MEGAPIXELS = 24

TOO_LARGE = "Berkas lebih dari 5 MB. Pilih foto yang lebih kecil."
WRONG_TYPE = f"Jenis berkas tidak diterima. Gunakan {PICTURES_AND_PDF_TEXT}."
NO_DOCUMENT = f"Jenis berkas tidak diterima. Gunakan {DOCUMENTS_TEXT}."
HEIC = (
    "Foto ini berjenis HEIC dan tidak dapat dibuka di sini. Pilih foto JPG. Di iPhone: Pengaturan › "
    "Kamera › Format › Paling Kompatibel, lalu foto ulang; atau kirim fotonya lewat WhatsApp dan "
    "simpan hasilnya sebagai JPG."
)
BROKEN = "Berkas rusak dan tidak dapat dibuka. Pilih atau foto ulang berkasnya."
EMPTY = "Berkas kosong. Pilih berkas yang lain."
TOO_MANY_PIXELS = "Gambar lebih dari {} juta piksel. Perkecil dahulu gambarnya, lalu pilih lagi."


def check_document(upload) -> str:
    """Return the MIME type of a picture, a PDF, or a Word or PowerPoint file.

    Raises ValidationError with a sentence for the user.
    """
    if upload.size and upload.size <= MAX_BYTES:
        upload.seek(0)
        kind = office_type(upload.read())
        upload.seek(0)
        if kind:
            return kind
    try:
        return check_upload(upload)
    except ValidationError as refusal:
        if refusal.message == WRONG_TYPE:
            raise ValidationError(NO_DOCUMENT) from refusal
        raise


def check_upload(upload) -> str:
    """Return the MIME type of an uploaded picture or PDF by its content.

    Raises ValidationError with a sentence for the user.
    """
    if not upload.size:
        raise ValidationError(EMPTY)
    if upload.size > MAX_BYTES:
        raise ValidationError(TOO_LARGE)
    upload.seek(0)
    content = upload.read()
    try:
        return _pdf_type(content) if content.startswith(b"%PDF-") else _image_type(upload, content)
    finally:
        upload.seek(0)


def _pdf_type(content) -> str:
    # The last line of every PDF; some programs write a few bytes after it.
    if b"%%EOF" not in content.rstrip(b"\0\r\n\t ")[-1024:]:
        raise ValidationError(BROKEN)
    return "application/pdf"


def _image_type(upload, content) -> str:
    if _is_heic(content):
        raise ValidationError(HEIC)
    try:
        with warnings.catch_warnings():
            # Pillow warns of very large pictures; they are refused below before decoding.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            # Broken metadata does not matter.
            warnings.filterwarnings("ignore", module="PIL.TiffImagePlugin")
            name = _measured(upload)
            _unpack(upload, content)
    except Image.UnidentifiedImageError as error:
        raise ValidationError(BROKEN if _is_cut(content) else WRONG_TYPE) from error
    except Image.DecompressionBombError as error:
        # More pixels than Pillow opens.
        raise ValidationError(TOO_MANY_PIXELS.format(max(MAX_MEGAPIXELS.values()))) from error
    except ValidationError:
        raise
    except Exception as error:
        # Pillow raises many kinds of errors; the picture cannot be shown in any case.
        raise ValidationError(BROKEN) from error
    return IMAGE_TYPES[name]


# Decoding does not notice a missing end, or one of zeros only.
IS_WHOLE = {
    "PNG": lambda content: b"IEND\xaeB`\x82" in content,
    "JPEG": jpeg_end,
    "MPO": jpeg_end,
}
HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")


def _is_heic(content) -> bool:
    return content[4:8] == b"ftyp" and content[8:12] in HEIC_BRANDS


def _is_cut(content) -> bool:
    """Whether an unreadable file begins like an accepted kind, so its end is missing."""
    if content.startswith(b"RIFF"):
        return b"WEBP".startswith(content[8:12])
    return content.startswith((b"\xff\xd8\xff", b"\x89PNG"))


def _measured(upload) -> str:
    """Return the kind of a picture; raise ValidationError if it has too many pixels."""
    upload.seek(0)
    with Image.open(upload, formats=tuple(IMAGE_TYPES)) as image:
        # MPO: phones add a second picture to some JPEGs, such as a portrait's depth.
        name = "JPEG" if image.format == "MPO" else image.format
        most = _most_megapixels(name, image)
        if image.width * image.height > most * 1_000_000:
            raise ValidationError(TOO_MANY_PIXELS.format(most))
        image.verify()
    return name


def _unpack(upload, content) -> None:
    """Decode a picture completely. Raises Pillow's errors if it is incomplete."""
    upload.seek(0)
    with Image.open(upload, formats=tuple(IMAGE_TYPES)) as image:
        # Decode a JPEG at an eighth of its size, which reads the whole file in little memory.
        image.draft(image.mode, (image.width // 8 or 1, image.height // 8 or 1))
        image.load()
        if not IS_WHOLE.get(image.format, bool)(content):
            raise ValidationError(BROKEN)


def _most_megapixels(name, image) -> int:
    is_progressive = name == "JPEG" and "progressive" in image.info
    return MAX_PROGRESSIVE_MEGAPIXELS if is_progressive else MAX_MEGAPIXELS[name]

"""What counts as evidence: judged by a file's whole content, never by its name or its first bytes.

Every upload of a picture or a document goes through `check_upload`, which unpacks a picture to its
last line: a photo that broke off on the way is refused before it is stored.
"""

import warnings

from django.core.exceptions import ValidationError
from PIL import Image

from kotaku.files.jpeg_end import jpeg_ends

MAX_BYTES = 5 * 1024 * 1024
IMAGE_TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
# What costs a process about as much memory, some 120 MB: a JPEG is made small while it is unpacked,
# a progressive one only once all of it is there, the others are unpacked whole, WebP more than once.
MAX_MEGAPIXELS = {"JPEG": 60, "PNG": 12, "WEBP": 6}
MAX_PROGRESSIVE_MEGAPIXELS = 24

TOO_LARGE = "Berkas lebih dari 5 MB. Pilih foto yang lebih kecil."
WRONG_TYPE = "Jenis berkas tidak diterima. Gunakan JPG, PNG, WebP atau PDF."
HEIC = (
    "Foto ini berjenis HEIC dan tidak dapat dibuka di sini. Pilih foto JPG. Di iPhone: Pengaturan › "
    "Kamera › Format › Paling Kompatibel, lalu foto ulang; atau kirim fotonya lewat WhatsApp dan "
    "simpan hasilnya sebagai JPG."
)
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
    content = upload.read()
    try:
        return _pdf_type(content) if content.startswith(b"%PDF-") else _image_type(upload, content)
    finally:
        upload.seek(0)


def _pdf_type(content) -> str:
    # The last line of every PDF; some writers leave a few bytes behind it.
    if b"%%EOF" not in content.rstrip(b"\0\r\n\t ")[-1024:]:
        raise ValidationError(BROKEN)
    return "application/pdf"


def _image_type(upload, content) -> str:
    if _is_heic(content):
        raise ValidationError(HEIC)
    try:
        with warnings.catch_warnings():
            # Pillow warns of what unpacks to very much; here it is refused before it is unpacked.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            # Broken notes of the camera spoil no picture.
            warnings.filterwarnings("ignore", module="PIL.TiffImagePlugin")
            name = _measured(upload)
            _unpack(upload, content)
    except Image.UnidentifiedImageError as error:
        raise ValidationError(BROKEN if _is_cut(content) else WRONG_TYPE) from error
    except Image.DecompressionBombError as error:
        # More than Pillow opens, whatever the kind.
        raise ValidationError(TOO_MANY_PIXELS.format(max(MAX_MEGAPIXELS.values()))) from error
    except ValidationError:
        raise
    except Exception as error:
        # Whatever Pillow says of a file that it recognises: it cannot be shown.
        raise ValidationError(BROKEN) from error
    return IMAGE_TYPES[name]


# What unpacking does not notice: the end of the file is missing, or has become zeros.
IS_WHOLE = {
    "PNG": lambda content: b"IEND\xaeB`\x82" in content,
    "JPEG": jpeg_ends,
    "MPO": jpeg_ends,
}
HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")


def _is_heic(content) -> bool:
    return content[4:8] == b"ftyp" and content[8:12] in HEIC_BRANDS


def _is_cut(content) -> bool:
    """Whether it begins as one of the accepted kinds, also when hardly anything else has arrived."""
    if content.startswith(b"RIFF"):
        return b"WEBP".startswith(content[8:12])
    return content.startswith((b"\xff\xd8\xff", b"\x89PNG"))


def _measured(upload) -> str:
    """Return the kind of a picture that is not too large to unpack."""
    upload.seek(0)
    with Image.open(upload, formats=tuple(IMAGE_TYPES)) as image:
        # Phones put a second picture into some JPEGs, such as the depth of a portrait.
        name = "JPEG" if image.format == "MPO" else image.format
        most = _most_megapixels(name, image)
        if image.width * image.height > most * 1_000_000:
            raise ValidationError(TOO_MANY_PIXELS.format(most))
        image.verify()
    return name


def _unpack(upload, content) -> None:
    """Read a picture to its end. Raises what Pillow raises when it is not whole."""
    upload.seek(0)
    with Image.open(upload, formats=tuple(IMAGE_TYPES)) as image:
        # A JPEG is unpacked at an eighth of its size, which reads all of the file in little memory.
        image.draft(image.mode, (image.width // 8 or 1, image.height // 8 or 1))
        image.load()
        if not IS_WHOLE.get(image.format, bool)(content):
            raise ValidationError(BROKEN)


def _most_megapixels(name, image) -> int:
    is_progressive = name == "JPEG" and "progressive" in image.info
    return MAX_PROGRESSIVE_MEGAPIXELS if is_progressive else MAX_MEGAPIXELS[name]

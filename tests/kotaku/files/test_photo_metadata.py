"""The day of a photo is kept, its place is not; the picture itself stays as it is."""

import io
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import ExifTags, Image, ImageCms

from kotaku.files.photo_metadata import taken_on, without_metadata

PLACE = {1: "S", 2: (7.0, 22.0, 11.0), 3: "E", 4: (108.0, 32.0, 1.0)}
PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def upload_of(kind="JPEG", taken="2025:11:02 14:03:22", orientation=1, **options):
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    exif[ExifTags.Base.Model] = "HP Murah 5"
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = taken
    exif.get_ifd(ExifTags.IFD.GPSInfo).update(PLACE)
    picture = Image.new("RGB", (60, 40), "blue")
    picture.paste("red", (0, 0, 30, 20))
    content = io.BytesIO()
    picture.save(content, kind, exif=exif, icc_profile=PROFILE, **options)
    return SimpleUploadedFile(f"foto.{kind.lower()}", content.getvalue())


def pixels(content):
    with Image.open(io.BytesIO(content)) as image:
        return image.convert("RGB").tobytes()


KINDS = [
    ("JPEG", {"comment": b"-7.37 108.53"}),
    ("JPEG", {"progressive": True, "xmp": b"<x:xmpmeta>GPSLatitude</x:xmpmeta>"}),
    ("PNG", {}),
    ("WEBP", {"lossless": True, "xmp": b"<x:xmpmeta>GPSLatitude</x:xmpmeta>"}),
]


@pytest.mark.parametrize(("kind", "options"), KINDS)
def test_place_and_phone_are_removed_and_every_pixel_stays(kind, options):
    upload = upload_of(kind, **options)
    assert taken_on(upload) == date(2025, 11, 2)
    cleaned, content_type = without_metadata(upload, f"image/{kind.lower()}")
    content = cleaned.read()
    assert content_type == f"image/{kind.lower()}"
    for trace in (b"HP Murah", b"GPS", b"108.53", b"2025:11:02"):
        assert trace not in content
    assert pixels(content) == pixels(upload.read())
    with Image.open(io.BytesIO(content)) as image:
        assert dict(image.getexif()) == {}
        assert image.info["icc_profile"] == PROFILE


@pytest.mark.parametrize("orientation", range(2, 9))
def test_turned_jpeg_keeps_its_orientation_alone(orientation):
    cleaned, _ = without_metadata(upload_of(orientation=orientation), "image/jpeg")
    with Image.open(cleaned) as image:
        assert dict(image.getexif()) == {ExifTags.Base.Orientation: orientation}


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_turned_picture_of_another_kind_is_drawn_upright_as_a_jpeg(kind):
    cleaned, content_type = without_metadata(
        upload_of(kind, orientation=6), f"image/{kind.lower()}"
    )
    assert content_type == "image/jpeg"
    with Image.open(cleaned) as image:
        assert (image.format, image.size, dict(image.getexif())) == ("JPEG", (40, 60), {})
        assert image.getpixel((35, 5))[0] > 200


def test_second_picture_behind_the_first_is_removed():
    first, second = upload_of().read(), upload_of().read()
    cleaned, _ = without_metadata(SimpleUploadedFile("a.jpg", first + second), "image/jpeg")
    content = cleaned.read()
    assert b"GPS" not in content
    assert content.count(b"\xff\xd9") == 1


def test_jpeg_with_bytes_between_its_parts_is_drawn_anew():
    content = upload_of().read()
    at = 4 + int.from_bytes(content[4:6])
    broken = SimpleUploadedFile("a.jpg", content[:at] + b"\0\0\0" + content[at:])
    cleaned, _ = without_metadata(broken, "image/jpeg")
    assert b"HP Murah" not in cleaned.read()


def test_pdf_stays_as_it_is():
    upload = SimpleUploadedFile("sk.pdf", b"%PDF-1.4 %%EOF")
    assert without_metadata(upload, "application/pdf")[0].read() == b"%PDF-1.4 %%EOF"


TOMORROW = timezone.localdate() + timedelta(days=1)


@pytest.mark.parametrize(
    "taken",
    [
        "",
        "0000:00:00 00:00:00",
        "2000:01:01 00:00:00",  # a clock that was never set
        "1970:01:01 07:00:00",
        "2025:02:30 10:00:00",
        "kemarin",
        f"{TOMORROW:%Y:%m:%d} 00:00:00",
        "    :  :     :  :  ",
    ],
)
def test_day_that_cannot_be_is_unknown(taken):
    assert taken_on(upload_of(taken=taken)) is None


def test_day_sent_by_the_browser_wins_if_it_can_be():
    upload = upload_of()
    upload.sent_day = date(2025, 10, 30)
    assert taken_on(upload) == date(2025, 10, 30)
    upload.sent_day = TOMORROW
    assert taken_on(upload) == date(2025, 11, 2)


def test_broken_metadata_means_that_the_day_is_unknown():
    content = upload_of().read()
    at = content.index(b"Exif\0\0") + 6
    broken = SimpleUploadedFile(
        "a.jpg", content[:at] + b"MM\0*\xff\xff\xff\xff" + content[at + 8 :]
    )
    assert taken_on(broken) is None
    assert taken_on(SimpleUploadedFile("a.pdf", b"%PDF-1.4 %%EOF")) is None

"""Pictures that broke off on the way, at every page that takes one: refused in a sentence, not stored."""

import io
import struct
import zlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from areas.models import ActivityPhoto, Evidence
from kotaku.files.downloads import named
from kotaku.files.photos import public_photo
from kotaku.files.uploads import (
    BROKEN,
    HEIC,
    WRONG_TYPE,
    check_upload,
)
from meetings.models import Attachment, FollowUpEvidence, Letterhead
from tests.areas.public.pages import text_of
from tests.drawn_forms import save_shown
from tests.factories import city
from tests.security.test_uploads import doors, stored  # noqa: F401
from tests.test_permissions import world  # noqa: F401

pytestmark = pytest.mark.ignore_template_errors

PICTURE_DOORS = ["evidence", "activity", "article", "attachment", "letterhead"]
REFUSAL = "Berkas rusak dan tidak dapat dibuka."


def whole(kind, mode="RGB", **options):
    """A picture with enough in it that half of the file is not half of nothing."""
    content = io.BytesIO()
    Image.effect_noise((160, 120), 60).convert(mode).save(content, kind, **options)
    return content.getvalue()


PDF = b"%PDF-1.4\n" + b"1 0 obj\n<<>>\nendobj\n" * 200 + b"startxref\n9\n%%EOF"
WHOLE = {
    "jpeg": whole("JPEG"),
    "progressive": whole("JPEG", progressive=True),
    "cmyk": whole("JPEG", "CMYK"),
    "png": whole("PNG"),
    "webp": whole("WEBP"),
    "lossless": whole("WEBP", lossless=True),
    "pdf": PDF,
}
KINDS = {"jpeg": "JPG", "png": "PNG", "webp": "WebP"}
HEIC_FILE = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\x00" * 200


def check(content, name="foto.jpg"):
    return check_upload(SimpleUploadedFile(name, content))


@pytest.mark.parametrize("kind", WHOLE)
def test_whole_files_are_taken(kind):
    assert check(WHOLE[kind])


@pytest.mark.parametrize("kind", WHOLE)
@pytest.mark.parametrize("part", [0.1, 0.5, 0.9, 0.99])
def test_parts_of_files_are_refused(kind, part):
    content = WHOLE[kind]
    with pytest.raises(ValidationError, match="Berkas rusak"):
        check(content[: int(len(content) * part)])


@pytest.mark.parametrize("kind", WHOLE)
@pytest.mark.parametrize("missing", [1, 2, 3, 5, 12])
def test_the_last_byte_counts(kind, missing):
    with pytest.raises(ValidationError, match="Berkas rusak"):
        check(WHOLE[kind][:-missing])


def with_preview():
    """A photo that carries a small picture of itself, as those of cameras do."""
    small = io.BytesIO()
    Image.new("RGB", (40, 30)).save(small, "JPEG")
    notes = Image.Exif()
    notes[0x010F] = "Kamera"
    return whole("JPEG", exif=notes.tobytes() + small.getvalue())


@pytest.mark.parametrize("kind", ["jpeg", "progressive", "cmyk", "png", "preview", "grey"])
@pytest.mark.parametrize("part", [0.3, 0.5, 0.9, 0.99])
def test_files_of_full_length_whose_rest_never_came_are_refused(kind, part):
    """Some transfers make room for the whole file first; what did not arrive is zeros."""
    made = {"preview": with_preview, "grey": lambda: whole("JPEG", "L")}
    content = made[kind]() if kind in made else WHOLE[kind]
    assert check(content)
    arrived = content[: int(len(content) * part)]
    with pytest.raises(ValidationError, match="Berkas rusak"):
        check(arrived.ljust(len(content), b"\0"))


def test_second_picture_of_a_phone_may_be_missing():
    """The photo itself is whole; programs that edit such a file often leave the second one out."""
    content, second = io.BytesIO(), Image.effect_noise((80, 60), 60).convert("RGB")
    first = Image.effect_noise((160, 120), 60).convert("RGB")
    first.save(content, "MPO", save_all=True, append_images=[second])
    assert check(content.getvalue()[:-500])
    with pytest.raises(ValidationError, match="Berkas rusak"):
        check(content.getvalue()[: len(content.getvalue()) // 2])


@pytest.mark.parametrize("start", [4, 8, 20])
@pytest.mark.parametrize("kind", ["jpeg", "png", "webp"])
def test_hardly_anything_of_a_picture_is_a_broken_one(kind, start):
    with pytest.raises(ValidationError, match="Berkas rusak"):
        check(WHOLE[kind][:start])


@pytest.mark.parametrize("kind", WHOLE)
@pytest.mark.parametrize("junk", [b"\0" * 300, b"\r\n", b"SEFT" + bytes(range(200))])
def test_what_phones_write_behind_a_file_does_no_harm(kind, junk):
    """Some phones keep a few hundred bytes of their own behind the picture."""
    assert check(WHOLE[kind] + junk)


def test_bytes_that_were_changed_in_a_png_are_noticed():
    content = bytearray(WHOLE["png"])
    content[len(content) // 2] ^= 0xFF
    with pytest.raises(ValidationError, match="Berkas rusak"):
        check(bytes(content))


def test_png_whose_pixels_end_early_is_refused():
    """Its chunks are whole, its picture is not."""

    def chunk(kind, content):
        crc = struct.pack(">I", zlib.crc32(kind + content))
        return struct.pack(">I", len(content)) + kind + content + crc

    head = struct.pack(">IIBBBBB", 100, 100, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0" * 3_000)
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    with pytest.raises(ValidationError, match="Berkas rusak"):
        check(b"\x89PNG\r\n\x1a\n" + parts)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (HEIC_FILE, HEIC),
        (HEIC_FILE.replace(b"heic", b"mif1"), HEIC),
        (HEIC_FILE.replace(b"heic", b"hevc"), HEIC),
        (b"<html>%PDF-1.4 %%EOF", WRONG_TYPE),
        (b"GIF89a" + b"\0" * 100, WRONG_TYPE),
        (b"RIFF\x24\0\0\0WAVEfmt " + b"\0" * 100, WRONG_TYPE),
        (b"%PDF-1.4", BROKEN),
    ],
)
def test_other_files_are_called_what_they_are(content, sentence):
    with pytest.raises(ValidationError) as refusal:
        check(content)
    assert refusal.value.messages == [sentence]


def test_heic_comes_with_the_way_to_a_jpg():
    assert "Pengaturan › Kamera › Format › Paling Kompatibel" in HEIC
    assert "WhatsApp" in HEIC


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_every_kind_of_colour_becomes_a_photo(mode):
    upload = SimpleUploadedFile("foto.png", whole("PNG", mode))
    assert check_upload(upload) == "image/png"
    assert public_photo(upload).size


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("notes", [b"Exif\0\0garbage-garbage", b"Exif\0\0MM\0*\xff\xff\xff\xff"])
def test_broken_notes_of_the_camera_spoil_no_photo(kind, notes):
    upload = SimpleUploadedFile("foto", whole(kind, exif=notes))
    assert check_upload(upload)
    assert public_photo(upload).size


@pytest.mark.parametrize("door", PICTURE_DOORS)
def test_each_page_refuses_what_is_not_whole(world, client_of, doors, door):  # noqa: F811
    role, address, field, rest = doors[door]
    client, before = client_of(world["people"][role]), stored()
    refused = {
        "utuh-separuh.jpg": (WHOLE["jpeg"][: len(WHOLE["jpeg"]) // 2], REFUSAL),
        "kurang-satu.jpg": (WHOLE["jpeg"][:-1], REFUSAL),
        "separuh.png": (WHOLE["png"][: len(WHOLE["png"]) // 2], REFUSAL),
        "separuh.webp": (WHOLE["webp"][: len(WHOLE["webp"]) // 2], REFUSAL),
        "surat.pdf": (PDF[:200], REFUSAL),
        "iphone.heic": (HEIC_FILE, "Paling Kompatibel"),
        "iphone.jpg": (HEIC_FILE, "Paling Kompatibel"),
        "kosong.jpg": (b"", "Berkas "),
    }
    for name, (content, sentence) in refused.items():
        data = {**rest, field: SimpleUploadedFile(name, content)}
        response = client.post(address, data, follow=True)
        assert response.status_code in (200, 422), name
        assert sentence in text_of(response), name
        assert stored() == before, name
    # What stands behind a whole picture does not matter.
    data = {**rest, field: SimpleUploadedFile("foto.jpg", WHOLE["jpeg"] + b"\0" * 100)}
    assert client.post(address, data).status_code == 302
    assert len(stored() - before) == 1


def test_letterhead_that_is_there_already_refuses_them_too(admin, client_of):
    letterhead = Letterhead.objects.create(
        region=city(), government="Pemerintah", office="Bappeda", city="Banjar"
    )
    client = client_of(admin)
    address = f"/admin/meetings/letterhead/{letterhead.pk}/change/"
    typed = {
        "region": letterhead.region_id, "government": "Pemkot", "office": "Kantor", "city": "Banjar",
    }  # fmt: skip
    half = SimpleUploadedFile("logo.png", WHOLE["png"][:900])
    response = save_shown(client, address, {**typed, "logo": half})
    assert response.status_code == 200
    assert REFUSAL in text_of(response)
    assert 'value="Pemkot"' in response.content.decode()
    logo = SimpleUploadedFile("logo.png", WHOLE["webp"])
    assert save_shown(client, address, {**typed, "logo": logo}).status_code == 302
    letterhead.refresh_from_db()
    assert letterhead.logo.name.endswith(".webp")
    response = client.get("/kop-surat/logo/", {"wilayah": letterhead.region.code})
    assert response["Content-Type"] == "image/webp"


@pytest.mark.parametrize("door", ["evidence", "activity", "attachment", "report"])
def test_stored_name_has_the_extension_of_what_it_is(world, client_of, doors, door):  # noqa: F811
    role, address, field, rest = doors[door]
    client = client_of(world["people"][role])
    upload = SimpleUploadedFile("Foto gang.png", WHOLE["jpeg"])
    assert client.post(address, {**rest, field: upload}).status_code == 302
    model, page = {
        "evidence": (Evidence, "/bukti/{}/"),
        "activity": (ActivityPhoto, "/rencana/foto/{}/"),
        "attachment": (Attachment, "/rakor/lampiran/{}/"),
        "report": (FollowUpEvidence, "/tindak-lanjut/bukti/{}/"),
    }[door]
    kept = model.objects.order_by("-pk").first()
    assert kept.name == "Foto gang.jpg"
    assert kept.file.name.endswith(".jpg")
    # A row from before has its old name; what is handed out agrees with its type.
    model.objects.filter(pk=kept.pk).update(name="Foto gang.png")
    response = client.get(page.format(kept.pk))
    assert response["Content-Type"] == "image/jpeg"
    assert 'filename="Foto gang.jpg"' in response["Content-Disposition"]


@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        ("x.png", "image/jpeg", "x.jpg"),
        ("x.JPEG", "image/jpeg", "x.JPEG"),
        ("x", "image/png", "x.png"),
        ("IMG_1.HEIC", "image/jpeg", "IMG_1.jpg"),
        ("Jl. Raya", "image/webp", "Jl. Raya.webp"),
        ("halaman.html", "application/pdf", "halaman.pdf"),
        ("surat.pdf.jpg", "application/pdf", "surat.pdf.pdf"),
        (".png", "image/jpeg", ".png.jpg"),
        ("angka.csv", "application/octet-stream", "angka.csv"),
        ("a" * 200 + ".png", "image/jpeg", "a" * 146 + ".jpg"),
    ],
)
def test_names_agree_with_types(name, kind, expected):
    assert named(name, kind) == expected

"""Every door for files against files that want in: by another name, too large, two things at once.

The doors are found in the pages: who builds a new one has to add it here.
"""

import io
import json
import re
import struct
import zipfile
import zlib
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from areas.models import Boundary, Evidence, Village
from kotaku.files.photos import public_photo
from kotaku.files.uploads import check_upload
from kotaku.requests.kept_forms import owner_note
from meetings.models import Attachment
from tests.security.rooms import addresses
from tests.test_permissions import world  # noqa: F401

SCRIPT = b"<script>alert(document.cookie)</script>"


def picture(kind="PNG"):
    content = io.BytesIO()
    Image.new("RGB", (8, 8), "green").save(content, kind)
    return content.getvalue()


def png_of(width, height):
    """A PNG of a few bytes that says it is that large."""

    def chunk(kind, content):
        crc = struct.pack(">I", zlib.crc32(kind + content))
        return struct.pack(">I", len(content)) + kind + content + crc

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0" * 100_000)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )


def sheet_bomb():
    """A workbook of a few kilobytes that unpacks to 400 MB."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("[Content_Types].xml", "<Types/>")
        with book.open("xl/worksheets/sheet1.xml", "w") as sheet:
            for _ in range(400):
                sheet.write(b" " * 1_000_000)
    return content.getvalue()


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'
ENTITIES = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'
HOSTILE = {
    "foto.svg": SVG,
    "foto.png": SVG,
    "foto.jpg": b"<!doctype html>" + SCRIPT,
    "data.html": b"<html>" + SCRIPT,
    "foto.gif": b"GIF89a/*" + SCRIPT + b"*/=1;",
    "besar.png": picture() + b"\0" * (5 * 1024 * 1024 + 1),
    "bom.png": png_of(50_000, 50_000),
    "separuh.png": picture()[:40],
    "bom.xlsx": None,
    "entitas.xml": ENTITIES,
    "batas.geojson": b'{"type":"FeatureCollection","features":[' + b"[" * 50_000,
    "kosong.png": b"",
    "program.exe": b"MZ\x90\x00" + b"\0" * 200,
}


@pytest.fixture(scope="module")
def hostile():
    return HOSTILE | {"bom.xlsx": sheet_bomb()}


@pytest.fixture
def doors(world, baseline):  # noqa: F811
    """name -> (who, address, name of the file field, the rest of the form)."""
    pages = addresses(world)
    sheet = {"kind": "angka", "programme": baseline.programme_id}
    meeting = world["meeting"][0][0]
    article = {
        "title": "Rapat", "lead": "Ringkas.", "body": "Isi.", "version": 1, "photo_caption": "Foto.",
    }  # fmt: skip
    entry = {"version": 1, "area_ha": "5", "_owner": owner_note(world["people"]["officer"])}
    letterhead = {
        "region": baseline.programme.region_id, "government": "Pemerintah", "office": "Bappeda",
        "city": "Banjar",
    }  # fmt: skip
    return {
        "evidence": ("officer", pages["areas:entry"], "evidence", entry),
        "activity": ("bappeda", pages["areas:activity-photo-add"], "photo", {"stage": 50}),
        "import": ("bappeda", pages["areas:import-start"], "file", sheet),
        "boundary": ("admin", "/admin/areas/boundary/muat/", "file", {"source": "BIG"}),
        "villages": ("admin", "/admin/areas/village/muat/", "file", {}),
        "article": ("bappeda", pages["meetings:article-edit"], "photo", article),
        "attachment": ("bappeda", f"/rakor/{meeting}/lampiran/", "file", {"kind": "other"}),
        "report": (
            "officer",
            pages["meetings:follow-up-progress"],
            "evidence",
            {"version": 1, "text": "Sudah."},
        ),
        "letterhead": ("admin", "/admin/meetings/letterhead/add/", "logo", letterhead),
        "participants": ("bappeda", pages["meetings:participant-import"], "file", {}),
        "members": ("bappeda", pages["meetings:pokja-import"], "file", {}),
    }


def honest(door):
    """Return name and content of a file that a door is there for."""
    code = Village.objects.get(name="Balokang").code
    if door == "import":
        return "angka.csv", f"kode;tahun;luas\n{code};2017;1\n".encode()
    if door == "villages":
        heading, village = (
            b"kode_desa;nama;kecamatan;lintang;bujur",
            b"32.79.88.1999;Baru;Baru;-7.3;108.5",
        )
        return "desa.csv", b"\n".join((heading, village, b""))
    if door == "boundary":
        ring = [[108.5, -7.4], [108.6, -7.4], [108.6, -7.3], [108.5, -7.4]]
        feature = {
            "type": "Feature",
            "properties": {"kode_desa": code},
            "geometry": {"type": "Polygon", "coordinates": [ring]},
        }
        return "batas.geojson", json.dumps(
            {"type": "FeatureCollection", "features": [feature]}
        ).encode()
    return "foto.png", picture("JPEG")


def stored():
    """Return the files of the site's storage."""
    root = Path(settings.MEDIA_ROOT)
    return {path for path in root.rglob("*") if path.is_file()}


@pytest.mark.ignore_template_errors
def test_no_door_is_forgotten(world, client_of, doors):  # noqa: F811
    """Walk through all pages as those who may upload, and look for file fields."""
    found = set()
    known = {(address.split("?")[0], field) for _, address, field, _ in doors.values()}
    # Pages that show the form of another address of the list.
    alias = {"/rakor/baru/": None}
    pages = [
        *addresses(world).values(),
        "/admin/areas/boundary/muat/",
        "/admin/areas/village/muat/",
        "/admin/meetings/letterhead/add/",
    ]
    for role in ("officer", "bappeda", "admin"):
        client = client_of(world["people"][role])
        for page in pages:
            response = client.get(page)
            if response.streaming or "html" not in response.get("Content-Type", ""):
                continue
            for form in re.findall(r"<form.*?</form>", response.content.decode(), re.DOTALL):
                target = re.search(r'<form[^>]*\baction="([^"]*)"', form)
                where = (target[1] if target and target[1] else page).split("?")[0]
                for field in re.findall(r"<input[^>]*>", form):
                    if 'type="file"' in field:
                        found.add((where, re.search(r'name="([^"]+)"', field)[1]))
    article_add = re.compile(r"/rakor/\d+/berita/")
    unknown = {
        (where, field)
        for where, field in found - known
        if where not in alias and not article_add.fullmatch(where) and "/pengajuan/" not in where
    }
    assert unknown == set()
    assert len(found & known) == len(doors)


@pytest.mark.ignore_template_errors
@pytest.mark.parametrize(
    "door",
    [
        "evidence",
        "activity",
        "import",
        "boundary",
        "villages",
        "article",
        "attachment",
        "letterhead",
    ],
)
def test_hostile_files_stay_outside(world, client_of, doors, hostile, door):  # noqa: F811
    role, address, field, rest = doors[door]
    client = client_of(world["people"][role])
    before = stored()
    for name, content in hostile.items():
        data = {**rest, field: SimpleUploadedFile(name, content)}
        response = client.post(address, data)
        assert response.status_code < 500, name
        new = stored() - before
        # An import keeps what it was given until its preview is thrown away; it is never opened.
        assert door == "import" or not new, (name, response.status_code)
        assert not any(SCRIPT in path.read_bytes() for path in new if door != "import")
    # The door itself is open: an honest file goes through with the same form.
    name, content = honest(door)
    response = client.post(address, {**rest, field: SimpleUploadedFile(name, content)})
    assert response.status_code == 302, response.content.decode()[-3000:]
    if door in ("boundary", "villages"):
        # Their files are read and not kept.
        assert (Boundary.objects.exists(), Village.objects.filter(name="Baru").exists()) == (
            door == "boundary",
            door == "villages",
        )
    else:
        assert stored() - before


NAMES = (
    "../../../naik.png",
    "..\\..\\naik.png",
    "/etc/passwd",
    "a\x00b.png",
    "x" * 400 + ".png",
    ".htaccess",
    "con.exe",
    "halaman.html",
)


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_names_lead_nowhere_and_content_decides(world, client_of, doors, name):  # noqa: F811
    role, address, field, rest = doors["attachment"]
    client = client_of(world["people"][role])
    upload = SimpleUploadedFile("foto.png", picture("JPEG"))
    upload.name = name
    before = stored()
    response = client.post(address, {**rest, field: upload})
    assert response.status_code in (302, 400, 422)
    for path in stored() - before:
        assert path.resolve().is_relative_to(Path(settings.MEDIA_ROOT).resolve())
        assert re.fullmatch(r"[0-9a-f]{32}\.(jpg|jpeg)", path.name)
    # What was taken is a picture under a plain name; two of these names are refused outright.
    for kept in Attachment.objects.all():
        assert "/" not in kept.name
        assert kept.content_type in ("image/jpeg", "image/png")


def test_a_file_that_is_two_things_acts_as_neither(world, client_of, doors):  # noqa: F811
    """A real picture with a page behind it is a picture: handed out as one, or drawn anew."""
    polyglot = picture("JPEG") + SCRIPT
    role, address, field, rest = doors["attachment"]
    client = client_of(world["people"][role])
    client.post(address, {**rest, field: SimpleUploadedFile("foto.html", polyglot)})
    newest = Attachment.objects.order_by("-pk").first()
    response = client.get(f"/rakor/lampiran/{newest.pk}/")
    assert response["Content-Type"] == "image/jpeg"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"].startswith("attachment")
    assert "sandbox" in response["Content-Security-Policy"]
    assert "default-src 'none'" in response["Content-Security-Policy"]

    role, address, field, rest = doors["evidence"]
    officer = client_of(world["people"][role])
    officer.post(address, {**rest, field: SimpleUploadedFile("foto.html", polyglot)})
    kept = Evidence.objects.order_by("-pk").first()
    response = officer.get(f"/bukti/{kept.pk}/")
    assert response["Content-Type"] in ("image/jpeg", "image/png")
    assert response["Content-Disposition"].startswith("attachment")

    before = stored()
    role, address, field, rest = doors["article"]
    article = world["article"][0][0]
    photo = SimpleUploadedFile("foto.jpg", polyglot)
    response = client.post(address, {**rest, field: photo})
    assert response.status_code == 302
    drawn = stored() - before
    assert drawn, article
    assert not any(SCRIPT in path.read_bytes() for path in drawn)


def test_pictures_that_unpack_to_too_much_are_refused_in_a_sentence():
    with pytest.raises(ValidationError, match="lebih dari 12 juta piksel"):
        check_upload(SimpleUploadedFile("foto.png", png_of(5000, 5000)))
    assert (
        check_upload(SimpleUploadedFile("foto.jpg", square_picture(5000, "JPEG"))) == "image/jpeg"
    )
    with pytest.raises(ValidationError, match="lebih dari 24 juta piksel"):
        check_upload(SimpleUploadedFile("foto.jpg", square_picture(5000, "JPEG", progressive=True)))
    assert check_upload(
        SimpleUploadedFile("foto.jpg", square_picture(4500, "JPEG", progressive=True))
    )
    with pytest.raises(ValidationError, match="lebih dari 6 juta piksel"):
        check_upload(SimpleUploadedFile("foto.webp", square_picture(2500, "WEBP")))


def test_pictures_of_phones_with_a_second_one_in_them_are_taken():
    """Portraits and bright photos are such files, by the name of MPO."""
    content = io.BytesIO()
    second = Image.new("RGB", (20, 20))
    Image.new("RGB", (40, 30)).save(content, "MPO", save_all=True, append_images=[second])
    assert Image.open(content).format == "MPO"
    upload = SimpleUploadedFile("foto.jpg", content.getvalue())
    assert check_upload(upload) == "image/jpeg"
    assert public_photo(upload).size


def test_no_word_in_a_picture_raises_its_limit():
    content, words = io.BytesIO(), PngInfo()
    words.add_text("progressive", "1")
    Image.new("L", (4500, 4500)).save(content, "PNG", pnginfo=words)
    with pytest.raises(ValidationError, match="lebih dari 12 juta piksel"):
        check_upload(SimpleUploadedFile("foto.png", content.getvalue()))


def square_picture(side, kind, **options):
    content = io.BytesIO()
    Image.new("RGB", (side, side)).save(content, kind, **options)
    return content.getvalue()


@pytest.mark.ignore_template_errors
@pytest.mark.parametrize("door", ["evidence", "activity", "article", "attachment", "letterhead"])
@pytest.mark.parametrize(("side", "most"), [(5000, 12), (10_000, 12), (50_000, 60)])
def test_each_door_says_that_a_picture_has_too_many_pixels(
    world,  # noqa: F811
    client_of,
    doors,
    door,
    side,
    most,
):
    """Beyond what Pillow opens at all, too: such a file is too large, not broken."""
    role, address, field, rest = doors[door]
    large = SimpleUploadedFile("foto.png", png_of(side, side))
    response = client_of(world["people"][role]).post(address, {**rest, field: large}, follow=True)
    assert f"Gambar lebih dari {most} juta piksel. Perkecil dahulu" in response.content.decode()

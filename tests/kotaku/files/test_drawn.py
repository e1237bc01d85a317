"""Evidence as pictures: drawn anew in two sizes, shown to whom may see the file, safe to open."""

import io
import re

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import ExifTags, Image

from areas.models import Evidence
from kotaku.files.uploads import check_upload
from tests.areas.public.pages import text_of
from tests.factories import YearlyFigureFactory

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def turned_photo() -> bytes:
    """A JPEG of 1600 × 1200 that its EXIF turns upright: red on the left, so red on top."""
    image = Image.new("RGB", (1600, 1200), "blue")
    image.paste("red", (0, 0, 800, 1200))
    exif = image.getexif()
    exif[ExifTags.Base.Orientation] = 6
    exif[ExifTags.Base.Make] = "Merek Ponsel"
    content = io.BytesIO()
    image.save(content, "JPEG", exif=exif)
    return content.getvalue()


def attach(figure, officer, name, content):
    upload = SimpleUploadedFile(name, content)
    upload.checked_type = check_upload(upload)
    Evidence.attach(figure, upload, by=officer)
    return Evidence.objects.get(figure=figure, name=name)


@pytest.fixture
def figure(baseline, officer):
    return YearlyFigureFactory(baseline=baseline, entered_by=officer)


@pytest.fixture
def photo(figure, officer):
    return attach(figure, officer, "foto drainase.jpg", turned_photo())


@pytest.mark.parametrize(("size", "expected"), [("kecil", (360, 480)), ("besar", (960, 1280))])
def test_pictures_are_small_upright_and_without_metadata(client_of, bappeda, photo, size, expected):
    response = client_of(bappeda).get(f"/bukti/{photo.pk}/{size}/")
    content = b"".join(response.streaming_content)
    with Image.open(io.BytesIO(content)) as image:
        assert image.size == expected
        assert not image.getexif()
        red, _, blue = image.getpixel((image.width // 3, image.height - 10))
        assert blue > red
        red, _, blue = image.getpixel((image.width // 3, 10))
        assert red > blue
    assert b"Merek Ponsel" not in content
    assert response["Content-Type"] == "image/jpeg"
    assert response["Content-Disposition"].startswith("inline")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-cache"
    assert "sandbox" in response["Content-Security-Policy"]


def test_a_picture_is_drawn_once_and_goes_with_its_file(
    client_of, officer, photo, figure, monkeypatch, django_capture_on_commit_callbacks
):
    browser, address = client_of(officer), f"/bukti/{photo.pk}/kecil/"
    first = browser.get(address)
    drawn = f"{photo.file.name}.kecil.jpg"
    assert default_storage.exists(drawn)
    content = b"".join(first.streaming_content)
    monkeypatch.setattr("kotaku.files.drawn.public_photo", None)
    assert b"".join(browser.get(address).streaming_content) == content
    again = browser.get(address, headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    with django_capture_on_commit_callbacks(execute=True):
        photo.remove(by=officer)
    assert not default_storage.exists(drawn)
    assert browser.get(address).status_code == 404


def test_only_who_may_see_the_file_sees_its_picture(client_of, other_officer, photo, client):
    for size in ("kecil", "besar"):
        address = f"/bukti/{photo.pk}/{size}/"
        assert client_of(other_officer).get(address).status_code == 404
        assert client.get(address)["Location"].startswith("/akun/masuk/")
    assert client_of(photo.uploaded_by).get(f"/bukti/{photo.pk}/sedang/").status_code == 404


def test_a_pdf_opens_in_a_sandbox_and_has_no_picture(client_of, bappeda, figure, officer):
    document = attach(figure, officer, "surat.pdf", PDF)
    browser = client_of(bappeda)
    response = browser.get(f"/bukti/{document.pk}/besar/")
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("inline")
    assert "sandbox" in response["Content-Security-Policy"]
    assert browser.get(f"/bukti/{document.pk}/kecil/").status_code == 404


def test_a_picture_that_cannot_be_drawn_can_still_be_downloaded(client_of, officer, photo):
    default_storage.delete(photo.file.name)
    default_storage.save(photo.file.name, SimpleUploadedFile("x.jpg", b"\xff\xd8\xff broken"))
    browser = client_of(officer)
    assert browser.get(f"/bukti/{photo.pk}/kecil/").status_code == 404
    assert browser.get(f"/bukti/{photo.pk}/").status_code == 200


def test_owner_and_reviewer_see_pictures_with_room_kept_for_them(
    client_of, officer, bappeda, figure, photo
):
    document = attach(figure, officer, "surat.pdf", PDF)
    owner = client_of(officer).get(f"/isian/{figure.year}/").content.decode()
    figure.refresh_from_db()
    figure.submit(by=officer, version=figure.version)
    reviewer = client_of(bappeda).get(f"/verifikasi/{figure.pk}/").content.decode()
    village = client_of(bappeda).get(f"/desa/{figure.baseline.village.code}/").content.decode()
    for page in (owner, reviewer, village):
        # The reviewer sees the first one large.
        size = "besar" if page == reviewer else "kecil"
        (image,) = re.findall(rf'<img src="/bukti/{photo.pk}/{size}/"[^>]*>', page)
        assert re.search(r'width="480"\s+height="360" loading="lazy"', image)
        assert f'alt="Bukti dukung {figure.baseline.village}: foto drainase.jpg"' in image
        for file in (photo, document):
            assert f'<a href="/bukti/{file.pk}/besar/" target="_blank" rel="noopener">' in page
            assert f'href="/bukti/{file.pk}/">Unduh asli' in page
    assert f'formaction="/bukti/{photo.pk}/penghapusan/"' in owner
    assert "penghapusan" not in reviewer
    assert "kB" in text_of(client_of(bappeda).get(f"/verifikasi/{figure.pk}/"))

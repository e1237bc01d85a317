"""What scripts make of the bytes of a photo and of a moment, asked in an empty page."""

import io
import re
from pathlib import Path

import pytest
from PIL import Image, ImageOps, PngImagePlugin

SCRIPTS = Path(__file__).parent.parent.parent / "static/js"
OPEN = """const open = (text) => import(URL.createObjectURL(new Blob([text], { type: "text/javascript" })));"""
WITHOUT = (
    "async ([script, photos]) => {"
    + OPEN
    + """
  const { withoutMetadata } = await open(script);
  const plain = photos.map((bytes) => withoutMetadata(new Uint8Array(bytes)));
  return Promise.all(plain.map(async (blob) => [...new Uint8Array(await blob.arrayBuffer())]));
}"""
)
TURNED = (
    "async ([script, pixels]) => {"
    + OPEN
    + """
  const { turned } = await open(script.replace(/^import .*$/gm, "") + "export { turned };");
  const bitmap = await createImageBitmap(new ImageData(new Uint8ClampedArray(pixels), 3, 2));
  return [1, 2, 3, 4, 5, 6, 7, 8].map((orientation) => {
    const canvas = turned(bitmap, orientation);
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    return [canvas.width, canvas.height, [...data]];
  });
}"""
)
SECRET = b"Rumah Bu Ani"
COLOURS = ["red", "lime", "blue", "white", "black", "yellow"]


def script(name) -> str:
    return (SCRIPTS / name).read_text()


def drawn() -> Image.Image:
    """A picture of 3 × 2 pixels, each in a colour of its own."""
    picture = Image.new("RGB", (3, 2))
    for number, colour in enumerate(COLOURS):
        picture.paste(colour, (number % 3, number // 3, number % 3 + 1, number // 3 + 1))
    return picture


@pytest.fixture
def empty(page):
    """An empty page."""
    page.set_content("<body></body>")
    return page


def saved(kind, **options) -> bytes:
    content = io.BytesIO()
    drawn().resize((48, 32)).save(content, kind, **options)
    return content.getvalue()


def test_nothing_that_a_phone_writes_beside_the_pixels_is_sent(empty):
    """Comment, EXIF with the place, a picture appended after the end, the texts of a PNG."""
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Comment", SECRET.decode())
    photos = [
        saved("JPEG", comment=SECRET, exif=exif) + b"\xff\xd8 film " + SECRET,
        saved("JPEG", progressive=True, comment=SECRET),
        saved("PNG", pnginfo=texts, exif=exif),
    ]
    assert all(SECRET in each for each in photos)
    sent = empty.evaluate(WITHOUT, [script("photo-metadata.js"), [[*each] for each in photos]])
    for before, after in zip(photos, map(bytes, sent), strict=True):
        assert SECRET not in after
        one, other = Image.open(io.BytesIO(before)), Image.open(io.BytesIO(after))
        assert one.tobytes() == other.tobytes()


def test_photos_are_turned_as_their_orientation_says(empty):
    """Older browsers leave this to the script; no test browser is so old."""
    pixels = [*drawn().convert("RGBA").tobytes()]
    turned = empty.evaluate(TURNED, [script("photo-shrink.js"), pixels])
    for orientation, (width, height, data) in enumerate(turned, 1):
        picture = drawn().convert("RGBA")
        picture.getexif()[0x0112] = orientation
        right = ImageOps.exif_transpose(picture)
        assert ((width, height), bytes(data)) == (right.size, right.tobytes()), orientation


@pytest.mark.browser_context_args(timezone_id="America/New_York")
def test_a_moment_is_said_in_the_time_of_jakarta_wherever_the_phone_is(empty):
    said = empty.evaluate(
        "async (script) => {" + OPEN + "await open(script); return kotakuQueue.moment(0); }",
        script("queue.js"),
    )
    assert re.sub(r"\s", " ", said) == "1 Januari 1970 07.00"

"""Draw an SVG as a PNG on the server, and measure text in the fonts that it is drawn with.

The fonts come from two pinned packages, not from the system: without a font resvg leaves all text
out without an error, and a server has none. So every server draws the same picture.
"""

from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

import resvg_py
from PIL import ImageFont

SANS, SERIF = "Source Sans Pro", "Source Serif Pro"
_FILES = {
    (SANS, 400): ("font_source_sans_pro", "SourceSansPro-Regular.ttf"),
    (SANS, 700): ("font_source_sans_pro", "SourceSansPro-Bold.ttf"),
    (SERIF, 700): ("font_source_serif_pro", "SourceSerifPro-Bold.ttf"),
}


@cache
def _path(family, weight) -> str:
    package, name = _FILES[family, weight]
    # Only its files are used; the package is not imported.
    (folder,) = find_spec(package).submodule_search_locations
    return str(Path(folder) / "files" / name)


def png(svg: str, width: int | None = None) -> bytes:
    """Return the SVG as a PNG, `width` pixels wide (None: its own width)."""
    return resvg_py.svg_to_bytes(
        svg_string=svg,
        width=width,
        skip_system_fonts=True,
        font_files=[_path(*font) for font in _FILES],
        font_family=SANS,
    )


@cache
def _font(family, weight):
    # Measured large and scaled, because sizes are not always whole numbers.
    return ImageFont.truetype(_path(family, weight), 100)


# The same words are measured for each reader.
@lru_cache(maxsize=2048)
def text_width(text: str, size: float, family: str = SANS, weight: int = 400) -> float:
    """Return the width of a line in the units of `size`, the font's size."""
    return _font(family, weight).getlength(text) * size / 100


def wrapped(text: str, room: float, size: float, *, most: int, **font) -> list[str]:
    """Return the text in at most `most` lines no wider than `room`; "…" ends what is cut off."""
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and text_width(longer, size, **font) > room:
            lines.append(word)
        else:
            lines[-1] = longer
    if len(lines) > most:
        lines = [*lines[: most - 1], f"{lines[most - 1]} …"]
    return [_shortened(line, room, size, **font) for line in lines]


def _shortened(line, room, size, **font) -> str:
    while text_width(line, size, **font) > room:
        line = line.removesuffix("…").rstrip()[:-1].rstrip() + "…"
    return line

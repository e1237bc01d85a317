"""Stored files as rows of `components/thumbs.html`: a small picture, links, and what is known."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse

from kotaku.files.downloads import EXTENSIONS
from kotaku.files.drawn import Size, is_picture, is_shown
from kotaku.formats import NBSP, format_count, format_number

# The box of the small pictures in pixels; CSS scales it, so nothing shifts when they arrive.
WIDTH, HEIGHT = 480, 360


@dataclass(frozen=True)
class Thumb:
    """One file: `picture` is the URL of its small picture ("" for a document), `url` opens it.

    `kind` is the ending of its name, shown in place of a picture.
    """

    name: str
    alt: str
    note: str
    picture: str
    url: str
    original: str
    removal: str
    kind: str
    width: int = WIDTH
    height: int = HEIGHT


def thumbs(
    files: Iterable, name: str, *, alt: str, note: Callable = lambda file: "", removal: str = ""
) -> list[Thumb]:
    """Return rows for stored files; `name` is that of their download's URL.

    `name`-display is the URL for showing them. `alt` says what the pictures are of, `note` what a
    file is; `removal` names the URL that removes it, "" if this user may not.
    """
    return [_thumb(file, name, alt, note(file), removal) for file in files]


def _thumb(file, name, alt, note, removal) -> Thumb:
    known = (note, getattr(file, "taken_text", ""), size_text(file.size_bytes))
    show = f"{name}-display"
    original = reverse(name, args=[file.pk])
    small = reverse(show, args=[file.pk, Size.SMALL.value]) if is_picture(file) else ""
    return Thumb(
        name=file.name,
        alt=f"{alt}: {file.name}",
        note=" · ".join(each for each in known if each),
        picture=small,
        url=reverse(show, args=[file.pk, Size.LARGE.value]) if is_shown(file) else original,
        original=original,
        removal=reverse(removal, args=[file.pk]) if removal else "",
        kind=EXTENSIONS[file.content_type][0].upper(),
    )


def size_text(size_bytes: int) -> str:
    """Return `214 kB` or `3,8 MB`, as photo-input.js says it of a file that is chosen.

    A MB is that of the limit for a file (kotaku/files/uploads.py), 1.024 × 1.024 bytes.
    """
    if size_bytes < 1_000_000:
        return f"{format_count(max(1, (size_bytes + 500) // 1000))}{NBSP}kB"
    return f"{format_number(Decimal(size_bytes) / 1024 / 1024, 1)}{NBSP}MB"

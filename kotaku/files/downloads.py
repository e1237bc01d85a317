"""Serve uploaded files such that browsers never run them as pages of this site."""

import mimetypes
from pathlib import PurePath

from django.http import FileResponse, Http404

from kotaku.files.office import DOCX, PPTX

# MIME type → its extensions; a file with another extension gets the first one.
EXTENSIONS = {
    "image/jpeg": ("jpg", "jpeg", "jpe", "jfif"),
    "image/png": ("png",),
    "image/webp": ("webp",),
    "application/pdf": ("pdf",),
    DOCX: ("docx",),
    PPTX: ("pptx",),
}


PHONE_ONLY = (".heic", ".heif")


def named(name: str, content_type: str, longest: int = 150) -> str:
    """Return a file name with the extension of its checked type: `x.jpg` for a JPEG `x.png`."""
    known = EXTENSIONS.get(content_type)
    ending = PurePath(name).suffix
    if not known or ending[1:].lower() in known:
        return name[-longest:]
    # Remove known extensions only: "Jl. Raya" has none.
    is_extension = mimetypes.guess_type(name)[0] or ending.lower() in PHONE_ONLY
    stem = name.removesuffix(ending) if is_extension else name
    return (stem or "berkas")[-longest + len(known[0]) + 1 :] + f".{known[0]}"


def hand_out(file, name: str, content_type: str, *, inline: bool = False) -> FileResponse:
    """Return a stored file as a download, or for showing in a page (`inline`, pictures only).

    Raises Http404 if the file is missing. The view sets the content security policy.
    """
    try:
        content = file.open("rb")
    except FileNotFoundError as error:
        raise Http404("Berkas tidak ditemukan.") from error
    response = FileResponse(
        content,
        as_attachment=not inline,
        filename=named(name, content_type),
        content_type=content_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response

"""Handing out uploaded files, which must never act as pages of this site."""

from django.http import FileResponse, Http404


def hand_out(file, name: str, content_type: str, *, inline: bool = False) -> FileResponse:
    """Return a stored file as a download, or to be shown in a page (`inline`, pictures only).

    Raises Http404 when it is gone from the disk. The view sets the content security policy.
    """
    try:
        content = file.open("rb")
    except FileNotFoundError as error:
        raise Http404("Berkas tidak ditemukan.") from error
    response = FileResponse(
        content, as_attachment=not inline, filename=name, content_type=content_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response

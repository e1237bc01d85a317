"""Error pages for failed views; they name the fault and give the typed form back."""

import errno
import logging
import sys

from django.contrib import messages
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string

from kotaku.files.storage import NotStored
from kotaku.requests import kept_forms

logger = logging.getLogger("django.request")
RETRY_SECONDS = 10
DISK_FULL = (errno.ENOSPC, errno.EDQUOT)
PG_DISK_FULL = "53100"
# HTTP statuses of a bucket that may work again soon.
BUSY = (429, 500, 502, 503, 504)
# With such a word in a field's name, no field is given back.
NOT_GIVEN_BACK = ("password", "sandi", "otp")
MAX_CHARACTERS = 500_000
NOT_STORED = (
    "Berkas belum tersimpan: server tidak dapat menyimpannya. Coba lagi; bila tetap gagal, beri tahu "
    "pengelola situs ini dan sebutkan nomor laporan {}."
)


def server_error(request):
    """Answer an uncaught exception (Django's handler500, called while it is handled)."""
    error = sys.exc_info()[1]
    if is_disk_full(error):
        return _page("507.html", request, status=507)
    if is_bucket_away(error):
        return _later(request, "Tempat penyimpanan berkas")
    if is_database_gone(error):
        response = _later(request, "Basis data")
        response.database_is_gone = True
        return response
    if request.method == "POST" and is_not_stored(error):
        return _form_again(request) or _page("500_file.html", request, status=500)
    return _page("500.html", request, status=500)


def is_database_gone(error: BaseException | None) -> bool:
    """Whether the database is unreachable or was busy for too long, so a retry may succeed."""
    # SQLite raises the same error for a missing table, which a retry does not fix.
    is_wrong_schema = str(error).startswith("no such ")
    return isinstance(error, OperationalError | InterfaceError) and not is_wrong_schema


def is_bucket_away(error: BaseException | None) -> bool:
    """Whether the bucket is unreachable or answers with a temporary error."""
    # The library is installed only on sites with a bucket.
    library = sys.modules.get("botocore.exceptions")
    if library is None:
        return False
    if isinstance(error, library.ClientError):
        return error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0) in BUSY
    # Repeatedly interrupted downloads raise an error of another library.
    gave_up = type(error).__name__ == "RetriesExceededError"
    return gave_up or isinstance(error, library.ConnectionError | library.HTTPClientError)


def is_not_stored(error: BaseException | None) -> bool:
    """Whether the disk or the bucket could not store a file."""
    library = sys.modules.get("botocore.exceptions")
    return isinstance(error, NotStored) or (
        library is not None and isinstance(error, library.ClientError)
    )


def is_disk_full(error: BaseException | None) -> bool:
    """Whether the disk is full, for a file or for the database."""
    if isinstance(error, OSError):
        return error.errno in DISK_FULL
    if not isinstance(error, OperationalError):
        return False
    return "disk is full" in str(error) or getattr(error.__cause__, "pgcode", "") == PG_DISK_FULL


def admin_form_again(request, error, draw):
    """Show a form of the admin again after a file could not be stored.

    The admin has rolled back its changes; the fault is logged like an uncaught exception.
    """
    logger.error("File not stored: %s", request.path, exc_info=error, extra={"request": request})
    messages.error(request, NOT_STORED.format(getattr(request, "id", "")))
    response = draw()
    response.status_code = 500
    return response


def _form_again(request):
    """Redirect to the form of an upload with the typed values; None if its view keeps no form."""
    match = request.resolver_match
    form_page = getattr(match.func, "form_page", None)
    if not form_page:
        return None
    page = form_page(request, **match.kwargs)
    if not kept_forms.stash(request, page, because="storage"):
        return None
    number = getattr(request, "id", "")
    messages.error(request, NOT_STORED.format(number))
    return redirect(page)


def _later(request, what):
    response = _page("503.html", request, status=503, what=what)
    response["Retry-After"] = str(RETRY_SECONDS)
    return response


def _page(template, request, *, status, what=""):
    context = {"request_id": getattr(request, "id", ""), "address": "", "fields": [], "what": what}
    if request.method == "POST" and template != "500.html":
        context |= {"address": request.get_full_path(), **_typed(request)}
    response = HttpResponse(render_to_string(template, context), status=status)
    response["Cache-Control"] = "no-store"
    return response


def _typed(request):
    """Return the typed values as pairs for hidden fields, and whether files were chosen."""
    try:
        fields = [(name, value) for name, values in request.POST.lists() for value in values]
        had_files = any(upload.size for upload in request.FILES.values())
    except Exception:
        # If the upload itself did not fit on the disk, the form cannot be read.
        return {"had_files": True}
    is_secret = any(word in name.lower() for name, _ in fields for word in NOT_GIVEN_BACK)
    if is_secret or sum(len(name) + len(value) for name, value in fields) > MAX_CHARACTERS:
        return {"had_files": had_files}
    return {"fields": fields, "had_files": had_files}

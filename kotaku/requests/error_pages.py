"""The answer when a view could not do its work: what it was, and what was typed, given back."""

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
# What a bucket answers that may answer soon.
BUSY = (429, 500, 502, 503, 504)
# Never written into a page, and of no use there.
NOT_GIVEN_BACK = ("password", "sandi", "otp")
MAX_CHARACTERS = 500_000
NOT_STORED = (
    "Berkas belum tersimpan: server tidak dapat menyimpannya. Coba lagi; bila tetap gagal, beri tahu "
    "pengelola situs ini dan sebutkan nomor laporan {}."
)


def server_error(request):
    """Answer for an exception that nobody caught (Django's handler500, called while it is handled)."""
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
    """Whether the database cannot be reached or is busy for too long: it may answer soon."""
    # SQLite also says so of a table that is not there, which no waiting will mend.
    is_wrong_schema = str(error).startswith("no such ")
    return isinstance(error, OperationalError | InterfaceError) and not is_wrong_schema


def is_bucket_away(error: BaseException | None) -> bool:
    """Whether the bucket with the evidence cannot be reached, or cannot answer now."""
    # Only a site with a bucket has the library; without it nothing can fail like this.
    library = sys.modules.get("botocore.exceptions")
    if library is None:
        return False
    if isinstance(error, library.ClientError):
        return error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0) in BUSY
    # A download that broke off several times has an error of its own, in another library.
    gave_up = type(error).__name__ == "RetriesExceededError"
    return gave_up or isinstance(error, library.ConnectionError | library.HTTPClientError)


def is_not_stored(error: BaseException | None) -> bool:
    """Whether the disk or the bucket refused a file, for whatever reason of its own."""
    library = sys.modules.get("botocore.exceptions")
    return isinstance(error, NotStored) or (
        library is not None and isinstance(error, library.ClientError)
    )


def is_disk_full(error: BaseException | None) -> bool:
    """Whether a file or the database found no room."""
    if isinstance(error, OSError):
        return error.errno in DISK_FULL
    if not isinstance(error, OperationalError):
        return False
    return "disk is full" in str(error) or getattr(error.__cause__, "pgcode", "") == PG_DISK_FULL


def admin_form_again(request, error, draw):
    """Draw a form of the admin again after a fault of storing.

    The room has rolled back what it wrote; the fault is logged as one that was not caught.
    """
    logger.error("File not stored: %s", request.path, exc_info=error, extra={"request": request})
    messages.error(request, NOT_STORED.format(getattr(request, "id", "")))
    response = draw()
    response.status_code = 500
    return response


def _form_again(request):
    """Lead back to the form of an upload with what was typed; None when its view keeps no form."""
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
    """What was typed, as name and value pairs for hidden fields, and whether files were chosen."""
    try:
        fields = [(name, value) for name, values in request.POST.lists() for value in values]
        had_files = any(upload.size for upload in request.FILES.values())
    except Exception:
        # The upload itself may be what the disk had no room for; then nothing of it can be read.
        return {"had_files": True}
    is_secret = any(word in name.lower() for name, _ in fields for word in NOT_GIVEN_BACK)
    if is_secret or sum(len(name) + len(value) for name, value in fields) > MAX_CHARACTERS:
        return {"had_files": had_files}
    return {"fields": fields, "had_files": had_files}

"""Reject requests whose body was cut off.

A phone that loses its connection during an upload sends a body shorter than its Content-Length.
Unless a proxy buffers requests, the server passes it on, and Django's form parser accepts the part
that arrived: a figure without its photo. So the body is counted while it is read, and a POST is
read to its end before any view runs.
"""

import io

from django.http import HttpResponse, UnreadablePostError
from django.template.loader import render_to_string


class CountedBody(io.RawIOBase):
    """A request's body; raises ConnectionResetError if it is shorter than its Content-Length."""

    def __init__(self, stream, length: int):
        self._stream, self._left = stream, length

    def readable(self):
        """See `io.IOBase`."""
        return True

    def readinto(self, buffer):
        """See `io.RawIOBase`."""
        wanted = min(len(buffer), self._left)
        if not wanted:
            return 0
        chunk = self._stream.read(wanted)
        if not chunk:
            raise ConnectionResetError(f"The body ends {self._left} bytes too early.")
        buffer[: len(chunk)] = chunk
        self._left -= len(chunk)
        return len(chunk)


def counting_bodies(application):
    """Wrap a WSGI application so that reading a cut-off body raises an error."""

    def counted(environ, start_response):
        length = environ.get("CONTENT_LENGTH", "")
        if length.isdecimal() and int(length):
            body = CountedBody(environ["wsgi.input"], int(length))
            environ["wsgi.input"] = io.BufferedReader(body)
        return application(environ, start_response)

    return counted


class RefuseCutRequests:
    """Answer 400 to a cut-off POST before its form is used.

    Django turns the error of `CountedBody` into UnreadablePostError.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view_func, view_args, view_kwargs):
        """Read the form to its end."""
        if request.method != "POST":
            return None
        try:
            _ = request.POST
        except UnreadablePostError:
            return _cut_page(request)
        return None

    def process_exception(self, request, exception):
        """Answer 400 for views that read the body themselves."""
        return _cut_page(request) if isinstance(exception, UnreadablePostError) else None


def _cut_page(request):
    page = render_to_string("400_cut.html", {"request_id": getattr(request, "id", "")})
    response = HttpResponse(page, status=400)
    response["Cache-Control"] = "no-store"
    return response

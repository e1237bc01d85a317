"""Answer 400 to requests whose Content-Type names another charset than UTF-8, or none that is valid.

Django decodes the query by that charset before any middleware runs, and Python knows some that
decode no text ("rot13"). So the WSGI application hides such a Content-Type from Django.
"""

from django.core.exceptions import BadRequest
from django.utils.http import parse_header_parameters

_REFUSED = "kotaku.charset_refused"


def only_utf8(application):
    """Wrap a WSGI application so that Django sees no charset but UTF-8."""

    def checked(environ, start_response):
        if not _is_utf8(environ.get("CONTENT_TYPE", "")):
            environ |= {"CONTENT_TYPE": "", _REFUSED: True}
        return application(environ, start_response)

    return checked


def _is_utf8(content_type: str) -> bool:
    try:
        _, parameters = parse_header_parameters(content_type)
    except (LookupError, ValueError):
        return False
    return parameters.get("charset", "utf-8").lower() == "utf-8"


class RefuseOtherCharsets:
    """Middleware: answer 400 to what `only_utf8` has marked."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if _REFUSED in request.META:
            raise BadRequest("The charset of the Content-Type is not UTF-8.")
        return self.get_response(request)

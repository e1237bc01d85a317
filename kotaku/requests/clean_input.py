"""Cleans everything that is typed or uploaded by name, before any view or form sees it."""

from django.http import Http404, QueryDict

from kotaku.text import clean_text


class CleanInput:
    """Replace the text of an address and of a posted form by what `clean_text` leaves of it.

    Passwords stay exactly as they were typed. An address with a NUL character, which PostgreSQL
    cannot even look up, leads nowhere.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if "\x00" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            raise Http404
        return self.get_response(request)

    def process_view(self, request, view_func, view_args, view_kwargs):
        """Clean the query, and of a posted form the fields and the names of its files."""
        request.GET = cleaned(request.GET)
        if request.method == "POST":
            request.POST = cleaned(request.POST)
            for _, uploads in request.FILES.lists():
                for upload in uploads:
                    upload.name = " ".join(clean_text(upload.name).split())


def cleaned(typed: QueryDict) -> QueryDict:
    """Return the same fields with clean values; the same object where nothing had to change."""
    fields = {
        name: values if _is_password(name) else [clean_text(value) for value in values]
        for name, values in typed.lists()
    }
    if all(fields[name] == values for name, values in typed.lists()):
        return typed
    copy = typed.copy()
    for name, values in fields.items():
        copy.setlist(name, values)
    # Written and read again, because a view must not change what was typed.
    return QueryDict(copy.urlencode(), encoding=typed.encoding)


def _is_password(name) -> bool:
    return "password" in name

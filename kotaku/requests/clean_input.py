"""Clean query, posted fields and file names before any view or form reads them."""

from django.http import Http404, QueryDict

from kotaku.text import clean_text


class CleanInput:
    """Apply `clean_text` to the query and to the fields of a posted form.

    Passwords stay as typed. An address with a NUL character gets 404, because PostgreSQL cannot
    look it up.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if "\x00" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            # The error page names its region by the query.
            request.GET = QueryDict()
            raise Http404
        return self.get_response(request)

    def process_view(self, request, view_func, view_args, view_kwargs):
        """Clean the query, and the fields and file names of a posted form."""
        request.GET = cleaned(request.GET)
        if request.method == "POST":
            request.POST = cleaned(request.POST)
            for _, uploads in request.FILES.lists():
                for upload in uploads:
                    upload.name = " ".join(clean_text(upload.name).split())


def cleaned(typed: QueryDict) -> QueryDict:
    """Return the fields with clean values; the same object if nothing changes."""
    fields = {
        name: values if _is_password(name) else [clean_text(value) for value in values]
        for name, values in typed.lists()
    }
    if all(fields[name] == values for name, values in typed.lists()):
        return typed
    copy = typed.copy()
    for name, values in fields.items():
        copy.setlist(name, values)
    # Encoded and decoded again to get an immutable copy.
    return QueryDict(copy.urlencode(), encoding=typed.encoding)


def _is_password(name) -> bool:
    return "password" in name

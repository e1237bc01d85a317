"""Keep posted forms beyond the end of a session.

The form of a view with `keeps_form` has a signed field naming its user. When it is posted after
the session ended (or with a CSRF token from before a new sign-in), its content is kept in an
anonymous session. After the same user has signed in, the form shows it again, not saved yet.
"""

from dataclasses import dataclass

from django.core import signing
from django.http import HttpRequest, QueryDict

from kotaku.requests.sent_forms import mark_saved

OWNER_FIELD = "_owner"
SESSION_KEY = "unsaved_forms"
# Bytes; the most that can be posted at once (DATA_UPLOAD_MAX_MEMORY_SIZE).
MAX_CHARACTERS = 2_500_000
MAX_FORMS = 5
_SALT = "kotaku.requests.kept_forms"
_NOT_KEPT = {OWNER_FIELD, "csrfmiddlewaretoken"}


def keeps_form(page):
    """Mark a view whose posted form is kept.

    `page(request, **kwargs)` returns the URL of the page that shows this form.
    """

    def decorate(view):
        view.form_page = page
        return view

    return decorate


def owner_note(user) -> str:
    """Return the value of the hidden field that names the user of a form."""
    return signing.dumps(user.pk, salt=_SALT)


def stash(request: HttpRequest, page: str, because: str = "session") -> bool:
    """Keep the posted form for `page` in the session; return whether there was one.

    The page shows `because` as the reason why the form was not saved.
    """
    try:
        owner = signing.loads(request.POST.get(OWNER_FIELD, ""), salt=_SALT)
    except signing.BadSignature:
        return False
    kept = request.POST.copy()
    for name in _NOT_KEPT:
        kept.pop(name, None)
    encoded = kept.urlencode()
    if len(encoded) > MAX_CHARACTERS:
        return False
    forms = request.session.get(SESSION_KEY, {})
    forms.pop(page, None)
    had_files = any(upload.size for upload in request.FILES.values())
    forms[page] = {"owner": owner, "form": encoded, "had_files": had_files, "because": because}
    request.session[SESSION_KEY] = dict(list(forms.items())[-MAX_FORMS:])
    return True


@dataclass(frozen=True)
class WaitingForm:
    """A form that is not saved yet: the typed values and the reason."""

    typed: QueryDict
    had_files: bool
    because: str


def restore(request: HttpRequest) -> WaitingForm | None:
    """Return the form of this page that is kept for the signed-in user, if any.

    None for a POST, which brings its own form.
    """
    if request.method == "POST":
        return None
    waiting = request.session.get(SESSION_KEY, {}).get(request.get_full_path())
    if not waiting or waiting["owner"] != request.user.pk:
        return None
    return WaitingForm(QueryDict(waiting["form"]), waiting["had_files"], waiting["because"])


def typed(request: HttpRequest) -> tuple[QueryDict | None, WaitingForm | None]:
    """Return a form's data, posted now or kept from before, and the kept form, if any."""
    waiting = restore(request)
    kept = waiting.typed if waiting else None
    return request.POST if request.method == "POST" else kept, waiting


def forget(request: HttpRequest, page: str) -> None:
    """Delete the kept form of `page` after it was saved or discarded."""
    mark_saved(request)
    forms = request.session.get(SESSION_KEY, {})
    if forms.pop(page, None):
        request.session[SESSION_KEY] = forms

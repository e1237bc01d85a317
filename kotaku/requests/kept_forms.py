"""Forms that survive the end of a session.

A form that `keeps_form` carries a signed note of whose it is. When it is posted after the
session ended (or with a token from before another sign-in), its content waits in the session
until the same person has signed in again and finds it in the form, saved nowhere yet.
"""

from dataclasses import dataclass

from django.core import signing
from django.http import HttpRequest, QueryDict

OWNER_FIELD = "_owner"
SESSION_KEY = "unsaved_forms"
# As much as may be posted at once (DATA_UPLOAD_MAX_MEMORY_SIZE).
MAX_CHARACTERS = 2_500_000
MAX_FORMS = 5
_SALT = "kotaku.requests.kept_forms"
_NOT_KEPT = {OWNER_FIELD, "csrfmiddlewaretoken"}


def keeps_form(page):
    """Mark a view whose posted form must not be lost.

    `page(request, **kwargs)` returns the address of the page that shows this form.
    """

    def decorate(view):
        view.form_page = page
        return view

    return decorate


def owner_note(user) -> str:
    """Return the hidden field's value that says whose form this is."""
    return signing.dumps(user.pk, salt=_SALT)


def stash(request: HttpRequest, page: str, because: str = "session") -> bool:
    """Keep the posted form for `page` in the session; say whether there was one to keep.

    `because` travels with it, so that the page can say why the form comes back unsaved.
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
    """A form that is saved nowhere yet: what was typed, and why it comes back."""

    typed: QueryDict
    had_files: bool
    because: str


def restore(request: HttpRequest) -> WaitingForm | None:
    """Return what the signed-in person had typed into the form of this page, if it waits here."""
    waiting = request.session.get(SESSION_KEY, {}).get(request.get_full_path())
    if not waiting or waiting["owner"] != request.user.pk:
        return None
    return WaitingForm(QueryDict(waiting["form"]), waiting["had_files"], waiting["because"])


def forget(request: HttpRequest, page: str) -> None:
    """Drop the kept form of `page`, once it is saved or given up."""
    forms = request.session.get(SESSION_KEY, {})
    if forms.pop(page, None):
        request.session[SESSION_KEY] = forms

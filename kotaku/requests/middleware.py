"""What browsers are told, and who may go on: readable addresses, people with a password of their own."""

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import reverse

from kotaku.requests import kept_forms

# What pages may ask the device for: nothing. Photos come through a file field, which needs none.
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "autoplay",
        "browsing-topics",
        "camera",
        "display-capture",
        "encrypted-media",
        "geolocation",
        "gyroscope",
        "hid",
        "idle-detection",
        "local-fonts",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "publickey-credentials-get",
        "screen-wake-lock",
        "serial",
        "usb",
        "xr-spatial-tracking",
    )
)


class BrowserRules:
    """Tell browsers what no page may do, on top of Django's own headers and django-csp's.

    A view that hands out something for other sites to use says so itself, before this.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("X-Permitted-Cross-Domain-Policies", "none")
        # What depends on who asks belongs to one browser, and is asked for again each time.
        if "cookie" in response.headers.get("Vary", "").lower():
            response.headers.setdefault("Cache-Control", "private, no-cache")
        return response


class RefuseMethods:
    """Answer 405 to whatever is neither looking nor sending: nothing here is done in another way.

    Pages of other sites ask with OPTIONS whether they may read; a view that answers says
    `answers_options`.
    """

    ALLOWED = ("GET", "HEAD", "POST")

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method in (*self.ALLOWED, "OPTIONS"):
            return self.get_response(request)
        return HttpResponseNotAllowed(self.ALLOWED)

    def process_view(self, request, view_func, view_args, view_kwargs):
        """Refuse the question to views that have no answer of their own."""
        if request.method == "OPTIONS" and not getattr(view_func, "answers_options", False):
            return HttpResponseNotAllowed(self.ALLOWED)
        return None


class LoginRequiredKeepingForms(LoginRequiredMiddleware):
    """Ask for the sign-in, and keep the form that was posted without one (see `unsaved`)."""

    def process_view(self, request, view_func, view_args, view_kwargs):
        """Let public views pass before anybody asks for a cookie: caches may then keep their answer."""
        if not getattr(view_func, "login_required", True):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(self, request, view_func):
        """Stash a form that its view wants kept; after the sign-in its page shows it again."""
        page, kept = _stashed(request, view_func)
        if page is None:
            return super().handle_no_permission(request, view_func)
        response = redirect_to_login(page, self.get_login_url(view_func))
        if kept:
            response["Location"] += "&tersimpan=1"
        return response


def _stashed(request, view_func) -> tuple[str | None, bool]:
    """Keep a posted form that may not go through now; return its page, and whether it was kept."""
    form_page = getattr(view_func, "form_page", None)
    if request.method != "POST" or form_page is None:
        return None, False
    page = form_page(request, **request.resolver_match.kwargs)
    return page, kept_forms.stash(request, page)


class LeadFirst:
    """Lead people to a page of their account before anything else, and back again afterwards.

    Nothing is asked of who calls a page that needs no sign-in: asking for the user would ask for
    a cookie, and caches could no longer keep the answer.
    """

    page = ""
    open_pages = ()

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def concerns(self, user) -> bool:
        """Say whether this signed-in person has to go there."""
        raise NotImplementedError

    def process_view(self, request, view_func, view_args, view_kwargs):
        """Redirect everything but the page itself, the way out and what needs no sign-in."""
        if not getattr(view_func, "login_required", True):
            return None
        if not (request.user.is_authenticated and self.concerns(request.user)):
            return None
        if request.resolver_match.view_name in (self.page, "logout", *self.open_pages):
            return None
        page, _ = _stashed(request, view_func)
        return redirect(reverse(self.page, query={"next": page or request.path}))


class FirstPasswordChange(LeadFirst):
    """Lead people whose password somebody else has set to the page where they choose their own."""

    page = "password-change"

    def concerns(self, user):
        """Say whether somebody else has set the password."""
        return user.must_change_password


class SecondStepFirst(LeadFirst):
    """Lead people who must sign in in two steps to the page where they set the second one up."""

    page = "two-factor"
    open_pages = ("password-change",)

    def concerns(self, user):
        """Say whether the second step is wanted and not there yet."""
        return user.needs_two_factor and user.two_factor_since is None

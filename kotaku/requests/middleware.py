"""Security headers, allowed methods, required sign-in, first password and second step."""

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import reverse

from kotaku.requests import kept_forms
from kotaku.requests.sent_forms import answer_to_script
from kotaku.requests.step_pages import page_of_button

# Pages need no device permission; a file field takes photos without one.
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
    """Add security headers beside those of Django and django-csp; answer scripts that send forms.

    A view whose response other sites may use sets its own header, which is kept.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("X-Permitted-Cross-Domain-Policies", "none")
        # Responses that depend on the user are private, and browsers revalidate them.
        if "cookie" in response.headers.get("Vary", "").lower():
            response.headers.setdefault("Cache-Control", "private, no-cache")
        return answer_to_script(request, response)


class RefuseMethods:
    """Answer 405 to methods other than GET, HEAD and POST.

    Pages of other sites send OPTIONS before reading; views that answer it have
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
        """Refuse OPTIONS for views without `answers_options`."""
        if request.method == "OPTIONS" and not getattr(view_func, "answers_options", False):
            return HttpResponseNotAllowed(self.ALLOWED)
        return None


class LoginRequiredKeepingForms(LoginRequiredMiddleware):
    """Require sign-in, and keep forms posted without it (`kotaku.requests.kept_forms`).

    A form that is not kept leads back to the page of its button, and the sign-in page says that
    nothing was done.
    """

    def process_view(self, request, view_func, view_args, view_kwargs):
        """Let public views pass without reading the session, so that responses can be cached."""
        if not getattr(view_func, "login_required", True):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(self, request, view_func):
        """Keep the form if its view has `keeps_form`; its page shows it again after sign-in."""
        page, kept = _stashed(request, view_func)
        if page is None and request.method != "POST":
            return super().handle_no_permission(request, view_func)
        page = page or page_of_button(request) or request.path
        response = redirect_to_login(page, self.get_login_url(view_func))
        response["Location"] += "&tersimpan=1" if kept else "&belum=1"
        return response


def _stashed(request, view_func) -> tuple[str | None, bool]:
    """Keep a posted form that is refused now; return its page, and whether it was kept."""
    form_page = getattr(view_func, "form_page", None)
    if request.method != "POST" or form_page is None:
        return None, False
    page = form_page(request, **request.resolver_match.kwargs)
    return page, kept_forms.stash(request, page)


class LeadFirst:
    """Redirect users to a page of their account first, and back afterwards.

    Public pages are left alone: reading the user would vary the response by cookie, and caches
    could no longer keep it.
    """

    page = ""
    open_pages = ()

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def concerns(self, user) -> bool:
        """Return whether this user must go to that page."""
        raise NotImplementedError

    def process_view(self, request, view_func, view_args, view_kwargs):
        """Redirect every page except that page, sign-out and public pages."""
        if not getattr(view_func, "login_required", True):
            return None
        if not (request.user.is_authenticated and self.concerns(request.user)):
            return None
        if request.resolver_match.view_name in (self.page, "logout", *self.open_pages):
            return None
        page, _ = _stashed(request, view_func)
        page = page or (request.method == "POST" and page_of_button(request)) or request.path
        return redirect(reverse(self.page, query={"next": page}))


class FirstPasswordChange(LeadFirst):
    """Redirect users whose password an admin has set to the page for a new password."""

    page = "password-change"

    def concerns(self, user):
        """Return whether an admin has set the password."""
        return user.must_change_password


class SecondStepFirst(LeadFirst):
    """Redirect users who need a second step to the page that sets it up."""

    page = "two-factor"
    open_pages = ("password-change",)

    def concerns(self, user):
        """Return whether the second step is required and not set up."""
        return user.needs_two_factor and user.two_factor_since is None

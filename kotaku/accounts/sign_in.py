"""Sign-in by name and password, then the second step if the account has one; and sign-out."""

import math
import time
from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from kotaku.accounts import notices, two_factor
from kotaku.accounts.devices import note_device
from kotaku.accounts.forms import SignInForm
from kotaku.accounts.sign_in_limits import Lock, Reason, forgive, longest_lock, wait_text
from kotaku.accounts.two_factor_forms import SecondStepForm
from kotaku.audit import trail
from kotaku.models import User
from kotaku.requests.client_address import throttled_address
from kotaku.requests.next_page import next_page
from kotaku.text import normal_user_name

Kind = trail.Kind
PENDING = "second_step"
PENDING_SECONDS = 10 * 60
MAX_TRIES = 5
BACKEND = "kotaku.accounts.backend.Accounts"


class SignIn(auth_views.LoginView):
    """The sign-in page; says so if a typed form was kept."""

    template_name = "registration/login.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs):
        """Add what became of a form that was sent after the session's end."""
        return super().get_context_data(**_sent_before(self.request), **kwargs)

    def form_valid(self, form):
        """Sign in, or go on to the second step; forget the failures of this name and address."""
        user = form.get_user()
        forgive(user.get_username(), throttled_address(self.request))
        if user.two_factor_since:
            _begin_second_step(self.request, user)
            kept = {name: 1 for name in ("tersimpan", "belum") if name in self.request.GET}
            query = {"next": self.get_redirect_url(), **kept}
            return redirect(reverse("second-step", query=query))
        trail.record(Kind.SIGNED_IN, self.request, actor=user)
        response = super().form_valid(form)
        note_device(self.request, response, user)
        return response

    def form_invalid(self, form):
        """Record the failure under the account that was named, if it exists."""
        name = normal_user_name(form.data.get("username", ""))
        account = User.objects.filter(username=name).first() if name else None
        # None: the account was locked already, so the password was not checked.
        if getattr(self.request, "axes_failures_since_start", None) is not None:
            # An unknown name is not recorded: it may be a password.
            text = "" if account else "Nama pengguna tidak dikenal"
            trail.record(Kind.SIGN_IN_FAILED, self.request, subject=account, text=text)
            if self.request.axes_locked_out:
                lock = longest_lock(self.request, self.request.axes_credentials)
                text = ". ".join(filter(None, (lock and lock.reason, text)))
                trail.record(Kind.SIGN_IN_LOCKED, self.request, subject=account, text=text)
        return super().form_invalid(form)


def locked_out(request, response, credentials):
    """Show the sign-in page with the waiting time after too many failures (called by axes)."""
    lock = longest_lock(request, credentials) or Lock(Reason.PAIR, timezone.now())
    seconds = max(1, math.ceil((lock.end - timezone.now()).total_seconds()))
    context = {
        "lock": lock.reason.name,
        "wait": wait_text(lock.end),
        "form": SignInForm(request, initial={"username": request.POST.get("username", "")}),
        "next": request.POST.get("next", ""),
        **_sent_before(request),
    }
    refusal = render(request, "registration/login.html", context, status=429)
    refusal["Retry-After"] = str(seconds)
    return refusal


def _sent_before(request) -> dict[str, bool]:
    """Return whether the middleware kept a form that was sent without a session, or did not."""
    return {"form_kept": "tersimpan" in request.GET, "not_done": "belum" in request.GET}


def begin_session(request, **kwargs) -> None:
    """Set when a session ends; storing data in the session later does not extend it.

    Called by Django's signal at every sign-in.
    """
    end = timezone.now() + timedelta(seconds=settings.SESSION_COOKIE_AGE)
    request.session.set_expiry(end)


def _begin_second_step(request, user):
    """Remember for ten minutes which user gave the right password, in a session with a new key."""
    request.session.cycle_key()
    request.session[PENDING] = {
        "user": user.pk,
        "since": time.time(),
        "tries": 0,
        "tie": user.get_session_auth_hash(),
    }


def _pending_user(request):
    pending = request.session.get(PENDING)
    if not pending or time.time() - pending["since"] > PENDING_SECONDS:
        return None
    user = User.objects.filter(pk=pending["user"], is_active=True).first()
    # The password or the phone has changed meanwhile: start over.
    return user if user and user.get_session_auth_hash() == pending["tie"] else None


@login_not_required
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def second_step(request):
    """Ask for the code after the right password; the user is signed in only after both."""
    user = _pending_user(request)
    if user is None:
        request.session.pop(PENDING, None)
        return redirect(reverse("login", query={"next": next_page(request)}))
    form = SecondStepForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        answer = two_factor.check(user, form.cleaned_data["code"])
        if answer.is_right:
            return _enter(request, user, answer)
        if answer.is_unreadable:
            trail.record(Kind.TWO_FACTOR_UNREADABLE, request, subject=user)
        else:
            text = "Kode langkah kedua salah"
            trail.record(Kind.SIGN_IN_FAILED, request, subject=user, text=text)
        if _too_many_tries(request):
            messages.error(request, "Terlalu banyak kode yang salah. Masuk lagi dari awal.")
            return redirect(reverse("login", query={"next": next_page(request)}))
        form.refuse(answer)
    context = {"form": form, "next": next_page(request), **_sent_before(request)}
    status = 422 if form.errors else 200
    return render(request, "registration/second_step.html", context, status=status)


def _enter(request, user, answer):
    page = next_page(request) or resolve_url(settings.LOGIN_REDIRECT_URL)
    del request.session[PENDING]
    login(request, user, backend=BACKEND)
    trail.record(Kind.SIGNED_IN, request, actor=user, text="dengan langkah kedua")
    if answer.is_recovery:
        notices.tell(Kind.RECOVERY_CODE_USED, request, [user])
        left = user.recovery_codes.filter(used_at=None).count()
        messages.warning(
            request, f"Anda masuk dengan kode pemulihan. Sisa {left} kode; buat yang baru di Akun."
        )
    response = redirect(page)
    note_device(request, response, user)
    return response


def _too_many_tries(request) -> bool:
    pending = request.session[PENDING]
    tries = pending["tries"] + 1
    request.session[PENDING] = {**pending, "tries": tries}
    if tries < MAX_TRIES:
        return False
    del request.session[PENDING]
    return True


class SignOut(auth_views.LogoutView):
    """Sign-out; tells the browser to delete the pages it has stored."""

    def post(self, request, *args, **kwargs):
        """End the session and record it in the audit."""
        if request.user.is_authenticated:
            trail.record(Kind.SIGNED_OUT, request)
        response = super().post(request, *args, **kwargs)
        response["Clear-Site-Data"] = '"cache"'
        return response


@login_not_required
def admin_sign_in(request):
    """Redirect the admin's sign-in to the site's own; a signed-in user without access gets 403."""
    if request.user.is_authenticated:
        raise PermissionDenied
    return auth_views.redirect_to_login(request.GET.get("next", ""))


def admin_password_change(request):
    """Redirect the admin's password page to the site's own, which writes to the audit."""
    return redirect("password-change")

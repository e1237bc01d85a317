"""Set up or switch off a user's own second step, and make new recovery codes."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from kotaku.accounts import notices, two_factor
from kotaku.accounts.password_attempts import judge_password
from kotaku.accounts.two_factor_forms import AppCodeForm, EnrolmentForm
from kotaku.audit import trail
from kotaku.interface.moments import moment_text
from kotaku.models import RecoveryCode
from kotaku.requests.next_page import next_page
from kotaku.sealed import Unreadable, seal, unseal

Kind = trail.Kind
# Until the first right code, the secret is stored in the session only, sealed.
NEW_KEY = "two_factor_key"


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def two_factor_page(request):
    """Show the state of the second step; if there is none, the QR code to set it up."""
    if request.user.two_factor_since:
        return _standing(request)
    key = _key_in_session(request)
    posted = request.method == "POST"
    form = EnrolmentForm(request.user, request.POST if posted else None)
    is_valid = posted and form.is_valid()
    if posted and (way_out := judge_password(request, form, "password", "Verifikasi dua langkah")):
        return way_out
    if is_valid:
        codes = two_factor.enable(request.user, key, form.cleaned_data["code"])
        if codes:
            del request.session[NEW_KEY]
            update_session_auth_hash(request, request.user)
            notices.tell(Kind.TWO_FACTOR_ON, request, [request.user])
            return _shown_once(request, codes)
        form.refuse(two_factor.Answer(is_right=False))
    link = two_factor.app_link(request.user, key)
    context = {
        "form": form,
        "app_link": link,
        "qr": two_factor.qr_code(link),
        "key_groups": two_factor.key_groups(key),
        "next": next_page(request),
    }
    return _private(request, "registration/two_factor.html", context, form)


def _key_in_session(request) -> str:
    try:
        return unseal(request.session.get(NEW_KEY, ""))
    except Unreadable:
        key = two_factor.new_key()
        request.session[NEW_KEY] = seal(key)
        return key


@sensitive_post_parameters()
@require_POST
def codes(request):
    """Make new recovery codes after a right code of the app."""
    if not request.user.two_factor_since:
        return redirect("two-factor")
    form = AppCodeForm(request.POST, auto_id="baru-%s")
    if form.is_valid() and _is_right(request, form):
        new = RecoveryCode.renew(request.user)
        notices.tell(Kind.RECOVERY_CODES_RENEWED, request, [request.user])
        return _shown_once(request, new)
    return _standing(request, codes_form=form)


@sensitive_post_parameters()
@require_POST
def removal(request):
    """Switch the second step off, unless the account or the settings require it."""
    if not request.user.two_factor_since:
        return redirect("two-factor")
    if request.user.needs_two_factor:
        messages.error(request, "Akun Anda wajib memakai verifikasi dua langkah.")
        return redirect("two-factor")
    form = AppCodeForm(request.POST, auto_id="matikan-%s")
    if form.is_valid() and _is_right(request, form):
        two_factor.disable(request.user)
        update_session_auth_hash(request, request.user)
        notices.tell(Kind.TWO_FACTOR_OFF, request, [request.user])
        messages.success(request, "Verifikasi dua langkah sudah dimatikan.")
        return redirect("profile")
    return _standing(request, removal_form=form)


def _is_right(request, form) -> bool:
    answer = two_factor.check(request.user, form.cleaned_data["code"])
    if not answer.is_right:
        form.refuse(answer)
    return answer.is_right


def _standing(request, codes_form=None, removal_form=None):
    user = request.user
    context = {
        "since": moment_text(user.two_factor_since),
        "codes_left": user.recovery_codes.filter(used_at=None).count(),
        "codes_form": codes_form or AppCodeForm(auto_id="baru-%s"),
        "removal_form": removal_form or AppCodeForm(auto_id="matikan-%s"),
    }
    form = codes_form or removal_form
    return _private(request, "registration/two_factor_on.html", {"form": form, **context}, form)


def _shown_once(request, new_codes):
    context = {"codes": new_codes, "next": next_page(request)}
    return _private(request, "registration/two_factor_codes.html", context)


def _private(request, template, context, form=None):
    status = 422 if form is not None and form.errors else 200
    response = render(request, template, context, status=status)
    response["Cache-Control"] = "private, no-store"
    return response

"""Limit wrong password attempts while signed in; the fifth ends the session.

Otherwise another person could use an open session to guess its owner's password.
"""

from django.contrib import messages
from django.contrib.auth import logout
from django.shortcuts import redirect
from django.urls import reverse

from kotaku.audit import trail

Kind = trail.Kind
# Django's error code for a wrong old password.
WRONG = "password_incorrect"
WRONG_PASSWORDS = "wrong_passwords"
MAX_WRONG = 5


def judge_password(request, form, field: str, where: str):
    """Record a wrong password of a validated form; a right one resets the count.

    Returns a redirect that ends the session after too many wrong ones, else None.
    """
    if field in form.cleaned_data:
        request.session.pop(WRONG_PASSWORDS, None)
        return None
    # An empty or overlong field does not count as an attempt.
    if not form.has_error(field, WRONG):
        return None
    trail.record(Kind.PASSWORD_REFUSED, request, subject=request.user, text=where)
    wrong = request.session.get(WRONG_PASSWORDS, 0) + 1
    request.session[WRONG_PASSWORDS] = wrong
    return _way_out(request) if wrong >= MAX_WRONG else None


def _way_out(request):
    text = f"{MAX_WRONG} kata sandi salah"
    trail.record(Kind.SESSION_ENDED, request, subject=request.user, text=text)
    logout(request)
    messages.error(request, "Terlalu banyak kata sandi yang salah. Masuk lagi.")
    response = redirect(reverse("login", query={"next": request.path}))
    response["Clear-Site-Data"] = '"cache"'
    return response

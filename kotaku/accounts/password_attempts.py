"""Passwords that are asked for again inside a session: whoever guesses there is signed out.

A session that somebody has borrowed is not enough to find its owner's password out.
"""

from django.contrib import messages
from django.contrib.auth import logout
from django.shortcuts import redirect
from django.urls import reverse

from kotaku.audit import trail

Kind = trail.Kind
# Django's own code for an old password that is wrong.
WRONG = "password_incorrect"
WRONG_PASSWORDS = "wrong_passwords"
MAX_WRONG = 5


def judge_password(request, form, field: str, where: str):
    """Write down a wrong password that a validated form brought; a right one forgives the others.

    Returns the way out, where these were too many, else None.
    """
    if field in form.cleaned_data:
        request.session.pop(WRONG_PASSWORDS, None)
        return None
    # A field left empty, or typed longer than any password, is no guess.
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

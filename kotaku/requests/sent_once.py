"""Carry out a form that a browser sends under a key only once.

A phone with a weak signal may lose the response to a form that has arrived, and sends it again.
Its scripts give each form a UUID (`_key`); the result is stored with it in the transaction of the
form's changes, and a repeat gets that result (`kotaku.models.SentForm`). Refused forms store no
result: they are judged again, by the version that they carry.

Forms from the phone's queue (static/js/queue.js) name their account in a header and get a short
JSON response instead of a redirect, so that a redirect always means that no view was reached: the
session has ended, or the password must be changed first.
"""

import uuid
from functools import partial, wraps

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db import transaction
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect

from kotaku.models import SentForm
from kotaku.requests.sent_forms import mark_saved

KEY_FIELD = "_key"
ACCOUNT_HEADER = "X-Kotaku-Queue"
SEEN_HEADER = "X-Kotaku-Seen"


def sent_once(view):
    """Let a view carry out a posted form with a key only once for each account."""

    @wraps(view)
    def sending(request, *args, **kwargs):
        account = request.headers.get(ACCOUNT_HEADER)
        if request.method != "POST" or not request.user.is_authenticated:
            return view(request, *args, **kwargs)
        if account is not None and account != str(request.user.pk):
            # Another account has signed in since the phone asked: the form keeps waiting.
            return _short({"account": str(request.user.pk)}, status=401)
        key = _key(request)
        if key is None:
            return view(request, *args, **kwargs)
        with transaction.atomic():
            sent, is_new = SentForm.begin(request.user, key, request.get_full_path()[:500])
            first = partial(_first, request, sent, view, args, kwargs)
            response = first() if is_new else _repeat(request, sent)
        return _for_queue(response, sent) if account is not None else response

    return sending


def seen_on_phone(view):
    """Let the phone of a village officer keep a view's page, to be read without a line.

    The service worker shows it read-only, with the time when it was seen.
    """

    @wraps(view)
    def seen(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        if request.method == "GET" and response.status_code == 200:
            user = request.user
            if user.is_authenticated and user.is_village_officer:
                response[SEEN_HEADER] = str(user.pk)
        return response

    return seen


def _key(request):
    try:
        return uuid.UUID(request.POST.get(KEY_FIELD, ""))
    except ValueError:
        return None


def _first(request, sent, view, args, kwargs):
    """Carry out the form; store its result if it is accepted, that is, redirects."""
    storage = messages.get_messages(request)
    before = len(storage)
    response = view(request, *args, **kwargs)
    if response.status_code != 302:
        sent.delete()
        return response
    found = list(storage)
    sent.finish(response["Location"], "\n".join(str(message) for message in found[before:]))
    if ACCOUNT_HEADER in request.headers:
        # The queue shows the new messages itself; only older ones wait for the next page.
        for message in found[:before]:
            messages.add_message(request, message.level, message.message, message.extra_tags)
    else:
        storage.used = False
    return response


def _repeat(request, sent):
    if sent.path != request.get_full_path()[:500]:
        raise BadRequest("This key belongs to another form.")
    mark_saved(request)
    if sent.said and ACCOUNT_HEADER not in request.headers:
        messages.success(request, sent.said)
    return redirect(sent.location)


def _for_queue(response, sent) -> HttpResponse:
    if response.status_code == 302:
        return _short({"location": sent.location, "said": sent.said})
    # The phone shows a sentence of its own; the whole page would cost data for nothing.
    return _short({}, status=response.status_code)


def _short(content, status=200):
    response = JsonResponse(content, status=status)
    response["Cache-Control"] = "no-store"
    return response

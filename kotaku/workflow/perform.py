"""Carry out a state change of a record from a posted form, and return the response."""

from django.contrib import messages
from django.shortcuts import redirect

from kotaku.requests import kept_forms
from kotaku.workflow.forms import form_of
from kotaku.workflow.refusals import StaleRecord, TransitionNotAllowed


def perform(request, row, form, verb, *, page, to, done, kept="", repeated=None):
    """Change the state of `row` with the form's values, then redirect to `to(row)`.

    Calls `verb(row, by=…, **cleaned)` and then shows the message `done`. Errors are rendered by
    `page(row, form=…, refusal=…, status=…)`: 422 for an invalid form, 409 if the change is refused,
    or if another user changed the row first, with the row as stored now. If `repeated(row,
    cleaned)` is true, an identical request (a double click) was first, and the response is as
    after a success. `kept` is the page whose kept form is deleted afterwards.
    """
    if not form.is_valid():
        return page(row, form=form, status=422)
    try:
        verb(row, by=request.user, **form.cleaned_data)
    except StaleRecord as stale:
        row = stale.row
        if not (repeated and repeated(row, form.cleaned_data)):
            return page(row, form=form, refusal=stale, status=409)
    except TransitionNotAllowed as refusal:
        return page(row, form=form, refusal=refusal, status=409)
    kept_forms.forget(request, kept)
    messages.success(request, done)
    return redirect(to(row))


def perform_step(request, row, verb, *, then=None, **answers):
    """Carry out the transition of a button: `row.act(verb, …)`, then `then(row, verb)`.

    A repeated click is recognised by `row.was_last_done_by`; `answers` are those of `perform`.
    """
    button = row.transitions[verb].button
    field = button.reason.name if button.reason else ""

    def act(row, *, by, version, **typed):
        said = {name: typed[name] for name in ("ticked",) if name in typed}
        row.act(verb, by=by, version=version, **({"reason": typed[field]} if field else {}), **said)
        if then:
            then(row, verb)

    def repeated(row, typed):
        said = {"version": typed["version"], "reason": typed.get(field, "")}
        return row.was_last_done_by(request.user, verb, **said)

    # On an outdated form the marks are those of another state: the action says that it is stale.
    is_current = request.POST.get("version") == str(row.version)
    form = form_of(
        button, request.POST, marks=row.marks_to_check(verb, request.user) if is_current else ""
    )
    done = button.done.format(row=row)
    return perform(request, row, form, act, done=done, repeated=repeated, **answers)

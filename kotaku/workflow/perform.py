"""One step of a record as a form asks for it, and the answer."""

from django.contrib import messages
from django.shortcuts import redirect

from kotaku.requests import kept_forms
from kotaku.workflow.refusals import StaleRecord, TransitionNotAllowed


def perform(request, row, form, verb, *, page, to, done, kept="", repeated=None):
    """Carry out a verb of `row` with what the form says, then lead to the address `to(row)`.

    `verb(row, by=…, **cleaned)` is the deed; `done` says afterwards that it is done. `page(row,
    form=…, refusal=…, status=…)` draws the page of the form: with 422 for a wrong form, with 409
    where the verb is refused or another person was faster; `row` is then as it is stored now.
    `repeated(row, cleaned)` says whether a second click brings what the first has done already:
    it ends where that one did. `kept` is the page whose kept form is then done with.
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

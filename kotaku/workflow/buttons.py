"""The buttons of a record's transitions: their URLs, and what a page offers in its present state."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django import forms
from django.urls import path, reverse

from kotaku.workflow.forms import form_of
from kotaku.workflow.states import Actor, Transition


def button_urls(
    transitions: Mapping[str, Transition], prefix: str, name: str, views: Mapping[Actor, Callable]
) -> list:
    """Return a URL for each transition with a button; its view is that of who may press it."""
    return [
        path(
            f"{prefix}{step.button.path}/",
            views[step.by],
            {"verb": verb},
            name=f"{name}-{step.button.name}",
        )
        for verb, step in transitions.items()
        if step.button
    ]


@dataclass(frozen=True)
class Offer:
    """A transition that a page offers now; `form` asks for its reason, None if it needs none."""

    url: str
    title: str
    text: str
    label: str
    form: forms.Form | None
    is_main: bool
    is_folded: bool


def offers(row, by: Actor, name: str, *, typed=None, verb="", **words) -> list[Offer]:
    """Return the buttons on a row's page for its owner or its reviewer, in the table's order.

    `name` begins the names of the URLs. `typed` is what was sent with the button of `verb` ("":
    unknown, so the first with such a field) and is shown again. `words` fill in the texts.
    """
    words |= {"called": row.called.capitalize()}
    state = getattr(row, row.state_field)
    found, ids = [], "id_%s"
    for key, step in row.transitions.items():
        button = step.button
        if not button or step.by != by or state not in step.moves:
            continue
        form, marks = None, row.marks_to_check(key) if button.tick else ""
        if button.reason or marks:
            field = button.reason.name if button.reason else "version"
            is_sent = bool(typed) and field in typed and verb in ("", key)
            # A tick is for what its page showed.
            if marks:
                is_sent = is_sent and verb == key and typed.get("version") == str(row.version)
            form = form_of(button, typed if is_sent else None, marks=marks, auto_id=ids)
            if marks:
                form.fields["ticked"].label = button.tick.label.format(**words)
            # The next form on this page needs ids of its own.
            ids, verb = f"id_{key}_%s", verb or (key if is_sent else "")
        found.append(
            Offer(
                url=reverse(f"{name}-{button.name}", args=[row.pk]),
                title=button.title.format(**words),
                text=button.text.format(**words),
                label=button.label,
                form=form,
                is_main=button.is_main,
                is_folded=button.is_folded,
            )
        )
    return found


def sent_form(found: list[Offer]) -> forms.Form | None:
    """Return the form of these offers that was sent and is shown again."""
    return next((each.form for each in found if each.form and each.form.is_bound), None)

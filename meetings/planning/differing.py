"""What is stored of a meeting and differs from what an outdated form would save."""

from kotaku.interface.fields import shown_value
from meetings.planning import row_sources
from meetings.planning.editor import initial_facts
from meetings.planning.forms import MeetingForm


def differing(editor, stored) -> list[tuple[str, str]]:
    """Return (label, stored value) of each fact and row of `stored` that the editor would change.

    The editor's forms are valid.
    """
    facts = initial_facts(stored, editor.user)
    kept = MeetingForm(initial=facts, user=editor.user, meeting=stored)
    people = row_sources.participant_rows(stored)
    return [
        *_differences(kept, facts, editor.facts),
        *_rows("Acara", row_sources.agenda_rows(stored), editor.agenda, "title"),
        *_rows("Peserta", people, editor.participants, "name"),
    ]


def _rows(what, stored, forms, name):
    by_key = {form.cleaned_data["pk"]: form for form in forms if form.cleaned_data["pk"]}
    for number, row in enumerate(stored, 1):
        form = by_key.get(row["pk"])
        if form and (found := _differences(form, row, form)):
            said = "; ".join(f"{label}: {value}" for label, value in found)
            yield f"{what} {number}", f"{row[name]} ({said})" if row[name] else said


def _differences(kept, values, form) -> list[tuple[str, str]]:
    """Return (label, stored) of the fields in which the stored `values` differ from the form's."""
    found = []
    for field in kept.visible_fields():
        stored = shown_value(field.field, values.get(field.name))
        if stored != shown_value(field.field, form.cleaned_data.get(field.name)):
            found.append((field.label, stored))
    return found

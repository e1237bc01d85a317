"""Refuse stale forms of the admin.

A form carries signed digests of the values it showed (`kotaku.admin_site.shown`). They are compared
with the stored values under a lock, in the transaction that saves.
"""

from dataclasses import dataclass
from functools import partial

from django.contrib import messages
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.db import IntegrityError, transaction

from kotaku.admin_site import shown
from kotaku.admin_site.deletions import DoneAsShown
from kotaku.admin_site.locks import (
    lock_rows_of,
    locked_row,
    name_of,
    who_changed,
)
from kotaku.admin_site.stale_forms import Comparison, Table
from kotaku.integrity import rules
from kotaku.requests.error_pages import admin_form_again, is_disk_full, is_not_stored
from kotaku.workflow.versioned import Versioned


@dataclass
class Reading:
    """A change form with the stored values: its fields, inline tables and read-only fields."""

    row: object
    form: object
    tables: list[Table]
    names: list[str]

    def marks(self) -> dict:
        """Return the digests of all values shown."""
        return {
            "of": name_of(self.row),
            "fields": shown.marks_of_form(self.form) | shown.marks_of_row(self.row, self.names),
            "rows": {table.formset.prefix: table.marks() for table in self.tables},
        }


class NothingOverwritten(DoneAsShown):
    """Base of every admin class: forms, inline tables and deletions send digests of values."""

    # Models whose rows decide whether a record may change; they are locked while it is saved.
    locked_with = ()

    def __init__(self, model, admin_site):
        super().__init__(model, admin_site)
        if self.list_editable:
            raise ImproperlyConfigured(
                f"{type(self).__name__}: a list that is edited carries no version of its rows."
            )

    # The change form.

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Save the form; show it again if it is stale or could not be stored."""
        # Django accepts this name in any POST, even without such a button.
        if "_saveasnew" in request.POST and not self.save_as:
            raise PermissionDenied
        try:
            return self._answer_form(request, object_id, form_url, extra_context)
        except IntegrityError as error:
            sentence = rules.sentence_of(error)
            if not sentence:
                raise
            request.is_form_refused = True
            messages.error(request, sentence)
            return self._answer_form(request, object_id, form_url, extra_context)
        except Exception as error:
            if is_disk_full(error) or not is_not_stored(error):
                raise
            request.is_form_refused = True
            draw = partial(self._answer_form, request, object_id, form_url, extra_context)
            return admin_form_again(request, error, draw)

    def _answer_form(self, request, object_id, form_url, extra_context):
        if request.method != "POST" or object_id is None:
            return super().changeform_view(request, object_id, form_url, extra_context)
        with transaction.atomic():
            now = self._read_locked(request, object_id)
            if now is None:
                # Deleted, in another region, or not allowed: let Django answer.
                return super().changeform_view(request, object_id, form_url, extra_context)
            was, marks = shown.unseal(request.POST.get(shown.FIELD, "")), now.marks()
            context = {**(extra_context or {}), "shown": shown.seal(marks)}
            if not shown.fits(was, marks):
                return self._give_back(request, object_id, form_url, context, now, was)
            return super().changeform_view(request, object_id, form_url, context)

    def get_form(self, request, obj=None, change=False, **kwargs):
        """Return the form class; a form that is shown again is never valid."""
        form = super().get_form(request, obj, change=change, **kwargs)
        return _refused(form) if getattr(request, "is_form_refused", False) else form

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        """Add the digests to the form."""
        if change and "shown" not in context and self.has_change_permission(request, obj):
            tables = [
                Table(each.formset, _names_shown_only(each.opts, request, obj))
                for each in context["inline_admin_formsets"]
            ]
            form = context["adminform"].form
            reading = Reading(obj, form, tables, self._names(request, obj))
            context["shown"] = shown.seal(reading.marks())
        context = {"shown": "", "stale": None, **context}
        return super().render_change_form(
            request, context, add=add, change=change, form_url=form_url, obj=obj
        )

    def _names(self, request, obj) -> list[str]:
        version = ["version"] if isinstance(obj, Versioned) else []
        return list(dict.fromkeys([*version, *map(str, self.get_readonly_fields(request, obj))]))

    def _read_locked(self, request, object_id) -> Reading | None:
        """Lock a record with its inline rows and links, and read it to compare it with its form."""
        row = locked_row(self, request, object_id)
        if row is None:
            return None
        for model in self.locked_with:
            lock_rows_of(row, model)
        if not self.has_change_permission(request, row):
            return None
        fields = flatten_fieldsets(self.get_fieldsets(request, row))
        form_class = self.get_form(request, row, change=True, fields=fields)
        pairs = list(self.get_formsets_with_inlines(request, row))
        for model in [*_links(self.model, form_class.base_fields), *(i.model for _, i in pairs)]:
            lock_rows_of(row, model)
        # Read after locking, so that nothing changes before the save.
        row = self.get_object(request, unquote(object_id))
        tables, prefixes = [], {}
        for formset_class, inline in pairs:
            prefix = formset_class.get_default_prefix()
            prefixes[prefix] = prefixes.get(prefix, 0) + 1
            if prefixes[prefix] > 1:
                prefix = f"{prefix}-{prefixes[prefix]}"
            rows = inline.get_queryset(request)
            formset = formset_class(instance=row, prefix=prefix, queryset=rows)
            tables.append(Table(formset, _names_shown_only(inline, request, row)))
        return Reading(row, form_class(instance=row), tables, self._names(request, row))

    def _give_back(self, request, object_id, form_url, context, now, was):
        """Show a stale form again with the user's input and the stored values; save nothing."""
        found = Comparison(was, request.POST)
        found.take_form(now.form)
        found.take_stored(now.row, [n for n in now.names if n not in ABOUT_CHANGES])
        for table in now.tables:
            found.take_rows(table)
        stale = {
            "sentence": who_changed(now.row, was),
            "lines": found.lines,
            "had_files": bool(request.FILES),
        }
        request.POST, request.is_form_refused = found.data, True
        context |= {"stale": stale}
        response = super().changeform_view(request, object_id, form_url, context)
        response.status_code = 409
        return response

    # Saving counts up the version, by which the site's own forms notice the change.

    def save_model(self, request, obj, form, change):
        """Save the record, and count up its version if it has one."""
        if isinstance(obj, Versioned):
            obj.count_change(by=request.user)
        super().save_model(request, obj, form, change)

    def save_formset(self, request, form, formset, change):
        """Save the rows of an inline table, and count up the versions of changed rows."""
        if issubclass(formset.model, Versioned):
            for each in formset.forms:
                if each.has_changed():
                    each.instance.count_change(by=request.user)
        super().save_formset(request, form, formset, change)


# Left out of the comparison: the sentence above already names who changed the record and when.
ABOUT_CHANGES = ("version", "changed_by", "changed_at")


def _refused(form_class):
    class Refused(form_class):
        def is_valid(self):
            # Run the validation, so that other errors are shown as well.
            super().is_valid()
            return False

    return Refused


def _names_shown_only(inline, request, obj) -> list[str]:
    names = [*inline.get_readonly_fields(request, obj)]
    if not inline.has_change_permission(request, obj):
        names += flatten_fieldsets(inline.get_fieldsets(request, obj))
    return list(dict.fromkeys(map(str, names)))


def _links(model, names):
    """Yield the link tables of the many-to-many fields among these names."""
    for field in model._meta.get_fields():
        if field.many_to_many:
            is_theirs = field.auto_created and not field.concrete
            name = field.get_accessor_name() if is_theirs else field.name
            if name in names:
                yield field.through if is_theirs else field.remote_field.through

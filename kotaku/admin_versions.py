"""The admin overwrites nobody: each of its forms says what it showed, and a stale one is refused.

What a form showed travels with it as signed digests (`kotaku.shown`), and is compared with what is
stored under a lock, in the transaction that saves.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import wraps

from django.contrib.admin.actions import delete_selected
from django.contrib.admin.models import LogEntry
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.http import QueryDict

from kotaku import shown
from kotaku.forms import is_key
from kotaku.stale_forms import Comparison, Table
from kotaku.versioned import Versioned, changed_sentence

SOMEBODY = "Data ini sudah berubah sejak halaman ini dibuka."
UNKNOWN = "Tidak diketahui keadaan data ini saat halamannya dibuka."


@dataclass
class Reading:
    """A change form as it would be drawn now: its fields, its tables, what is shown only."""

    row: object
    form: object
    tables: list[Table]
    names: list[str]

    def marks(self) -> dict:
        """Return the digests of all that is shown."""
        return {
            "of": _name(self.row),
            "fields": shown.marks_of_form(self.form) | shown.marks_of_row(self.row, self.names),
            "rows": {table.formset.prefix: table.marks() for table in self.tables},
        }


class NothingOverwritten:
    """For every room of the admin: forms, tables in them and deletions carry what they showed."""

    def __init__(self, model, admin_site):
        super().__init__(model, admin_site)
        if self.list_editable:
            raise ImproperlyConfigured(
                f"{type(self).__name__}: a list that is edited carries no version of its rows."
            )

    # The change form.

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Save a form that shows what is stored; give a stale one back."""
        if request.method != "POST" or object_id is None:
            return super().changeform_view(request, object_id, form_url, extra_context)
        with transaction.atomic():
            now = self._read_locked(request, object_id)
            if now is None:
                # Gone, elsewhere, or not this person's to change: Django answers.
                return super().changeform_view(request, object_id, form_url, extra_context)
            was, marks = shown.unseal(request.POST.get(shown.FIELD, "")), now.marks()
            context = {**(extra_context or {}), "shown": shown.seal(marks)}
            if not shown.fits(was, marks):
                return self._give_back(request, object_id, form_url, context, now, was)
            return super().changeform_view(request, object_id, form_url, context)

    def get_form(self, request, obj=None, change=False, **kwargs):
        """Return the form; of a stale one it is never valid."""
        form = super().get_form(request, obj, change=change, **kwargs)
        return _refused(form) if getattr(request, "is_form_stale", False) else form

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        """Write into the form what it shows."""
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
        """Lock a record with its rows and links, and read it as its form shows it."""
        row = self._locked(request, object_id)
        if row is None or not self.has_change_permission(request, row):
            return None
        fields = flatten_fieldsets(self.get_fieldsets(request, row))
        form_class = self.get_form(request, row, change=True, fields=fields)
        pairs = list(self.get_formsets_with_inlines(request, row))
        for model in [*_links(self.model, form_class.base_fields), *(i.model for _, i in pairs)]:
            _lock_rows_of(row, model)
        # Read after the locks: links and rows are as they will be saved over.
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

    def _locked(self, request, object_id):
        """Return the record, locked, if it is this person's to see."""
        if not is_key(unquote(object_id)):
            return None
        rows = self.model._base_manager.filter(pk=unquote(object_id))
        list(rows.select_for_update().order_by("pk").values_list("pk"))
        return self.get_object(request, unquote(object_id))

    def _give_back(self, request, object_id, form_url, context, now, was):
        """Show a stale form again, with what was typed and what is stored; nothing is saved."""
        found = Comparison(was, request.POST)
        found.take_form(now.form)
        found.take_stored(now.row, [n for n in now.names if n not in ABOUT_CHANGES])
        for table in now.tables:
            found.take_rows(table)
        stale = {
            "sentence": _who_changed(now.row, was),
            "lines": found.lines,
            "had_files": bool(request.FILES),
        }
        request.POST, request.is_form_stale = found.data, True
        context |= {"stale": stale}
        response = super().changeform_view(request, object_id, form_url, context)
        response.status_code = 409
        return response

    # Storing: the site's own forms learn of it by the version.

    def save_model(self, request, obj, form, change):
        """Store the record, and count the change where it has a version."""
        if isinstance(obj, Versioned):
            obj.count_change(by=request.user)
        super().save_model(request, obj, form, change)

    def save_formset(self, request, form, formset, change):
        """Store the rows of a table, and count the changes of those with a version."""
        if issubclass(formset.model, Versioned):
            for each in formset.forms:
                if each.has_changed():
                    each.instance.count_change(by=request.user)
        super().save_formset(request, form, formset, change)

    # Pages of their own about one record.

    def guard_row(self, request, object_id, page):
        """Return what a page about one record answers; a post only while the record is as shown.

        `page()` answers with a template or leads on; a late post is answered as a first look.
        """
        if request.method != "POST":
            return _carrying(page(), _marks_of(self.get_object(request, unquote(object_id))))
        with transaction.atomic():
            row = self._locked(request, object_id)
            marks, was = _marks_of(row), shown.unseal(request.POST.get(shown.FIELD, ""))
            if row is None or shown.fits(was, marks):
                return _carrying(page(), marks)
            request.method = "GET"
            response = _carrying(page(), marks, stale=_who_changed(row, was))
            response.status_code = 409
            return response

    # Deleting.

    def delete_view(self, request, object_id, extra_context=None):
        """Delete what the page showed; show the page again when it is another now."""
        if request.method != "POST":
            return super().delete_view(request, object_id, extra_context)
        with transaction.atomic():
            row = self._locked(request, object_id)
            if row is None or not self.has_delete_permission(request, row):
                return super().delete_view(request, object_id, extra_context)
            was = shown.unseal(request.POST.get(shown.FIELD, ""))
            if shown.fits(was, self.deletion_marks(request, [row])):
                return super().delete_view(request, object_id, extra_context)
            request.POST = QueryDict()
            stale = {**(extra_context or {}), "stale": _who_changed(row, was)}
            response = super().delete_view(request, object_id, stale)
            response.status_code = 409
            return response

    def render_delete_form(self, request, context):
        """Write into the page what it is about."""
        marks = self.deletion_marks(request, [context["object"]])
        context = {"stale": "", **context, "shown": shown.seal(marks)}
        return super().render_delete_form(request, context)

    def get_actions(self, request):
        """Delete several rows only as they were shown."""
        actions = super().get_actions(request)
        if "delete_selected" in actions:
            _, name, description = actions["delete_selected"]
            actions["delete_selected"] = (_delete_selected_as_shown, name, description)
        return actions

    def deletion_marks(self, request, rows) -> dict:
        """Return the digests of rows that are to be deleted, and of what goes with them."""
        deleted, *_ = self.get_deleted_objects(rows, request)
        own = {_name(row): self.marks_to_delete(row) for row in rows}
        return {"of": own, "deleted": shown.mark(deleted)}

    def marks_to_delete(self, row) -> dict[str, str]:
        """Return the digests of a row that must still be so when it is deleted."""
        return shown.marks_of_row(row)


# What says who changed something and when says it in the sentence above.
ABOUT_CHANGES = ("version", "changed_by", "changed_at")


@wraps(delete_selected)
def _delete_selected_as_shown(modeladmin, request, queryset):
    with transaction.atomic():
        # Ordered, so that two who delete the same rows wait for each other.
        keys = queryset.order_by("pk").values_list("pk", flat=True)
        list(
            modeladmin.model._base_manager.filter(pk__in=list(keys))
            .select_for_update()
            .order_by("pk")
        )
        rows = list(queryset.order_by("pk"))
        marks = modeladmin.deletion_marks(request, rows)
        was = shown.unseal(request.POST.get(shown.FIELD, ""))
        is_late = bool(request.POST.get("post")) and not shown.fits(was, marks)
        if is_late:
            request.POST = request.POST.copy()
            del request.POST["post"]
        response = delete_selected(modeladmin, request, queryset)
    if response is not None:
        response.context_data |= {"shown": shown.seal(marks), "stale": SOMEBODY if is_late else ""}
        response.status_code = 409 if is_late else 200
    return response


def _marks_of(row) -> dict:
    return {"of": _name(row), "row": shown.marks_of_row(row)} if row else {}


def _carrying(response, marks, stale=""):
    if getattr(response, "context_data", None) is not None:
        response.context_data |= {"shown": shown.seal(marks), "stale": stale}
    return response


def _refused(form_class):
    class Refused(form_class):
        def clean(self):
            cleaned = super().clean()
            self.add_error(None, "Belum ada yang disimpan.")
            return cleaned

    return Refused


def _who_changed(row, was) -> str:
    """Say who has changed a record since a form was opened, as far as that is known."""
    if was is None:
        return UNKNOWN
    version = shown.marks_of_row(row, ["version"]).get("=version")
    if isinstance(row, Versioned) and was.get("fields", {}).get("=version") != version:
        return row.changed_sentence()
    kind = ContentType.objects.get_for_model(row, for_concrete_model=False)
    since = datetime.fromtimestamp(was["at"], UTC)
    entries = LogEntry.objects.filter(
        content_type=kind, object_id=str(row.pk), action_time__gte=since
    )
    last = entries.select_related("user").order_by("-action_time", "-pk").first()
    return changed_sentence(last.user, last.action_time) if last else SOMEBODY


def _name(row) -> str:
    return f"{row._meta.label_lower}:{row.pk}"


def _names_shown_only(inline, request, obj) -> list[str]:
    names = [*inline.get_readonly_fields(request, obj)]
    if not inline.has_change_permission(request, obj):
        names += flatten_fieldsets(inline.get_fieldsets(request, obj))
    return list(dict.fromkeys(map(str, names)))


def _links(model, names):
    """Yield the tables of the many-to-many fields among these names."""
    for field in model._meta.get_fields():
        if field.many_to_many:
            is_theirs = field.auto_created and not field.concrete
            name = field.get_accessor_name() if is_theirs else field.name
            if name in names:
                yield field.through if is_theirs else field.remote_field.through


def _lock_rows_of(row, model) -> None:
    """Lock the rows of a table that lead to this record."""
    for field in model._meta.concrete_fields:
        if field.many_to_one and isinstance(row, field.related_model):
            rows = model._base_manager.filter(**{field.name: row})
            list(rows.select_for_update().order_by("pk").values_list("pk"))

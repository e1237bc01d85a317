"""Refuse a deletion or action in the admin if the record has changed since its page was shown."""

from functools import wraps

from django.contrib.admin.actions import delete_selected
from django.contrib.admin.utils import unquote
from django.db import transaction
from django.http import QueryDict

from kotaku.admin_site import shown
from kotaku.admin_site.locks import (
    CHANGED_SINCE,
    locked_row,
    name_of,
    who_changed,
)


class DoneAsShown:
    """Mixin for admin classes: deletions and custom pages send digests of the values shown."""

    # Custom pages about one record.

    def guard_row(self, request, object_id, page):
        """Return the response of a page about one record; refuse a POST if the record has changed.

        `page()` returns a template response or a redirect. A stale POST gets the page as for GET,
        with 409.
        """
        if request.method != "POST":
            marks = _marks_of(self.get_object(request, unquote(object_id)))
            return _carrying(page(), marks)
        with transaction.atomic():
            row = locked_row(self, request, object_id)
            marks, was = _marks_of(row), shown.unseal(request.POST.get(shown.FIELD, ""))
            if row is None or shown.fits(was, marks):
                return _carrying(page(), marks)
            request.method = "GET"
            response = _carrying(page(), marks, stale=who_changed(row, was))
            response.status_code = 409
            return response

    # Deleting.

    def delete_view(self, request, object_id, extra_context=None):
        """Delete the record as it was shown; if it has changed, show the page again with 409."""
        if request.method != "POST":
            return super().delete_view(request, object_id, extra_context)
        with transaction.atomic():
            row = locked_row(self, request, object_id)
            if row is None or not self.has_delete_permission(request, row):
                return super().delete_view(request, object_id, extra_context)
            was = shown.unseal(request.POST.get(shown.FIELD, ""))
            if shown.fits(was, self.deletion_marks(request, [row])):
                return super().delete_view(request, object_id, extra_context)
            request.POST = QueryDict()
            stale = {**(extra_context or {}), "stale": who_changed(row, was)}
            response = super().delete_view(request, object_id, stale)
            response.status_code = 409
            return response

    def render_delete_form(self, request, context):
        """Add the digests to the confirmation page."""
        marks = self.deletion_marks(request, [context["object"]])
        context = {"stale": "", **context, "shown": shown.seal(marks)}
        return super().render_delete_form(request, context)

    def get_actions(self, request):
        """Replace the deletion of several rows by one that refuses changed rows."""
        actions = super().get_actions(request)
        if "delete_selected" in actions:
            _, name, description = actions["delete_selected"]
            actions["delete_selected"] = (_delete_selected_as_shown, name, description)
        return actions

    def deletion_marks(self, request, rows) -> dict:
        """Return the digests of the rows to delete and of the rows deleted with them."""
        deleted, *_ = self.get_deleted_objects(rows, request)
        own = {name_of(row): self.marks_to_delete(row) for row in rows}
        return {"of": own, "deleted": shown.mark(deleted)}

    def marks_to_delete(self, row) -> dict[str, str]:
        """Return the digests of a row that must be unchanged when it is deleted."""
        return shown.marks_of_row(row)


@wraps(delete_selected)
def _delete_selected_as_shown(modeladmin, request, queryset):
    with transaction.atomic():
        # Lock in primary-key order to avoid deadlocks.
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
        response.context_data |= {
            "shown": shown.seal(marks),
            "stale": CHANGED_SINCE if is_late else "",
        }
        response.status_code = 409 if is_late else 200
    return response


def _marks_of(row) -> dict:
    return {"of": name_of(row), "row": shown.marks_of_row(row)} if row else {}


def _carrying(response, marks, stale=""):
    if getattr(response, "context_data", None) is not None:
        response.context_data |= {"shown": shown.seal(marks), "stale": stale}
    return response

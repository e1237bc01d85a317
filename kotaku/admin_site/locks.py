"""Lock records of the admin before a change, and name who has changed them."""

from datetime import UTC, datetime

from django.contrib.admin.models import LogEntry
from django.contrib.admin.utils import unquote
from django.contrib.contenttypes.models import ContentType

from kotaku.admin_site import shown
from kotaku.interface.fields import is_key
from kotaku.workflow.refusals import changed_sentence
from kotaku.workflow.versioned import Versioned

CHANGED_SINCE = "Data ini sudah berubah sejak halaman ini dibuka."
UNKNOWN = "Tidak diketahui keadaan data ini saat halamannya dibuka."


def locked_row(room, request, object_id):
    """Lock and return the record with this key; None if the user may not see it."""
    pk = unquote(object_id)
    if not is_key(pk):
        return None
    # no_key: others can still add events that refer to this record, which avoids deadlocks.
    rows = room.model._base_manager.filter(pk=pk)
    list(rows.select_for_update(no_key=True).order_by("pk").values_list("pk"))
    return room.get_object(request, pk)


def lock_rows_of(row, model) -> None:
    """Lock the rows of a table that refer to this record."""
    for field in model._meta.concrete_fields:
        if field.is_relation and isinstance(row, field.related_model):
            rows = model._base_manager.filter(**{field.name: row})
            list(rows.select_for_update(no_key=True).order_by("pk").values_list("pk"))


def name_of(row) -> str:
    """Return the name under which the digests of a record are sent."""
    return f"{row._meta.label_lower}:{row.pk}"


def who_changed(row, was) -> str:
    """Return the sentence about who has changed a record since a form was opened, if known."""
    if was is None:
        return UNKNOWN
    version = shown.marks_of_row(row, ["version"]).get("=version")
    fields = was.get("fields", {"=version": version})
    if isinstance(row, Versioned) and fields.get("=version") != version:
        return row.changed_sentence()
    kind = ContentType.objects.get_for_model(row, for_concrete_model=False)
    since = datetime.fromtimestamp(was["at"], UTC)
    entries = LogEntry.objects.filter(
        content_type=kind, object_id=str(row.pk), action_time__gte=since
    )
    last = entries.select_related("user").order_by("-action_time", "-pk").first()
    return changed_sentence(last.user, last.action_time) if last else CHANGED_SINCE

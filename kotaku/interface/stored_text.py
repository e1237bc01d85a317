"""Clean text that was stored before forms cleaned it; for migrations."""

from django.db import IntegrityError, models, transaction

from kotaku.text import clean_text


def clean_stored_text(apps, app: str, *, except_models=()) -> None:
    """Store the clean form of every text of an app's models, as a migration knows them.

    A row that would become the twin of another one stays as it is; what goes out is cleaned anyway.
    """
    for model in apps.get_app_config(app).get_models():
        if model.__name__ not in except_models:
            for pk, changes in _changes(model):
                _store(model, pk, changes)


def settle(schema_editor) -> None:
    """Let PostgreSQL check now what it puts off to the end of the transaction.

    Else it alters no table in which the same migration has changed rows.
    """
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        schema_editor.execute("SET CONSTRAINTS ALL DEFERRED")


def _changes(model) -> list[tuple]:
    names = [
        field.name
        for field in model._meta.local_concrete_fields
        if isinstance(field, models.CharField | models.TextField) and not field.choices
    ]
    if not names:
        return []
    found = []
    for pk, *texts in model.objects.order_by("pk").values_list("pk", *names).iterator(500):
        written = zip(names, texts, strict=True)
        clean = {name: (text, clean_text(text)) for name, text in written if text}
        changes = {name: after for name, (before, after) in clean.items() if before != after}
        if changes:
            found.append((pk, changes))
    return found


def _store(model, pk, changes):
    try:
        with transaction.atomic():
            model.objects.filter(pk=pk).update(**changes)
    except IntegrityError:
        return

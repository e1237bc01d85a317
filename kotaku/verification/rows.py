"""Whether all rows keep the rules of their models, also where the database did not check them."""

from collections.abc import Iterator

from django.db import DatabaseError, models
from django.db.models import Count, Exists, ExpressionWrapper, F, OuterRef, Q, Value
from django.db.models.functions import Coalesce

from kotaku.integrity import triggers
from kotaku.verification import house_rules
from kotaku.verification.checks import some

ADVICE = (
    "Baris ini ditulis tanpa melalui situs. Bandingkan dengan cadangan dan perbaiki bersama yang "
    "mengelola datanya; jangan menghapus baris."
)
MOST = 11


def broken() -> Iterator[str]:
    """Yield a sentence for each rule with rows that break it."""
    for model in triggers.house_models():
        try:
            yield from _of_model(model)
        except DatabaseError as error:
            yield f"Tabel {model._meta.db_table} tidak dapat diperiksa: {type(error).__name__}."
    yield from house_rules.broken_rows()


def _of_model(model):
    table = model._meta.db_table
    for rule in model._meta.constraints:
        if isinstance(rule, models.CheckConstraint) and (keys := _breaking(model, rule)):
            yield f"{table}, baris {some(keys)}: {rule.violation_error_message} ({rule.name})"
        if isinstance(rule, models.UniqueConstraint) and (found := _repeated(model, rule)):
            yield f"{table}: {found} kali lebih dari satu baris, padahal {rule.name} hanya satu."
    for field in model._meta.local_concrete_fields:
        if isinstance(field, models.ForeignKey) and (keys := _dangling(model, field)):
            yield (
                f"{table}, baris {some(keys)}: kolom {field.column} menunjuk baris "
                f"{field.remote_field.model._meta.db_table} yang tidak ada."
            )
        if field.unique and not field.primary_key:
            rule = models.UniqueConstraint(fields=[field.name], name=field.column)
            if found := _repeated(model, rule):
                yield f"{table}: {found} nilai kolom {field.column} ada lebih dari satu kali."


def _breaking(model, rule) -> list:
    """Return rows for which a condition is false; like the database, unknown counts as kept."""
    kept = Coalesce(
        ExpressionWrapper(rule.condition, output_field=models.BooleanField()), Value(True)
    )
    rows = model._base_manager.annotate(is_kept=kept).filter(is_kept=False)
    return list(rows.order_by("pk").values_list("pk", flat=True)[:MOST])


def _repeated(model, rule) -> int:
    """Return how many values that must be unique occur in several rows."""
    values = rule.expressions or [F(name) for name in rule.fields]
    parts = {f"part{number}": value for number, value in enumerate(values)}
    rows = model._base_manager.order_by().filter(rule.condition or Q()).annotate(**parts)
    if rule.nulls_distinct is not False:
        rows = rows.filter(**{f"{name}__isnull": False for name in parts})
    return rows.values(*parts).annotate(times=Count("pk")).filter(times__gt=1).count()


def _dangling(model, field) -> list:
    target = field.remote_field.model
    there = target._base_manager.filter(**{field.target_field.attname: OuterRef(field.attname)})
    rows = model._base_manager.filter(~Exists(there), **{f"{field.attname}__isnull": False})
    return list(rows.order_by("pk").values_list("pk", flat=True)[:MOST])

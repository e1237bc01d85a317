"""User names are stored in one form and compared without case."""

import django.contrib.auth.validators
from django.db import migrations, models
from django.db.models.functions import Lower

from kotaku.interface.stored_text import clean_stored_text, settle
from kotaku.text import normal_user_name


class SameUserNames(Exception):
    """Accounts whose names differ only by case; an admin has to rename them first."""


def unify(apps, schema_editor):
    """Store every name in its normal form; stop before the first change where two become one."""
    User = apps.get_model("kotaku", "User")
    accounts: dict[str, list[tuple[int, str]]] = {}
    for pk, name in User.objects.order_by("pk").values_list("pk", "username"):
        accounts.setdefault(normal_user_name(name), []).append((pk, name))
    same = [", ".join(name for _, name in found) for found in accounts.values() if found[1:]]
    if same:
        raise SameUserNames(
            "Nama pengguna berikut hanya berbeda huruf besar dan kecilnya. Ganti namanya di admin "
            f"(versi lama), lalu ulangi migrasi: {'; '.join(same)}."
        )
    for name, ((pk, stored),) in accounts.items():
        if name != stored:
            User.objects.filter(pk=pk).update(username=name)


def clean(apps, schema_editor):
    """Take invisible characters out of names and texts; lines of the audit never change."""
    clean_stored_text(apps, "kotaku", except_models=("AuditEvent", "RecoveryCode", "DataVersion"))
    settle(schema_editor)


class Migration(migrations.Migration):
    dependencies = [("kotaku", "0008_contacts_and_guesses_are_on_record")]

    operations = [
        migrations.RunPython(unify, migrations.RunPython.noop),
        migrations.RunPython(clean, migrations.RunPython.noop, elidable=True),
        migrations.AlterField(
            model_name="user",
            name="username",
            field=models.CharField(
                error_messages={"unique": "Sudah ada pengguna dengan nama ini."},
                help_text="Huruf, angka, dan @ . + - _. Huruf besar dan kecil tidak dibedakan.",
                max_length=150,
                unique=True,
                validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                verbose_name="nama pengguna",
            ),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.UniqueConstraint(
                Lower("username"),
                name="user_name_once",
                violation_error_message="Sudah ada pengguna dengan nama ini.",
            ),
        ),
    ]

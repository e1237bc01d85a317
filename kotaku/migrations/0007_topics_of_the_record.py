from django.db import migrations, models


def without_triggers(apps, schema_editor):
    """Take the triggers away that write into the version's table.

    SQLite makes a table anew to alter it, and would stumble over them; after all migrations
    `kotaku.data_version.install` puts them back.
    """
    if schema_editor.connection.vendor != "sqlite":
        return
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'kotaku_data_changed%%'",
            [],
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f'DROP TRIGGER "{name}"')


class Migration(migrations.Migration):
    dependencies = [
        ("kotaku", "0006_refusals_are_on_record"),
    ]

    operations = [
        migrations.RunPython(without_triggers, migrations.RunPython.noop),
        migrations.AddField(
            model_name="dataversion",
            name="topic",
            field=models.CharField(db_default="", max_length=30, verbose_name="bagian"),
        ),
        migrations.RunPython(migrations.RunPython.noop, without_triggers),
    ]

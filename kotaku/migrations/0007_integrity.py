from django.db import migrations

# The audit's own trigger gives way to those of all history (kotaku.integrity.history).
NAME = "audit_is_append_only"
REMOVED = {
    "sqlite": f"DROP TRIGGER IF EXISTS {NAME}",
    "postgresql": f"DROP FUNCTION IF EXISTS {NAME}() CASCADE",
}


def remove(apps, schema_editor):
    schema_editor.execute(REMOVED[schema_editor.connection.vendor])


class Migration(migrations.Migration):

    dependencies = [
        ('kotaku', '0006_access_secrets'),
    ]

    operations = [
        migrations.RunPython(remove, migrations.RunPython.noop),
        migrations.RemoveConstraint(
            model_name='region',
            name='region_kind_known',
        ),
        migrations.RemoveConstraint(
            model_name='user',
            name='user_role_known',
        ),
    ]

"""The database itself refuses to change a line of the audit."""

from django.db import migrations

NAME = "audit_is_append_only"
TABLE = "kotaku_auditevent"
SQLITE = f"""
    CREATE TRIGGER {NAME} BEFORE UPDATE ON {TABLE}
    BEGIN SELECT RAISE(ABORT, 'lines of the audit never change'); END
"""
POSTGRESQL = f"""
    CREATE FUNCTION {NAME}() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'lines of the audit never change'
            USING ERRCODE = 'integrity_constraint_violation';
    END $$
"""
ADD = {
    "sqlite": [SQLITE],
    "postgresql": [
        POSTGRESQL,
        f"CREATE TRIGGER {NAME} BEFORE UPDATE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION {NAME}()",
    ],
}
REMOVE = {
    "sqlite": [f"DROP TRIGGER {NAME}"],
    "postgresql": [f"DROP TRIGGER {NAME} ON {TABLE}", f"DROP FUNCTION {NAME}()"],
}


def add(apps, schema_editor):
    for statement in ADD[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def remove(apps, schema_editor):
    for statement in REMOVE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("kotaku", "0002_sign_in_and_audit")]

    operations = [migrations.RunPython(add, remove)]

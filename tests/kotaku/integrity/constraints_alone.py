"""Try constraints by themselves."""

from django.db import connection

from kotaku.integrity import rules, triggers, values


def constraints_alone():
    """Take the triggers about values and other tables out of the test's transaction."""
    with connection.cursor() as cursor:
        for kind in (values, rules):
            triggers.keep(connection.vendor, cursor, kind.PREFIX, {})

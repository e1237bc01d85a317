"""Try constraints by themselves."""

from django.db import connection

from kotaku.integrity import triggers, values


def constraints_alone():
    """Take the triggers about single values out of the test's transaction: they come first."""
    with connection.cursor() as cursor:
        triggers.keep(connection.vendor, cursor, values.PREFIX, {})

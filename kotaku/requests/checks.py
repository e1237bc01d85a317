"""Checks beside Django's: settings that ask for what is not installed, a database of before."""

from importlib.util import find_spec

from django.conf import settings
from django.core.checks import Error, Tags, register
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder

from kotaku.backup.record import BEFORE_RELEASE


@register()
def bucket_has_its_client(**kwargs) -> list[Error]:
    """Refuse a bucket that nothing here can speak to; uploads would be the first to notice."""
    if not settings.MEDIA_BUCKET or find_spec("boto3"):
        return []
    return [
        Error(
            "MEDIA_BUCKET is set, but boto3 is not installed.",
            hint="Install the version that kotaku/deploy/README.md names, or empty MEDIA_BUCKET.",
            id="kotaku.E001",
        )
    ]


@register(Tags.database)
def database_is_of_a_release(databases=None, **kwargs) -> list[Error]:
    """Refuse a database made before the first release: its first migrations were other ones."""
    return [
        Error(
            f"The database {name} was made before the first release.",
            hint="Begin with a new, empty database; kotaku/deploy/README.md says how.",
            id="kotaku.E002",
        )
        for name in databases or ()
        if BEFORE_RELEASE in MigrationRecorder(connections[name]).applied_migrations()
    ]

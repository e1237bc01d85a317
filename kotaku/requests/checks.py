"""System checks: a package for a setting, keys of a server, a database from before the first release."""

from importlib.util import find_spec

from django.conf import settings
from django.core.checks import Error, Tags, register
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder

from kotaku.backup.record import BEFORE_RELEASE
from kotaku.sealed import SHORTEST


@register()
def bucket_has_its_client(**kwargs) -> list[Error]:
    """Report a bucket without its client package; otherwise only uploads would fail."""
    if not settings.MEDIA_BUCKET or find_spec("boto3"):
        return []
    return [
        Error(
            "MEDIA_BUCKET is set, but boto3 is not installed.",
            hint="Install the version that kotaku/deploy/README.md names, or empty MEDIA_BUCKET.",
            id="kotaku.E001",
        )
    ]


@register(Tags.security, deploy=True)
def second_step_has_its_key(**kwargs) -> list[Error]:
    """Report a server that encrypts the secrets of the second step with no key of their own."""
    keys = settings.TWO_FACTOR_KEYS
    if keys and settings.SECRET_KEY not in keys and min(map(len, keys)) >= SHORTEST:
        return []
    return [
        Error(
            "TWO_FACTOR_KEYS is missing, shorter than a key, or the same as SECRET_KEY.",
            hint="Set it to the output of: "
            'python3 -c "import secrets; print(secrets.token_urlsafe(50))"',
            id="kotaku.E003",
        )
    ]


@register(Tags.database)
def database_is_of_a_release(databases=None, **kwargs) -> list[Error]:
    """Report a database made before the first release, whose initial migrations were different."""
    return [
        Error(
            f"The database {name} was made before the first release.",
            hint="Begin with a new, empty database; kotaku/deploy/README.md says how.",
            id="kotaku.E002",
        )
        for name in databases or ()
        if BEFORE_RELEASE in MigrationRecorder(connections[name]).applied_migrations()
    ]

"""What `manage.py check` says beside Django: settings that ask for what is not installed."""

from importlib.util import find_spec

from django.conf import settings
from django.core.checks import Error, register


@register()
def bucket_has_its_client(**kwargs) -> list[Error]:
    """Refuse a bucket that nothing here can speak to; uploads would be the first to notice."""
    if not settings.MEDIA_BUCKET or find_spec("boto3"):
        return []
    return [
        Error(
            "MEDIA_BUCKET is set, but boto3 is not installed.",
            hint="Install the version that the README names, or empty MEDIA_BUCKET.",
            id="kotaku.E001",
        )
    ]

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class KotakuConfig(AppConfig):
    """The house itself: people, formats, sign-in, error pages."""

    name = "kotaku"
    verbose_name = "Pengguna"

    def ready(self):
        """Let the database note every change of the record, whatever was migrated; know our checks."""
        import kotaku.checks  # noqa: F401

        post_migrate.connect(_watch_the_record, sender=self)


def _watch_the_record(using, **kwargs):
    from kotaku import data_version

    data_version.install(using)

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_migrate


class KotakuConfig(AppConfig):
    """The house itself: people, formats, sign-in, error pages."""

    name = "kotaku"
    verbose_name = "Pengguna"

    def ready(self):
        """Know our checks; let every change of the record be noted, and every session have an end."""
        import kotaku.requests.checks  # noqa: F401
        from kotaku.accounts.sign_in import begin_session

        post_migrate.connect(_watch_the_record, sender=self)
        user_logged_in.connect(begin_session)


def _watch_the_record(using, **kwargs):
    from kotaku.caching import data_version

    data_version.install(using)

from datetime import timedelta

from django.apps import AppConfig
from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_migrate
from django.utils import timezone


class KotakuConfig(AppConfig):
    """The house itself: people, formats, sign-in, error pages."""

    name = "kotaku"
    verbose_name = "Pengguna"

    def ready(self):
        """Let the database note every change of the record, whatever was migrated; know our checks."""
        import kotaku.checks  # noqa: F401

        post_migrate.connect(_watch_the_record, sender=self)
        user_logged_in.connect(_begin_session)


def _begin_session(request, **kwargs):
    """Let the session end at a moment: whatever is stored in it later does not put that off."""
    end = timezone.now() + timedelta(seconds=settings.SESSION_COOKIE_AGE)
    request.session.set_expiry(end)


def _watch_the_record(using, **kwargs):
    from kotaku import data_version

    data_version.install(using)

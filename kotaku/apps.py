from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_migrate, pre_migrate


class KotakuConfig(AppConfig):
    """Users, regions, sign-in, formats, files and the other tools of the site."""

    name = "kotaku"
    verbose_name = "Pengguna"

    def ready(self):
        """Register checks, signals and what this app shows on the admin's start page."""
        import kotaku.requests.checks  # noqa: F401
        from kotaku import contributions
        from kotaku.accounts.sign_in import begin_session
        from kotaku.privacy import accounts, own_terms
        from kotaku.sqlite import kept_connections
        from kotaku.start import own_parts

        contributions.setup_steps.append(own_parts.setup_steps)
        contributions.admin_findings.append(own_parts.findings)
        contributions.admin_lists.append(own_parts.lists)
        contributions.retention_terms.append(own_terms.terms)
        contributions.contact_sources.append(accounts.SOURCE)
        pre_migrate.connect(_check_rows, sender=self)
        post_migrate.connect(_install_triggers, sender=self)
        user_logged_in.connect(begin_session)
        kept_connections.connect_signals()


def _check_rows(using, **kwargs):
    from kotaku.integrity import keeping

    keeping.before_migration(using)


def _install_triggers(using, **kwargs):
    from kotaku.caching import data_version
    from kotaku.integrity import keeping

    data_version.install(using)
    keeping.install(using)

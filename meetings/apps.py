from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """Coordination meetings: invitations, minutes, decisions, follow-ups, reports."""

    name = "meetings"
    verbose_name = "Rapat koordinasi"

    def ready(self):
        """Register this app's content for other apps' pages."""
        from kotaku.integrity import rules
        from meetings.contributions import register
        from meetings.models import between_tables

        rules.RULES.extend(between_tables.RULES)
        rules.CHANGES.extend(between_tables.CHANGES)
        register()

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """Coordination meetings: invitations, minutes, decisions, follow-ups, reports."""

    name = "meetings"
    verbose_name = "Rapat koordinasi"

    def ready(self):
        """Register this app's content for other apps' pages."""
        from meetings.contributions import register

        register()

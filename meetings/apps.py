from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """Coordination meetings: invitations, minutes, decisions, follow-ups, reports."""

    name = "meetings"
    verbose_name = "Rapat koordinasi"

    def ready(self):
        """Show on other apps' pages what only this app knows."""
        from meetings.contributions import register

        register()

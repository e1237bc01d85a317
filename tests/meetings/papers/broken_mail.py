"""A mail server that takes nothing."""

from django.core.mail.backends.base import BaseEmailBackend


class EmailBackend(BaseEmailBackend):
    """Refuses every message, as a server that is down does."""

    def send_messages(self, messages):
        """Fail."""
        raise ConnectionRefusedError("no mail server")

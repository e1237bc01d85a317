"""A real mail server for tests: it keeps what it takes, and drops, delays or refuses as it is told."""

import asyncio
import email
import socket
from email import policy

from aiosmtpd.controller import Controller


class Sink:
    """What the server took, and how it behaves.

    `drop_after` ends each connection after so many messages, `answers` are its replies to single
    addresses, and `delay` are the seconds that it takes for each message. `drops` are addresses at
    which it ends the connection each time.
    """

    def __init__(self):
        self.taken = []
        self.answers = {}
        self.drops = set()
        self.drop_after = None
        self.delay = 0
        self.connections = 0
        self._in_session = 0

    async def handle_EHLO(self, server, session, envelope, hostname, responses):  # noqa: N802 (aiosmtpd)
        session.host_name = hostname
        self.connections += 1
        self._in_session = 0
        return responses

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):  # noqa: N802 (aiosmtpd)
        if address in self.drops or self._in_session == self.drop_after:
            server.transport.abort()
        if answer := self.answers.get(address):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 (aiosmtpd)
        await asyncio.sleep(self.delay)
        self._in_session += 1
        content = email.message_from_bytes(envelope.content, policy=policy.default)
        self.taken.append((envelope.rcpt_tos, content))
        return "250 Taken"

    def addresses(self):
        """Return the addresses of the messages taken, in order."""
        return [address for addresses, _ in self.taken for address in addresses]


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


class Running:
    """The server while a test runs."""

    def __init__(self, sink, settings):
        self.controller = Controller(sink, hostname="127.0.0.1", port=free_port())
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", self.controller.port
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False

    def __enter__(self):
        self.controller.start()
        return self.controller

    def __exit__(self, *error):
        self.controller.stop(no_assert=True)

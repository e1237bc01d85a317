"""What all machines share: isolated examples, people with browsers, and what a step has changed."""

import faulthandler
import io
import logging
from contextlib import contextmanager
from html import escape

from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test
from PIL import Image

from tests.deep import examples
from tests.drawn_forms import as_drawn
from tests.factories import PASSWORD

STEPS = 16
# A machine takes longer than the run allows one test (pyproject.toml), an example must not.
EXAMPLE_SECONDS = 120


def run(machine, world, steps=STEPS):
    """Drive a machine in a world that is stored already; called inside a test's transaction."""
    # Refusals by the thousand, with a traceback each, would be most of the time.
    logging.disable(logging.WARNING)
    try:
        _drive(lambda: machine(world), steps)
    finally:
        logging.disable(logging.NOTSET)


def _drive(factory, steps):
    run_state_machine_as_test(
        factory,
        settings=settings(
            # PostgreSQL answers the same questions in its own words: fewer walks meet them all.
            max_examples=examples(quick=20 if connection.vendor == "sqlite" else 10, deep=500),
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            print_blob=True,
        ),
    )


class People:
    """People of a world, each signed in once."""

    def __init__(self, **people):
        self.by_name = people
        self.sessions = {}
        for name, user in people.items():
            client = Client()
            client.force_login(user)
            self.sessions[name] = client.cookies[django_settings.SESSION_COOKIE_NAME].value

    def __getitem__(self, name):
        return self.by_name[name]


class DatabaseMachine(RuleBasedStateMachine):
    """Each example is a savepoint of the test's transaction and is rolled back at its end.

    `snapshot()` returns (rows by key, events by key, in their order); `step()` compares.
    """

    def __init__(self, world):
        super().__init__()
        faulthandler.dump_traceback_later(EXAMPLE_SECONDS, exit=True)
        self.world, self.people = world, world.people
        self.browsers = {}
        self._savepoint = transaction.atomic()
        self._savepoint.__enter__()
        self.rows, self.events = self.snapshot()

    def teardown(self):
        transaction.set_rollback(True)
        self._savepoint.__exit__(None, None, None)

    def snapshot(self):
        raise NotImplementedError

    def browser(self, name) -> Client:
        """The browser of a person who is signed in."""
        if name not in self.browsers:
            client = Client()
            client.cookies[django_settings.SESSION_COOKIE_NAME] = self.people.sessions[name]
            self.browsers[name] = client
        return self.browsers[name]

    @contextmanager
    def step(self):
        """Compare the record before and after: history only grows. Yields a Change."""
        change = Change(self.rows, self.events)
        yield change
        self._look(change)

    def _look(self, change):
        self.rows, self.events = self.snapshot()
        change.after = self.rows
        old = change.events_before
        assert {key: self.events.get(key) for key in old} == old, "history changed"
        change.new_events = [event for key, event in self.events.items() if key not in old]
        for check in change.checks:
            check()

    def sign_in(self, browser, name, next_page):
        """Sign in on a browser, as the page of the sign-in is sent."""
        data = {"username": self.people[name].username, "password": PASSWORD, "next": next_page}
        response = browser.post("/akun/masuk/", data)
        assert response.status_code == 302, response.status_code
        return response


class Change:
    """What one step did to the record; `checks` run once it is known."""

    def __init__(self, before, events_before):
        self.before, self.events_before = before, events_before
        self.after, self.new_events, self.checks = None, [], []

    @property
    def is_none(self) -> bool:
        """Whether nothing at all was stored."""
        return self.before == self.after and not self.new_events

    def expect_nothing(self):
        """The step must not store anything."""
        self.checks.append(self._assert_none)

    def _assert_none(self):
        assert self.is_none, (self.before, self.after, self.new_events)


def assert_withdrawn_before(response, was_done, status):
    """What a repeated or late withdrawal is answered: where it led to, else that it is stale."""
    if was_done:
        assert response.status_code == 302
    elif response.status_code == 302:
        assert status == "draft"  # withdrawn before
    else:
        assert response.status_code == 409


def drawn(response, control) -> dict | None:
    """Return what the form with this control sends as it stands; None where it is not drawn."""
    if f'name="{control}"' not in response.content.decode():
        return None
    return {name: values[0] for name, values in as_drawn(response, control).items()}


def assert_shows(response, *texts):
    """What was typed is given back."""
    page = response.content.decode()
    for text in texts:
        assert not text or escape(text) in page, f"{text!r} is lost"


def picture(shade: int) -> SimpleUploadedFile:
    """Return a photo that differs from those of other shades."""
    content = io.BytesIO()
    Image.new("RGB", (4, 4), (shade * 40, 0, 0)).save(content, "JPEG")
    return SimpleUploadedFile(f"foto{shade}.jpg", content.getvalue())

"""A PostgreSQL server keeps the plans of questions; what happens to them never shows in an answer.

SQLite has no such plans: there the same answers come from the question itself.
"""

from contextlib import suppress
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from areas.models import Programme
from kotaku.caching import prepared as module
from kotaku.caching.prepared import prepared
from kotaku.models import Role, User


@pytest.fixture(autouse=True)
def lasting_connection(monkeypatch):
    """As on a server; the tests' own connections end with each page."""
    connection.__dict__.pop("prepared_questions", None)
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", 60)
    yield
    connection.__dict__.pop("prepared_questions", None)


@pytest.fixture
def named():
    """A question that has been asked often enough for a plan, and whose answer is ["ani"]."""
    User.objects.create(username="ani", role=Role.VIEWER)

    @prepared(User)
    def named(name):
        people = User.objects.filter(username=name, role=Role.VIEWER)
        return people.values_list("username", flat=True)

    for _ in range(3):
        assert named(name="ani") == ["ani"]
    return named


def on_postgresql() -> bool:
    return connection.vendor == "postgresql"


def say(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)


def plans() -> int:
    """Return how many plans this session of the server has."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements")
        return cursor.fetchone()[0]


def sql_of(question) -> str:
    with CaptureQueriesContext(connection) as asked:
        assert question(name="ani") == ["ani"]
    (sql,) = [each["sql"] for each in asked]
    return sql


@pytest.mark.django_db
def test_the_server_plans_what_is_asked_again_once(named):
    assert sql_of(named).startswith("EXECUTE" if on_postgresql() else "SELECT")
    assert named(name="' OR 1=1 --") == []
    assert named(name="50 % of '%s'") == []


@pytest.mark.django_db
def test_a_value_may_stand_in_several_places():
    ani = User.objects.create(username="ani", first_name="ani")
    User.objects.create(username="budi", first_name="citra")

    @prepared(User)
    def called(name, other):
        return User.objects.filter(username=name, first_name=name).exclude(username=other)

    for _ in range(3):
        assert called(name="ani", other="budi") == [ani]
        assert called(name="budi", other="ani") == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("setting", "value"), [("CONN_MAX_AGE", 0), ("DISABLE_SERVER_SIDE_CURSORS", True)]
)
def test_no_plan_is_made_behind_a_pooler_of_transactions(named, setting, value, monkeypatch):
    connection.prepared_questions.clear()
    monkeypatch.setitem(connection.settings_dict, setting, value)
    named(name="ani")
    assert sql_of(named).startswith("SELECT")


@pytest.mark.django_db(transaction=True)
def test_a_new_session_gets_its_own_plans(named):
    connection.close()
    for _ in range(3):
        assert named(name="ani") == ["ani"]
    if on_postgresql():
        assert plans() == 1


@pytest.mark.django_db(transaction=True)
def test_a_plan_that_the_session_does_not_know_any_more_is_made_anew(named):
    if on_postgresql():
        say("DEALLOCATE ALL")
    for _ in range(3):
        assert named(name="ani") == ["ani"]
    if on_postgresql():
        assert plans() == 1


@pytest.mark.django_db(transaction=True)
def test_a_column_that_was_changed_under_its_plan_is_read_as_it_is_now():
    when = datetime(2026, 8, 1, 9, tzinfo=UTC)
    User.objects.create(username="ani", last_login=when)

    @prepared(User)
    def signed_in(name):
        return User.objects.filter(username=name).values_list("last_login", flat=True)

    for kind in ("timestamptz(3)", "timestamptz"):
        for _ in range(3):
            assert signed_in(name="ani") == [when]
        if on_postgresql():
            say(f"ALTER TABLE kotaku_user ALTER last_login TYPE {kind}")
    assert signed_in(name="ani") == [when]


@pytest.mark.django_db(transaction=True)
def test_within_a_transaction_a_lost_plan_fails_once_and_the_connection_recovers(named):
    if not on_postgresql():
        with transaction.atomic():
            assert named(name="ani") == ["ani"]
        return
    say("DEALLOCATE ALL")
    with pytest.raises(DatabaseError, match="prepared statement"), transaction.atomic():
        named(name="ani")
    for _ in range(3):
        with transaction.atomic():
            assert named(name="ani") == ["ani"]


@pytest.mark.django_db(transaction=True)
def test_a_plan_that_could_not_be_made_is_made_later(named):
    connection.close()
    named(name="ani")
    with suppress(DatabaseError), transaction.atomic():
        with suppress(DatabaseError):
            say("SELECT nonsense")
        # PostgreSQL answers nothing more in this transaction.
        named(name="ani")
    for _ in range(3):
        assert named(name="ani") == ["ani"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("asked", range(4))
def test_a_session_that_the_server_has_ended_is_noticed(named, asked, settings):
    if not on_postgresql():
        return
    connection.close()
    for _ in range(asked):
        named(name="ani")
    connection.ensure_connection()
    lost = connection.connection.get_backend_pid()
    connection.health_check_enabled, connection.health_check_done = True, False
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [lost])
    other.close()
    assert named(name="ani") == ["ani"]


@pytest.mark.django_db(transaction=True)
def test_a_value_too_large_for_its_column_finds_nothing():
    @prepared(Programme)
    def beginning(year):
        return Programme.objects.filter(baseline_year=year).values_list("pk", flat=True)

    for _ in range(4):
        assert beginning(year=99_999) == []


@pytest.mark.django_db
def test_the_server_forgets_with_the_connection(monkeypatch):
    @prepared(User)
    def first(most):
        return User.objects.all()[:most]

    monkeypatch.setattr(module, "MAX_KEPT", 3)
    for most in range(1, 9):
        first(most)
        first(most)
    assert len(connection.prepared_questions) <= 3
    if on_postgresql():
        assert plans() <= 3


@pytest.mark.django_db
def test_an_error_of_the_question_itself_stays_one(named):
    @prepared(User)
    def numbered(number):
        return User.objects.filter(pk=number).values_list("pk", flat=True)

    numbered(number=1)
    numbered(number=1)
    if on_postgresql():
        with pytest.raises(DatabaseError), transaction.atomic():
            numbered(number="none")
    else:
        assert numbered(number="none") == []

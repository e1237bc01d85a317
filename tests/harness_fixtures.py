"""Fixtures that watch every test for habits that we do not want."""

import re
from functools import cache

import pytest
from django.core.management.commands import flush
from django.db import connection, connections
from django.db.models.expressions import OrderBy
from django.db.models.functions import Random
from django.db.models.sql.compiler import SQLCompiler
from django.db.models.sql.constants import MULTI
from django.test import Client

from kotaku.caching import data_version, remembered
from kotaku.integrity import keeping, rules, triggers
from kotaku.integrity.history import history_may_change
from tests.kept_database import KeptDatabase

# A line of the audit is no change of the record: who takes an export along is written down.
WRITE = re.compile(
    r"\s*(INSERT|UPDATE|DELETE|REPLACE)\b"
    r"(?!.{0,20}\bdjango_session\b)(?! INTO \"kotaku_auditevent\")"
)


# What a question reads from, as Django quotes it.
TABLE = re.compile(r'(?:FROM|JOIN) "(\w+)"')


@cache
def topics_of_tables() -> dict[str, str]:
    """The topic of each watched table; each test asks."""
    return {
        model._meta.db_table: data_version.topic_of(model)
        for model in data_version.watched_models()
    }


@pytest.fixture(autouse=True)
def forbid_writes_on_get(monkeypatch):
    """Fail when the test client's GET or HEAD writes to the database, sessions excepted."""
    original_request = Client.request

    def request(client, **environ):
        if environ.get("REQUEST_METHOD") not in ("GET", "HEAD"):
            return original_request(client, **environ)
        writes = []

        def note_writes(execute, sql, params, many, context):
            if WRITE.match(sql):
                writes.append(sql)
            return execute(sql, params, many, context)

        with connection.execute_wrapper(note_writes):
            response = original_request(client, **environ)
        if writes:
            pytest.fail(f"GET {environ['PATH_INFO']} writes: {writes[0][:200]}")
        return response

    monkeypatch.setattr(Client, "request", request)


@pytest.fixture(autouse=True)
def forbid_remembering_more_than_its_topics(monkeypatch):
    """Fail when what is remembered under some topics was read from a table of another one."""
    original, topics = remembered._worked_out, topics_of_tables()

    def worked_out(function, args, allowed):
        def check(execute, sql, params, many, context):
            tables = [table for table in TABLE.findall(sql) if table != data_version.TABLE]
            strange = {table for table in tables if topics.get(table) not in allowed}
            if strange:
                pytest.fail(f"{function.__qualname__}, remembered under {allowed}, reads {strange}")
            return execute(sql, params, many, context)

        # A new connection brings a wrapper, which would be taken off in place of the check.
        connection.ensure_connection()
        with connection.execute_wrapper(check):
            return original(function, args, allowed)

    monkeypatch.setattr(remembered, "_worked_out", worked_out)


@pytest.fixture(scope="session", autouse=True)
def shuffle_unordered_querysets():
    """Give rows in random order when nobody asked for one, as a database may at any time."""
    original_pairs, original_execute = SQLCompiler._order_by_pairs, SQLCompiler.execute_sql

    def execute_sql(compiler, result_type=MULTI, *args, **kwargs):
        compiler.shuffles = result_type == MULTI  # not subqueries, counts, writes
        return original_execute(compiler, result_type, *args, **kwargs)

    def order_by_pairs(compiler):
        pairs = list(original_pairs(compiler))
        shuffles = getattr(compiler, "shuffles", False)
        if shuffles and not (pairs or compiler.query.distinct or compiler.query.combinator):
            pairs = [(OrderBy(Random()), False)]
        yield from pairs

    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(SQLCompiler, "execute_sql", execute_sql)
        monkeypatch.setattr(SQLCompiler, "_order_by_pairs", order_by_pairs)
        yield


@pytest.fixture(scope="session", autouse=True)
def let_flush_empty_the_history(tmp_path_factory):
    """Let Django empty the database after a test with transactions of its own.

    SQLite deletes row by row, which rules on deletion refuse too; `install` puts them back. That
    takes a second, so the empty database is kept, and from then on put back in its place.
    """
    original = flush.Command.handle
    empty = KeptDatabase(tmp_path_factory.mktemp("empty") / "database")

    def handle(command, **options):
        using = options["database"]
        if empty.bring(connections[using]):
            data_version.renew(using)
            return
        vendor = connections[using].vendor
        with history_may_change(using), connections[using].cursor() as cursor:
            if vendor == "sqlite":
                triggers.keep(vendor, cursor, rules.PREFIX, {})
            original(command, **options)
        keeping.install(using)
        empty.keep(connections[using])

    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(flush.Command, "handle", handle)
        yield

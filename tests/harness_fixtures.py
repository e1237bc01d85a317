"""Fixtures that watch every test for habits that we do not want."""

import re

import pytest
from django.db import connection
from django.db.models.expressions import OrderBy
from django.db.models.functions import Random
from django.db.models.sql.compiler import SQLCompiler
from django.db.models.sql.constants import MULTI
from django.test import Client

# A line of the audit is no change of the record: who takes an export along is written down.
WRITE = re.compile(
    r"\s*(INSERT|UPDATE|DELETE|REPLACE)\b"
    r"(?!.{0,20}\bdjango_session\b)(?! INTO \"kotaku_auditevent\")"
)


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

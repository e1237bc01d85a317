"""Questions that a PostgreSQL server keeps planned: planning takes it longer than answering.

psycopg2 leaves that to SQL's own PREPARE and EXECUTE. A plan belongs to one session of the server, so
there is none where a session serves one page only (DATABASE_CONN_MAX_AGE=0), and none behind a
pooler that hands out another session with each transaction (Django's DISABLE_SERVER_SIDE_CURSORS).
"""

import weakref
from collections.abc import Callable
from uuid import uuid4

from psycopg2.extensions import AsIs

# A plan is worth making for what is asked again.
MADE_FROM = 2
# SQLSTATE: a result's columns changed under its plan; the session knows no such plan; a value too
# large for the column that it is compared with, which finds nothing without a plan.
NOT_WITH_A_PLAN = ("0A000", "26000", "22003")


class ServerPlan:
    """The plan of one question, in the session that a connection has at the time."""

    def __init__(self, connection, sql: str, names: list[str], filled: Callable):
        """Nothing is asked yet. `filled` returns the SQL's parameters with values for these names.

        Parameters that never change stay part of the question, as they are without a plan.
        """
        self._connection = connection
        self._sql = sql
        self._parameters = filled({name: AsIs(f"${n}") for n, name in enumerate(names, 1)})
        self._values = f"({', '.join(['%s'] * len(names))})" if names else ""
        self._begin_with(_none)

    def execute(self) -> str | None:
        """Return SQL that answers the question with a value for each name, the plan being made.

        None while this session is not asked often enough. Raises DatabaseError.
        """
        # What Django does before it hands out a cursor.
        self._connection.close_if_health_check_failed()
        self._connection.ensure_connection()
        session = self._connection.connection
        if self._session() is not session:
            self._begin_with(weakref.ref(session))
        self._asked += 1
        if self._asked < MADE_FROM:
            return None
        if self._execute is None:
            # Nobody's plan is ever taken for another one, whoever had the session before.
            name = f"kotaku_{uuid4().hex}"
            with self._connection.wrap_database_errors, session.cursor() as cursor:
                question = cursor.mogrify(self._sql, self._parameters).decode()
                cursor.execute(f"PREPARE {name} AS {question}")
            self._execute = f"EXECUTE {name}{self._values}"
        return self._execute

    def can_do_without(self, error) -> bool:
        """Whether this error is about the plan, and the question can be asked without it."""
        if getattr(error.__cause__, "pgcode", None) not in NOT_WITH_A_PLAN:
            return False
        self._begin_with(_none)
        return not self._connection.in_atomic_block

    def _begin_with(self, session):
        self._session, self._asked, self._execute = session, 0, None


def are_kept(connection) -> bool:
    """Whether the server of this connection keeps plans from one page to the next."""
    settings = connection.settings_dict
    return (
        connection.vendor == "postgresql"
        and settings["CONN_MAX_AGE"] != 0
        and not settings.get("DISABLE_SERVER_SIDE_CURSORS")
    )


def forget_all(connection) -> None:
    """Let the server forget all plans of this connection's session."""
    if not are_kept(connection):
        return
    connection.close_if_health_check_failed()
    if connection.connection is not None:
        with connection.wrap_database_errors, connection.connection.cursor() as cursor:
            cursor.execute("DEALLOCATE ALL")


def _none():
    """Stand for a session that is gone."""

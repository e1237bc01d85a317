"""Questions that a PostgreSQL server keeps planned: planning takes it longer than answering.

psycopg2 leaves that to SQL's own PREPARE and EXECUTE. A plan belongs to one session of the server.
Behind a pooler that hands out another session with each transaction there can be none: Django's
DISABLE_SERVER_SIDE_CURSORS says that there is one.
"""

import weakref
from collections.abc import Callable
from uuid import uuid4

from psycopg2.extensions import AsIs

# A plan is worth making for what is asked again.
MADE_FROM = 2
# SQLSTATE: a result's columns changed under its plan; the session knows no such plan.
LOST = ("0A000", "26000")


class ServerPlan:
    """The plan of one question, in the session that a connection has at the time."""

    def __init__(self, connection, sql: str, names: list[str], filled: Callable):
        """Nothing is asked yet. `filled` returns the SQL's parameters with values for these names.

        Parameters that never change stay part of the question, as they are without a plan.
        """
        self._connection = weakref.proxy(connection)
        self._sql = sql
        self._parameters = filled({name: AsIs(f"${n}") for n, name in enumerate(names, 1)})
        self._values = f"({', '.join(['%s'] * len(names))})" if names else ""
        self._session = _none
        self._asked = 0

    def execute(self) -> str | None:
        """Return SQL that answers the question with a value for each name, the plan being made.

        None while this session is not asked often enough. Raises DatabaseError.
        """
        self._connection.ensure_connection()
        session = self._connection.connection
        if self._session() is not session:
            self._session, self._asked = weakref.ref(session), 0
        self._asked += 1
        if self._asked < MADE_FROM:
            return None
        if self._asked == MADE_FROM:
            # Nobody's plan is ever taken for another one, whoever had the session before.
            name = f"kotaku_{uuid4().hex}"
            with self._connection.wrap_database_errors, session.cursor() as cursor:
                question = cursor.mogrify(self._sql, self._parameters).decode()
                cursor.execute(f"PREPARE {name} AS {question}")
            self._execute = f"EXECUTE {name}{self._values}"
        return self._execute

    def is_lost(self, error) -> bool:
        """Whether this error is about the plan, and the question can be asked without it."""
        if getattr(error.__cause__, "pgcode", None) not in LOST:
            return False
        self._session = _none
        return not self._connection.in_atomic_block


def are_kept(connection) -> bool:
    """Whether the server of this connection keeps plans from one transaction to the next."""
    return connection.vendor == "postgresql" and not connection.settings_dict.get(
        "DISABLE_SERVER_SIDE_CURSORS"
    )


def forget_all(connection) -> None:
    """Let the server forget all plans of this connection's session."""
    if are_kept(connection) and connection.connection is not None:
        with connection.wrap_database_errors, connection.connection.cursor() as cursor:
            cursor.execute("DEALLOCATE ALL")


def _none():
    """Stand for a session that is gone."""

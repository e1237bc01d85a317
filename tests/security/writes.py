"""What a request writes, so that a test can say: nothing."""

import re
from contextlib import contextmanager

from django.db import connection

# Sessions and the audit are no part of the record.
WRITE = re.compile(
    r"\s*(INSERT|UPDATE|DELETE|REPLACE)\b"
    r"(?!.{0,25}\b(django_session|kotaku_auditevent|axes_accessattempt|axes_accessfailurelog)\b)"
)


@contextmanager
def noted_writes():
    """Yield a list that fills with the statements that change the record."""
    writes = []

    def note(execute, sql, params, many, context):
        if WRITE.match(sql):
            writes.append(sql[:120])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield writes

"""What happens between midnight and 7 o'clock in Jakarta, when it is still yesterday in UTC.

The world of the permission table happens on 20 March 2024 at 00.30 WIB, or late on days before;
every page and file that says a day says the day in Jakarta.
"""

import re
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from tests.test_permissions import TABLE, world  # noqa: F401

MOMENT = datetime(2024, 3, 19, 17, 30, tzinfo=UTC)
# The days and hours in UTC of this moment and of the factories'; who says that it is UTC is right.
IN_UTC = r"(?![T ]1[67]:\d0:00(\.0+)?(Z|\+00:00))"
DAYS, HOURS = "(1[3579])", r"(17[.:][123]0|16[.:]40)"
WRONG = re.compile(
    rf"(?<!\d){DAYS} Maret 2024|{DAYS}[-/.]03[-/.]2024|2024-03-{DAYS}{IN_UTC}"
    rf"|(?<![\d:.T]){HOURS}(?![\d])"
)
RIGHT = re.compile(r"20 Maret 2024|2024-03-20|(18|14) Maret 2024|2024-03-1[48]")
# Who reads each page: the widest readers, and the officer whose village it is.
READERS = ("admin", "officer", "public")


@pytest.fixture(autouse=True)
def at_midnight(monkeypatch):
    """Let the clock stand; the figures' years of the world lie before."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: MOMENT)


def test_no_page_says_the_day_in_utc(client_of, at_midnight, world):  # noqa: F811
    wrong, right = [], set()
    for who in READERS:
        client = client_of(world["people"][who])
        for name, (method, kind, statuses) in TABLE.items():
            if method != "get" or 200 not in statuses:
                continue
            args, query = world[kind]
            response = client.get(reverse(name, args=args), query)
            if response.status_code != 200 or response["Content-Type"].startswith("image"):
                continue
            content = b"".join(response) if response.streaming else response.content
            text = content.decode(errors="replace").replace("\u00a0", " ")
            wrong += [
                (who, name, text[max(0, e.start() - 80) : e.end() + 20])
                for e in WRONG.finditer(text)
            ]
            if RIGHT.search(text):
                right.add(name)
    assert not wrong, "\n".join(map(str, wrong[:20]))
    assert len(right) >= 12, sorted(right)

"""Which meetings the list shows as coming."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tests.areas.public.pages import text_of
from tests.factories import MeetingFactory


def test_cancelled_meetings_are_coming_until_their_last_day_is_over(client_of, bappeda):
    now = datetime.now(ZoneInfo("Asia/Jakarta"))

    def cancelled(title, **times):
        MeetingFactory(title=title, state="cancelled", cancel_reason="Banjir.", **times)

    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    yesterday = today - timedelta(minutes=1)
    cancelled("Hari ini", starts_at=today, ends_at=None)
    cancelled("Dua hari", starts_at=yesterday, ends_at=today)
    cancelled("Minggu depan", starts_at=now + timedelta(days=7), ends_at=None)
    cancelled("Kemarin", starts_at=yesterday, ends_at=None)
    coming, _, past = text_of(client_of(bappeda).get("/rakor/")).partition("Sudah lewat")
    for title in ("Hari ini", "Dua hari", "Minggu depan"):
        assert title in coming
        assert title not in past
    assert coming.count("Batal") == 3
    assert "Kemarin" in past
    assert "Kemarin" not in coming

"""kill -9 in the midst of writes: what somebody was told is stored, is stored."""

import http.client
import threading

from django.db import connection

from areas.models import Status, YearlyFigure
from tests.faults.site import Browser
from tests.faults.test_many_people import submission

WRITERS = 8
ACKNOWLEDGED_BEFORE_THE_KILL = 20


def test_every_acknowledged_submission_survives_the_kill(site, baselines):
    told, enough = [], threading.Event()

    def hand_in(mine):
        for year in (2017, 2018, 2019):
            for baseline, browser in mine:
                try:
                    status, _, _ = browser.post(f"/isian/{year}/pengajuan/", submission("7,5"))
                except (OSError, http.client.HTTPException):
                    return
                assert status == 302
                told.append((baseline.pk, year))
                if len(told) >= ACKNOWLEDGED_BEFORE_THE_KILL:
                    enough.set()

    people = [(baseline, Browser(site, baseline.officer)) for baseline in baselines]
    writers = [
        threading.Thread(target=hand_in, args=[people[start::WRITERS]]) for start in range(WRITERS)
    ]
    for writer in writers:
        writer.start()
    assert enough.wait(60)
    site.kill()
    for writer in writers:
        writer.join()
    assert len(told) < 3 * len(people)  # it was in the midst of them
    site.start()

    assert site.status("/readyz") == 200
    assert_sound()
    stored = YearlyFigure.objects.filter(status=Status.SUBMITTED)
    assert set(told) <= set(stored.values_list("baseline_id", "year"))
    # The site goes on: who was cut off hands in again.
    for baseline, browser in people[:5]:
        if not stored.filter(baseline=baseline, year=2019).exists():
            figure = YearlyFigure.objects.filter(baseline=baseline, year=2019).first()
            version = figure.version if figure else 0
            assert browser.post("/isian/2019/pengajuan/", submission("7,5", version))[0] == 302


def assert_sound():
    """The database finds itself whole, and no figure lacks a part of its story."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            assert cursor.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    connection.check_constraints()
    for figure in YearlyFigure.objects.prefetch_related("events"):
        kinds = sorted(event.kind for event in figure.events.all())
        assert kinds == ["entered", "submitted"][: 2 if figure.status == Status.SUBMITTED else 1]

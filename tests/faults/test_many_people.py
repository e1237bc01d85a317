"""Fifty village officers hand in at the same moment."""

import threading
from concurrent.futures import ThreadPoolExecutor

from areas.models import Status, YearlyFigure
from tests.faults.site import Browser

ROUNDS = (2017, 2018)


def submission(area, version=0):
    return {"area_ha": area, "note": "", "reason": "", "version": version, "asked_ha": ""}


def test_fifty_submitters_at_once_lose_nothing(site, baselines):
    before = len(site.log())
    browsers = [Browser(site, baseline.officer) for baseline in baselines]
    together = threading.Barrier(len(browsers))

    def hand_in(number):
        together.wait()
        return [
            browsers[number].post(f"/isian/{year}/pengajuan/", submission(f"{number % 9 + 1},25"))[
                0
            ]
            for year in ROUNDS
        ]

    with ThreadPoolExecutor(len(browsers)) as people:
        statuses = list(people.map(hand_in, range(len(browsers))))
    assert statuses == [[302] * len(ROUNDS)] * len(browsers), site.log()[-3000:]
    figures = YearlyFigure.objects.filter(status=Status.SUBMITTED)
    assert figures.count() == len(browsers) * len(ROUNDS)
    for number, baseline in enumerate(baselines):
        mine = figures.filter(baseline=baseline)
        assert {str(figure.area_ha) for figure in mine} == {f"{number % 9 + 1}.25"}
        assert {figure.submitted_by for figure in mine} == {baseline.officer}
        for figure in mine:
            assert sorted(event.kind for event in figure.events.all()) == ["entered", "submitted"]
    assert '"status": 5' not in site.log()[before:]

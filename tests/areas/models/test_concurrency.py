"""Many people at once: one wins, the others are told, nothing is lost."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier

import pytest
from django.db import connection

from areas.models import Entry, FigureEvent, Status, YearlyFigure
from kotaku.workflow import StaleRecord, TransitionNotAllowed
from tests.factories import (
    ALL_MARKS,
    BaselineFactory,
    ProgrammeFactory,
    UserFactory,
    YearlyFigureFactory,
)

PEOPLE = 12


def all_at_once(actions):
    """Run the actions in threads that start together; return results or exceptions."""
    barrier = Barrier(len(actions))

    def run(action):
        try:
            barrier.wait(timeout=30)
            return action()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(actions)) as pool:
        return list(pool.map(run, actions))


@pytest.mark.django_db(transaction=True)
def test_many_reviewers_of_one_figure_make_one_verification():
    figure = YearlyFigureFactory(submitted=True)
    figure.events.create(kind="submitted", actor=figure.entered_by, at=figure.entered_at)
    reviewers = [UserFactory(bappeda=True) for _ in range(PEOPLE)]

    def verify(reviewer):
        mine = YearlyFigure.objects.select_related("baseline__programme").get(pk=figure.pk)
        mine.verify(by=reviewer, version=1, ticked=ALL_MARKS)

    results = all_at_once([lambda reviewer=reviewer: verify(reviewer) for reviewer in reviewers])
    assert results.count(None) == 1
    losers = [result for result in results if result is not None]
    assert all(isinstance(loser, StaleRecord | TransitionNotAllowed) for loser in losers), losers
    winner = reviewers[results.index(None)]
    assert YearlyFigure.objects.get().verified_by == winner
    assert FigureEvent.objects.get(kind="verified").actor == winner


@pytest.mark.django_db(transaction=True)
def test_many_villages_submitting_at_once_lose_nothing():
    programme = ProgrammeFactory()
    baselines = [BaselineFactory(programme=programme) for _ in range(PEOPLE)]
    officers = [UserFactory(officer=True) for _ in range(PEOPLE)]

    def submit(baseline, officer, number):
        figure = YearlyFigure(baseline=baseline, year=2017, version=0)
        figure.enter(by=officer, version=0, entry=Entry(Decimal(number)))
        figure.submit(by=officer, version=figure.version)

    people = zip(baselines, officers, range(1, PEOPLE + 1), strict=True)
    results = all_at_once([lambda who=who: submit(*who) for who in people])
    assert results == [None] * PEOPLE
    figures = YearlyFigure.objects.filter(status=Status.SUBMITTED)
    assert sorted(figures.values_list("area_ha", flat=True)) == list(range(1, PEOPLE + 1))
    assert FigureEvent.objects.count() == 2 * PEOPLE


@pytest.mark.django_db(transaction=True)
def test_two_officers_creating_the_same_figure_make_one():
    baseline = BaselineFactory()
    officers = [UserFactory(officer=True) for _ in range(PEOPLE)]

    def enter(officer, number):
        figure = YearlyFigure(baseline=baseline, year=2017, version=0)
        figure.enter(by=officer, version=0, entry=Entry(Decimal(number)))

    people = list(zip(officers, range(1, PEOPLE + 1), strict=True))
    results = all_at_once([lambda who=who: enter(*who) for who in people])
    assert results.count(None) == 1
    assert all(result is None or isinstance(result, StaleRecord) for result in results), results
    assert YearlyFigure.objects.get().entered_by == officers[results.index(None)]

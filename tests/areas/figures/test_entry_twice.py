"""A form with a photo sent twice at the same time, each step of one between steps of the other."""

from threading import Thread

import pytest
from django.db import connection
from django.test import Client

from areas.figures import entry_views
from areas.models import Evidence, FigureEvent, Status, YearlyFigure
from tests.areas.figures.test_entry import photo, typed
from tests.areas.public.pages import text_of
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    """A media folder of this test's own."""
    settings.MEDIA_ROOT = str(tmp_path)


def send(user, page, answers, area_ha="15", **content):
    client = Client()
    client.force_login(user)
    answers.append(client.post(page, typed(area_ha=area_ha, **content)))


def between(monkeypatch, name, other):
    """Let the other click come through, from its first to its last step, before this step."""
    step, left = getattr(entry_views, name), [other]

    def run():
        left.pop()()
        connection.close()

    def late(*args):
        if left:
            click = Thread(target=run)
            click.start()
            click.join()
        return step(*args)

    monkeypatch.setattr(entry_views, name, late)


@pytest.mark.parametrize("page", ["/isian/2017/", "/isian/2017/pengajuan/"])
@pytest.mark.parametrize("step", ["_store", "_attach", "_carry_out"])
def test_both_clicks_are_told_that_it_is_stored(officer, baseline, monkeypatch, page, step):
    answers = []
    between(monkeypatch, step, lambda: send(officer, page, answers, evidence=photo()))
    send(officer, page, answers, evidence=photo())
    assert [answer.status_code for answer in answers] == [302, 302]
    figure = YearlyFigure.objects.get()
    assert str(figure.area_ha) == "15.00"
    assert (figure.status == Status.SUBMITTED) is page.endswith("pengajuan/")
    assert Evidence.objects.count() == 1
    assert FigureEvent.objects.filter(kind="submitted").count() <= 1


# Also a draft without a number, made for a photo, and the same number handed in by the colleague.
@pytest.mark.parametrize(
    ("page", "area_ha"),
    [("/isian/2017/", "15"), ("/isian/2017/", ""), ("/isian/2017/pengajuan/", "15")],
)
def test_a_colleagues_entry_is_still_a_conflict(officer, baseline, monkeypatch, page, area_ha):
    colleague = UserFactory(officer=True)
    baseline.village.officers.add(colleague)
    answers = []
    between(
        monkeypatch,
        "_store",
        lambda: send(colleague, page, answers, area_ha, evidence=photo()),
    )
    send(officer, page, answers, evidence=photo())
    assert sorted(answer.status_code for answer in answers) == [302, 409]
    assert "baru saja diubah" in text_of(answers[-1])

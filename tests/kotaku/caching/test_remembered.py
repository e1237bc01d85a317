"""What pages remember of tables that change rarely, and how it is never an old answer."""

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from areas.models import Village
from kotaku.caching import data_version
from kotaku.caching.remembered import RememberingPages, remembered
from kotaku.models import Region
from tests import factories
from tests.factories import ALL_MARKS

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def names():
    """A remembered question, which notes in `names.asked` what it was asked."""
    asked = []

    @remembered("frame")
    def names(prefix):
        asked.append(prefix)
        found = Village.objects.filter(name__startswith=prefix).order_by("name")
        return list(found.values_list("name", flat=True))

    names.asked = asked
    return names


def page(view, method="GET"):
    """Return what a view gives that is asked for like this."""
    found = []

    def answer(request):
        found.append(view())
        return HttpResponse()

    RememberingPages(answer)(RequestFactory().generic(method, "/"))
    return found[0]


def test_pages_share_an_answer_until_its_topic_changes(names):
    village = factories.VillageFactory(name="Mekarsari")
    for _ in range(3):
        assert page(lambda: names("M")) == ["Mekarsari"]
    assert names.asked == ["M"]
    # Another topic changes.
    factories.UserFactory()
    assert page(lambda: names("M")) == ["Mekarsari"]
    assert names.asked == ["M"]
    Village.objects.filter(pk=village.pk).update(name="Muktisari")
    assert page(lambda: names("M")) == ["Muktisari"]
    village.delete()
    assert page(lambda: names("M")) == []


def test_answers_to_other_arguments_are_others(names):
    factories.VillageFactory(name="Mekarsari")
    factories.VillageFactory(name="Balokang")
    for _ in range(2):
        assert page(lambda: [names("M"), names("B")]) == [["Mekarsari"], ["Balokang"]]
    assert names.asked == ["M", "B"]


def test_a_page_asks_for_the_topics_once(names):
    factories.VillageFactory(name="Mekarsari")
    page(lambda: [names("M"), names("B")])
    with CaptureQueriesContext(connection) as asked:
        page(lambda: [names("M"), names("B"), names("M")])
    assert [query["sql"].split(" FROM ")[1][:19] for query in asked] == ["kotaku_dataversion "]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_what_may_change_something_remembers_nothing(names, method):
    village = factories.VillageFactory(name="Mekarsari")

    def changes():
        before = names("M")
        village.delete()
        return before, names("M")

    assert page(changes, method) == (["Mekarsari"], [])
    assert names.asked == ["M", "M"]


def test_outside_of_pages_nothing_is_remembered(names):
    factories.VillageFactory(name="Mekarsari")
    assert names("M") == names("M") == ["Mekarsari"]
    assert names.asked == ["M", "M"]


def test_what_a_transaction_sees_is_its_own(names):
    village = factories.VillageFactory(name="Mekarsari")
    page(lambda: names("M"))

    def undone():
        # The page has read the state of its topics before.
        names("M")
        with transaction.atomic():
            village.delete()
            seen = names("M")
            transaction.set_rollback(True)
        return seen

    assert page(undone) == []
    assert page(lambda: names("M")) == ["Mekarsari"]


def test_a_change_between_two_pages_questions_is_seen_by_the_next_page(names):
    """The version is older than what was read with it: the answer is worked out once more."""
    village = factories.VillageFactory(name="Mekarsari")

    def overtaken():
        names("B")  # Asks for the version.
        Village.objects.filter(pk=village.pk).update(name="Muktisari")
        return names("M")

    assert page(overtaken) == ["Muktisari"]
    Village.objects.filter(pk=village.pk).update(name="Mandalareh")
    assert page(lambda: names("M")) == ["Mandalareh"]


def test_a_topic_that_nobody_watches_is_not_remembered(names):
    factories.VillageFactory(name="Mekarsari")
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {data_version.TABLE}")
    for _ in range(2):
        assert page(lambda: names("M")) == ["Mekarsari"]
    assert names.asked == ["M", "M"]


def test_answers_are_not_piled_up():
    asked = []
    ask = remembered("frame", most=3)(asked.append)
    factories.VillageFactory()
    for prefix in "MBCDM":
        page(lambda: ask(prefix))  # noqa: B023
    assert asked == ["M", "B", "C", "D", "M"]


def test_the_harness_sees_what_is_read_outside_the_topics():
    @remembered("frame")
    def careless():
        return list(factories.UserFactory._meta.model.objects.all())

    with pytest.raises(pytest.fail.Exception, match="kotaku_user"):
        page(careless)


def test_each_topic_has_tokens_of_its_own():
    def tokens():
        return dict(data_version.current())

    figure = factories.YearlyFigureFactory(verified=True)
    factories.AssessmentFactory()
    before = tokens()
    type(figure).objects.update(note="Lain")
    after = tokens()
    assert {topic for topic in after if after[topic] != before.get(topic)} == {"areas"}
    Region.objects.update(name="Lain")
    assert {topic for topic, token in tokens().items() if token != after.get(topic)} == {"frame"}


def test_a_page_after_a_verification_asks_only_for_what_is_new(client_of, bappeda, baseline):
    from kotaku.caching import page_cache

    figure = factories.YearlyFigureFactory(baseline=baseline, submitted=True, area_ha=12)
    factories.YearlyFigureFactory(submitted=True)
    visitor = client_of()
    visitor.get("/")
    page_cache.store.clear()
    figure.verify(by=bappeda, version=1, ticked=ALL_MARKS)
    with CaptureQueriesContext(connection) as asked:
        text = visitor.get("/").content.decode()
    assert "12,00" in text
    # The version twice (of the page, of what is remembered), then figures
    # and when one was last decided on.
    assert len(asked) == 7
    baseline.area_ha = 25
    baseline.save()
    assert "25,00" in visitor.get("/").content.decode()

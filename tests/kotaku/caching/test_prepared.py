"""Questions whose SQL is written once."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kotaku.caching import prepared as module
from kotaku.caching.prepared import one_of, places, prepared
from kotaku.models import Role, User

pytestmark = pytest.mark.django_db


def people(*names, **fields):
    return [User.objects.create(username=name, **fields) for name in names]


def test_an_answer_is_what_the_queryset_would_give_and_never_an_old_one():
    built = []

    @prepared(User)
    def of_role(role):
        built.append(role)
        return User.objects.filter(role=role).order_by("username")

    assert of_role(role=Role.BAPPEDA) == []
    ani, budi = people("ani", "budi", role=Role.BAPPEDA)
    viewers = people("citra", role=Role.VIEWER)
    with CaptureQueriesContext(connection) as asked:
        assert of_role(role=Role.BAPPEDA) == [ani, budi]
        assert of_role(role=Role.VIEWER) == viewers
    assert len(asked) == 2
    assert len(built) == 1
    ani.delete()
    assert of_role(role=Role.BAPPEDA) == [budi]


def test_values_are_never_part_of_the_sql():
    @prepared(User)
    def named(name):
        return User.objects.filter(username=name).values_list("username", flat=True)

    people("ani")
    assert named(name="ani") == ["ani"]
    assert named(name="' OR 1=1 --") == []


def test_shapes_and_choices_of_values_have_sql_of_their_own():
    @prepared(User)
    def found(column, role=None):
        people = User.objects.filter(role=role) if role else User.objects.all()
        return people.order_by(column).values_list("username", flat=True)

    people("ani", "budi", role=Role.BAPPEDA)
    people("citra", role=Role.VIEWER)
    assert found("username", role=Role.BAPPEDA) == ["ani", "budi"]
    assert found("-username", role=Role.BAPPEDA) == ["budi", "ani"]
    assert found("-username")[:3] == ["citra", "budi", "ani"]


def test_what_belongs_to_a_row_comes_along():
    @prepared(User)
    def with_villages():
        return User.objects.prefetch_related("villages")

    people("ani")
    (ani,) = with_villages()
    with CaptureQueriesContext(connection) as asked:
        assert list(ani.villages.all()) == []
    assert len(asked) == 0


def test_one_of_several_takes_any_number_up_to_the_most():
    @prepared(User)
    def named(**names):
        return User.objects.filter(one_of("username", names)).order_by("username")

    ani, budi, _ = people("ani", "budi", "citra")
    assert named(**places(["budi", "ani"], 4)) == [ani, budi]
    assert named(**places(["budi"], 4)) == [budi]
    assert named(**places(["nobody"], 4)) == []


def test_only_so_many_are_kept(monkeypatch):
    @prepared(User)
    def first(most):
        return User.objects.all()[:most]

    monkeypatch.setattr(module, "MAX_KEPT", 3)
    for most in range(1, 9):
        first(most)
    assert len(connection.prepared_questions) <= 3

"""Every object by every role, with ids of others, with ids that are nobody's, with forged posts.

All addresses come from the permission table; who adds one there has it tested here.
"""

import pytest
from django.test import Client
from django.urls import reverse

from tests.drawn_forms import shown_by
from tests.factories import NeighbourhoodFactory
from tests.security.rooms import ADMIN_PAGES, POSTS, TABLE, addresses
from tests.security.writes import noted_writes
from tests.test_permissions import ROLES, world  # noqa: F401

# The widest numbers that addresses can hold, and names that try to climb out.
NOBODYS = {
    int: (0, 2**63),
    str: ("99.99.99.9999", "..%2f%00' OR 1=1"),
}
GONE = {302, 400, 403, 404, 405, 410}
ACTIONS = [(name, *row) for table in (TABLE, POSTS) for name, row in table.items()]


def nobodys(arguments):
    """Yield the arguments with each one replaced by something that is not there."""
    for place, argument in enumerate(arguments):
        for stranger in NOBODYS[type(argument)]:
            yield [*arguments[:place], stranger, *arguments[place + 1 :]]


def path_of(name, arguments):
    """Return the address, also where the arguments do not fit the pattern: as it would be typed."""
    marks = [f"zz{number}zz" for number in range(len(arguments))]
    numbers = [770000 + number for number in range(len(arguments))]
    try:
        path, marks = reverse(name, args=numbers), [str(number) for number in numbers]
    except Exception:
        path = reverse(name, args=marks)
    for mark, argument in zip(marks, arguments, strict=True):
        path = path.replace(mark, str(argument))
    return path


@pytest.mark.parametrize("role", ["admin"])
def test_what_is_not_there_is_not_found(world, client_of, role):  # noqa: F811
    client = client_of(world["people"][role])
    found = []
    for name, (method, what, _) in TABLE.items():
        arguments, query = world[what]
        if name in ("meetings:calendar-renewal", "logout"):
            continue
        for strangers in nobodys(arguments):
            try:
                address = path_of(name, strangers)
            except Exception:
                continue
            with noted_writes() as writes:
                response = getattr(client, method)(address, query_params=query)
            if response.status_code not in GONE or writes:
                found.append((name, str(strangers)[:60], response.status_code, writes))
    assert found == []


@pytest.mark.parametrize("role", [role for role in ROLES if role not in ("officer", "admin")])
def test_refusals_write_nothing(world, client_of, role):  # noqa: F811
    client = client_of(world["people"][role])
    place = ROLES.index(role)
    found = []
    for name, _method, what, statuses in ACTIONS:
        expected = statuses[place]
        is_refused = expected in (403, 404) or (expected == 302 and role == "public")
        if not is_refused or name == "logout":
            continue
        arguments, query = world[what]
        address = reverse(name, args=arguments, query=query)
        for method in ("post", "delete"):
            with noted_writes() as writes:
                response = getattr(client, method)(address)
            if writes or response.status_code not in GONE:
                found.append((name, method, response.status_code, writes))
    assert found == []


def test_own_village_does_not_open_another_ones_rows(world, other_baseline, client_of):  # noqa: F811
    """An officer mixes an address of their own with another village's code or neighbourhood."""
    client = client_of(world["people"]["officer"])
    strange = {
        "desa": other_baseline.village.code,
        "rt": NeighbourhoodFactory(village=other_baseline.village).pk,
    }
    tried = 0
    for name, method, what, statuses in ACTIONS:
        arguments, query = world[what]
        swapped = {key: strange.get(key, value) for key, value in query.items()}
        if swapped == query or statuses[ROLES.index("other")] != 404:
            continue
        with noted_writes() as writes:
            response = getattr(client, method)(reverse(name, args=arguments, query=swapped))
        assert (response.status_code, writes) == (404, []), name
        tried += 1
    assert tried >= 5


@pytest.mark.ignore_template_errors
@pytest.mark.parametrize(
    ("role", "token"), [("public", None), ("admin", None), ("admin", "a" * 64)]
)
def test_posts_without_the_right_token_do_nothing(world, role, token):  # noqa: F811
    client = Client(enforce_csrf_checks=True)
    if user := world["people"][role]:
        client.force_login(user)
    client.get("/akun/masuk/")
    data = {} if token is None else {"csrfmiddlewaretoken": token}
    found = []
    for address in [*addresses(world).values(), *ADMIN_PAGES]:
        with noted_writes() as writes:
            response = client.post(address, data)
        if response.status_code not in (403, 405) or writes:
            found.append((address, response.status_code, writes))
    assert found == []


def test_posts_from_another_site_do_nothing_even_with_a_token(world):  # noqa: F811
    client = Client(enforce_csrf_checks=True)
    client.force_login(world["people"]["bappeda"])
    token = client.get("/akun/").context["csrf_token"]
    data = {"csrfmiddlewaretoken": str(token), "full_name": "Lain"}
    data |= shown_by(client, "/akun/")
    assert (
        client.post("/akun/", data, headers={"Origin": "https://jahat.example"}).status_code == 403
    )
    assert client.post("/akun/", data).status_code == 302

"""Nonsense in every form: whatever is typed, nothing breaks.

The forms are found through the permission table; FUZZ_EXAMPLES=500 tries longer.
"""

import os
import re

import pytest
from django.contrib import admin
from django.urls import reverse
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.security.rooms import TABLE, addresses
from tests.test_permissions import POSTS, world  # noqa: F401

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "2"))
# Each part is done well within the limit of a test, on a slow machine too.
PARTS = 6
NASTY = (
    "",
    " ",
    "0",
    "-1",
    "1.250",
    "12,5",
    "1e400",
    "NaN",
    "Infinity",
    "9" * 40,
    "٣",
    "½",
    "²",
    "\x00",
    "a\x00b",
    "\ud7ff\uffff",
    "\r\n",
    "'; DROP TABLE x--",
    "<script>",
    "{{7*7}}",
    "%s%n",
    "../../etc/passwd",
    "0001-01-01",
    "9999-12-31",
    "31-02-2019",
    "24.60",
    "=1+1",
    "on",
    "x" * 30_000,
    "9223372036854775808",
    "-9223372036854775809",
    "\u202e\u0301",
    "https://[",
    "a@b",
    "true",
)
values = st.one_of(st.sampled_from(NASTY), st.text(max_size=40), st.integers().map(str))
FIELD = re.compile(r'<(?:input|select|textarea)[^>]*\bname="([^"]+)"')


nonsense = settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    # The same nonsense every time, unless somebody wants to look further.
    derandomize="FUZZ_EXAMPLES" not in os.environ,
    # To find it is enough; making it small can take longer than a test may.
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def fields_of(client, address):
    """Return the fields of all forms that a page shows."""
    response = client.get(address)
    if response.streaming or "html" not in response.get("Content-Type", ""):
        return []
    return sorted(set(FIELD.findall(response.content.decode())) - {"csrfmiddlewaretoken"})


def hidden_of(client, address):
    """Return the hidden fields of a page's forms with their values."""
    tags = re.findall(r'<input type="hidden"[^>]*>', client.get(address).content.decode())
    pairs = [re.search(r'name="([^"]+)"(?: value="([^"]*)")?', tag).groups("") for tag in tags]
    return dict(pairs)


# Forms that stand on another page, and the fields of verbs.
EXTRA = [
    "version",
    "reason",
    "text",
    "note",
    "area_ha",
    "code",
    "password",
    "_owner",
    "kind",
    "file",
]


def actions():
    """Yield every address of the table that takes a form, by post or in the address."""
    for name, (method, _, statuses) in sorted({**TABLE, **POSTS}.items()):
        if name != "logout":
            yield name, method == "post" or name in POSTS, statuses


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("role", ["officer", "bappeda"])
def test_no_input_breaks_a_page(world, client_of, role, part):  # noqa: F811
    person = world["people"][role]
    client = client_of(person)
    client.raise_request_exception = True
    pages = addresses(world)
    mine = list(actions())[part::PARTS]
    fields = {name: fields_of(client, pages[name]) for name, _, _ in mine}

    @nonsense
    @given(data=st.data())
    def try_nonsense(data):
        if "_auth_user_id" not in client.session:
            # Too many wrong passwords have ended the session.
            client.force_login(person)
        for name, takes_post, _ in mine:
            typed = {
                field: data.draw(values, label=f"{name}.{field}")
                # In one order, whatever a process makes of sets.
                for field in sorted(
                    {*fields[name], *data.draw(st.sets(st.sampled_from(EXTRA), max_size=4))}
                )
            }
            address = pages[name]
            response = client.post(address, typed) if takes_post else client.get(address, typed)
            assert response.status_code < 500, (name, typed)

    try_nonsense()


def admin_forms(client):
    """Yield the address of every form of the admin: a new row, and one that is there."""
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        addresses = [reverse(f"{name}_add")]
        if row := model._default_manager.order_by("pk").first():
            addresses.append(reverse(f"{name}_change", args=[row.pk]))
        for address in addresses:
            if client.get(address).status_code == 200:
                yield address


@pytest.mark.ignore_template_errors
@pytest.mark.parametrize("part", range(2))
def test_no_input_breaks_a_form_of_the_admin(world, client_of, part):  # noqa: F811
    client = client_of(world["people"]["admin"])
    mine = list(admin_forms(client))[part::2]
    hidden = {address: hidden_of(client, address) for address in mine}
    fields = {address: fields_of(client, address) for address in mine}

    @nonsense
    @given(data=st.data())
    def try_nonsense(data):
        for address in mine:
            # What Django itself keeps in hidden fields of its admin stays as it is.
            typed = hidden[address] | {
                field: data.draw(values, label=f"{address}.{field}")
                for field in fields[address]
                if field not in hidden[address]
            }
            response = client.post(address, typed)
            assert response.status_code < 500, (address, typed)

    try_nonsense()

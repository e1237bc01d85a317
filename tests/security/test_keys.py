"""Keys that no column can hold, wherever several rows can be chosen: a sentence, never a fault."""

import pytest

from kotaku.interface.fields import LARGEST_KEY
from tests.drawn_forms import save_shown
from tests.factories import AgendaItemFactory, VillageFactory
from tests.meetings.planning.test_planning import form as meeting_form

KEYS = [
    str(LARGEST_KEY + 1),
    str(-LARGEST_KEY - 2),
    "9" * 40,
    "9" * 5000,
    "٩" * 20,
    "1e400",
    "",
    "x",
]


@pytest.mark.ignore_template_errors
@pytest.mark.parametrize("key", KEYS, ids=lambda key: key[:12])
def test_no_key_breaks_a_form(client_of, bappeda, admin, officer, key):
    village = VillageFactory()
    item = AgendaItemFactory()
    client, chief = client_of(bappeda), client_of(admin)
    for browser, address, typed in (
        (client, "/rakor/baru/", meeting_form(villages=[key])),
        (client, f"/rakor/acara/{item.pk}/keputusan/", {"text": "Setuju", "villages": [key]}),
        (chief, f"/admin/areas/village/{village.pk}/change/", {"officers": [key]}),
        (chief, f"/admin/kotaku/user/{officer.pk}/change/", {"villages": [key]}),
    ):
        send = save_shown if browser is chief else type(browser).post
        assert send(browser, address, typed).status_code in (200, 422), address


def test_what_is_refused_is_named(client_of, bappeda):
    page = client_of(bappeda).post("/rakor/baru/", meeting_form(villages=[LARGEST_KEY + 1]))
    assert page.status_code == 422
    assert page.context["facts"].errors["villages"]

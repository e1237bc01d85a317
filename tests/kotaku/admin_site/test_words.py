"""The admin speaks plain Indonesian: none of the poor words of Django's own translation is left."""

import re

import pytest
from django.contrib import admin as django_admin
from django.urls import reverse

from tests import factories
from tests.areas.public.pages import text_of
from tests.drawn_forms import as_drawn
from tests.kotaku.admin_site.test_versions import RECORDS

pytestmark = pytest.mark.ignore_template_errors

POOR = re.compile(
    r"\b(?:\w*[Aa]utenti[df]\w*|me?rubah|dibawah|[Hh]arap|[Kk]apanpun|laman|surel|[Ss]ilahkan|[Gg]alat"
    r"|[Oo]bjek|valid|Masukan|anda|(?<![Kk]ata )sandi|mengedit|Sidebar|Breadcrumbs|keanekaragaman"
    r"|kueri|penghapusanobjek|[A-Z][a-z]{2}\.(?= \d{4})"
    # Not translated at all.
    r"|None|True|False|[Ff]ull name|[Pp]lease|[Ss]elect|[Dd]elete|[Ff]ield|[Uu]ser|[Ss]uperuser|[Ss]taff"
    r"|[Pp]assword)\b"
)


def poor_words(response) -> set[str]:
    """Return what a page says in poor words; names that people typed are not in the pages here."""
    html = response.content.decode()
    labels = re.findall(r'(?:title|alt|aria-label|placeholder|value)="([^"]*)"', html)
    # What people chose as a value of an option or of a hidden field is no word of the page.
    said = [text_of(response), *(label for label in labels if " " in label)]
    return {word for text in said for word in POOR.findall(text)}


def address(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


@pytest.fixture
def client(admin, client_of):
    return client_of(admin)


def pages_of_each_list(client):
    """Yield (address, response) of every page of the admin that opens."""
    yield "/admin/", client.get("/admin/")
    for model, room in django_admin.site._registry.items():
        label = model._meta.label
        addresses = [address(model, "changelist"), address(model, "add")]
        if label in RECORDS:
            record = RECORDS[label]()
            names = ["change", "history", "delete"]
            addresses += [address(model, name, record.pk) for name in names]
        for each in addresses:
            response = client.get(each)
            if response.status_code == 200:
                yield each, response
            else:
                assert response.status_code == 403, (each, room)


def test_pages_have_none_of_the_poor_words(client):
    found = {each: poor_words(response) for each, response in pages_of_each_list(client)}
    assert len(found) > 40
    assert {each: words for each, words in found.items() if words} == {}


def test_answers_have_none_of_the_poor_words(client, officer):
    village = factories.VillageFactory()
    typed = as_drawn(client.get(address(type(village), "change", village.pk)), "_shown")
    faulty = client.post(
        address(type(village), "change", village.pk), typed | {"name": [""], "latitude": ["x"]}
    )
    assert "Perbaiki kesalahan di bawah ini." in text_of(faulty)
    assert "Isian ini wajib diisi." in text_of(faulty)
    account = {"username": "x y", "password1": "1234", "password2": "12345", "role": "viewer"}
    answers = [
        faulty,
        client.post(address(type(officer), "add"), account),
        client.get(f"/admin/kotaku/user/{officer.pk}/password/"),
        client.post(f"/admin/kotaku/user/{officer.pk}/password/", {"password1": "1"}),
        client.post(
            address(type(village), "changelist"), {"action": "delete_selected"}, follow=True
        ),
        client.post(
            address(type(village), "changelist"),
            {"action": "delete_selected", "_selected_action": [village.pk]},
        ),
        client.get(address(type(village), "change", 10**6), follow=True),
    ]
    assert [poor_words(each) for each in answers] == [set()] * len(answers)


def test_scripts_of_the_admin_speak_our_words(client):
    script = client.get("/admin/jsi18n/").content.decode()
    assert "Keluarkan semua %s" in script
    assert not re.search(r"Jum'at|Ahad|utnuk|Pindahkan", script)

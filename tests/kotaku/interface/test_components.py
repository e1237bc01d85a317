"""Shared parts of pages, drawn alone from what they are given."""

import re
from dataclasses import dataclass
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest
from django import forms
from django.contrib.messages.constants import ERROR, SUCCESS, WARNING
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.template import Context
from django.template.loader import get_template, render_to_string

from kotaku.models import Contact, Region
from tests.drawn_forms import Forms


class _Plain(Context):
    """A context with a request, as of an included part."""

    def __init__(self, request, values):
        super().__init__(values)
        self.request = request


def _drawn(name, request, values) -> str:
    return get_template(name).template.render(_Plain(request, values))


@pytest.mark.parametrize("name", ["hal", "akan", "desa_hal"])
def test_the_pages_of_a_list_keep_its_filters(rf, name):
    others = {"periode": "sk-2016", "urut": "-sisa", "desa": "32.79.01.1002"}
    request = rf.get("/", {**others, name: "2"})
    context = {"page": Paginator(range(30), 10).page(2), "name": name}
    html = _drawn("components/pager.html", request, context)
    links = dict(re.findall(r'rel="(\w+)"\s+href="([^"]+)"', html))
    for rel, number in (("prev", "1"), ("next", "3")):
        asked = parse_qsl(urlsplit(unescape(links[rel])).query)
        assert dict(asked) == {**others, name: number}


def test_only_the_news_of_a_success_says_that_a_form_is_saved():
    """Scripts delete what they keep of a form then; words of a person are no HTML."""
    messages = [Message(level, f"<b>{level}") for level in (SUCCESS, WARNING, ERROR)]
    html = render_to_string("components/flash.html", {"messages": messages})
    assert [" data-kotaku-saved" in line for line in html.splitlines() if "<p" in line] == [
        True,
        False,
        False,
    ]
    assert "<b>" not in html


def test_an_invented_contact_is_called_one():
    for is_sample in (True, False):
        contact = Contact(region=Region(code="32.79"), office="Bappeda", is_sample=is_sample)
        html = render_to_string("components/contact.html", {"contact": contact})
        assert ("(kontak contoh)" in html) == is_sample


@pytest.mark.django_db
def test_only_admins_see_the_way_to_the_admin(client_of, officer, viewer, bappeda, admin):
    for user in (officer, viewer, bappeda, admin):
        page = client_of(user).get("/panduan/").content.decode()
        # In the row of tools, and in the menu of a phone.
        assert page.count('href="/admin/">Admin</a>') == (2 if user.is_staff else 0)


@dataclass(frozen=True)
class Heading:
    """A heading that sorts."""

    label: str = "Sisa"
    query: str = "-sisa"
    direction: str = ""
    style: str = ""


def test_another_order_begins_at_the_first_page(rf):
    request = rf.get("/", {"periode": "sk-2016", "hal": "3", "urut": "nama"})
    table = {"headings": [Heading()], "rows": ()}
    html = _drawn("components/sortable_table.html", request, {"table": table, "caption": "Desa"})
    (link,) = re.findall(r'<a\s+href="([^"]+)"', html)
    asked = parse_qsl(urlsplit(unescape(link)).query)
    assert dict(asked) == {"periode": "sk-2016", "urut": "-sisa"}


def test_provisional_figures_are_switched_within_their_period():
    for is_on in (True, False):
        values = {"provisional": is_on, "programme": {"slug": "sk-2016"}}
        html = render_to_string("components/provisional.html", values)
        (link,) = re.findall(r'href="([^"]+)"', html)
        wanted = {"periode": "sk-2016"} | ({} if is_on else {"sementara": "1"})
        assert dict(parse_qsl(urlsplit(unescape(link)).query)) == wanted


def test_the_way_up_names_each_region_above():
    above = [Region(code="ID", name="Indonesia"), Region(code="32", name="Jawa Barat")]
    html = render_to_string("components/regions_above.html", {"above": above})
    links = re.findall(r'href="([^"]+)"', html)
    assert [dict(parse_qsl(urlsplit(link).query)) for link in links] == [
        {"wilayah": "ID"},
        {"wilayah": "32"},
    ]


def test_what_cannot_be_kept_is_sent_again_as_it_was():
    fields = [("note", 'Saluran "baru" <b>'), ("version", "3")]
    values = {"address": "/isian/2017/", "fields": fields, "label": "Kirim", "had_files": False}
    html = render_to_string("components/given_back.html", values)
    (sent,) = Forms("/", html).found
    assert {name: unescape(value) for name, value in sent[1].items()} == dict(fields)


def test_the_summary_names_mistakes_of_the_whole_form_and_of_each_field():
    class Typed(forms.Form):
        """A form with a mistake in its field and one in the whole."""

        area = forms.IntegerField(label="Luas", error_messages={"required": "Tulis luas."})

        def clean(self):
            raise forms.ValidationError("Periode sudah ditutup.")

    html = render_to_string("components/error_summary.html", {"form": Typed({})})
    assert "<li>Periode sudah ditutup.</li>" in html
    assert re.search(r'<li><a href="#id_area">Luas: Tulis luas\.', html)

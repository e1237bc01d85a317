"""Shared parts of pages, drawn alone from what they are given."""

import re
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.contrib.messages.constants import ERROR, SUCCESS, WARNING
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.template import Context
from django.template.loader import get_template, render_to_string

from kotaku.models import Contact, Region


class _Plain(Context):
    """A context with a request, as of an included part."""

    def __init__(self, request, values):
        super().__init__(values)
        self.request = request


@pytest.mark.parametrize("name", ["hal", "desa_hal"])
def test_the_pages_of_a_list_keep_its_filters(rf, name):
    others = {"periode": "sk-2016", "urut": "-sisa", "desa": "32.79.01.1002"}
    request = rf.get("/", {**others, name: "2"})
    context = {"page": Paginator(range(30), 10).page(2), "name": name}
    html = get_template("components/pager.html").template.render(_Plain(request, context))
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

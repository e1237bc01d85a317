"""What a browser sends when somebody opens a page and saves its form as it is."""

import re
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin


class _Controls(HTMLParser):
    """Reads the controls of each form: `forms` is a list of (name, value) lists."""

    def __init__(self):
        super().__init__()
        self.forms, self._select, self._area = [], None, None

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form":
            self.forms.append([])
        if not self.forms or "disabled" in given:
            return
        if tag == "input" and given.get("name"):
            kind = given.get("type", "text")
            if kind in ("checkbox", "radio"):
                if "checked" in given:
                    self._add(given["name"], given.get("value", "on"))
            elif kind not in ("submit", "button", "file", "image", "reset"):
                self._add(given["name"], given.get("value") or "")
        elif tag == "select":
            self._select = [given.get("name"), "multiple" in given, None, []]
        elif tag == "option" and self._select:
            value = given.get("value", "")
            if self._select[2] is None:
                self._select[2] = value
            if "selected" in given:
                self._select[3].append(value)
        elif tag == "textarea":
            self._area = [given.get("name"), ""]

    def handle_endtag(self, tag):
        if tag == "select" and self._select:
            name, is_multiple, first, chosen = self._select
            self._select = None
            if not chosen and not is_multiple and first is not None:
                chosen = [first]
            for value in chosen if name else ():
                self._add(name, value)
        elif tag == "textarea" and self._area:
            name, text = self._area
            self._area = None
            if name:
                # The line break right after the tag is not part of the text.
                self._add(name, text.removeprefix("\n"))

    def handle_data(self, data):
        if self._area:
            self._area[1] += data

    def _add(self, name, value):
        self.forms[-1].append((name, value))


class Forms(HTMLParser):
    """The posted forms of a page: `found` has (addresses to send to, hidden fields) of each."""

    def __init__(self, address, content):
        super().__init__()
        self.address, self.found, self._is_inside = address, [], False
        self.feed(content)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form":
            self._is_inside = given.get("method") == "post"
            if self._is_inside:
                self.found.append(({self._whole(given.get("action", ""))}, {}))
        elif self._is_inside and tag == "input" and given.get("type") == "hidden":
            self.found[-1][1].setdefault(given["name"], given.get("value", ""))
        elif self._is_inside and tag == "button" and given.get("formaction"):
            self.found[-1][0].add(self._whole(given["formaction"]))

    def _whole(self, address):
        return urldefrag(urljoin(self.address, address)).url

    def handle_endtag(self, tag):
        if tag == "form":
            self._is_inside = False


def forms_of(page) -> list[list[tuple[str, str]]]:
    """Return what each form of a page sends when nothing is changed, as pairs of name and value."""
    reader = _Controls()
    reader.feed(page.content.decode())
    return reader.forms


def as_drawn(page, control: str) -> dict[str, list[str]]:
    """Return what the form of a page that has this control sends when nothing is changed."""
    (form,) = [form for form in forms_of(page) if control in dict(form)]
    sent: dict[str, list[str]] = {}
    for name, value in form:
        if "__prefix__" not in name:
            sent.setdefault(name, []).append(value)
    return sent


def shown_by(client, address: str) -> dict[str, str]:
    """Return what says, in the form of a page, what it showed (`kotaku.shown`)."""
    found = re.search(r'name="_shown" value="([^"]+)"', client.get(address).content.decode())
    return {"_shown": found[1]}


def save_shown(client, address: str, typed: dict, **options):
    """Open a page's form and save this; what it showed goes along."""
    return client.post(address, {**typed, **shown_by(client, address)}, **options)

"""Reads what a page, a drawing or a file says: blocks of text with the place where they stand."""

import re
from dataclasses import dataclass, field
from functools import cache, cached_property
from html.parser import HTMLParser

NUMBER = re.compile(
    r"(?P<rupiah>Rp\s)?(?P<sign>−|(?<![\w)])-(?=\d))?(?P<number>\d+(?:[.,]\d+)*)"
    r"(?:\s?(?P<unit>Ha|%|poin persen|KK|jiwa|unit|m²|m)(?![\w²]))?"
)
VOID = {"input", "img", "br", "hr", "meta", "link", "source", "wbr"}
INLINE = {
    "a", "abbr", "b", "br", "code", "em", "i", "mark", "q", "small", "span", "strong", "sub",
    "sup", "time", "tspan", "wbr",
}  # fmt: skip
SILENT = {"script", "style", "template"}


def squeezed(text: str) -> str:
    """Return the text with single plain spaces."""
    return " ".join(text.replace("\u00a0", " ").replace("\u202f", " ").split())


def numbers(text: str) -> list[str]:
    """Return the numbers of a text in order, each with its unit: `62,10 Ha`, `2018`."""
    found = []
    for match in NUMBER.finditer(squeezed(text)):
        unit = match["unit"]
        found.append(
            ("Rp " if match["rupiah"] else "")
            + (match["sign"] or "").replace("-", "−")
            + match["number"]
            + (f" {unit}" if unit else "")
        )
    return found


@cache
def parts_of(selector: str) -> tuple[str, ...]:
    """Return the parts of `p.note#id`."""
    return tuple(re.findall(r"[.#]?[\w-]+", selector))


@dataclass(eq=False)
class Element:
    """An element of a document."""

    tag: str
    attributes: dict
    parent: "Element | None"
    children: list = field(default_factory=list)

    @cached_property
    def classes(self) -> list[str]:
        return (self.attributes.get("class") or "").split()

    def text(self) -> str:
        return squeezed("".join(self._pieces()))

    def _pieces(self):
        for child in self.children:
            if isinstance(child, str):
                yield child
            elif child.tag not in SILENT:
                # A span of a class stands apart: the style sheet sets it on a line of its own.
                inline = child.tag in INLINE and child.tag != "br" and not child.classes
                yield from child._pieces() if inline else (" ", *child._pieces(), " ")

    def all(self, tag: str) -> list["Element"]:
        """Return the elements below with this tag, in order."""
        found = []
        for child in self.children:
            if isinstance(child, Element):
                if child.tag == tag:
                    found.append(child)
                found += child.all(tag)
        return found

    def matches(self, selector: str) -> bool:
        """Whether this element is `tag`, `.class`, `#id` or a combination such as `p.note`."""
        for part in parts_of(selector):
            if part[0] == ".":
                if part[1:] not in self.classes:
                    return False
            elif part[0] == "#":
                if self.attributes.get("id") != part[1:]:
                    return False
            elif self.tag != part:
                return False
        return True

    def path(self) -> list["Element"]:
        """Return the elements from the root down to this one."""
        return ([*self.parent.path()] if self.parent else []) + [self]


class _Builder(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.root = self.now = Element("root", {}, None)

    def handle_starttag(self, tag, attrs):
        element = Element(tag, dict(attrs), self.now)
        self.now.children.append(element)
        if tag not in VOID:
            self.now = element

    def handle_startendtag(self, tag, attrs):
        self.now.children.append(Element(tag, dict(attrs), self.now))

    def handle_endtag(self, tag):
        if tag in VOID:
            return
        here = self.now
        while here.parent and here.tag != tag:
            here = here.parent
        assert here.parent, f"</{tag}> without its beginning"
        self.now = here.parent

    def handle_data(self, data):
        self.now.children.append(data)


def parse(markup: str) -> Element:
    """Return the root of an HTML or SVG document."""
    builder = _Builder()
    builder.feed(markup)
    builder.close()
    return builder.root


@dataclass(eq=False)
class Block:
    """A piece of text that stands together, and the element that holds it."""

    element: Element
    text: str
    row: str = ""
    column: str = ""

    def __str__(self):
        steps = [
            e.tag
            + "".join(f".{name}" for name in e.classes)
            + (f"#{e.attributes['id']}" if e.attributes.get("id") else "")
            for e in self.element.path()[-5:]
        ]
        cell = f" [{self.row} | {self.column}]" if self.column or self.row else ""
        return f"{' > '.join(steps)}{cell}: {self.text!r}"

    @cached_property
    def path(self) -> list[Element]:
        return self.element.path()

    def within(self, selector: str) -> bool:
        """Whether it stands in elements that match all steps of a selector, in this order."""
        path = iter(self.path)
        return all(any(e.matches(step) for e in path) for step in selector.split())


def blocks(element: Element) -> list[Block]:
    """Return the blocks below an element in order; those of tables know their row and column."""
    found: list[Block] = []
    _collect(element, found)
    return found


def _collect(element: Element, found: list[Block]):
    if element.tag in SILENT:
        return
    if element.tag == "table":
        _collect_table(element, found)
        return
    label = element.attributes.get("aria-label")
    if label:
        found.append(Block(element, squeezed(label)))
    if element.tag == "input" and element.attributes.get("type", "text") in ("text", "number"):
        found.append(Block(element, squeezed(element.attributes.get("value") or "")))
    run: list[str] = []

    def close():
        if text := squeezed("".join(run)):
            found.append(Block(element, text))
        run.clear()

    for child in element.children:
        if isinstance(child, str):
            run.append(child)
        elif _is_decoration(child):
            continue
        elif child.tag in INLINE and not _holds_blocks(child):
            apart = " " if child.classes or child.tag == "br" else ""
            run.append(apart + "".join(child._pieces()) + apart)
        else:
            close()
            _collect(child, found)
    close()


def _holds_blocks(element: Element) -> bool:
    return any(
        isinstance(child, Element)
        and not _is_decoration(child)
        and (child.tag not in INLINE or _holds_blocks(child))
        for child in element.children
    )


def _is_decoration(element: Element) -> bool:
    """Whether an element is drawn beside the text and says nothing, such as a bar or an icon."""
    return element.attributes.get("aria-hidden") == "true" and not element.text()


def _collect_table(table: Element, found: list[Block]):
    for caption in table.all("caption"):
        found.append(Block(caption, caption.text()))
    rows = table.all("tr")
    heads = [
        [cell for cell in row.children if isinstance(cell, Element)]
        for row in rows
        if row.parent.tag == "thead"
    ]
    names = [cell.text() for cell in heads[-1]] if heads else []
    for row in rows:
        cells = [cell for cell in row.children if isinstance(cell, Element)]
        is_head = row.parent.tag == "thead"
        label = "" if is_head or not cells else cells[0].text()
        for place, cell in enumerate(cells):
            column = names[place] if place < len(names) else f"#{place}"
            if any(not _is_decoration(drawing) for drawing in cell.all("svg")):
                _collect(cell, found)
                continue
            found.append(Block(cell, cell.text(), "" if is_head else label, column))


def main_of(markup: str) -> Element:
    """Return the `<main>` of a page."""
    mains = parse(markup).all("main")
    assert len(mains) == 1, f"{len(mains)} main elements"
    return mains[0]

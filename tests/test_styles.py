"""Style sheets and templates know each other's classes, and each value has its definition."""

import re
from itertools import takewhile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SHEETS = {path.name: path.read_text() for path in (ROOT / "static/css").glob("*.css")}
TEMPLATES = [path for path in (ROOT / "templates").rglob("*") if path.suffix in {".html", ".svg"}]
# Django's own style sheets draw its admin; these templates repeat its classes.
OF_DJANGO = ("admin/", "django/")
# Names by which the oracle and the state machines find a part of a page; they look like what is
# around them.
PARTS = {
    "audit", "causes", "chart-point--carried", "entry", "history-box", "item", "map",
    "map-boundaries", "own", "score-scale__value", "task-list",
}  # fmt: skip
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
SELECTORS = re.compile(r"([^{}]*)\{")
NAME = re.compile(r"\.([a-zA-Z_][\w-]*)")
CLASS = re.compile(r'\bclass="([^"]*)"')
TAG, VALUE = "\0", "\1"


def ruled(sheet: str) -> set[str]:
    """Return the classes that a style sheet has rules for."""
    return set(NAME.findall("".join(SELECTORS.findall(COMMENT.sub("", sheet)))))


def used(text: str):
    """Yield each class of a template; one that ends with VALUE begins with what stands before it."""
    text = re.sub(r"\{% comment %\}.*?\{% endcomment %\}|\{#.*?#\}", "", text, flags=re.DOTALL)
    text = re.sub(r"\{%.*?%\}", TAG, text, flags=re.DOTALL)
    text = re.sub(r"\{\{.*?\}\}", VALUE, text, flags=re.DOTALL)
    for classes in CLASS.findall(text):
        for word in classes.split():
            beginning = ""
            for piece in filter(None, word.split(TAG)):
                name = beginning + "".join(takewhile(lambda each: each != VALUE, piece))
                if piece.endswith("-") and VALUE not in piece:
                    beginning = piece
                elif name:
                    yield name + (VALUE if VALUE in piece else "")


ALL_RULED = set().union(*map(ruled, SHEETS.values()))
USED = {path: set(used(path.read_text())) for path in TEMPLATES}
# The gallery shows what pages use; it keeps no rule alive.
ALL_USED = set().union(
    *(names for path, names in USED.items() if not path.name.startswith("gallery"))
)
# Scripts and Python make elements and names of classes as well.
ELSEWHERE = {
    word
    for folder in ("areas", "kotaku", "meetings", "static/js")
    for path in (ROOT / folder).rglob("*")
    if path.suffix in {".js", ".py"}
    for word in re.findall(r"[\w-]+", path.read_text())
}


def has_rule(name: str) -> bool:
    if name.endswith(VALUE):
        return any(rule.startswith(name[:-1]) for rule in ALL_RULED)
    return name in ALL_RULED


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_each_class_has_a_rule(path):
    if not str(path.relative_to(ROOT / "templates")).startswith(OF_DJANGO):
        assert sorted(name for name in USED[path] - PARTS if not has_rule(name)) == []


@pytest.mark.parametrize("name", sorted(set(SHEETS) - {"admin.css"}))
def test_each_rule_has_a_use(name):
    beginnings = tuple(each[:-1] for each in ALL_USED if each.endswith(VALUE))
    dead = ruled(SHEETS[name]) - ALL_USED - ELSEWHERE
    assert sorted(each for each in dead if not each.startswith(beginnings)) == []


@pytest.mark.parametrize("name", sorted(SHEETS))
def test_each_value_is_defined(name):
    sheet = SHEETS[name] + (SHEETS["app.css"] if name in {"admin.css", "print.css"} else "")
    defined = set(re.findall(r"(--[\w-]+)\s*:", sheet))
    assert sorted(set(re.findall(r"var\((--[\w-]+)", SHEETS[name])) - defined) == []


@pytest.mark.parametrize("name", sorted(SHEETS))
def test_a_sheet_stays_short_enough_to_know(name):
    assert SHEETS[name].count("\n") <= 900

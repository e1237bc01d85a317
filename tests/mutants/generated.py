"""Generated faults in the pure rules: each comparison, sign, constant and condition, once.

An own generator of a hundred lines instead of mutmut 3, which passes over functions with a
decorator and all that stands outside functions: here the properties of results and the tables of
bands, classes and criteria, where a wrong number does most harm.
"""

import ast
import random
import tomllib
from collections.abc import Iterator
from pathlib import Path

from tests.mutants.faults import ROOT, Fault

SETTINGS = Path(__file__).parent / "generated.toml"
COMPARISONS = {
    ast.Lt: ("<", "<="), ast.LtE: ("<=", "<"), ast.Gt: (">", ">="), ast.GtE: (">=", ">"),
    ast.Eq: ("==", "!="), ast.NotEq: ("!=", "=="), ast.Is: ("is", "is not"),
    ast.IsNot: ("is not", "is"), ast.In: ("in", "not in"), ast.NotIn: ("not in", "in"),
}  # fmt: skip
SIGNS = {
    ast.Add: ("+", "-"), ast.Sub: ("-", "+"), ast.Mult: ("*", "/"), ast.Div: ("/", "*"),
    ast.FloorDiv: ("//", "/"),
}  # fmt: skip
NAMES = {
    "ROUND_HALF_UP": "ROUND_HALF_EVEN", "ROUND_FLOOR": "ROUND_CEILING", "max": "min", "min": "max",
    "any": "all", "all": "any",
}  # fmt: skip


class Source:
    """A file with its tree, in which nodes are found as places in the text."""

    def __init__(self, name: str):
        self.name, self.text = name, (ROOT / name).read_text()
        self.tree = ast.parse(self.text)
        self._starts = [0]
        for line in self.text.splitlines(keepends=True):
            self._starts.append(self._starts[-1] + len(line))
        self._lines = self.text.splitlines()

    def start(self, node) -> int:
        """Where a node begins, in characters."""
        return self._place(node.lineno, node.col_offset)

    def end(self, node) -> int:
        """Where a node ends, in characters."""
        return self._place(node.end_lineno, node.end_col_offset)

    def _place(self, line: int, offset: int) -> int:
        return self._starts[line - 1] + len(self._lines[line - 1].encode()[:offset].decode())

    def between(self, left, right, old: str, new: str) -> Iterator[tuple[int, str, str]]:
        """The change of the sign between two nodes."""
        first = self.end(left)
        found = self.text[first : self.start(right)].find(old)
        if found >= 0:
            yield first + found, old, new

    def changes(self) -> Iterator[tuple[int, str, str]]:
        """All changes as (place, old text, new text), in the order of the file."""
        found = {change for node in self._nodes() for change in self._changes_of(node)}
        # Places inside a formatted string of several lines are not exact in Python 3.11.
        return iter(sorted(each for each in found if self.text.startswith(each[1], each[0])))

    def _nodes(self) -> Iterator[ast.AST]:
        """All nodes but type annotations, imports and the texts of assertions."""
        waiting = [self.tree]
        while waiting:
            node = waiting.pop()
            yield node
            for name, value in ast.iter_fields(node):
                if name in ("annotation", "returns", "decorator_list"):
                    continue
                each = value if isinstance(value, list) else [value]
                waiting += [child for child in each if isinstance(child, ast.AST)]

    def _changes_of(self, node) -> Iterator[tuple[int, str, str]]:
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            for left, sign, right in zip(sides, node.ops, sides[1:], strict=False):
                yield from self.between(left, right, *COMPARISONS[type(sign)])
        elif isinstance(node, ast.BinOp) and type(node.op) in SIGNS:
            yield from self.between(node.left, node.right, *SIGNS[type(node.op)])
        elif isinstance(node, ast.BoolOp):
            words = ("and", "or") if isinstance(node.op, ast.And) else ("or", "and")
            yield from self.between(node.values[0], node.values[1], *words)
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            yield self.start(node), "not ", ""
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            yield self.start(node), "-", ""
        elif isinstance(node, ast.Constant) and type(node.value) is int:
            text = self.text[self.start(node) : self.end(node)]
            yield self.start(node), text, str(node.value + 1)
        elif isinstance(node, ast.Return) and node.value and not _is_none(node.value):
            yield self.start(node), self.text[self.start(node) : self.end(node)], "return None"
        elif isinstance(node, ast.Name) and node.id in NAMES:
            yield self.start(node), node.id, NAMES[node.id]
        elif isinstance(node, ast.AugAssign) and type(node.op) in SIGNS:
            old, new = SIGNS[type(node.op)]
            yield from self.between(node.target, node.value, f"{old}=", f"{new}=")

    def line_at(self, place: int) -> str:
        """The line of a place, without its indentation."""
        return (
            self.text[: place + 1].rpartition("\n")[2] + self.text[place + 1 :].partition("\n")[0]
        )


def _is_none(node) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def generated(most: int, only: str = "") -> list[Fault]:
    """Return at most so many generated faults (0: all), the same ones each time."""
    settings = tomllib.loads(SETTINGS.read_text())
    faults = [
        fault
        for rule in settings["rules"]
        for name in rule["files"]
        for fault in _faults_in(name, rule, settings.get("accepted", []))
        if fault.group.startswith(only) or fault.file.startswith(only)
    ]
    if most and len(faults) > most:
        faults = random.Random(2016).sample(faults, most)
    return sorted(faults, key=lambda fault: (fault.file, fault.place, fault.after))


def _faults_in(name: str, rule: dict, accepted: list[dict]) -> Iterator[Fault]:
    source = Source(name)
    for place, before, after in source.changes():
        line = source.line_at(place).strip()
        why = f"{line} → {before.splitlines()[0]} becomes {after!r}"
        reasons = [
            each["reason"]
            for each in accepted
            if each["file"] == name and each["line"] == line and each["after"] == after
        ]
        yield Fault(
            group=f"generated {Path(name).parent}",
            name=f"{name}:{source.text.count(chr(10), 0, place) + 1}",
            file=name,
            before=before,
            after=after,
            why=why,
            tests=tuple(rule["tests"]),
            reason=reasons[0] if reasons else "",
            place=place,
            more_tests=tuple(rule.get("more_tests", ())),
        )

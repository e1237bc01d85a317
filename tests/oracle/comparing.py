"""Holds what a page says against what the oracle says, block by block; nothing may be left over."""

import re
from functools import cache
from pathlib import Path

from tests.oracle.drawings import expect_drawings, expect_styles
from tests.oracle.reading import Block, Element, blocks, numbers, squeezed


class Tally:
    """What has been compared so far: values and disagreements, by kind of page."""

    def __init__(self):
        self.values = {}
        self.faults = []

    @property
    def total(self) -> int:
        return sum(self.values.values())


@cache
def known_numbers() -> list[tuple[str, re.Pattern]]:
    """Return (selector, pattern) of the numbers that no oracle value stands behind, and need none."""
    found = []
    text = Path(__file__).with_name("known.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            selector, pattern, why = (part.strip() for part in line.split("\t"))
            assert why, line
            found.append((selector, re.compile(pattern)))
    return found


def without_known(text: str, block: Block) -> str:
    """Return the text of a block without what is known to be no figure."""
    for selector, pattern in known_numbers():
        if selector == "*" or block.within(selector):
            text = pattern.sub(" ", text)
    return text


def unknown_numbers(block: Block) -> list[str]:
    """Return the numbers of a block that need an oracle value."""
    if not any(sign.isdigit() for sign in block.text):
        return []
    return numbers(without_known(block.text, block))


class Page:
    """One page, drawing or file: what is expected is taken from it, and the rest must be known."""

    def __init__(self, kind: str, address: str, root: Element, tally: Tally):
        self.kind, self.address, self.root, self.tally = kind, address, root, tally
        self.blocks = blocks(root)

    def fault(self, words: str):
        self.tally.faults.append(f"{self.kind} {self.address}: {words}")

    def compare(self, place: str, said, expected):
        """Count one comparison; note a disagreement."""
        self.tally.values[self.kind] = self.tally.values.get(self.kind, 0) + 1
        if said != expected:
            self.fault(f"{place}: says {said!r}, expected {expected!r}")

    def take(self, selector: str) -> list[Block]:
        """Take all blocks within a selector off the page."""
        found = [block for block in self.blocks if block.within(selector)]
        self.blocks = [block for block in self.blocks if block not in found]
        return found

    def numbered(self, selector: str) -> list[Block]:
        """Take the blocks within a selector that say a number."""
        return [block for block in self.take(selector) if unknown_numbers(block)]

    def expect(self, selector: str, *expected: list[str]):
        """Each of the blocks that say numbers says exactly these, in this order."""
        found = self.numbered(selector)
        wanted = [each for each in expected if each]
        said = [unknown_numbers(block) for block in found]
        if len(said) != len(wanted):
            self.fault(f"{selector}: says {[str(each) for each in found]}, expected {wanted}")
            return
        for block, tokens, want in zip(found, said, wanted, strict=True):
            if len(tokens) != len(want):
                self.fault(f"{block}: expected {want}")
                continue
            for token, each in zip(tokens, want, strict=True):
                self.compare(str(block), token, each)

    def expect_words(self, selector: str, words: str):
        """One of the blocks within a selector says these words."""
        found = [block.text for block in self.blocks if block.within(selector)]
        said = words if any(words in text for text in found) else found
        self.compare(selector, said, words)

    def expect_cells(
        self, selector: str, expected: dict[tuple[str, str], str], table: Element | None = None
    ):
        """A table says exactly these cells; other cells with numbers are left over.

        `table` says which, where several have the same rows and columns.
        """
        found: dict[tuple[str, str], list[Block]] = {}
        for block in self.blocks:
            if block.row and block.within(selector) and table in (None, *block.path):
                found.setdefault((block.row, block.column), []).append(block)
        used = set()
        for place, text in expected.items():
            cells = found.get(place)
            if not cells:
                self.fault(f"{selector} {place}: no such cell, expected {text!r}")
                continue
            for block in cells:
                used.add(id(block))
                self.compare(f"{selector} {place}", block.text, squeezed(text))
        self.blocks = [block for block in self.blocks if id(block) not in used]

    def done(self):
        """Every drawing and style fits its words; what is left must be known."""
        expect_drawings(self)
        expect_styles(self)
        for block in self.blocks:
            if left := unknown_numbers(block):
                self.fault(f"unexpected {left} in {block}")

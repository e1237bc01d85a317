"""The previews of the browser read typed numbers as the server does: one table for both."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from areas.rules.criteria import CURRENT
from areas.rules.scoring import percent_of
from kotaku.formats import format_hectares, format_percent

ROOT = Path(__file__).parent.parent.parent
CASES = json.loads((ROOT / "tests/kotaku/interface/typed_numbers.json").read_text())
BASE = Decimal("1300.5")
READ_ALL = """(cases) => cases.map(({ typed }) => {
  const input = document.querySelector("input");
  input.value = typed;
  input.dispatchEvent(new Event("input"));
  return document.querySelector("output").textContent;
})"""


def previews(page, script, attributes) -> dict[str, str]:
    """Return typed → what the preview says."""
    page.set_content(f'<input id="number"><output for="number" {attributes}></output>')
    page.add_script_tag(path=ROOT / "static/js" / script, type="module")
    page.wait_for_function("document.querySelector('output')")
    said = page.evaluate(READ_ALL, CASES)
    return {case["typed"]: words for case, words in zip(CASES, said, strict=True)}


def test_hectares_are_previewed_as_they_are_read(page):
    attributes = (
        'data-kotaku-hectare-preview data-previous="0,00" data-baseline="0,00" '
        'data-previous-name="2017"'
    )
    said = previews(page, "hectare-preview.js", attributes)
    for case in CASES:
        words, meant = said[case["typed"]], case["hectares"]
        if meant == "?":
            assert words.startswith("Bisa berarti dua angka."), case
        elif meant is None:
            assert not words.startswith("="), case
        else:
            assert words.startswith(f"= {format_hectares(Decimal(meant))} Ha"), case


@pytest.mark.parametrize(("reader", "unit"), [("rt", "Ha"), ("metres", "m"), ("count", "KK")])
def test_volumes_are_scored_as_they_are_read(page, reader, unit):
    attributes = f'data-kotaku-score="{BASE}0000" data-kotaku-unit="{unit}" data-kotaku-bands="76:5 51:3 25:1"'
    said = previews(page, "score-preview.js", attributes)
    for case in CASES:
        words, meant = said[case["typed"]], case[reader]
        if meant in (None, "?"):
            assert words == "", case
        elif Decimal(meant) > BASE:
            assert words.startswith("Melebihi 1.300,5"), case
        else:
            percent = percent_of(Decimal(meant), BASE)
            expected = f"{format_percent(percent, 2)}, nilai {CURRENT.score_of(percent)}"
            assert words.replace("\u00a0", " ") == expected.replace("\u00a0", " "), case

"""The layout shows the idea, and a test says so."""

import ast
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
APPS = [name for name in ("kotaku", "areas", "meetings") if (ROOT / name).is_dir()]
CODE = [
    path
    for app in APPS
    for path in sorted((ROOT / app).rglob("*.py"))
    if "migrations" not in path.parts
]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
# An arrow points at what may be imported; never the other way.
MAY_IMPORT = {"kotaku": {"kotaku"}, "areas": {"kotaku", "areas"}, "meetings": set(APPS)}
KNOWS_EVERYONE = ("kotaku/urls.py", "kotaku/settings.py")
PURE = [
    "kotaku/interface/abbreviations.py",
    "kotaku/formats.py",
    "kotaku/limits.py",
    "kotaku/quantities.py",
    "kotaku/text.py",
    "kotaku/spreadsheets/formula_guard.py",
    "areas/rules/criteria.py",
    "areas/rules/rt_label.py",
    "areas/rules/scoring.py",
    "areas/public/village_rows.py",
    "areas/rules/as_of.py",
    "areas/rules/progress.py",
    "areas/rules/summing.py",
    "areas/rules/plausibility.py",
    "areas/rules/land_area.py",
    "areas/rules/narrative.py",
    "areas/charts/progress_chart.py",
    "areas/charts/figure.py",
    "areas/charts/labels.py",
    "areas/charts/parts.py",
    "areas/charts/scale.py",
    "areas/charts/labels_text.py",
    "areas/charts/bubble_map.py",
    "areas/charts/projection.py",
    "areas/charts/download.py",
    "areas/charts/score_scale.py",
    "areas/assessments/steps.py",
    "areas/importing/assessment_columns.py",
    "areas/importing/assessment_rows.py",
    "kotaku/spreadsheets/cells.py",
    "areas/importing/column_questions.py",
    "areas/importing/column_words.py",
    "areas/importing/columns.py",
    "areas/importing/days.py",
    "kotaku/spreadsheets/file_kinds.py",
    "areas/importing/file_questions.py",
    "areas/importing/heading_rows.py",
    "areas/importing/headings.py",
    "areas/importing/left_out.py",
    "areas/importing/many_decimals.py",
    "areas/importing/row_kinds.py",
    "areas/importing/rows.py",
    "areas/importing/rt_question.py",
    "kotaku/spreadsheets/read_csv.py",
    "areas/importing/sheet_questions.py",
    "kotaku/spreadsheets/sheets.py",
    "areas/importing/statements.py",
    "kotaku/spreadsheets/tables.py",
    "areas/importing/units.py",
    "kotaku/spreadsheets/values.py",
    "areas/importing/village_names.py",
    "areas/importing/village_questions.py",
    "areas/importing/year_question.py",
    "meetings/planning/row_buttons.py",
    "meetings/detail/schedule.py",
]


def imports_of(path):
    """Return the modules that a file imports, at the top or inside functions."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module


def name_of(path):
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", CODE, ids=name_of)
def test_imports_run_one_way(path):
    if name_of(path) in KNOWS_EVERYONE:
        return
    app = path.relative_to(ROOT).parts[0]
    ours = {module.split(".")[0] for module in imports_of(path)} & set(APPS)
    assert ours <= MAY_IMPORT[app]


@pytest.mark.parametrize("name", PURE)
def test_calculation_imports_only_the_standard_library(name):
    pure = {path.removesuffix(".py").replace("/", ".") for path in PURE}
    for module in imports_of(ROOT / name):
        assert module in pure or module.split(".")[0] in sys.stdlib_module_names, module


@pytest.mark.parametrize("path", CODE, ids=name_of)
def test_what_is_public_says_what_it_is(path):
    if path.name in ("apps.py", "__init__.py"):
        return
    tree = ast.parse(path.read_text())
    missing = [
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and node.name not in ("Meta", "Params", "handle")
        and not _is_plain(node, tree)
        and ast.get_docstring(node) is None
    ]
    assert missing == []


def _is_plain(node, tree):
    """Inner functions, choices whose labels say it all, and one-line helpers of classes."""
    inner = {
        child
        for outer in ast.walk(tree)
        if isinstance(outer, ast.FunctionDef)
        for child in ast.walk(outer)
        if child is not outer
    }
    return node in inner or (isinstance(node, ast.ClassDef) and node.name in ("Kind", "Sex"))


@pytest.mark.parametrize("path", CODE, ids=name_of)
def test_a_file_is_one_thought(path):
    assert len(path.read_text().splitlines()) <= 320


def test_every_include_exists_and_every_template_is_used():
    everything = "\n".join(path.read_text() for path in [*CODE, *TEMPLATES])
    names = {str(path.relative_to(ROOT / "templates")) for path in TEMPLATES}
    included = set(re.findall(r'{% (?:include|extends) "([^"]+)"', everything))
    assert {name for name in included if not name.startswith("admin/")} <= names
    by_convention = {"400.html", "403.html", "404.html", "500.html", "admin/base_site.html"}
    unused = {name for name in names if f'"{name}"' not in everything} - by_convention
    assert unused == set()


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_templates_obey_the_content_security_policy(path):
    text = path.read_text()
    assert not re.search(r'\sstyle="|\son\w+="|<style|javascript:|\|safe\b', text)
    assert not re.search(r"<script(?![^>]*\b(?:src=|type=\"application/ld\+json\"))", text)


@pytest.mark.parametrize(
    "path", [path for path in TEMPLATES if path.parent.name == "components"], ids=name_of
)
def test_partials_say_what_they_take(path):
    if path.name == "gallery.html":
        return
    assert path.read_text().startswith("{% comment %}\n")
    assert "Inputs: " in path.read_text().partition("{% endcomment %}")[0]

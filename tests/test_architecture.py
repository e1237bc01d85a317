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
PURE_PACKAGES = ("areas/rules", "areas/charts")
PURE = [
    *(
        str(path.relative_to(ROOT))
        for name in PURE_PACKAGES
        for path in sorted((ROOT / name).glob("*.py"))
    ),
    "areas/assessments/steps.py",
    "areas/importing/area_questions.py",
    "areas/importing/column_questions.py",
    "areas/importing/column_words.py",
    "areas/importing/columns.py",
    "areas/importing/days.py",
    "areas/importing/file_questions.py",
    "areas/importing/heading_rows.py",
    "areas/importing/headings.py",
    "areas/importing/kinds/assessment_columns.py",
    "areas/importing/kinds/assessment_rows.py",
    "areas/importing/left_out.py",
    "areas/importing/plan.py",
    "areas/importing/rounding.py",
    "areas/importing/row_kinds.py",
    "areas/importing/row_reader.py",
    "areas/importing/rows.py",
    "areas/importing/statements.py",
    "areas/importing/units.py",
    "areas/importing/village_names.py",
    "areas/public/sortable_table.py",
    "areas/public/village_rows.py",
    "kotaku/colours.py",
    "kotaku/day_ranges.py",
    "kotaku/formats.py",
    "kotaku/interface/abbreviations.py",
    "kotaku/limits.py",
    "kotaku/quantities.py",
    "kotaku/spreadsheets/cells.py",
    "kotaku/spreadsheets/file_kinds.py",
    "kotaku/spreadsheets/formula_guard.py",
    "kotaku/spreadsheets/read_csv.py",
    "kotaku/spreadsheets/sheets.py",
    "kotaku/spreadsheets/tables.py",
    "kotaku/spreadsheets/values.py",
    "kotaku/text.py",
    "meetings/detail/schedule.py",
    "meetings/planning/row_buttons.py",
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


def _package_of(name):
    """Return the second level of a dotted name: `areas.figures` of `areas.figures.mail.announce`."""
    return ".".join(name.split(".")[:2])


def _imported_packages(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (_package_of(alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (_package_of(f"{node.module}.{alias.name}") for alias in node.names)


def test_packages_import_each_other_in_no_circle():
    waiting = {}
    for path in CODE:
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        package = _package_of(name.removesuffix(".__init__"))
        imported = {each for each in _imported_packages(path) if each.split(".")[0] in APPS}
        waiting.setdefault(package, set()).update(imported - {package})
    # Take away what imports nothing that is left, again and again; a circle stays.
    while ready := {name for name, needs in waiting.items() if not needs & waiting.keys()}:
        waiting = {name: needs for name, needs in waiting.items() if name not in ready}
    assert waiting == {}


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
    of_django = ("admin/", "django/")
    assert {name for name in included if not name.startswith(of_django)} <= names
    by_convention = {"400.html", "403.html", "404.html", "500.html", "admin/base_site.html"}
    by_convention |= {"django/forms/widgets/select.html"}
    # Django's own pages name these.
    by_convention |= {"auth/widgets/read_only_password_hash.html", "admin/edit_inline/tabular.html"}
    by_convention |= {"admin/widgets/split_datetime.html"}
    unused = {name for name in names if f'"{name}"' not in everything} - by_convention
    assert unused == set()


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_templates_have_readable_lines(path):
    assert max(map(len, path.read_text().splitlines())) <= 160


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_templates_obey_the_content_security_policy(path):
    text = path.read_text()
    assert not re.search(r'\sstyle="|\son\w+="|<style|javascript:|\|safe\b', text)
    assert not re.search(r"<script(?![^>]*\b(?:src=|type=\"application/ld\+json\"))", text)


COLOUR = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})|FF[0-9A-F]{6}", re.ASCII)


@pytest.mark.parametrize("path", CODE, ids=name_of)
def test_python_takes_its_colours_from_one_module(path):
    texts = {
        node.value
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant)
    }
    found = [text for text in texts if isinstance(text, str) and COLOUR.fullmatch(text)]
    assert found == [] or name_of(path) == "kotaku/colours.py"


@pytest.mark.parametrize("path", sorted((ROOT / "templates/charts").iterdir()), ids=name_of)
def test_charts_take_their_colours_from_one_module(path):
    assert COLOUR.findall(path.read_text()) == []


@pytest.mark.parametrize(
    "path", [path for path in TEMPLATES if path.parent.name == "components"], ids=name_of
)
def test_partials_say_what_they_take(path):
    if path.name == "gallery.html":
        return
    assert path.read_text().startswith("{% comment %}\n")
    assert "Inputs: " in path.read_text().partition("{% endcomment %}")[0]

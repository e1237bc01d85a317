"""Every file of the corpus, through the pages of the import."""

import os

import pytest

from tests.corpus.cases import MAKER, all_cases
from tests.corpus.preview import answer, preview_of, uploaded
from tests.corpus.record import make_record
from tests.factories import UserFactory

CASES = all_cases()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.folder.name)
@pytest.mark.django_db
def test_a_file_gives_its_preview(case, client_of):
    expected = case.expected
    client = client_of(UserFactory(bappeda=True))
    name, content = case.file()
    run = uploaded(client, make_record(), name, content, expected.get("kind", "angka"))
    if isinstance(run, str):
        seen = {"preview": {"refused": run}}
    else:
        seen = {"preview": preview_of(client, run)}
        for step in expected.get("then", ()):
            answer(client, run, step["answers"])
            after = {"answers": step["answers"], "preview": preview_of(client, run)}
            seen.setdefault("then", []).append(after)
    if os.environ.get("WRITE_CORPUS"):
        case.write({"about": "", **expected, **seen})
    assert {key: expected.get(key) for key in seen} == seen


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.folder.name)
def test_a_case_is_a_file_and_one_line_about_it(case):
    assert case.expected["about"].strip()
    assert len(case.stored) + (case.folder / MAKER).exists() == 1

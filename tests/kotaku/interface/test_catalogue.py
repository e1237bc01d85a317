"""Our words in place of Django's: the compiled catalogue is that of the source, and is used."""

import gettext
import re
from pathlib import Path

import django
import pytest
from django.utils.translation import gettext as translated
from django.utils.translation import ngettext

from kotaku.interface.catalogue import UnreadableCatalogue, catalogues, compiled, read_messages

PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[a-z%]|\{\w*\}")
DJANGO = Path(django.__file__).parent


@pytest.mark.parametrize("source", catalogues(), ids=lambda path: path.stem)
def test_compiled_catalogue_is_that_of_its_source(source):
    text = source.read_text(encoding="utf-8")
    assert source.with_suffix(".mo").read_bytes() == compiled(text), (
        "Run: .venv/bin/python manage.py compile_catalogue"
    )
    with source.with_suffix(".mo").open("rb") as file:
        read = gettext.GNUTranslations(file)
    for key, value in read_messages(text).items():
        context, _, rest = key.rpartition("\x04")
        one, _, several = rest.partition("\x00")
        if several:
            assert read.ngettext(one, several, 2) == value
        elif context:
            assert read.pgettext(context, one) == value
        elif one:
            assert read.gettext(one) == value


@pytest.mark.parametrize("source", catalogues(), ids=lambda path: path.stem)
def test_each_word_stands_for_one_that_a_library_has(source):
    """A message that a new version words differently would silently fall back to its own."""
    known = set()
    for folder in [DJANGO, DJANGO.parent / "axes"]:
        for file in folder.rglob(f"id/LC_MESSAGES/{source.stem}.mo"):
            with file.open("rb") as opened:
                catalogue = gettext.GNUTranslations(opened)._catalog
            known |= {key[0] if isinstance(key, tuple) else key for key in catalogue}
    for key, value in read_messages(source.read_text(encoding="utf-8")).items():
        one = key.partition("\x00")[0]
        assert one in known, one
        if one:
            wanted, given = PLACEHOLDER.findall(one), PLACEHOLDER.findall(value)
            assert sorted(set(given)) == sorted(set(wanted)), one


def test_site_speaks_our_words():
    assert translated("Enter a whole number.") == "Tulis bilangan bulat."
    plural = ("Please correct the error below.", "Please correct the errors below.")
    assert ngettext(*plural, 1) == ngettext(*plural, 2) == "Perbaiki kesalahan di bawah ini."


@pytest.mark.parametrize(
    "text", ['msgid "a"\nmsgstr "b"\nnonsense', 'msgid "a"\nmsgstr "b"\n\nmsgid "a"\nmsgstr "c"']
)
def test_mistake_in_a_source_is_refused(text):
    with pytest.raises(UnreadableCatalogue):
        read_messages(text)

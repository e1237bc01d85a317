"""What the pages of an import show, as plain data: the language of `expected.json`.

`refused` is the sentence of an upload that is not taken. Otherwise, and without what is empty:
`sheet`, `problem`, `questions` ({label: choices}), `left_out`, `converted`, `can_apply` (true or absent), `sums`
(year, summed, stated in the file) and `rows` (row, village, year, outcome, area, sentence, warnings).
"""

from django.core.files.uploadedfile import SimpleUploadedFile

from areas.models import ImportRun
from tests.areas.public.pages import text_of

START = "/data/impor/"


def uploaded(client, programme, name: str, content: bytes, kind: str):
    """Upload a file; return its run, or the sentence of refusal."""
    file = SimpleUploadedFile(name, content)
    response = client.post(START, {"kind": kind, "programme": programme.pk, "file": file})
    if response.status_code == 302:
        return ImportRun.objects.latest("pk")
    assert response.status_code == 422, text_of(response)
    sentences = [error for errors in response.context["form"].errors.values() for error in errors]
    return _shown(response, " ".join(sentences))


def answer(client, run, answers: dict[str, str]) -> None:
    """Answer the questions of the preview that are labelled so."""
    response = client.get(f"{START}{run.pk}/")
    fields = {field.label: field for field in response.context["questions"]}
    posted = {}
    for label, choice in answers.items():
        values = {str(shown): value for value, shown in fields[label].field.choices}
        posted[fields[label].html_name] = values[choice]
    response = client.post(f"{START}{run.pk}/susunan/", posted)
    assert response.status_code == 302, text_of(response)


def preview_of(client, run) -> dict:
    """Return what the preview shows of a run, all rows of it."""
    response = client.get(f"{START}{run.pk}/?tampil=semua")
    assert response.status_code == 200, text_of(response)
    context = response.context
    assert not context["page"].has_other_pages(), "a case has at most one page of rows"
    shown = {
        "sheet": context["sheet"].name,
        "problem": _shown(response, context["problem"]),
        "left_out": [_shown(response, sentence) for sentence in context["left_out"]],
        "converted": [_shown(response, sentence) for sentence in context["conversions"]],
        "can_apply": context["can_apply"],
        "questions": {
            field.label: [str(choice) for value, choice in field.field.choices if value]
            for field in context["questions"]
        },
        "sums": [[line.name, line.summed, line.stated] for line in context["sums"]],
        "rows": [
            [line.row, line.village, line.year, line.outcome, line.after,
             _shown(response, line.sentence), *line.warnings]
            for line in context["lines"]
        ],
    }  # fmt: skip
    return {key: value for key, value in shown.items() if value}


def _shown(response, sentence: str) -> str:
    """Return a sentence that stands on the page."""
    words = " ".join(sentence.replace("\u00a0", " ").split())
    assert words in text_of(response)
    return words

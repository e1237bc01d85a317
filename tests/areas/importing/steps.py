"""What Bappeda does on the import page."""

from django.core.files.uploadedfile import SimpleUploadedFile

from areas.models import ImportRun
from tests.areas.public.pages import text_of

START = "/data/impor/"


def upload(client, programme, content, *, kind="angka", name="rekap.xlsx"):
    """Bring a file; return its run."""
    response = client.post(
        START,
        {"kind": kind, "programme": programme.pk, "file": SimpleUploadedFile(name, content)},
    )
    assert response.status_code == 302, text_of(response)
    return ImportRun.objects.latest("pk")


def page_of(run, query=""):
    """Return the address of a run's preview."""
    return f"{START}{run.pk}/{query}"


def look(client, run, query=""):
    """Return the preview's response."""
    response = client.get(page_of(run, query))
    assert response.status_code == 200
    return response


def outcomes(client, run, query=""):
    """Return (village, year, outcome, sentence) of every row of the preview."""
    separator = "&" if query else "?"
    lines = look(client, run, f"{query}{separator}tampil=semua").context["lines"]
    return [(line.village, line.year, line.outcome, line.sentence) for line in lines]


def counts(client, run, query=""):
    """Return how many rows have each outcome."""
    tabs = look(client, run, query).context["tabs"]
    return {tab.key: tab.count for tab in tabs if tab.key != "semua"}


def apply(client, run, query="", **typed):
    """Press "Terapkan" on the preview that is shown now."""
    digest = look(client, run, query).context["digest"]
    return client.post(f"{START}{run.pk}/penerapan/{query}", {"digest": digest, **typed})


def questions(client, run, query=""):
    """Return the questions of the preview: text → field."""
    return {field.label: field for field in look(client, run, query).context["questions"]}


def answer(client, run, answers, query=""):
    """Answer questions of the preview: text → value."""
    fields = questions(client, run, query)
    typed = {fields[text].html_name: value for text, value in answers.items()}
    response = client.post(f"{START}{run.pk}/susunan/{query}", typed)
    assert response.status_code == 302, text_of(response)

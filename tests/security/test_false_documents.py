"""A .pdf that is none is refused with a sentence at every form that takes a file."""

import io
import zipfile

import pytest
from django import forms
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.urls import get_resolver

from kotaku.files import uploads
from kotaku.spreadsheets.file_kinds import HTML, PDF
from meetings.models import Attachment, FollowUp
from tests.areas.public.pages import text_of
from tests.security.test_uploads import SCRIPT, doors, picture, stored  # noqa: F401
from tests.test_permissions import world  # noqa: F401

# Form with a file field -> its door in test_uploads, and what it takes.
FORMS = {
    "FigureForm": ("evidence", "document"),
    "AttachmentForm": ("attachment", "office"),
    "ProgressForm": ("report", "document"),
    "PhotoForm": ("activity", "picture"),
    "ArticleForm": ("article", "picture"),
    "Letterhead": ("letterhead", "picture"),
    "UploadForm": ("import", "sheet"),
    "ListForm": ("participants", "sheet"),
    "VillageFileForm": ("villages", "sheet"),
    "BoundaryFileForm": ("boundary", "boundary"),
}
NOT_PDF = {
    "page": b"<!doctype html>" + SCRIPT,
    "cut": b"%PDF-1.7\n1 0 obj" + SCRIPT,
    # Some programs write their changes behind the first end.
    "cut later": b"%PDF-1.7\n1 0 obj\n%%EOF\n2 0 obj " + b"a" * 2000,
    "program": b"MZ\x90\x00" + b"\0" * 200,
    "archive": b"PK\x03\x04" + b"a" * 300,
    "empty": b"",
}
WORDS = {
    "page": uploads.WRONG_TYPE,
    "cut": uploads.BROKEN,
    "cut later": uploads.BROKEN,
    "program": uploads.WRONG_TYPE,
    "archive": uploads.WRONG_TYPE,
    "empty": "Berkas kosong.",
}
TRUE_PDF = b"%PDF-1.7\n1 0 obj\n%%EOF\n"
OFFICE = {
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
MAIN_PARTS = {"docx": "word/document.xml", "pptx": "ppt/presentation.xml"}


def written(kind, *more):
    """Return a Word or PowerPoint file with the parts that the standard asks for, and others."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("[Content_Types].xml", "_rels/.rels", MAIN_PARTS[kind], *more):
            # Without a time of its own a part takes that of the clock, and no two files are equal.
            archive.writestr(zipfile.ZipInfo(name), "<x/>")
    return content.getvalue()


def has_file(form):
    return any(isinstance(field, forms.FileField) for field in form.base_fields.values())


def own_forms(form=forms.BaseForm):
    """Yield the form classes of the project that were written by hand."""
    for each in form.__subclasses__():
        if each.__module__.split(".")[0] in ("kotaku", "areas", "meetings"):
            yield each
        yield from own_forms(each)


def test_every_form_that_takes_a_file_is_known(admin_user, rf):
    # Loads all views, and with them their forms.
    assert get_resolver().url_patterns
    written = {form.__name__ for form in own_forms() if has_file(form)}
    request = rf.get("/")
    request.user = admin_user
    in_admin = {
        model.__name__
        for model, page in admin.site._registry.items()
        if any(isinstance(field, models.FileField) for field in model._meta.fields)
        and page.has_add_permission(request)
    }
    assert written | in_admin == set(FORMS)


@pytest.mark.ignore_template_errors
@pytest.mark.parametrize(("door", "takes"), FORMS.values())
def test_a_pdf_that_is_none_is_refused_and_a_name_decides_nothing(
    world,  # noqa: F811
    client_of,
    doors,  # noqa: F811
    door,
    takes,
):
    role, address, field, rest = doors[door]
    client = client_of(world["people"][role])
    before = stored()
    for kind, content in NOT_PDF.items():
        upload = SimpleUploadedFile("surat.pdf", content, "application/pdf")
        response = client.post(address, {**rest, field: upload}, follow=True)
        # Django's own pages of the admin answer 200 to a form with errors.
        assert (response.status_code, response.redirect_chain) in ((422, []), (200, [])), kind
        assert stored() == before, kind
        words = WORDS[kind]
        if takes == "sheet" and kind != "empty":
            words = {"cut": PDF, "cut later": PDF, "page": HTML}.get(kind, "unggah lagi")
        if takes == "office" and words == uploads.WRONG_TYPE:
            words = uploads.NO_DOCUMENT
        if takes == "boundary" and kind != "empty":
            words = "Berkas ini bukan GeoJSON"
        assert words in text_of(response), kind
    # The name decides nothing: a real document passes where documents do, a picture where
    # pictures do.
    for content, suffixes, passes in (
        (TRUE_PDF, {".pdf"}, takes in ("document", "office")),
        (picture("JPEG"), {".jpg", ".jpeg"}, takes in ("document", "office", "picture")),
        (written("docx"), {".docx"}, takes == "office"),
        (written("pptx"), {".pptx"}, takes == "office"),
    ):
        before = stored()
        if door == "report":
            # Each report is of the version that the one before has made.
            rest = rest | {"version": FollowUp.objects.get().version}
        upload = SimpleUploadedFile("surat.pdf", content, "application/pdf")
        response = client.post(address, {**rest, field: upload})
        assert (response.status_code == 302) == passes
        kinds = {path.suffix for path in stored() - before}
        assert kinds <= suffixes
        assert bool(kinds) == passes


def test_documents_of_offices_are_attached_and_only_handed_out(world, client_of, doors):  # noqa: F811
    role, address, field, rest = doors["attachment"]
    client = client_of(world["people"][role])
    refused = {
        "macros.docx": (written("docx", "word/vbaProject.bin"), "berisi makro"),
        "both.docx": (written("docx", MAIN_PARTS["pptx"]), uploads.NO_DOCUMENT),
        "cut.pptx": (written("pptx")[:-40], uploads.NO_DOCUMENT),
        "book.xlsx": (
            written("docx").replace(b"word/document", b"cell/document"),
            "DOCX atau PPTX",
        ),
        "large.docx": (b"PK\x03\x04" + b"a" * uploads.MAX_BYTES, uploads.TOO_LARGE),
    }
    for name, (content, words) in refused.items():
        response = client.post(address, {**rest, field: SimpleUploadedFile(name, content)})
        assert response.status_code == 422, name
        assert words in text_of(response), name
    upload = SimpleUploadedFile("paparan.html", written("pptx"), "text/html")
    client.post(address, {"kind": "slides", field: upload})
    kept = Attachment.objects.get(kind="slides")
    assert kept.name == "paparan.pptx"
    assert client.get(f"/rakor/lampiran/{kept.pk}/besar/").status_code == 404
    response = client.get(f"/rakor/lampiran/{kept.pk}/")
    assert response["Content-Type"] == OFFICE["pptx"]
    assert response["Content-Disposition"].startswith("attachment")
    assert b"".join(response) == written("pptx")
    page = client.get(f"/rakor/{kept.meeting_id}/").content.decode()
    assert 'aria-hidden="true">PPTX</span>' in page
    assert f"/rakor/lampiran/{kept.pk}/besar/" not in page

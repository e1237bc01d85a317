"""The disk or the bucket refuses a file, for another reason than room: the form comes back."""

import errno
import os
import re
import sys
from types import SimpleNamespace

import pytest

from areas.models import YearlyFigure
from kotaku.requests.kept_forms import owner_note
from meetings.models import Article, Letterhead
from tests.areas.public.pages import text_of
from tests.factories import city
from tests.kotaku.files.test_bucket_away import BucketConnectionError, ClientError, HTTPClientError
from tests.kotaku.files.test_disk_full import (  # noqa: F401
    MODELS,
    UPLOADS,
    activity_photo,
    article_photo,
    attachment,
    files_in,
    media,
    of,
    photo,
    sheet,
    typed,
    world,
)


@pytest.fixture(params=["disk", "rights", "bucket"])
def refusing(request, monkeypatch):
    """No file can be stored any more."""
    number = {"disk": errno.EIO, "rights": errno.EACCES}.get(request.param)
    if number:

        def refuse(descriptor):
            raise OSError(number, os.strerror(number))

        monkeypatch.setattr("kotaku.files.storage.os.fsync", refuse)
        return
    library = SimpleNamespace(
        ClientError=ClientError,
        ConnectionError=BucketConnectionError,
        HTTPClientError=HTTPClientError,
    )
    monkeypatch.setitem(sys.modules, "botocore.exceptions", library)

    def deny(*arguments, **options):
        raise ClientError(403)

    monkeypatch.setattr("kotaku.files.storage.WholeFiles._save", deny)


@UPLOADS
def test_what_was_typed_comes_back_and_nothing_is_half_there(world, media, refusing, upload):  # noqa: F811
    client, address, fields = upload(world)
    response = client.post(address, fields)
    assert response.status_code == 500
    page = response.content.decode()
    assert "Berkas belum tersimpan" in page
    assert response["X-Request-ID"] in page
    for name, value in fields.items():
        if isinstance(value, str) and value:
            assert re.search(rf'name="{name}" value="', page)
    assert [model.__name__ for model in MODELS if model.objects.exists()] == []
    assert files_in(media) == []


def test_form_of_the_figure_comes_back_itself(world, media, refusing):  # noqa: F811
    client = of(world.officer)
    sent = typed(
        evidence=photo(), note="Saluran sudah diperbaiki", _owner=owner_note(world.officer)
    )
    for address in ("/isian/2017/", "/isian/2017/pengajuan/"):
        response = client.post(address, sent | {"evidence": photo()}, follow=True)
        assert response.redirect_chain[-1][0] == "/isian/2017/"
        assert response.status_code == 200
        _says_what_is_missing(response)
        assert "Berkas bukti perlu dipilih lagi." in text_of(response)
        assert f'value="{sent["area_ha"]}"' in response.content.decode()
        assert "Saluran sudah diperbaiki" in text_of(response)
    assert not YearlyFigure.objects.exists()
    assert files_in(media) == []


def test_form_of_a_report_comes_back_itself(world, media, refusing):  # noqa: F811
    client, address, fields = article_photo(world)
    fields |= {"lead": "Rakor membahas drainase.", "_owner": owner_note(world.bappeda)}
    response = client.post(address, fields, follow=True)
    assert response.redirect_chain == [(address, 302)]
    _says_what_is_missing(response)
    assert "Rakor membahas drainase." in text_of(response)
    assert not Article.objects.exists()
    assert files_in(media) == []


@pytest.mark.parametrize(
    ("upload", "page", "kept"),
    [
        (activity_photo, r"/rencana/\d+/", '<option value="0" selected>'),
        (attachment, r"/rakor/\d+/\?isian=lampiran", 'value="Suasana"'),
        (sheet, "/data/impor/", 'value="angka"[^>]* checked'),
    ],
    ids=["activity_photo", "attachment", "sheet"],
)
def test_form_of_an_upload_comes_back_itself(world, media, refusing, upload, page, kept):  # noqa: F811
    client, address, fields = upload(world)
    user = world.officer if upload is activity_photo else world.bappeda
    response = client.post(address, fields | {"_owner": owner_note(user)}, follow=True)
    assert re.fullmatch(page, response.redirect_chain[-1][0])
    assert response.status_code == 200
    _says_what_is_missing(response)
    html = response.content.decode()
    assert re.search(kept, html)
    assert "Pilih " in html[html.index('class="summary"') :]
    assert [model.__name__ for model in MODELS if model.objects.exists()] == []
    assert files_in(media) == []


@pytest.mark.parametrize("upload", [activity_photo, attachment, sheet], ids=lambda f: f.__name__)
def test_form_of_an_upload_says_whose_it_is_and_forgets(world, media, upload):  # noqa: F811
    client, address, fields = upload(world)
    page = re.sub(r"(foto|lampiran)/$", "", address)
    assert 'name="_owner"' in client.get(page).content.decode()
    owner = {"_owner": owner_note(world.officer if upload is activity_photo else world.bappeda)}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kotaku.files.storage.os.fsync", _refuse)
        client.post(address, fields | owner)
    for value in fields.values():
        if hasattr(value, "seek"):
            value.seek(0)
    assert client.session["unsaved_forms"]
    assert client.post(address, fields | owner).status_code == 302
    assert not client.session["unsaved_forms"]


def _refuse(descriptor):
    raise OSError(errno.EIO, os.strerror(errno.EIO))


def _says_what_is_missing(response):
    text = text_of(response)
    assert "Berkas belum tersimpan: server tidak dapat menyimpannya." in text
    assert re.search(r"nomor laporan \S{6,}\.", text)
    assert "Sesi Anda berakhir" not in text


def test_logo_in_the_admin_too(admin, media, refusing):  # noqa: F811
    typed = {"region": city().pk, "government": "Pemkot", "office": "Kantor", "city": "Banjar"}
    address = "/admin/meetings/letterhead/add/"
    response = of(admin).post(address, {**typed, "logo": photo()})
    assert response.status_code == 500
    _says_what_is_missing(response)
    html = response.content.decode()
    assert 'name="government" value="Pemkot"' in html
    assert 'type="file" name="logo"' in html
    assert not Letterhead.objects.exists()
    assert files_in(media) == []


def test_fault_without_a_file_gives_no_such_promise(admin, monkeypatch):
    def fail(*arguments, **options):
        raise ValueError("something else")

    monkeypatch.setattr("kotaku.accounts.views.ProfileForm", fail)
    response = of(admin).post("/akun/", {})
    assert response.status_code == 500
    assert "Berkas belum tersimpan" not in response.content.decode()

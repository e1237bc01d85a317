"""The disk or the bucket refuses a file, for another reason than room: the form comes back."""

import errno
import os
import re
import sys
from types import SimpleNamespace

import pytest

from areas.models import YearlyFigure
from kotaku.unsaved import owner_note
from meetings.models import Article, Letterhead
from tests.areas.views.pages import text_of
from tests.factories import city
from tests.kotaku.test_bucket_away import BucketConnectionError, ClientError, HTTPClientError
from tests.kotaku.test_disk_full import (  # noqa: F401
    MODELS,
    UPLOADS,
    article_photo,
    files_in,
    media,
    of,
    photo,
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

        monkeypatch.setattr("kotaku.storage.os.fsync", refuse)
        return
    library = SimpleNamespace(
        ClientError=ClientError,
        ConnectionError=BucketConnectionError,
        HTTPClientError=HTTPClientError,
    )
    monkeypatch.setitem(sys.modules, "botocore.exceptions", library)

    def deny(*arguments, **options):
        raise ClientError(403)

    monkeypatch.setattr("kotaku.storage.WholeFiles._save", deny)


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
    assert 'name="government" value="Pemkot"' in response.content.decode()
    assert not Letterhead.objects.exists()
    assert files_in(media) == []


def test_fault_without_a_file_gives_no_such_promise(admin, monkeypatch):
    def fail(*arguments, **options):
        raise ValueError("something else")

    monkeypatch.setattr("kotaku.views.ProfileForm", fail)
    response = of(admin).post("/akun/", {})
    assert response.status_code == 500
    assert "Berkas belum tersimpan" not in response.content.decode()

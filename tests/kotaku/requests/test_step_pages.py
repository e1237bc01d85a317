"""A button pressed after the session's end does nothing, says so, and leads back to its page."""

import pytest
from django.test import Client

from tests.areas.public.pages import text_of
from tests.factories import PASSWORD

STEP = "/akun/dua-langkah/kode-pemulihan/"
PAGE = "/akun/dua-langkah/?dari=menu"


@pytest.mark.parametrize(
    ("referer", "back"),
    [
        (f"http://testserver{PAGE}", PAGE),
        ("https://jahat.example/akun/", STEP),
        ("", STEP),
    ],
)
def test_a_step_without_a_session_leads_back_to_the_page_of_its_button(officer, referer, back):
    client = Client()
    refused = client.post(STEP, headers={"referer": referer} if referer else {})
    form = client.get(refused["Location"])
    assert "Tombol yang baru Anda tekan belum menjalankan apa pun." in text_of(form)
    data = {"username": officer.username, "password": PASSWORD, "next": form.context["next"]}
    assert client.post(refused["Location"], data)["Location"] == back


def test_a_step_opened_as_a_page_leads_on(admin, client_of):
    client = client_of(admin)
    for address, above in ((STEP, "/akun/dua-langkah/"), ("/admin/email-uji/", "/admin/")):
        answer = client.get(address)
        assert answer.status_code == 405
        assert answer["Allow"] == "POST"
        assert "Belum ada yang dikirim atau diubah." in text_of(answer)
        assert answer.context["page"] == above

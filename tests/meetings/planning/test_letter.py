"""What the planning form says of the letter: numbers of those who sign, and its date."""

import pytest

from meetings.models import Meeting
from tests.areas.public.pages import text_of
from tests.meetings.planning.test_planning import client, form  # noqa: F401

NIPS = ("chair_nip", "minute_taker_nip", "signer_nip")
ODD = "Tanggal surat (15 Mei 2030) sesudah hari rapat (14 Mei 2030)."


@pytest.mark.parametrize("name", NIPS)
@pytest.mark.parametrize("typed", ["abc", "NIP 19700131", "1970\u0661", "19700131-199603"])
def test_a_nip_of_letters_is_refused_at_its_field(client, name, typed):  # noqa: F811
    response = client.post("/rakor/baru/", form(**{name: typed}))
    assert response.status_code == 422
    assert not Meeting.objects.exists()
    html = response.content.decode()
    assert f'href="#id_{name}"' in html
    assert text_of(response).count("NIP hanya berisi angka dan spasi") == 2
    assert f'value="{typed}"' in html


def test_a_nip_is_stored_as_it_is_grouped(client):  # noqa: F811
    typed = dict.fromkeys(NIPS, " 19700131  199603 1\u00a0001 ")
    client.post("/rakor/baru/", form(**typed))
    meeting = Meeting.objects.get()
    assert {getattr(meeting, name) for name in NIPS} == {"19700131 199603 1 001"}


def test_a_letter_dated_after_the_meeting_is_saved_with_a_hint(client, client_of, viewer):  # noqa: F811
    response = client.post("/rakor/baru/", form(letter_date="2030-05-15"), follow=True)
    assert ODD in text_of(response)
    meeting = Meeting.objects.get()
    edit = f"/rakor/{meeting.pk}/ubah/"
    assert ODD in text_of(client.get(edit))
    Meeting.objects.update(state="scheduled")
    assert ODD not in text_of(client_of(viewer).get(f"/rakor/{meeting.pk}/"))
    Meeting.objects.update(letter_date="2030-05-14")
    for address in (edit, f"/rakor/{meeting.pk}/"):
        assert "Periksa surat" not in text_of(client.get(address))

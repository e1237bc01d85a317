"""A member who was recorded by mistake is taken off the decree."""

import pytest

from meetings.models import Participant, PokjaEvent, PokjaMember
from tests.areas.public.pages import text_of
from tests.factories import ParticipantFactory, PokjaMemberFactory, UserFactory, city


@pytest.fixture
def member(db):
    return PokjaMemberFactory(name="Siti", phone="0812-1", email="siti@contoh.id", version=3)


@pytest.fixture
def client(bappeda, client_of):
    """Bappeda's browser."""
    return client_of(bappeda)


def address(member):
    return f"/rakor/pokja/{member.decree_id}/anggota/{member.pk}/penghapusan/"


def test_bappeda_takes_a_member_off_and_the_history_keeps_who_it_was(client, member, bappeda):
    other = PokjaMemberFactory(decree=member.decree, name="Ani")
    ParticipantFactory(name="Siti")
    form = client.get(f"/rakor/pokja/anggota/{member.pk}/").content.decode()
    assert f'action="{address(member)}"' in form
    pages = [client.post(address(member), {"version": 3}, follow=True) for _ in range(2)]
    for page in pages:
        assert page.redirect_chain == [(f"/rakor/pokja/{member.decree_id}/", 302)]
        assert "Anggota sudah dihapus dari SK ini" in text_of(page)
    assert list(PokjaMember.objects.all()) == [other]
    assert Participant.objects.get().name == "Siti"
    (event,) = PokjaEvent.objects.all()
    assert (event.kind, event.actor, event.who) == ("member_remove", bappeda, "Siti")
    assert ["jabatan", "Kepala Seksi", ""] in event.changes
    assert "0812-1" not in str(event.changes)
    assert "siti@contoh.id" not in str(event.changes)
    assert "menghapus anggota Siti" in text_of(pages[0])


def test_an_outdated_form_is_refused_and_then_works(client, member):
    response = client.post(address(member), {"version": 2})
    assert response.status_code == 409
    assert "Data ini baru saja diubah" in text_of(response)
    assert PokjaMember.objects.exists()
    assert not PokjaEvent.objects.exists()
    # The form shows the stored values and goes on with their version.
    html = response.content.decode()
    assert 'value="Siti"' in html
    assert html.count('name="version" value="3"') == 2
    assert client.post(address(member), {"version": 3}).status_code == 302
    assert not PokjaMember.objects.exists()


def test_a_form_without_a_version_removes_no_member(client, member):
    assert client.post(address(member)).status_code == 409
    assert client.get(address(member)).status_code == 405
    assert PokjaMember.objects.exists()


def test_others_remove_no_member(client_of, client, member, viewer, officer):
    for user in (viewer, officer):
        assert client_of(user).post(address(member), {"version": 3}).status_code == 403
    away = UserFactory(bappeda=True, region=city("32.78", "Tasikmalaya"))
    assert client_of(away).post(address(member), {"version": 3}).status_code == 404
    # A member of another decree is not reached through this one.
    wrong = f"/rakor/pokja/{PokjaMemberFactory().decree_id}/anggota/{member.pk}/penghapusan/"
    client.post(wrong, {"version": 3})
    assert PokjaMember.objects.filter(pk=member.pk).exists()
    assert not PokjaEvent.objects.exists()

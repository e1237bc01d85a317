"""Another name or organisation in a row is another person: hidden account and village go."""

import pytest
from django.core import mail

from meetings.models import Meeting, Participant
from meetings.planning.links import Links
from tests.areas.public.pages import text_of
from tests.factories import MeetingFactory, ParticipantFactory, VillageFactory
from tests.meetings.planning.test_planning import form


@pytest.fixture
def client(bappeda, client_of):
    """Bappeda's browser."""
    return client_of(bappeda)


@pytest.fixture
def head(officer, baseline):
    """The officer as the head of Desa Balokang, invited with the account."""
    officer.email = "petugas@contoh.id"
    officer.save()
    return ParticipantFactory(
        name=officer.full_name, organisation="Desa Balokang", user=officer, village=baseline.village
    )


def row_of(person, **changed):
    names = ("pk", "name", "position", "organisation", "unsur", "email")
    row = {name: getattr(person, name) for name in names}
    return row | {"user": person.user_id or "", "village": person.village_id or ""} | changed


def save(client, person, **changed):
    meeting = Meeting.objects.get(pk=person.meeting_id)
    typed = form([], [row_of(person, **changed)], version=meeting.version)
    return text_of(client.post(f"/rakor/{meeting.pk}/ubah/", typed, follow=True))


def links_of(person):
    person.refresh_from_db()
    return person.user, person.village


def test_the_same_person_keeps_account_and_village(client, head, officer, baseline):
    page = save(client, head, position="Kepala Desa", name=head.name.upper())
    assert links_of(head) == (officer, baseline.village)
    assert "akun yang lama" not in page


def test_another_name_loses_the_account_and_gets_no_mail_of_the_first(client, head, baseline):
    page = save(client, head, name="Pengganti")
    assert "akun yang lama dilepas dari: Pengganti." in page
    # The organisation still names the village.
    assert links_of(head) == (None, baseline.village)
    client.post(f"/rakor/{head.meeting_id}/surel-undangan/", {"version": 2})
    assert mail.outbox == []


def test_another_organisation_loses_both(client, head):
    save(client, head, organisation="DCKTLH")
    assert links_of(head) == (None, None)


def test_another_village_is_found_by_its_name(client, head, other_baseline):
    save(client, head, organisation=other_baseline.village.full_name.upper())
    assert links_of(head) == (None, other_baseline.village)


def test_a_new_row_keeps_the_account_it_was_offered_with(client, head, officer, baseline):
    offered = row_of(head, pk="")
    client.post("/rakor/baru/", form([], [offered]))
    stored = Participant.objects.exclude(pk=head.pk).get()
    assert (stored.user, stored.village) == (officer, baseline.village)


@pytest.mark.parametrize("changed", [{"name": "Pengganti"}, {"organisation": "Desa Lain"}])
def test_a_new_row_with_another_name_is_another_person(client, head, baseline, changed):
    client.post("/rakor/baru/", form([], [row_of(head, pk="") | changed]))
    stored = Participant.objects.exclude(pk=head.pk).get()
    assert stored.user is None
    assert stored.village == (None if "organisation" in changed else baseline.village)


def test_a_copy_of_an_earlier_row_keeps_its_links(client, officer, baseline):
    """Neither name nor organisation are those of the account, but both were invited before."""
    earlier = ParticipantFactory(
        name="Drs. Budi", organisation="BKM Maju", user=officer, village=baseline.village
    )
    client.post("/rakor/baru/", form([], [row_of(earlier, pk="")]))
    stored = Participant.objects.exclude(pk=earlier.pk).get()
    assert (stored.user, stored.village) == (officer, baseline.village)
    client.post("/rakor/baru/", form([], [row_of(earlier, pk="", name="Cici")], uid=""))
    assert Participant.objects.get(name="Cici").user is None


def test_ids_that_were_never_offered_link_nothing(client, officer, baseline):
    village = VillageFactory()
    strange = {"user": officer.pk, "village": village.pk, "pk": "", "unsur": "opd"}
    client.post("/rakor/baru/", form([], [{"name": "Ani", "organisation": "DCKTLH", **strange}]))
    stored = Participant.objects.get()
    assert (stored.user, stored.village) == (None, None)


@pytest.mark.parametrize("count", [2, 400])
def test_links_take_the_same_queries_for_any_number(
    officer, baseline, count, django_assert_num_queries
):
    meeting = MeetingFactory()
    people = [
        Participant(
            meeting=meeting, name=f"Orang {n}", organisation="X", user=officer,
            village=baseline.village,
        )
        for n in range(count)
    ]  # fmt: skip
    Participant.objects.bulk_create(people)
    rows = [row_of(person) for person in meeting.participants.all()]
    with django_assert_num_queries(7):
        links = Links(meeting, rows, {})
        assert {links.user_of(row) for row in rows} == {officer.pk}
        assert {links.village_of(row) for row in rows} == {baseline.village.pk}

"""Every promised size works: more fields than Django takes by itself."""

import pytest

from kotaku.limits import MAX_AGENDA, MAX_BASELINES, MAX_FIELDS, MAX_PARTICIPANTS
from kotaku.requests import kept_forms
from meetings.models import AgendaItem, Participant
from tests.areas.public.pages import text_of
from tests.drawn_forms import as_drawn
from tests.factories import (
    AgendaItemFactory,
    BaselineFactory,
    DistrictFactory,
    MeetingFactory,
    ParticipantFactory,
)
from tests.meetings.planning.test_planning import form, person

COLUMNS = {
    "position": "Kader",
    "sex": "",
    "phone": "",
    "email": "",
    "pk": "",
    "village": "",
    "user": "",
}


def people(count=MAX_PARTICIPANTS):
    return [person(f"Peserta {number}", **COLUMNS) for number in range(count)]


def agenda(count=MAX_AGENDA):
    empty = dict.fromkeys(
        ("pk", "continues", "follow_up", "starts_at", "length_minutes", "speaker",
         "speaker_position", "speaker_organisation"), "",
    )  # fmt: skip
    return [{"title": f"Acara {number}", **empty} for number in range(count)]


def test_a_meeting_of_the_promised_size_is_planned_and_saved_again(client_of, bappeda):
    client = client_of(bappeda)
    data = form(agenda(), people())
    assert 1000 < len(data) <= MAX_FIELDS
    response = client.post("/rakor/baru/", data)
    assert response.status_code == 302, text_of(response)[:500]
    assert AgendaItem.objects.count() == MAX_AGENDA
    assert Participant.objects.count() == MAX_PARTICIPANTS


def test_a_meeting_of_the_promised_size_survives_the_end_of_a_session(client_of, bappeda):
    client = client_of(bappeda)
    data = form(agenda(), people()) | {kept_forms.OWNER_FIELD: kept_forms.owner_note(bappeda)}
    client.logout()
    response = client.post("/rakor/baru/", data)
    assert response["Location"].endswith("&tersimpan=1")
    client.force_login(bappeda)
    assert "Peserta 399" in client.get("/rakor/baru/").content.decode()


@pytest.mark.ignore_template_errors
def test_the_admin_saves_a_meeting_of_the_promised_size(client_of, admin):
    meeting = MeetingFactory()
    for number in range(MAX_AGENDA):
        AgendaItemFactory(meeting=meeting, order=number)
    ParticipantFactory.create_batch(MAX_PARTICIPANTS, meeting=meeting)
    client = client_of(admin)
    address = f"/admin/meetings/meeting/{meeting.pk}/change/"
    data = as_drawn(client.get(address), "title")
    assert 1000 < len(data) <= MAX_FIELDS
    prefix = next(name for name in data if name.endswith(f"-{MAX_PARTICIPANTS - 1}-name"))
    data[prefix] = "Peserta terakhir"
    response = client.post(address, data)
    assert response.status_code == 302, text_of(response)[:800]
    assert Participant.objects.filter(name="Peserta terakhir").count() == 1


@pytest.mark.ignore_template_errors
@pytest.mark.parametrize("count", [300])
def test_the_admin_saves_a_period_of_many_baselines(client_of, admin, programme, count):
    district = DistrictFactory()
    BaselineFactory.create_batch(count, programme=programme, village__district=district)
    client = client_of(admin)
    address = f"/admin/areas/programme/{programme.pk}/change/"
    data = as_drawn(client.get(address), "name")
    assert len(data) > 1000
    assert len(data) / count * MAX_BASELINES <= MAX_FIELDS
    area = next(name for name in data if name.endswith("-299-area_ha"))
    data |= {area: "7,25", area.replace("area_ha", "reason"): "Salah ketik."}
    response = client.post(address, data)
    assert response.status_code == 302, text_of(response)[:800]
    assert programme.baselines.filter(area_ha="7.25").count() == 1

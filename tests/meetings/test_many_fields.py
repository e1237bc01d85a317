"""Every promised size works: more fields than Django takes by itself."""

import pytest

from kotaku import unsaved
from kotaku.limits import MAX_AGENDA, MAX_BASELINES, MAX_FIELDS, MAX_PARTICIPANTS
from meetings.models import AgendaItem, Participant
from tests.areas.views.pages import text_of
from tests.factories import (
    AgendaItemFactory,
    BaselineFactory,
    DistrictFactory,
    MeetingFactory,
    ParticipantFactory,
)
from tests.meetings.test_planning import form, person

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


def test_one_more_than_promised_is_refused_with_a_sentence(client_of, bappeda):
    response = client_of(bappeda).post("/rakor/baru/", form([], people(MAX_PARTICIPANTS + 1)))
    assert response.status_code == 422
    assert not Participant.objects.exists()


def test_a_meeting_of_the_promised_size_survives_the_end_of_a_session(client_of, bappeda):
    client = client_of(bappeda)
    data = form(agenda(), people()) | {unsaved.OWNER_FIELD: unsaved.owner_note(bappeda)}
    client.logout()
    response = client.post("/rakor/baru/", data)
    assert response["Location"].endswith("&tersimpan=1")
    client.force_login(bappeda)
    assert "Peserta 399" in client.get("/rakor/baru/").content.decode()


@pytest.mark.ignore_template_errors
def test_the_admin_saves_a_meeting_of_the_promised_size(client_of, admin):
    meeting = MeetingFactory()
    items = AgendaItemFactory.create_batch(MAX_AGENDA, meeting=meeting)
    present = ParticipantFactory.create_batch(MAX_PARTICIPANTS, meeting=meeting)
    client = client_of(admin)
    address = f"/admin/meetings/meeting/{meeting.pk}/change/"
    data = shown_fields(client.get(address))
    assert 1000 < len(data) <= MAX_FIELDS
    prefix = next(name for name in data if name.endswith(f"-{MAX_PARTICIPANTS - 1}-name"))
    data[prefix] = "Peserta terakhir"
    response = client.post(address, data)
    assert response.status_code == 302, text_of(response)[:800]
    assert Participant.objects.filter(name="Peserta terakhir").count() == 1
    assert (len(items), len(present)) == (MAX_AGENDA, MAX_PARTICIPANTS)


@pytest.mark.ignore_template_errors
@pytest.mark.parametrize("count", [300])
def test_the_admin_saves_a_period_of_many_baselines(client_of, admin, programme, count):
    district = DistrictFactory()
    BaselineFactory.create_batch(count, programme=programme, village__district=district)
    client = client_of(admin)
    address = f"/admin/areas/programme/{programme.pk}/change/"
    data = shown_fields(client.get(address))
    assert len(data) > 1000
    assert len(data) / count * MAX_BASELINES <= MAX_FIELDS
    area = next(name for name in data if name.endswith("-299-area_ha"))
    data |= {area: "7,25", area.replace("area_ha", "reason"): "Salah ketik."}
    response = client.post(address, data)
    assert response.status_code == 302, text_of(response)[:800]
    assert programme.baselines.filter(area_ha="7.25").count() == 1


def shown_fields(response) -> dict:
    """Return what the browser would post from an admin page without a change."""
    form_, formsets = response.context["adminform"].form, response.context["inline_admin_formsets"]
    forms = [form_]
    for each in formsets:
        forms += [each.formset.management_form, *each.formset.forms]
    data = {}
    for each in forms:
        for bound in each:
            data |= posted(bound)
    return data


def posted(bound) -> dict:
    widget = bound.field.widget
    value = bound.value()
    if bound.field.disabled and value is None:
        return {}
    context = widget.get_context(bound.html_name, bound.field.prepare_value(value), {})["widget"]
    found = {}
    for part in context.get("subwidgets") or [context]:
        if part.get("type") == "checkbox":
            if part["attrs"].get("checked"):
                found[part["name"]] = "on"
        elif part.get("value") not in (None, []):
            chosen = part["value"]
            found[part["name"]] = chosen[0] if isinstance(chosen, list) else chosen
    return found

"""The admin of a province or the nation: what nobody scrolls through is searched for."""

import pytest

from areas.models import Village
from kotaku.admin_site import regional_admin
from kotaku.models import User
from tests.areas.public.pages import text_of
from tests.drawn_forms import as_drawn
from tests.factories import (
    ActivityFactory,
    DistrictFactory,
    MeetingFactory,
    ProgrammeFactory,
    UserFactory,
    VillageFactory,
    city,
    province,
)

# Some of Django's own templates use variables that are not there.
pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

ROOMS = {
    "areas/village": "district",
    "areas/activity": "village__district",
    "meetings/decision": "villages",
    "meetings/followup": "village",
}


@pytest.fixture
def chief(client_of, admin):
    """The browser of the whole site's admin, who has two villages in two cities."""
    VillageFactory(name="Balokang")
    there = DistrictFactory(code="32.78.01", region=city("32.78", "Tasikmalaya"))
    ActivityFactory(village=VillageFactory(name="Jauh", district=there, code="32.78.01.1001"))
    return client_of(admin)


@pytest.fixture
def many(monkeypatch):
    monkeypatch.setattr(regional_admin, "MANY", 1)


def filters_of(page):
    return {
        each.field_path for each in page.context["cl"].filter_specs if hasattr(each, "field_path")
    }


def test_few_rows_are_listed(chief):
    for room, path in ROOMS.items():
        assert path in filters_of(chief.get(f"/admin/{room}/")), room
    form = chief.get("/admin/kotaku/user/add/").context["adminform"].form
    assert len(form.fields["villages"].choices) == 2
    assert "selectfilter" in chief.get("/admin/kotaku/user/add/").content.decode()


@pytest.mark.usefixtures("many")
def test_many_are_no_filter(chief, client_of):
    for room, path in ROOMS.items():
        assert path not in filters_of(chief.get(f"/admin/{room}/")), room
    # Who works in one city has few.
    here = client_of(UserFactory(admin=True, region=city("32.78", "Tasikmalaya")))
    page = here.get("/admin/meetings/decision/")
    shown = next(each for each in page.context["cl"].filter_specs if each.field_path == "villages")
    assert [label for _, label in shown.lookup_choices] == ["Desa Jauh"]


@pytest.mark.usefixtures("many")
def test_many_are_searched_for(chief, admin):
    for address in (
        "/admin/kotaku/user/add/",
        f"/admin/areas/village/{Village.objects.first().pk}/change/",
        f"/admin/meetings/meeting/{MeetingFactory().pk}/change/",
    ):
        page = chief.get(address).content.decode()
        assert "admin-autocomplete" in page, address
        assert "Jauh</option>" not in page, address
    query = "app_label=areas&model_name=baseline&field_name=village&term=jauh"
    found = chief.get(f"/admin/autocomplete/?{query}").json()["results"]
    assert [each["text"] for each in found] == ["Desa Jauh"]


@pytest.mark.usefixtures("many")
def test_what_was_found_is_stored_and_shown_again(chief):
    village = Village.objects.get(name="Jauh")
    typed = {
        "username": "petugas-jauh", "full_name": "Petugas Jauh",
        "usable_password": "true", "password1": "panjang-sekali-9",
        "password2": "panjang-sekali-9", "role": "village_officer",
        "region": village.district.region_id, "villages": [village.pk],
    }  # fmt: skip
    chief.post("/admin/kotaku/user/add/", typed)
    user = User.objects.get(username="petugas-jauh")
    assert list(user.villages.all()) == [village]
    page = chief.get(f"/admin/kotaku/user/{user.pk}/change/")
    assert "Desa Jauh" in text_of(page)
    assert "Balokang" not in text_of(page)


@pytest.mark.parametrize("most", [1, 300])
def test_a_citys_admin_saves_what_others_have_chosen(client_of, chief, monkeypatch, most):
    monkeypatch.setattr(regional_admin, "MANY", most)
    village, there = Village.objects.get(name="Balokang"), Village.objects.get(name="Jauh")
    officers = {UserFactory(officer=True, region=region) for region in (city(), province(), None)}
    village.officers.set(officers)
    officer = village.officers.get(region=city())
    officer.villages.add(there)
    chair = UserFactory(bappeda=True, region=province())
    elsewhere = ProgrammeFactory(region=there.district.region)
    meeting = MeetingFactory(region=city(), chair_user=chair, programme=elsewhere)
    meeting.villages.set([village, there])
    client = client_of(UserFactory(admin=True, region=city()))
    for address, control in (
        (f"/admin/areas/village/{village.pk}/change/", "latitude"),
        (f"/admin/meetings/meeting/{meeting.pk}/change/", "place"),
    ):
        page = client.get(address)
        response = client.post(address, as_drawn(page, control))
        assert response.status_code == 302, text_of(response)
    meeting.refresh_from_db()
    assert set(village.officers.all()) == officers
    assert set(meeting.villages.all()) == {village, there}
    assert (meeting.chair_user, meeting.programme) == (chair, elsewhere)
    shown = as_drawn(client.get(f"/admin/kotaku/user/{officer.pk}/change/"), "username")
    assert set(shown["villages"]) == {str(village.pk), str(there.pk)}


@pytest.mark.parametrize(
    ("model", "field", "status"),
    [
        ("areas.village", "baselines", 403),
        ("meetings.meeting", "agenda", 403),
        ("kotaku.user", "villages", 403),
        ("areas.village", "nowhere", 403),
        ("areas.nothing", "district", 403),
        ("areas.village", "district", 200),
    ],
)
def test_only_what_a_form_has_is_searched_for(chief, model, field, status):
    app_label, model_name = model.split(".")
    query = {"app_label": app_label, "model_name": model_name, "field_name": field}
    chief.raise_request_exception = False
    assert chief.get("/admin/autocomplete/", query).status_code == status

"""Whoever works in a province or the nation chooses among a city's villages, never among all."""

import pytest

from areas.models import Activity, Village
from kotaku.models import Region
from meetings.models import Meeting, Participant
from tests.areas.public.pages import text_of
from tests.areas.public.test_regions import two_cities  # noqa: F401
from tests.drawn_forms import as_drawn
from tests.factories import (
    ActivityFactory,
    DecisionFactory,
    FollowUpFactory,
    MeetingFactory,
    MinutesFactory,
    ParticipantFactory,
    UserFactory,
    province,
)
from tests.meetings.planning.test_planning import form as meeting_form


@pytest.fixture
def planner(two_cities, client_of):  # noqa: F811
    """Bappeda of Jawa Barat, in whose two cities there are villages."""
    return client_of(UserFactory(bappeda=True, region=province(), username="provinsi"))


def village_of(region):
    return Village.objects.filter(district__region=region).order_by("code").first()


def offered(page, name):
    """Return the values that a page's controls of this name offer."""
    field = page.context["form"][name]
    return [str(value) for value, _ in field.field.choices if value]


ACTIVITY = {
    "aspect": "4",
    "description": "Drainase",
    "year": "2027",
    "actor": "PUPR",
    "is_volume_unknown": "on",
    "is_cost_unknown": "on",
    "version": "0",
    "uid": "11111111-2222-4333-8444-555555555555",
}


def test_a_province_plans_by_way_of_its_city(planner, two_cities):  # noqa: F811
    page = planner.get("/rencana/baru/?contoh=0")
    text = text_of(page)
    assert "Pilih kabupaten atau kota tempat kegiatan ini dilaksanakan." in text
    # What the address said already stays.
    assert 'href="?contoh=0&amp;wilayah=32.78"' in page.content.decode()
    assert "Cilegon" not in text
    address = "/rencana/baru/?contoh=0&wilayah=32.78"
    village = village_of(two_cities[1])
    assert offered(planner.get(address), "village") == [str(village.pk)]
    wrong = planner.post(address, ACTIVITY | {"village": village_of(two_cities[0]).pk})
    assert (wrong.status_code, Activity.objects.count()) == (422, 0)
    planner.post(address, ACTIVITY | {"village": village.pk})
    activity = Activity.objects.get()
    assert activity.village == village
    # It stays in its city.
    edit = planner.get(f"/rencana/{activity.pk}/ubah/")
    assert offered(edit, "village") == [str(village.pk)]


def test_what_was_typed_is_never_answered_with_a_choice(planner, two_cities):  # noqa: F811
    village = village_of(two_cities[1])
    page = planner.post("/rencana/baru/", ACTIVITY | {"village": village.pk, "year": "x"})
    assert page.status_code == 422
    assert "Drainase" in page.content.decode()


def test_a_village_named_in_the_address_needs_no_choice(planner, two_cities):  # noqa: F811
    village = village_of(two_cities[1])
    page = planner.get(f"/rencana/baru/?desa={village.code}")
    assert offered(page, "village") == [str(village.pk)]
    assert page.context["form"]["village"].value() == village.pk


def test_filters_offer_villages_that_something_is_about(planner, two_cities):  # noqa: F811
    banjar, tasikmalaya = map(village_of, two_cities)
    ActivityFactory(village=banjar)
    assert offered(planner.get("/rencana/"), "desa") == [banjar.code]
    other = planner.get(f"/rencana/?desa={tasikmalaya.code}")
    assert sorted(offered(other, "desa")) == sorted([banjar.code, tasikmalaya.code])
    assert "Tidak ada yang cocok" in text_of(other)
    FollowUpFactory(village=tasikmalaya, decision__meeting__region=two_cities[1])
    assert offered(planner.get("/tindak-lanjut/"), "desa") == [tasikmalaya.code]


def test_a_meetings_period_says_which_villages_it_is_about(planner, two_cities):  # noqa: F811
    village = village_of(two_cities[1])
    programme = two_cities[1].programmes.get()

    def villages(page):
        return [pk.value for pk, _ in page.context["facts"]["villages"].field.choices]

    page = planner.get("/rakor/baru/")
    assert "Pilih periode (SK kumuh) di atas" in text_of(page)
    assert villages(page) == []
    shown = planner.post("/rakor/baru/", meeting_form(programme=programme.pk, aksi="desa"))
    assert villages(shown) == [village.pk]
    assert "Rakor triwulan" in shown.content.decode()
    cilegon = Region.objects.get(code="36.72")
    unknown = meeting_form(programme=programme.pk, villages=[village_of(cilegon).pk])
    assert planner.post("/rakor/baru/", unknown).status_code == 422
    planner.post("/rakor/baru/", meeting_form(programme=programme.pk, villages=[village.pk]))
    meeting = Meeting.objects.get()
    assert (meeting.region, list(meeting.villages.all())) == (two_cities[1], [village])


def save_again(client, meeting):
    """Open a meeting's form and save it as it is."""
    address = f"/rakor/{meeting.pk}/ubah/"
    response = client.post(address, as_drawn(client.get(address), "day"))
    assert response.status_code == 302
    meeting.refresh_from_db()


@pytest.mark.parametrize("where", ["province", "city without a period", "city with its period"])
def test_saving_a_meeting_again_loses_nothing(planner, two_cities, where):  # noqa: F811
    banjar, tasikmalaya = two_cities
    chair = UserFactory(officer=True, region=tasikmalaya)
    programme = banjar.programmes.get() if where == "city with its period" else None
    meeting = MeetingFactory(
        region=province() if where == "province" else banjar,
        programme=programme,
        chair_user=chair,
        title="Lintas kota",
    )
    meeting.villages.set([village_of(banjar), village_of(tasikmalaya)])
    save_again(planner, meeting)
    assert meeting.chair_user == chair
    assert set(meeting.villages.all()) == {village_of(banjar), village_of(tasikmalaya)}
    copy = planner.get(f"/rakor/baru/?salin={meeting.pk}")
    assert len(copy.context["facts"]["villages"].value()) == 2
    assert len(copy.context["facts"]["villages"].field.choices) >= 2


def test_a_city_saves_what_its_province_has_chosen(client_of, two_cities):  # noqa: F811
    banjar, tasikmalaya = two_cities
    chair = UserFactory(bappeda=True, region=tasikmalaya)
    theirs = tasikmalaya.programmes.get()
    meeting = MeetingFactory(region=banjar, chair_user=chair, programme=theirs)
    villages = {village_of(banjar), village_of(tasikmalaya)}
    meeting.villages.set(villages)
    save_again(client_of(UserFactory(bappeda=True, region=banjar)), meeting)
    assert set(meeting.villages.all()) == villages
    assert (meeting.chair_user, meeting.programme) == (chair, theirs)


def test_namesakes_are_not_mixed_up(planner, two_cities):  # noqa: F811
    banjar, tasikmalaya = map(village_of, two_cities)
    assert banjar.full_name == tasikmalaya.full_name
    meeting = MeetingFactory(region=province())
    person = ParticipantFactory(
        meeting=meeting, village=tasikmalaya, organisation=tasikmalaya.full_name
    )
    save_again(planner, meeting)
    person.refresh_from_db()
    assert person.village == tasikmalaya
    typed = as_drawn(planner.get("/rakor/baru/"), "day") | meeting_form(
        people=[{"name": "Kades", "organisation": banjar.full_name, "unsur": "desa"}]
    )
    planner.post("/rakor/baru/", typed)
    # Nobody knows which of the two is meant.
    assert Participant.objects.get(name="Kades").village is None


def test_officers_plan_for_their_villages_wherever_they_lie(client_of, two_cities):  # noqa: F811
    here, there = map(village_of, two_cities)
    for region in (None, province(), two_cities[0]):
        officer = UserFactory(officer=True, region=region)
        here.officers.add(officer)
        there.officers.add(officer)
        page = client_of(officer).get("/rencana/baru/")
        assert sorted(offered(page, "village")) == sorted([str(here.pk), str(there.pk)])


def test_who_keeps_the_whole_site_of_a_city_plans_everywhere(client_of, two_cities):  # noqa: F811
    there = village_of(two_cities[1])
    client = client_of(UserFactory(admin=True))
    assert str(there.pk) in offered(client.get("/rencana/baru/"), "village")
    meeting = MeetingFactory(region=two_cities[1])
    colleague = UserFactory(bappeda=True, region=two_cities[1])
    page = client.get(f"/rakor/{meeting.pk}/ubah/")
    assert colleague in page.context["facts"].fields["chair_user"].queryset


def test_a_decision_keeps_its_villages(planner, two_cities):  # noqa: F811
    banjar, tasikmalaya = map(village_of, two_cities)
    decision = DecisionFactory(meeting__region=province())
    decision.meeting.villages.add(banjar)
    decision.villages.set([banjar, tasikmalaya])
    page = planner.get(f"/rakor/keputusan/{decision.pk}/ubah/")
    assert sorted(offered(page, "villages")) == sorted([str(banjar.pk), str(tasikmalaya.pk)])
    follow_up = FollowUpFactory(decision=decision, village=tasikmalaya)
    page = planner.get(f"/tindak-lanjut/{follow_up.pk}/ubah/")
    assert str(tasikmalaya.pk) in offered(page, "village")


def test_a_province_invites_the_heads_of_one_period(planner, two_cities):  # noqa: F811
    everybody = planner.post("/rakor/baru/", meeting_form(aksi="peserta-kepala"))
    assert "Pilih dahulu periode (SK kumuh)" in text_of(everybody)
    programme = two_cities[0].programmes.get()
    some = meeting_form(aksi="peserta-kepala", programme=programme.pk)
    page = planner.post("/rakor/baru/", some)
    assert len(page.context["participant_rows"]) == 2


def test_a_provinces_meeting_names_villages_that_it_is_about(planner, two_cities):  # noqa: F811
    minutes = MinutesFactory(meeting__region=province())
    village = village_of(two_cities[0])
    minutes.meeting.villages.add(village)
    ParticipantFactory(meeting=minutes.meeting)
    item = minutes.meeting.agenda.create(order=1, title="Bahasan", changed_by=minutes.changed_by)
    page = planner.get(f"/rakor/acara/{item.pk}/keputusan/")
    assert offered(page, "villages") == [str(village.pk)]


def test_nobody_scrolls_through_all_village_officers(planner, two_cities):  # noqa: F811
    UserFactory(officer=True, full_name="Petugas Jauh", region=two_cities[1])
    UserFactory(bappeda=True, full_name="Bappeda Jauh", region=two_cities[1])
    page = text_of(planner.get("/rakor/baru/"))
    assert "Bappeda Jauh" in page
    assert "Petugas Jauh" not in page

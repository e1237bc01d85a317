"""Activities and the decisions or follow-ups that caused them, both ways."""

import pytest

from areas.models import Activity
from kotaku.workflow import TransitionNotAllowed
from meetings.models import ActivityOrigin
from tests.areas.public.pages import text_of
from tests.factories import (
    ActivityFactory,
    DecisionFactory,
    FollowUpFactory,
    MeetingFactory,
    MinutesFactory,
    ProgrammeFactory,
)

FORM = {
    "version": "0",
    "aspect": "2",
    "description": "Jalan beton RT 003",
    "year": "2020",
    "actor": "DCKTLH",
    "is_volume_unknown": "on",
    "is_cost_unknown": "on",
    "plan_document": "",
}


@pytest.fixture
def decision(baseline):
    decision = DecisionFactory(text="Jalan didahulukan.")
    decision.villages.add(baseline.village)
    return decision


@pytest.fixture
def follow_up(decision, baseline):
    return FollowUpFactory(decision=decision, what="Usulkan jalan", village=baseline.village)


@pytest.fixture
def planner(client_of, bappeda):
    return client_of(bappeda)


def test_activity_planned_from_a_decision_links_both_ways(planner, decision, baseline):
    meeting_page = f"/rakor/{decision.meeting_id}/"
    assert f"/rakor/keputusan/{decision.pk}/kegiatan/" in planner.get(meeting_page).content.decode()
    page = planner.get(f"/rakor/keputusan/{decision.pk}/kegiatan/")
    address = f"/rencana/baru/?asal=keputusan-{decision.pk}&desa={baseline.village.code}"
    assert address.replace("&", "&amp;") in page.content.decode()
    form = text_of(planner.get(address))
    assert f"Kegiatan ini berasal dari keputusan {decision.meeting}" in form
    planner.post(address, {**FORM, "village": baseline.village.pk})
    activity = Activity.objects.get()
    assert activity.origin.decision == decision
    activity_page = planner.get(f"/rencana/{activity.pk}/")
    assert "Jalan didahulukan." in text_of(activity_page)
    assert f"{meeting_page}#keputusan-{decision.pk}" in activity_page.content.decode()
    assert f"/rencana/{activity.pk}/" in planner.get(meeting_page).content.decode()


def test_activity_planned_from_a_follow_up_by_its_village(client_of, officer, follow_up):
    client = client_of(officer)
    assert "Rencanakan atau hubungkan kegiatan" in text_of(
        client.get(f"/tindak-lanjut/{follow_up.pk}/")
    )
    address = f"/rencana/baru/?asal=tindak-lanjut-{follow_up.pk}"
    client.post(address, {**FORM, "village": follow_up.village_id})
    activity = Activity.objects.get()
    assert activity.origin.follow_up == follow_up
    assert "Usulkan jalan" in text_of(client.get(f"/rencana/{activity.pk}/"))
    page = client.get(f"/tindak-lanjut/{follow_up.pk}/")
    assert f"/rencana/{activity.pk}/" in page.content.decode()


def test_follow_up_names_the_other_activities_of_its_decision(
    client_of, officer, second_bappeda, bappeda, decision, follow_up, baseline
):
    activity = ActivityFactory(village=baseline.village)
    ActivityOrigin.link(activity, decision=decision, by=bappeda)
    words = f"Kegiatan lain dari keputusan yang sama: {activity.description}"
    page = text_of(client_of(second_bappeda).get(f"/tindak-lanjut/{follow_up.pk}/"))
    assert words in page
    ActivityOrigin.objects.update(follow_up=follow_up)
    page = text_of(client_of(second_bappeda).get(f"/tindak-lanjut/{follow_up.pk}/"))
    assert activity.description in page
    assert "Kegiatan lain dari keputusan" not in page


def test_activity_that_is_there_is_linked_from_the_follow_up(planner, follow_up, other_baseline):
    activity = ActivityFactory(village=follow_up.village, description="Jalan lama")
    foreign = ActivityFactory(village=other_baseline.village, description="Jalan tetangga")
    address = f"/tindak-lanjut/{follow_up.pk}/kegiatan/"
    page = text_of(planner.get(address))
    assert "Jalan lama" in page
    assert "Jalan tetangga" not in page
    response = planner.post(address, {"kegiatan": foreign.pk})
    assert response.status_code == 422
    assert "Kegiatan itu tidak dapat dipilih" in text_of(response)
    assert "Pilih kegiatannya." in text_of(planner.post(address, {"kegiatan": ""}))
    planner.post(address, {"kegiatan": activity.pk})
    assert ActivityOrigin.objects.get().follow_up == follow_up
    # It has an origin now, so it is not offered again.
    assert "Hubungkan kegiatan yang sudah ada" not in text_of(planner.get(address))


def test_origin_is_chosen_changed_and_taken_away_on_the_activity(planner, decision, follow_up):
    activity = ActivityFactory(village=follow_up.village)
    address = f"/rencana/{activity.pk}/asal/"
    page = text_of(planner.get(address))
    assert "Keputusan: Jalan didahulukan." in page
    assert "Tindak lanjut: Usulkan jalan" in page
    response = planner.post(address, {"asal": "keputusan-999999"})
    assert response.status_code == 422
    assert "Pilih dari daftar." in text_of(response)
    planner.post(address, {"asal": f"keputusan-{decision.pk}"})
    planner.post(address, {"asal": f"tindak-lanjut-{follow_up.pk}"})
    origin = ActivityOrigin.objects.get()
    assert (origin.decision, origin.follow_up) == (decision, follow_up)
    planner.post(f"/rencana/asal/{origin.pk}/penghapusan/")
    assert not ActivityOrigin.objects.exists()
    history = text_of(planner.get(f"/rencana/{activity.pk}/"))
    meeting = f"{decision.meeting}, 8 November 2016"
    assert f"Asal: keputusan {meeting} → tindak lanjut {meeting}" in history
    assert f"Asal: tindak lanjut {meeting} → –" in history


@pytest.mark.parametrize(
    "reference", ["", "keputusan-", "keputusan-x", "rapat-1", "tindak-lanjut-9" * 9]
)
def test_nonsense_in_the_address_is_no_origin(planner, reference):
    assert "berasal dari" not in text_of(planner.get(f"/rencana/baru/?asal={reference}"))


def test_officers_link_only_decisions_that_they_may_read(client_of, officer, decision, baseline):
    client = client_of(officer)
    address = f"/rencana/baru/?asal=keputusan-{decision.pk}"
    assert "berasal dari" not in text_of(client.get(address))
    client.post(address, {**FORM, "village": baseline.village.pk})
    assert not ActivityOrigin.objects.exists()
    meeting = MeetingFactory(done=True, minutes=None)
    approved = DecisionFactory(meeting=meeting, agenda_item=None)
    MinutesFactory(meeting=meeting, approved=True)
    assert "berasal dari" in text_of(client.get(f"/rencana/baru/?asal=keputusan-{approved.pk}"))


def test_who_may_not_read_the_decision_does_not_see_it_on_the_activity(
    client_of, officer, decision, bappeda, baseline
):
    activity = ActivityFactory(village=baseline.village)
    ActivityOrigin.link(activity, decision=decision, by=bappeda)
    page = text_of(client_of(officer).get(f"/rencana/{activity.pk}/"))
    assert "Jalan didahulukan." not in page
    assert f"Dari keputusan {decision.meeting}, 8 November 2016. Isinya dapat dibaca" in page
    assert "Belum dihubungkan" not in page


def test_decision_with_activities_is_not_removed(planner, decision, bappeda):
    ActivityOrigin.link(ActivityFactory(), decision=decision, by=bappeda)
    response = planner.post(f"/rakor/keputusan/{decision.pk}/penghapusan/", follow=True)
    assert "Lepaskan dahulu hubungannya." in text_of(response)
    assert ActivityOrigin.objects.exists()


def test_sample_decisions_plan_sample_activities(planner, baseline):
    meeting = MeetingFactory(done=True, programme=ProgrammeFactory(is_sample=True))
    decision = DecisionFactory(meeting=meeting, agenda_item=None)
    real = ActivityFactory(description="Jalan nyata")
    page = planner.get(f"/rakor/keputusan/{decision.pk}/kegiatan/")
    assert "contoh=1" in page.content.decode()
    assert "Jalan nyata" not in text_of(page)
    assert "Belum ada keputusan" in text_of(planner.get(f"/rencana/{real.pk}/asal/"))


def test_two_who_link_at_once_meet(decision, follow_up, bappeda):
    activity = ActivityFactory(village=follow_up.village)
    ActivityOrigin.link(activity, decision=decision, by=bappeda)
    with pytest.raises(TransitionNotAllowed):
        ActivityOrigin.link(
            activity, decision=decision, follow_up=follow_up, by=bappeda, replaces=False
        )
    assert ActivityOrigin.objects.get().follow_up is None


def test_officers_do_not_replace_an_origin_that_they_cannot_read(
    client_of, officer, decision, bappeda, baseline
):
    activity = ActivityFactory(village=baseline.village)
    ActivityOrigin.link(activity, decision=decision, by=bappeda)
    response = client_of(officer).get(f"/rencana/{activity.pk}/asal/", follow=True)
    assert "belum disahkan" in text_of(response)

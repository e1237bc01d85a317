"""Open follow-ups of a cancelled meeting are closed or moved to another meeting, by choice."""

import pytest

from meetings.models import ActivityOrigin, FollowUp, MeetingState, ProgressNote
from tests.areas.public.pages import text_of
from tests.factories import (
    ActivityFactory,
    AgendaItemFactory,
    DecisionFactory,
    FollowUpFactory,
    MeetingFactory,
    city,
)
from tests.meetings.follow_ups.test_assignment import approve


@pytest.fixture
def meeting():
    """A meeting that was cancelled because of a flood."""
    return MeetingFactory(
        title="Rakor batal", state=MeetingState.CANCELLED, cancel_reason="Banjir di aula."
    )


@pytest.fixture
def decision(meeting, baseline):
    """Its decision, with an activity and three follow-ups, of which one is cancelled."""
    item = AgendaItemFactory(meeting=meeting)
    decision = DecisionFactory(meeting=meeting, agenda_item=item, text="Drainase didahulukan.")
    task = FollowUpFactory(
        decision=decision, village=baseline.village, organisation="", what="Perbaiki saluran"
    )
    FollowUpFactory(decision=decision, what="Ukur jalan")
    FollowUpFactory(decision=decision, what="Urung", state="cancelled")
    ActivityOrigin.link(
        ActivityFactory(village=baseline.village), decision=decision, follow_up=task,
        by=decision.author,
    )  # fmt: skip
    return decision


@pytest.fixture
def other():
    """A coming meeting."""
    return MeetingFactory(title="Rakor pengganti")


def address(meeting):
    return f"/rakor/{meeting.pk}/tindak-lanjut/"


def typed(page, decision, choice, **more):
    seen = page.context["form"].initial["seen"]
    return {"decisions": [decision.pk], "choice": choice, "text": "Banjir.", "seen": seen, **more}


def test_the_page_of_the_meeting_leads_there_while_any_is_open(
    client_of, bappeda, viewer, decision
):
    office, page = client_of(bappeda), f"/rakor/{decision.meeting_id}/"
    assert "2 tindak lanjutnya masih terbuka." in text_of(office.get(page))
    assert "masih terbuka" not in text_of(client_of(viewer).get(page))
    form = text_of(office.get(address(decision.meeting)))
    for words in (
        "Perbaiki saluran; Ukur jalan (keputusan: Drainase didahulukan.)",
        "Banjir di aula.",
    ):
        assert words in form
    assert "Urung" not in form


def test_they_are_closed_with_the_reason(client_of, bappeda, officer, decision):
    office = client_of(bappeda)
    data = typed(office.get(address(decision.meeting)), decision, "tutup")
    response = office.post(address(decision.meeting), data, follow=True)
    text = text_of(response)
    assert "Tindak lanjut ditutup." in text
    assert "masih terbuka" not in text
    assert set(FollowUp.objects.values_list("state", flat=True)) == {"cancelled"}
    assert list(ProgressNote.objects.values_list("kind", "text")) == [("cancel", "Banjir.")] * 2
    task = FollowUp.objects.get(what="Perbaiki saluran")
    assert "Banjir." in text_of(client_of(officer).get(f"/tindak-lanjut/{task.pk}/"))


def test_they_move_with_their_decision_and_the_history_says_from_where(
    client_of, bappeda, decision, other
):
    office = client_of(bappeda)
    data = typed(office.get(address(decision.meeting)), decision, "pindah", meeting=other.pk)
    response = office.post(address(decision.meeting), data, follow=True)
    assert "Tindak lanjut dipindahkan." in text_of(response)
    decision.refresh_from_db()
    assert (decision.meeting, decision.agenda_item) == (other, None)
    task = FollowUp.objects.get(what="Perbaiki saluran")
    assert (task.state, task.origins.get().decision) == ("not_started", decision)
    page = text_of(office.get(f"/tindak-lanjut/{task.pk}/"))
    line = "Rapat: Rakor batal, 8 November 2016 → Rakor pengganti, 8 November 2016"
    for words in ("memindahkan ke rapat lain", line, "Banjir."):
        assert words in page
    assert "Perbaiki saluran" in text_of(office.get(f"/rakor/{other.pk}/"))
    assert ProgressNote.objects.filter(kind="relocate").count() == 3


def test_one_decision_moves_and_the_other_stays(client_of, bappeda, decision, other, meeting):
    second = DecisionFactory(meeting=meeting, agenda_item=None)
    FollowUpFactory(decision=second, what="Kedua")
    office = client_of(bappeda)
    data = typed(office.get(address(meeting)), second, "pindah", meeting=other.pk)
    office.post(address(meeting), data)
    second.refresh_from_db()
    assert second.meeting == other
    assert "Perbaiki saluran" in text_of(office.get(address(meeting)))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"choice": ""}, "Pilih ditutup atau dipindahkan."),
        ({"choice": "pindah"}, "Pilih rapat tujuannya."),
        ({"decisions": []}, "Centang paling sedikit satu."),
        ({"text": " "}, "Tulis alasannya; penanggung jawab membacanya."),
    ],
)
def test_incomplete_forms_read_why_and_change_nothing(client_of, bappeda, decision, changed, said):
    office = client_of(bappeda)
    data = typed(office.get(address(decision.meeting)), decision, "tutup") | changed
    response = office.post(address(decision.meeting), data)
    assert response.status_code == 422
    assert said in text_of(response)
    assert not ProgressNote.objects.exists()


def test_only_meetings_that_can_take_them_are_offered(client_of, bappeda, decision, other):
    approved = FollowUpFactory(decision__meeting__title="Rakor lama").meeting
    approve(approved.decisions.get().follow_ups.get(), bappeda)
    refused = [
        approved,
        MeetingFactory(title="Rakor lain batal", state=MeetingState.CANCELLED, cancel_reason="x"),
        MeetingFactory(title="Rakor Ciamis", region=city("32.07", "Ciamis")),
    ]
    office = client_of(bappeda)
    page = office.get(address(decision.meeting))
    assert "Rakor pengganti" in text_of(page)
    for meeting in refused[:2]:
        assert meeting.title not in text_of(page)
    data = typed(page, decision, "pindah", meeting=refused[1].pk)
    assert office.post(address(decision.meeting), data).status_code == 422
    decision.refresh_from_db()
    assert decision.meeting.title == "Rakor batal"


def test_what_changed_meanwhile_is_looked_at_again(client_of, bappeda, officer, decision):
    office = client_of(bappeda)
    data = typed(office.get(address(decision.meeting)), decision, "tutup")
    FollowUp.objects.get(what="Perbaiki saluran").report(by=officer, version=1, text="Digali.")
    response = office.post(address(decision.meeting), data)
    text = text_of(response)
    assert response.status_code == 409
    assert "berubah sejak halaman ini dibuka" in text
    assert "Banjir." in text
    again = data | {"seen": response.context["form"].now}
    assert office.post(address(decision.meeting), again).status_code == 302
    assert not FollowUp.objects.open().exists()


@pytest.mark.parametrize("choice", ["tutup", "pindah"])
def test_a_double_click_does_it_once(client_of, bappeda, decision, other, choice):
    office = client_of(bappeda)
    data = typed(office.get(address(decision.meeting)), decision, choice, meeting=other.pk)
    for _ in range(2):
        response = office.post(address(decision.meeting), data)
        assert response["Location"] == f"/rakor/{decision.meeting.pk}/"
    assert ProgressNote.objects.count() == {"tutup": 2, "pindah": 3}[choice]


def test_other_roles_regions_and_meetings_do_not_get_there(
    client_of, bappeda, officer, viewer, decision, other
):
    for person in (officer, viewer):
        assert client_of(person).get(address(decision.meeting)).status_code == 403
    FollowUpFactory(decision=DecisionFactory(meeting=other))
    response = client_of(bappeda).get(address(other), follow=True)
    assert "Rapat ini tidak batal" in text_of(response)

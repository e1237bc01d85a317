"""Who brought something in does not decide it: neither who entered it nor who submitted it.

Every decision of a reviewer × both persons, through the address, on the page, and past the verbs.
"""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from areas.models import Assessment, Entry, YearlyFigure
from areas.models.figure_import import ImportedFigure, import_figures
from areas.models.states import ASSESSMENT_TRANSITIONS, TRANSITIONS
from kotaku.workflow import TransitionNotAllowed
from kotaku.workflow.states import Actor
from meetings.models import FollowUp, Minutes
from meetings.models.states import FOLLOW_UP_TRANSITIONS, MINUTES_TRANSITIONS
from tests.factories import (
    ALL_MARKS,
    AssessmentFactory,
    DecisionFactory,
    FollowUpFactory,
    MeetingFactory,
    MinutesFactory,
    UserFactory,
    YearlyFigureFactory,
)

TYPED = {"version": 1, "reason": "Sudah diperiksa.", "ticked": ALL_MARKS, "area_ha": "13,25"}
# What an answer says to whom may not decide.
REFUSED = {403, 409, 422}


def figure(enterer, submitter, state):
    return YearlyFigureFactory(entered_by=enterer, submitted_by=submitter, **{state: True})


def assessment(enterer, submitter, state):
    return AssessmentFactory(entered_by=enterer, submitted_by=submitter, **{state: True})


def minutes(enterer, submitter, state):
    meeting = MeetingFactory(done=True, minutes=None, changed_by=enterer, chair_user=submitter)
    return MinutesFactory(
        meeting=meeting, changed_by=enterer, submitted_by=submitter, submitted=True
    )


def follow_up(enterer, submitter, state):
    decision = DecisionFactory(meeting__changed_by=enterer)
    return FollowUpFactory(decision=decision, changed_by=enterer, completed_by=submitter, done=True)


# decision of a reviewer -> (record, its state before, address of the action, page, who may not)
BOTH, SUBMITTER = ("enterer", "submitter"), ("submitter",)
DECISIONS = {
    ("figure", "verify"): (figure, "submitted", "areas:figure-verification", "areas:review", BOTH),
    ("figure", "return"): (figure, "submitted", "areas:figure-return", "areas:review", BOTH),
    ("figure", "correct"): (figure, "verified", "areas:figure-correction", "areas:review", BOTH),
    ("assessment", "verify"): (
        assessment, "submitted", "areas:assessment-verification", "areas:assessment", BOTH,
    ),
    ("assessment", "return"): (
        assessment, "submitted", "areas:assessment-return", "areas:assessment", BOTH,
    ),
    ("assessment", "reopen"): (
        assessment, "verified", "areas:assessment-reopening", "areas:assessment", BOTH,
    ),
    # Whoever took the notes may be the chair, who approves them.
    ("minutes", "approve"): (
        minutes, "submitted", "meetings:minutes-approval", "meetings:meeting-detail", SUBMITTER,
    ),
    ("minutes", "return"): (
        minutes, "submitted", "meetings:minutes-return", "meetings:meeting-detail", SUBMITTER,
    ),
    ("follow-up", "confirm"): (
        follow_up, "done", "meetings:follow-up-confirmation", "meetings:follow-up", SUBMITTER,
    ),
}  # fmt: skip
TABLES = {
    "figure": TRANSITIONS,
    "assessment": ASSESSMENT_TRANSITIONS,
    "minutes": MINUTES_TRANSITIONS,
    "follow-up": FOLLOW_UP_TRANSITIONS,
}


def test_every_decision_of_a_reviewer_is_tried():
    decided = {
        (kind, verb)
        for kind, table in TABLES.items()
        for verb, step in table.items()
        if step.by == Actor.REVIEWER
    }
    # Reopening and cancelling a follow-up decides nothing that its owner reported as done.
    assert decided - set(DECISIONS) <= {("follow-up", "reopen"), ("follow-up", "cancel")}
    assert set(DECISIONS) <= decided | {("follow-up", "confirm")}


@pytest.mark.parametrize("decision", DECISIONS, ids="-".join)
def test_neither_enterer_nor_submitter_decides(client_of, bappeda, second_bappeda, decision):
    make, state, action, page, excluded = DECISIONS[decision]
    record = make(bappeda, second_bappeda, state)
    key = record.meeting_id if isinstance(record, Minutes) else record.pk
    action, page = reverse(action, args=[key]), reverse(page, args=[key])
    people = {"enterer": bappeda, "submitter": second_bappeda}
    stored = type(record).objects.filter(pk=record.pk).values()
    before = stored.get()
    for who in excluded:
        client = client_of(people[who])
        assert f'action="{action}"' not in client.get(page).content.decode(), who
        response = client.post(action, {**TYPED, "text": "Sudah diperiksa."})
        assert response.status_code in REFUSED, (who, response.status_code)
        assert stored.get() == before, who
    third = client_of(UserFactory(bappeda=True))
    response = third.post(action, {**TYPED, "text": "Sudah diperiksa."})
    assert response.status_code == 302, response.content.decode()[-3000:]
    assert stored.get() != before


@pytest.mark.parametrize("model", [YearlyFigure, Assessment])
@pytest.mark.parametrize("who", [0, 1], ids=BOTH)
def test_the_database_insists_on_a_third_person(bappeda, second_bappeda, model, who):
    make = {YearlyFigure: figure, Assessment: assessment}[model]
    row = make(bappeda, second_bappeda, "verified")
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.filter(pk=row.pk).update(verified_by=(bappeda, second_bappeda)[who])


@pytest.mark.parametrize("has_draft", [False, True])
def test_who_imported_a_figure_does_not_verify_it(baseline, officer, bappeda, has_draft):
    draft = YearlyFigureFactory(baseline=baseline, entered_by=officer) if has_draft else None
    entry = Entry(Decimal("13.37"))
    row = ImportedFigure(baseline, 2017, entry, "uji.csv, baris 2", figure=draft)
    import_figures([row], by=bappeda)
    stored = YearlyFigure.objects.get()
    with pytest.raises(TransitionNotAllowed, match="orang lain"):
        stored.verify(by=bappeda, version=stored.version, ticked=ALL_MARKS)
    assert not YearlyFigure.objects.verifiable_by(bappeda).exists()
    assert YearlyFigure.objects.verifiable_by(UserFactory(bappeda=True)).exists()


def test_what_waits_for_a_colleague_is_nobodys_own(bappeda, second_bappeda):
    for make, model in ((figure, YearlyFigure), (assessment, Assessment)):
        make(bappeda, second_bappeda, "submitted")
        for person in (bappeda, second_bappeda):
            assert not model.objects.verifiable_by(person).exists()
        assert model.objects.verifiable_by(UserFactory(bappeda=True)).count() == 1
    follow_up(bappeda, second_bappeda, "done")
    assert not FollowUp.objects.confirmable_by(second_bappeda).exists()

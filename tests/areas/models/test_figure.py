"""The verbs of a figure: what they allow, what they write down, who was first."""

from decimal import Decimal

import pytest

from areas.models import Entry, FigureEvent, Status, YearlyFigure
from areas.models.states import TRANSITIONS
from kotaku.workflow import StaleRecord, TransitionNotAllowed
from tests.factories import ALL_MARKS, UserFactory, YearlyFigureFactory

STATES = {
    Status.DRAFT: {},
    Status.SUBMITTED: {"submitted": True},
    Status.RETURNED: {"returned": True},
    Status.VERIFIED: {"verified": True},
}


def carry_out(verb, figure, user):
    """Call one verb in its plainest form."""
    version = figure.version
    {
        "enter": lambda: figure.enter(by=user, version=version, entry=Entry(Decimal(14))),
        "import": lambda: figure.take_over(
            by=user, version=version, entry=Entry(Decimal(14)), source="uji.csv, baris 2"
        ),
        "submit": lambda: figure.submit(by=user, version=version),
        "withdraw": lambda: figure.act("withdraw", by=user, version=version),
        "return": lambda: figure.return_for_correction(by=user, version=version, reason="Kurang."),
        "verify": lambda: figure.verify(by=user, version=version, ticked=ALL_MARKS),
        "correct": lambda: figure.correct(
            by=user, version=version, area_ha=Decimal(13), reason="Salah ketik."
        ),
    }[verb]()


@pytest.mark.parametrize("state", Status)
@pytest.mark.parametrize("verb", TRANSITIONS)
def test_verbs_do_exactly_what_the_table_allows(verb, state, bappeda):
    figure = YearlyFigureFactory(**STATES[state])
    target = TRANSITIONS[verb].moves.get(state)
    if target is None:
        with pytest.raises(TransitionNotAllowed):
            carry_out(verb, figure, bappeda)
        assert figure.events.count() == 0
    else:
        carry_out(verb, figure, bappeda)
        assert figure.events.count() == 1
    stored = YearlyFigure.objects.get(pk=figure.pk)
    assert stored.status == (target or state)
    assert stored.version == (2 if target else 1)
    assert (stored.status, stored.version, stored.area_ha) == (
        figure.status,
        figure.version,
        figure.area_ha,
    )


@pytest.mark.parametrize("verb", TRANSITIONS)
def test_verbs_refuse_an_older_version(verb, bappeda):
    state = next(iter(TRANSITIONS[verb].moves))
    figure = YearlyFigureFactory(**STATES[state])
    FigureEvent.objects.create(figure=figure, kind="entered", actor=bappeda, at=figure.entered_at)
    YearlyFigure.objects.update(version=5)
    with pytest.raises(StaleRecord, match=r"Data ini baru saja diubah oleh Pemeriksa pada .*WIB"):
        carry_out(verb, figure, bappeda)
    assert figure.events.count() == 1


def test_history_keeps_every_round_with_its_reason(baseline, officer, bappeda):
    figure = YearlyFigure(baseline=baseline, year=2017, version=0)
    figure.enter(by=officer, version=0, entry=Entry(Decimal(15)))
    for number, area in enumerate(("14", "13"), start=1):
        figure.submit(by=officer, version=figure.version)
        reason = f"Perbaikan ke-{number}"
        figure.return_for_correction(by=bappeda, version=figure.version, reason=reason)
        figure.enter(by=officer, version=figure.version, entry=Entry(Decimal(area)))
    figure.submit(by=officer, version=figure.version)
    figure.verify(by=bappeda, version=figure.version, ticked=ALL_MARKS)
    events = list(figure.events.values_list("kind", "before_ha", "after_ha", "reason"))
    assert [kind for kind, *_ in events] == [
        "entered",
        *["submitted", "returned", "entered"] * 2,
        "submitted",
        "verified",
    ]
    assert [reason for *_, reason in events if reason] == ["Perbaikan ke-1", "Perbaikan ke-2"]
    assert events[3][1:3] == (Decimal(15), Decimal(14))
    assert (figure.entered_by, figure.verified_by) == (officer, bappeda)


def test_correction_keeps_the_old_value_and_the_one_who_entered(bappeda):
    figure = YearlyFigureFactory(verified=True)
    entered_by = figure.entered_by
    figure.correct(by=bappeda, version=1, area_ha=Decimal("12.34"), reason="Salah baca peta.")
    event = figure.events.get()
    assert (event.before_ha, event.after_ha) == (Decimal(15), Decimal("12.34"))
    assert event.reason == "Salah baca peta."
    assert YearlyFigure.objects.get().entered_by == entered_by


def test_nobody_decides_on_their_own_entry(db):
    both = UserFactory(bappeda=True)
    figure = YearlyFigureFactory(submitted=True, entered_by=both)
    for verb in ("verify", "return"):
        with pytest.raises(TransitionNotAllowed, match="Anda sendiri yang mengisi"):
            carry_out(verb, figure, both)
    verified = YearlyFigureFactory(verified=True, entered_by=both)
    with pytest.raises(TransitionNotAllowed, match="Anda sendiri yang mengisi"):
        carry_out("correct", verified, both)


@pytest.mark.parametrize(
    ("entry", "sentence"),
    [
        (Entry(None), "Tulis luas"),
        (Entry(Decimal("20.01")), "lebih besar daripada baseline"),
        (Entry(Decimal("20.01"), is_confirmed=True), "lebih besar daripada baseline"),
        (Entry(Decimal(0)), "tuntas"),
    ],
)
def test_submission_refuses_what_is_not_explained(baseline, officer, entry, sentence):
    figure = YearlyFigure(baseline=baseline, year=2017, version=0)
    figure.enter(by=officer, version=0, entry=entry)
    with pytest.raises(TransitionNotAllowed, match=sentence):
        figure.submit(by=officer, version=figure.version)


def test_closed_periods_and_foreign_years_take_no_entries(baseline, officer):
    for year in (2016, 2015, 2100):
        figure = YearlyFigure(baseline=baseline, year=year, version=0)
        with pytest.raises(TransitionNotAllowed, match="tidak dapat diisi"):
            figure.enter(by=officer, version=0, entry=Entry(Decimal(1)))
    baseline.programme.is_closed = True
    figure = YearlyFigure(baseline=baseline, year=2017, version=0)
    with pytest.raises(TransitionNotAllowed, match="sudah ditutup"):
        figure.enter(by=officer, version=0, entry=Entry(Decimal(1)))


def test_second_creator_of_the_same_figure_is_told(baseline, officer, second_officer):
    YearlyFigure(baseline=baseline, year=2017, version=0).enter(
        by=officer, version=0, entry=Entry(Decimal(15))
    )
    late = YearlyFigure(baseline=baseline, year=2017, version=0)
    with pytest.raises(StaleRecord) as stale:
        late.enter(by=second_officer, version=0, entry=Entry(Decimal(14)))
    assert stale.value.row.area_ha == 15
    assert YearlyFigure.objects.get().area_ha == 15


def test_querysets_let_through_only_what_is_theirs(
    baseline, other_baseline, officer, other_officer, bappeda, viewer, admin
):
    draft = YearlyFigureFactory(baseline=baseline, entered_by=officer)
    verified = YearlyFigureFactory(baseline=baseline, year=2018, verified=True)
    figures = YearlyFigure.objects
    assert set(figures.visible_to(officer)) == {draft, verified}
    assert set(figures.visible_to(other_officer)) == {verified}
    for reader in (bappeda, viewer, admin):
        assert set(figures.visible_to(reader)) == {draft, verified}
        assert not figures.editable_by(reader).exists()
    assert set(figures.editable_by(officer)) == {draft, verified}
    assert not figures.editable_by(other_officer).exists()
    assert not figures.reviewable_by(viewer).exists()

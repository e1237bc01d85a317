"""What happens to an assessment: the table of changes, four eyes, and numbers that stay in range."""

from decimal import Decimal

import pytest

from areas.models import (
    Assessment,
    Entry,
    FigureBasis,
    Status,
    YearlyFigure,
    compute_figure,
)
from areas.models.states import ASSESSMENT_TRANSITIONS
from areas.rules.criteria import CURRENT
from kotaku.workflow import StaleRecord, TransitionNotAllowed
from tests.factories import WUNGU, AssessmentFactory, NeighbourhoodFactory, YearlyFigureFactory

GROUND = {
    "assessor": "BKM",
    "area_ha": Decimal("2.66"),
    "buildings": 33,
    "people": 168,
    "households": 42,
    "ideal_road_m": Decimal(400),
    "ideal_drainage_m": Decimal(0),
}
STATES = {
    "draft": {},
    "submitted": {"submitted": True},
    "returned": {"returned": True},
    "verified": {"verified": True},
}


def test_an_rt_is_slum_from_the_score_of_the_limit_on():
    limit = CURRENT.slum_from
    found = [Assessment(total=total).is_slum for total in (None, limit - 1, limit, limit + 1)]
    assert found == [False, False, True, True]


def act(verb, assessment, user):
    version = assessment.version
    values = {"water_shortage": Decimal(3)}
    return {
        "enter": lambda: assessment.fill(by=user, version=version, step="3", values=values),
        "import": lambda: assessment.take_over(by=user, values=values, source="berkas"),
        "submit": lambda: assessment.submit(by=user, version=version),
        "withdraw": lambda: assessment.act("withdraw", by=user, version=version),
        "return": lambda: assessment.return_for_correction(by=user, version=version, reason="x"),
        "verify": lambda: assessment.verify(by=user, version=version),
        "reopen": lambda: assessment.reopen(by=user, version=version, reason="Salah RT."),
    }[verb]()


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("verb", ASSESSMENT_TRANSITIONS)
def test_verbs_do_exactly_what_the_table_allows(db, bappeda, verb, state):
    assessment = AssessmentFactory(**STATES[state])
    target = ASSESSMENT_TRANSITIONS[verb].moves.get(state)
    if target is None:
        with pytest.raises(TransitionNotAllowed):
            act(verb, assessment, bappeda)
        assert assessment.events.count() == 0
        return
    act(verb, assessment, bappeda)
    assessment.refresh_from_db()
    assert (assessment.status, assessment.version) == (target, 2)
    assert assessment.events.count() == 1


@pytest.mark.parametrize("verb", ASSESSMENT_TRANSITIONS)
def test_verbs_refuse_an_older_version(db, bappeda, verb):
    state = next(iter(ASSESSMENT_TRANSITIONS[verb].moves))
    assessment = AssessmentFactory(**STATES[state])
    stale = Assessment.objects.get(pk=assessment.pk)
    act(verb, assessment, bappeda)
    with pytest.raises(StaleRecord, match="baru saja diubah oleh"):
        act(verb, stale, bappeda)


@pytest.mark.parametrize("verb", ["verify", "return", "reopen"])
def test_nobody_decides_on_an_own_assessment(db, verb):
    assessment = AssessmentFactory(**STATES["verified" if verb == "reopen" else "submitted"])
    with pytest.raises(TransitionNotAllowed, match="Anda sendiri"):
        act(verb, assessment, assessment.entered_by)


def test_steps_add_up_to_the_published_form(db, officer):
    assessment = Assessment(neighbourhood=NeighbourhoodFactory(), year=2018, version=0)
    assessment.fill(by=officer, version=0, step="Data umum", values=GROUND)
    for each in CURRENT.criteria:
        assert assessment.total is None
        values = {each.field: WUNGU[each.field]}
        assessment.fill(by=officer, version=assessment.version, step=each.key, values=values)
    assessment.refresh_from_db()
    assert assessment.total == 24
    assert assessment.result().total == 24
    last = assessment.events.last()
    assert (last.before_total, last.after_total, last.source) == (None, 24, "7b")
    assert last.numbers["road_damaged_m"] == "300"
    assert last.numbers["area_ha"] == "2.66"


def test_the_stored_total_follows_every_change(db, officer):
    assessment = AssessmentFactory(entered_by=officer)
    values = {"fire_equipment": Decimal(0)}
    assessment.fill(by=officer, version=1, step="7", values=values)
    assert assessment.total == assessment.result().total == 19
    assessment.fill(by=officer, version=2, step="umum", values={"households": 4200})
    assert assessment.total == assessment.result().total == 9


@pytest.mark.parametrize(
    "values",
    [{"water_shortage": Decimal(43)}, {"water_shortage": Decimal(-1)}, {"households": 41}],
)
def test_no_verb_lets_a_volume_out_of_its_base(db, officer, values):
    assessment = AssessmentFactory(entered_by=officer)
    for attempt in (
        lambda: assessment.fill(by=officer, version=1, step="x", values=values),
        lambda: assessment.take_over(by=officer, values=values, source="x"),
    ):
        with pytest.raises(TransitionNotAllowed, match=r"melebihi|kurang dari 0"):
            attempt()
    assert assessment.events.count() == 0


def test_two_devices_begin_the_same_assessment(db, officer):
    rt = NeighbourhoodFactory()
    Assessment(neighbourhood=rt, year=2018, version=0).fill(
        by=officer, version=0, step="Data umum", values=GROUND
    )
    with pytest.raises(StaleRecord):
        Assessment(neighbourhood=rt, year=2018, version=0).fill(
            by=officer, version=0, step="Data umum", values=GROUND
        )
    assert Assessment.objects.count() == 1


def test_incomplete_assessments_are_not_handed_in(db, officer):
    with pytest.raises(TransitionNotAllowed, match="Isi semua kriteria"):
        AssessmentFactory(begun=True).submit(by=officer, version=1)


def test_reopening_keeps_the_numbers_in_the_history(db, bappeda, officer):
    assessment = AssessmentFactory(verified=True, entered_by=officer)
    assessment.reopen(by=bappeda, version=1, reason="RT lain yang diukur.")
    assessment.fill(by=officer, version=2, step="7", values={"fire_equipment": Decimal(0)})
    reopened, entered = assessment.events.all()
    assert reopened.numbers["fire_equipment"] == "33"
    assert entered.numbers["fire_equipment"] == "0"
    assert assessment.verified_by is None


# From assessments to a figure


@pytest.fixture
def two(baseline):
    """Two verified RTs of the officer's village: 2,66 Ha slum, 1,00 Ha not."""
    return [
        AssessmentFactory(neighbourhood__village=baseline.village, verified=True),
        AssessmentFactory(
            neighbourhood__village=baseline.village, verified=True, good=True, area_ha=1
        ),
    ]


def test_figure_is_the_area_of_the_slum_rts(baseline, officer, two):
    figure = YearlyFigure(baseline=baseline, year=2018, version=0)
    compute_figure(figure, by=officer, version=0, assessments=two, note="Catatan.")
    assert (figure.area_ha, figure.note, figure.status) == (Decimal("2.66"), "Catatan.", "draft")
    assert sorted(figure.basis.values_list("area_ha", "total")) == [(1, 0), (Decimal("2.66"), 24)]


def test_typing_another_number_cuts_the_link(baseline, officer, two):
    figure = YearlyFigure(baseline=baseline, year=2018, version=0)
    compute_figure(figure, by=officer, version=0, assessments=two)
    figure.enter(by=officer, version=1, entry=Entry(figure.area_ha, "Hanya catatan."))
    assert figure.basis.count() == 2
    figure.enter(by=officer, version=2, entry=Entry(Decimal(3)))
    assert FigureBasis.objects.count() == 0


def test_nothing_is_computed_from_nothing(baseline, officer):
    figure = YearlyFigureFactory(baseline=baseline, entered_by=officer)
    with pytest.raises(TransitionNotAllowed, match="Belum ada penilaian"):
        compute_figure(figure, by=officer, version=1, assessments=[])
    assert figure.status == Status.DRAFT

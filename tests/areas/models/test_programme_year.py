"""The summary says what the figures say, whatever has happened to them."""

from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from areas.models import (
    District,
    Entry,
    Programme,
    ProgrammeYear,
    Status,
    YearlyFigure,
)
from areas.models.figure_import import ImportedFigure, import_figures
from areas.models.programme_year import rebuild
from areas.sample.figures import load_sample
from areas.sample.reference import load_reference
from areas.totals import series
from kotaku.workflow import TransitionNotAllowed
from tests.areas.models.test_concurrency import all_at_once
from tests.areas.test_admin import programme_form
from tests.drawn_forms import save_shown
from tests.factories import (
    ALL_MARKS,
    BaselineFactory,
    DistrictFactory,
    ProgrammeFactory,
    UserFactory,
    VillageFactory,
    YearlyFigureFactory,
)

HA = st.sampled_from([Decimal(0), Decimal("0.01"), Decimal("7.35"), Decimal("20.00")])
STEP = st.tuples(
    st.sampled_from(["verify", "correct", "import", "import verified", "baseline", "draft"]),
    st.integers(0, 2),
    st.integers(2017, 2019),
    HA,
)


def summary():
    """Return the rows of the summary that say something."""
    rows = ProgrammeYear.objects.values_list(
        "programme", "year", "delta_ares", "counted", "cleared_delta"
    )
    return {row for row in rows if any(row[2:])}


def assert_both_agree():
    """Hold the kept summary against one made from the figures."""
    kept = summary()
    rebuild()
    assert kept == summary()


@pytest.fixture
def people(db):
    return UserFactory(officer=True), UserFactory(bappeda=True), UserFactory(bappeda=True)


def carry_out(step, baselines, people):
    """Take a step through its verb; what a rule forbids changes nothing."""
    kind, number, year, area_ha = step
    officer, bappeda, other = people
    baseline = baselines[number]
    figure = baseline.figures.filter(year=year).first()
    entry = Entry(area_ha, is_confirmed=True, reason="Uji.")
    if kind == "baseline":
        baseline.refresh_from_db()
        baseline.change(by=bappeda, area_ha=area_ha, reason="Uji.")
    elif kind in ("import", "import verified"):
        if figure is None:
            row = ImportedFigure(baseline, year, entry, "uji.csv")
            verifier = bappeda if kind == "import verified" else None
            import_figures([row], by=officer, verified_by=verifier, reason="Uji.")
    elif kind == "correct":
        if figure is not None:
            figure.correct(by=other, version=figure.version, area_ha=area_ha, reason="Uji.")
    else:
        figure = figure or YearlyFigure(baseline=baseline, year=year, version=0)
        if figure.status != Status.SUBMITTED:
            figure.enter(by=officer, version=figure.version if figure.pk else 0, entry=entry)
        if kind == "verify":
            if figure.status != Status.SUBMITTED:
                figure.submit(by=officer, version=figure.version)
            figure.verify(by=bappeda, version=figure.version, ticked=ALL_MARKS)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(STEP, min_size=1, max_size=12))
def test_after_any_history_kept_and_rebuilt_summary_agree(people, steps):
    programme = ProgrammeFactory(is_current=False)
    district = District.objects.first() or DistrictFactory()
    baselines = []
    for village in [VillageFactory(district=district) for _ in range(3)]:
        baseline = BaselineFactory.build(programme=programme, village=village)
        baseline.set_up(by=people[1], reason="Uji.")
        baselines.append(baseline)
    for step in steps:
        try:
            carry_out(step, baselines, people)
        except TransitionNotAllowed:
            continue
    mine = ProgrammeYear.objects.filter(programme=programme)
    kept = set(mine.values_list("year", "delta_ares", "counted", "cleared_delta"))
    summed = mine.by_year()
    assert summed.pop(0).counted == 3
    figures = YearlyFigure.objects.filter(baseline__programme=programme)
    assert list(dict(sorted(summed.items())).values()) == figures.yearly_changes([Status.VERIFIED])
    rebuild()
    again = set(mine.values_list("year", "delta_ares", "counted", "cleared_delta"))
    assert {row for row in kept if any(row[1:])} == again


def test_sample_and_reference_data_are_summed(db):
    load_reference()
    load_sample()
    assert len(summary()) > 5
    assert_both_agree()


def test_admins_keep_the_summary_true(client_of, admin, programme, people):
    baseline = BaselineFactory(programme=programme)
    YearlyFigureFactory(baseline=baseline, verified=True)
    rebuild()
    client = client_of(admin)
    before = summary()
    row = {"baselines-0-area_ha": "21", "baselines-0-reason": "SK."}
    address = f"/admin/areas/programme/{programme.pk}/change/"
    assert save_shown(client, address, programme_form(programme, **row)).status_code == 302
    assert summary() != before
    assert_both_agree()


def test_a_refused_step_leaves_the_summary_alone(people):
    figure = YearlyFigureFactory(submitted=True)
    rebuild()
    before = summary()
    with pytest.raises(TransitionNotAllowed):
        figure.verify(by=figure.entered_by, version=1, ticked=ALL_MARKS)
    assert summary() == before
    figure.verify(by=people[1], version=1, ticked=ALL_MARKS)
    assert summary() != before
    assert_both_agree()


@pytest.mark.django_db(transaction=True)
def test_reviewers_at_the_same_time_lose_no_sum():
    programme, bappeda = ProgrammeFactory(), UserFactory(bappeda=True)
    village = VillageFactory()
    baselines = [BaselineFactory(programme=programme, village=village)]
    baselines += [
        BaselineFactory(programme=programme, village__district=village.district) for _ in range(3)
    ]
    figures = [
        YearlyFigureFactory(baseline=baseline, year=year, submitted=True, area_ha=20 - year % 10)
        for baseline in baselines
        for year in (2017, 2018)
    ]
    rebuild()
    results = all_at_once(
        [
            lambda figure=figure: figure.verify(by=bappeda, version=1, ticked=ALL_MARKS)
            for figure in figures
        ]
    )
    assert results == [None] * len(figures)
    assert_both_agree()


def sums_figures(queries) -> bool:
    """Whether a query looks at all figures; few carry a day, and have an index of their own."""
    asked = [query["sql"] for query in queries if "areas_yearlyfigure" in query["sql"]]
    return any('"as_of" IS NOT NULL' not in sql for sql in asked)


def test_a_nation_is_summed_from_the_summary_and_a_city_from_its_figures(people, monkeypatch):
    load_reference()
    load_sample()
    programme = Programme.objects.get(is_sample=True)
    from_figures = series.programme_series(programme)
    monkeypatch.setattr(series, "SUMMARISED_FROM", 10)
    with CaptureQueriesContext(connection) as queries:
        assert series.programme_series(programme) == from_figures
    assert not sums_figures(queries)
    # A summary that does not know every village is not believed.
    ProgrammeYear.objects.filter(programme=programme, year=0).first().delete()
    assert series.programme_series(programme) == from_figures
    call_command("rebuild_summary", verbosity=0)
    with CaptureQueriesContext(connection) as queries:
        assert series.programme_series(programme) == from_figures
    assert not sums_figures(queries)

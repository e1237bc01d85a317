"""Money: the table by source and year, its bars, and how much of it is spent."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from areas.models import Activity
from areas.workplan.costs import WIDTH, _bars, cost_table, short_rupiah
from tests.factories import ActivityFactory, FundingFactory

AMOUNTS = st.integers(0, 10**14).map(Decimal)


def plain(text):
    return text.replace("\u00a0", " ")


def words(row):
    return [plain(each) for each in (row.name, *dict(row.by_year).values(), row.planned, row.spent)]


def test_costs_add_up_by_source_and_year(db):
    road = ActivityFactory(year=2020)
    FundingFactory(activity=road, source="apbn", planned_idr=150, realised_idr=40)
    FundingFactory(activity=road, source="csr", planned_idr=50)
    FundingFactory(activity=ActivityFactory(year=2021), source="apbn", planned_idr=300)
    table = cost_table(Activity.objects.all())
    assert table.years == [2020, 2021]
    assert [words(row) for row in (*table.rows, table.totals)] == [
        ["APBN", "150", "300", "450", "40"],
        ["CSR/swasta", "50", "–", "50", "0"],
        ["Jumlah", "200", "300", "500", "40"],
    ]
    assert plain(table.title) == "Biaya Rp 500"
    assert plain(table.realised) == "Rp 40 (8,0 %)"


def test_what_is_cancelled_costs_nothing(db):
    ActivityFactory(money=100)
    ActivityFactory(money=900, status="cancelled")
    assert plain(cost_table(Activity.objects.all()).title) == "Biaya Rp 100"
    assert cost_table(Activity.objects.filter(status="cancelled")) is None


def test_no_table_without_money(db):
    ActivityFactory()
    FundingFactory(planned_idr=0)
    assert cost_table(Activity.objects.all()) is None


def test_what_was_spent_without_a_budget_is_not_lost(db):
    FundingFactory(source="hibah", planned_idr=0, realised_idr=5)
    table = cost_table(Activity.objects.all())
    assert words(table.totals) == ["Jumlah", "–", "0", "5"]
    assert plain(table.realised) == "Rp 5"


def test_one_source_is_counted_alone(db):
    road = ActivityFactory()
    FundingFactory(activity=road, source="csr", planned_idr=20)
    FundingFactory(activity=road, source="dana-desa", planned_idr=48)
    table = cost_table(Activity.objects.all(), "csr")
    assert plain(table.title) == "Biaya dari CSR/swasta Rp 20"
    assert len(table.rows) == 1


@given(st.dictionaries(st.integers(2000, 2100), st.tuples(AMOUNTS, AMOUNTS), min_size=1))
def test_bars_stay_inside_and_carry_no_comma(money):
    planned = {year: amounts[0] for year, amounts in money.items()}
    spent = {year: amounts[1] for year, amounts in money.items()}
    if not any(planned.values()):
        return
    for bar in _bars(planned, spent):
        coordinates = (bar.y, bar.text_y, bar.width, bar.spent_width, bar.value_x)
        assert "," not in "".join(coordinates)
        assert 0 <= float(bar.width) < float(bar.value_x) <= WIDTH - 60


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "Rp 0"),
        (999_999, "Rp 999.999"),
        (350_000_000, "Rp 350 juta"),
        (1_250_000_000, "Rp 1,25 miliar"),
        (187_950_000_000, "Rp 188 miliar"),
        (2_000_000_000_000, "Rp 2 triliun"),
    ],
)
def test_large_money_is_said_short(amount, words):
    assert plain(short_rupiah(Decimal(amount))) == words

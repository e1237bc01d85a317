"""The day of a figure survives an export and an import."""

from datetime import date

import pytest

from areas.models import YearlyFigure
from tests.areas.importing.books import workbook
from tests.areas.importing.steps import (
    apply,
    counts,
    outcomes,
    upload,
)
from tests.factories import YearlyFigureFactory

LONG = ["Desa/Kelurahan", "Tahun", "Luas (Ha)", "per_tanggal"]
DAY = date(2017, 2, 3)


@pytest.fixture
def client(bappeda, client_of):
    """Bappeda's browser."""
    return client_of(bappeda)


@pytest.mark.parametrize(
    "rows",
    [
        [LONG, ["Balokang", 2017, 18.5, "2017-02-03"]],
        [LONG, ["Balokang", 2017, 18.5, DAY]],
        [["Desa/Kelurahan", "2017", "2017_per_tanggal"], ["Balokang", 18.5, "2017-02-03"]],
    ],
)
def test_a_day_in_the_file_is_taken_over(client, programme, baseline, rows):
    apply(client, upload(client, programme, workbook(rows)))
    assert YearlyFigure.objects.get().as_of == DAY


def test_without_a_day_the_figure_is_of_the_years_end(client, programme, baseline):
    rows = [LONG, ["Balokang", 2017, 18.5, None]]
    apply(client, upload(client, programme, workbook(rows)))
    assert YearlyFigure.objects.get().as_of is None


@pytest.mark.parametrize("day", ["2018-02-03", "Februari", date(2016, 1, 1)])
def test_a_day_that_is_none_of_its_year_is_wrong(client, programme, baseline, day):
    run = upload(client, programme, workbook([LONG, ["Balokang", 2017, 18.5, day]]))
    ((_, _, outcome, sentence),) = outcomes(client, run)
    assert outcome == "salah"
    assert "sel D2" in sentence


def test_a_draft_that_is_replaced_keeps_its_day(client, programme, baseline):
    YearlyFigureFactory(baseline=baseline, year=2017, as_of=DAY)
    run = upload(client, programme, workbook([LONG[:3], ["Balokang", 2017, 12.5]]))
    apply(client, run)
    assert YearlyFigure.objects.get().as_of == DAY


def test_our_own_export_brought_back_changes_nothing(client, programme, baseline):
    figure = YearlyFigureFactory(baseline=baseline, year=2017, as_of=DAY, verified=True)
    content = b"".join(client.get(f"/data/isian.csv?periode={programme.slug}").streaming_content)
    run = upload(client, programme, content, name="isian.csv")
    assert counts(client, run) == {"sama": 1}
    figure.refresh_from_db()
    assert figure.as_of == DAY

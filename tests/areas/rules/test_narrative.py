"""Sentences computed from figures."""

from decimal import Decimal

import pytest

from areas.rules import narrative
from areas.rules.progress import Target, build_series, yearly_changes

NBSP = "\u00a0"


def series_of(baseline, figures, villages=1, target=None):
    return build_series(
        baseline_year=2016,
        baseline_ha=Decimal(baseline),
        villages=villages,
        cleared_at_baseline=0,
        changes=yearly_changes([(Decimal(baseline), figures)]),
        target=target,
    )


@pytest.mark.parametrize(
    ("baseline", "latest", "sentence"),
    [
        (
            "187.95",
            "62.10",
            "Luas kumuh Kota Banjar tinggal 62,10 Ha dari 187,95 Ha, berkurang 67,0 %",
        ),
        ("187.95", "187.95", "Luas kumuh Kota Banjar tetap 187,95 Ha sejak 2016"),
        (
            "100",
            "105",
            "Luas kumuh Kota Banjar bertambah menjadi 105,00 Ha dari 100,00 Ha, naik 5,0 %",
        ),
        ("187.95", "0", "Kawasan kumuh Kota Banjar tuntas: 0 Ha dari 187,95 Ha"),
        ("0", "3", "Luas kumuh Kota Banjar menjadi 3,00 Ha dari 0 Ha"),
    ],
)
def test_headline_says_the_finding(baseline, latest, sentence):
    headline = narrative.headline("Kota Banjar", series_of(baseline, {2018: Decimal(latest)}))
    assert headline.replace(NBSP, " ") == sentence


def test_headline_without_figures_names_the_baseline():
    headline = narrative.headline("Kota Banjar", series_of("187.95", {}))
    assert headline.replace(NBSP, " ") == "Luas kumuh Kota Banjar 187,95 Ha pada 2016"


def test_a_chart_of_the_baseline_alone_is_named_after_what_it_shows():
    series = series_of("187.95", {}, target=Target(2020, Decimal(0), {}))
    assert narrative.finding("Banjar", series) == "Luas kumuh Banjar dan jalan menuju target"
    assert narrative.finding("Banjar", series_of("187.95", {})) == "Luas kumuh Banjar"


def test_completeness_says_how_many_are_carried():
    series = series_of("10", {2017: Decimal(5)}, villages=14)
    assert narrative.completeness(series) == (
        "1 dari 14 desa/kelurahan terverifikasi; 13 memakai angka terakhir."
    )


def test_declared_and_summed_baselines_stand_side_by_side():
    areas = Decimal("187.95"), Decimal("184.75"), 19
    for has_decree, name in ((True, "total menurut SK"), (False, "total yang tercatat")):
        note = narrative.declared_note(*areas, has_decree=has_decree)
        assert note.replace(NBSP, " ") == (
            f"Jumlah baseline 19 desa/kelurahan 184,75 Ha; {name} 187,95 Ha; selisih 3,20 Ha."
        )


def test_key_figures_measure_the_gap_to_the_target():
    target = Target(2019, Decimal(0), {})
    figures = narrative.key_figures(series_of("90", {2018: Decimal(45)}, villages=2, target=target))
    notes = {
        figure.label: (figure.value + "|" + figure.note).replace(NBSP, " ") for figure in figures
    }
    assert notes["Target 2018"] == "30,00 Ha|15,00 Ha di atas target"
    assert (
        notes["Perkiraan target tercapai"] == "tahun 2020|bila terus berkurang 22,50 Ha per tahun"
    )


@pytest.mark.parametrize(
    ("reduced", "text"),
    [
        ("66.66", "66,7\N{NO-BREAK SPACE}%"),
        ("-50", "bertambah 50,0\N{NO-BREAK SPACE}%"),
        ("-0.04", "0,0\N{NO-BREAK SPACE}%"),
        (None, "–"),
    ],
)
def test_growth_is_no_negative_reduction(reduced, text):
    assert narrative.reduction_text(None if reduced is None else Decimal(reduced)) == text


@pytest.mark.parametrize(
    ("latest", "title", "finding"),
    [
        ("9.5", "turun 0,50 Ha sejak 2016", "Turun 0,50 Ha sejak 2016"),
        ("10.5", "naik 0,50 Ha sejak 2016", "Naik 0,50 Ha pada 2017"),
        ("10", "tetap sejak 2016", "Tetap sejak 2016"),
    ],
)
def test_a_chart_names_small_changes_too(latest, title, finding):
    series = series_of("10", {2017: Decimal(latest)})
    assert (
        narrative.chart_title("Banjar", series).replace(NBSP, " ") == f"Luas kumuh Banjar {title}"
    )
    assert narrative.finding("Banjar", series).replace(NBSP, " ") == finding


@pytest.mark.parametrize(
    ("figures", "has_target", "finding"),
    [
        ({2017: 70, 2018: 40}, True, "Turun setiap tahun, tetapi tidak secepat target"),
        ({2017: 60, 2018: 30}, True, "Turun setiap tahun, sesuai target"),
        ({2017: 60, 2018: 30}, False, "Turun 60,00 Ha sejak 2016"),
        # Only one year, or a year without a change.
        ({2017: 70}, True, "Turun 20,00 Ha sejak 2016"),
        ({2017: 40, 2018: 40}, True, "Turun 50,00 Ha sejak 2016"),
        ({2017: 99, 2018: 95}, True, "Naik 5,00 Ha sejak 2016"),
    ],
)
def test_a_finding_names_the_way_and_how_it_keeps_to_the_target(figures, has_target, finding):
    target = Target(2019, Decimal(0), {}) if has_target else None
    figures = {year: Decimal(area) for year, area in figures.items()}
    said = narrative.finding("Banjar", series_of("90", figures, target=target))
    assert said.replace(NBSP, " ") == finding


def test_the_unit_of_a_key_figure_is_set_apart():
    for value, number, unit in (
        (f"0{NBSP}Ha", "0", f"{NBSP}Ha"),
        (f"62,10{NBSP}Ha", "62,10", f"{NBSP}Ha"),
        (f"tahun{NBSP}2020", f"tahun{NBSP}2020", ""),
        ("tuntas", "tuntas", ""),
    ):
        figure = narrative.KeyFigure("Sisa", value)
        assert (figure.number, figure.unit) == (number, unit)

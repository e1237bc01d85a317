"""The area of an RT keeps 12 decimals; a village's sum is rounded half up, once."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from areas.models import Activity, Assessment, FigureBasis, Improvement, YearlyFigure, slum_hectares
from tests.areas.assessments.test_assessment_pages import GROUND, begin, save_step
from tests.areas.importing import steps
from tests.areas.importing.test_import_assessments import row, upload
from tests.areas.public.pages import text_of
from tests.factories import (
    ActivityFactory,
    AssessmentFactory,
    BaselineFactory,
    NeighbourhoodFactory,
    YearlyFigureFactory,
)

EXACT = "2,661234567891"
# More than 100 Ha is asked about.
AREAS = st.decimals(Decimal("1e-12"), 100, places=12)


@pytest.fixture
def rt(baseline):
    return NeighbourhoodFactory(village=baseline.village, rt=3, rw=1)


@pytest.fixture
def village_client(client_of, officer):
    return client_of(officer)


def verified(baseline, area_ha, **values):
    return AssessmentFactory(
        neighbourhood__village=baseline.village, verified=True, area_ha=Decimal(area_ha), **values
    )


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        (EXACT, "2.661234567891"),
        ("0,000000000001", "0.000000000001"),
        ("2,6610", "2.661"),
        ("99,999999999999", "99.999999999999"),
        ("2,66 Ha", "2.66"),
        ("2.661234", "2.661234"),
    ],
)
def test_an_area_is_stored_and_shown_as_it_was_typed(village_client, rt, typed, stored):
    begin(village_client, rt, area_ha=typed)
    assessment = Assessment.objects.get()
    assert assessment.area_ha == Decimal(stored)
    # What the form shows is taken again, and changes nothing.
    page = village_client.get(f"/penilaian/{assessment.pk}/langkah/umum/")
    shown = page.context["form"]["area_ha"].value()
    shown = page.context["form"].fields["area_ha"].prepare_value(shown)
    save_step(village_client, assessment, "umum", **{**GROUND, "area_ha": shown})
    assessment.refresh_from_db()
    assert assessment.area_ha == Decimal(stored)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("2,6612345678912", "Tulis paling banyak 12 angka di belakang koma"),
        ("1000,123456789012", "Tulis paling banyak 15 angka seluruhnya."),
        ("2,661", "2,661 bisa berarti 2,661 atau 2.661 Ha. Tulis 2,6610 atau 2661."),
        ("26600 m2", "“26600 m2” bersatuan m², bukan Ha."),
    ],
)
def test_what_would_be_rounded_or_guessed_is_asked_about(village_client, rt, typed, sentence):
    response = begin(village_client, rt, area_ha=typed)
    assert response.status_code == 422
    assert sentence in text_of(response)
    assert not Assessment.objects.exists()


def test_volumes_in_hectares_keep_their_decimals(village_client, rt, officer):
    area_ha = Decimal("2.661234567891")
    assessment = AssessmentFactory(
        neighbourhood=rt, entered_by=officer, begun=True, area_ha=area_ha
    )
    typed = {
        "drainage_flooded_ha": "1,330617283945",
        "drainage_missing_m": "0",
        "drainage_poor_m": "0",
    }
    save_step(village_client, assessment, "aspek-4", **typed)
    assessment.refresh_from_db()
    assert assessment.drainage_flooded_ha == Decimal("1.330617283945")
    typed["drainage_flooded_ha"] = "2,661234567892"
    response = save_step(village_client, assessment, "aspek-4", **typed)
    sentence = "2,661234567892 Ha melebihi luas RT 2,661234567891 Ha"
    assert sentence in text_of(response)
    assert assessment.events.get().numbers["drainage_flooded_ha"] == "1.330617283945"


def test_the_rts_own_pages_show_all_decimals_and_the_lists_two(
    client, bappeda, client_of, baseline
):
    assessment = verified(baseline, "2.661234567891")
    address = f"/penilaian/{assessment.pk}/"
    assert "2,661234567891 Ha" in text_of(client.get(address))
    assert "2,661234567891 Ha" in text_of(client_of(bappeda).get(f"{address}cetak/"))
    page = text_of(client.get(f"/desa/{baseline.village.code}/penilaian/?tahun=2018"))
    assert "2,66 Ha" in page
    assert "2,661234567891" not in page


@pytest.mark.parametrize(
    ("areas", "summed"),
    [
        (["1.005"], "1.01"),
        (["1.004999999999"], "1.00"),
        (["0.333333333333", "0.333333333333", "0.338333333334"], "1.01"),
        (["0.335", "0.335", "0.335"], "1.01"),
        (["2.665", "2.665"], "5.33"),
        (["0.1", "0.2", "0.205"], "0.51"),
        (["100.0025", "0.0025"], "100.01"),
        (["999.999999999999", "0.000000000001", "0.005"], "1000.01"),
    ],
)
def test_a_village_is_rounded_half_up_once_on_every_page(
    village_client, baseline, other_baseline, areas, summed
):
    for area_ha in areas:
        verified(baseline, area_ha)
    expected = f"{Decimal(summed):,}".translate(str.maketrans(",.", ".,"))
    address = f"/desa/{baseline.village.code}/penilaian/?tahun=2018"
    assert f"Menurut penilaian (2018), {expected} Ha" in text_of(village_client.get(address))
    assert f"{expected} Ha dari {expected} Ha" in text_of(
        village_client.get(f"/desa/{baseline.village.code}/")
    )
    # The city adds up what its villages show.
    for area_ha in areas:
        verified(other_baseline, area_ha)
    doubled = f"{2 * Decimal(summed):,}".translate(str.maketrans(",.", ".,"))
    assert f"{doubled} Ha dari {doubled} Ha" in text_of(village_client.get("/"))


def test_the_offered_figure_is_the_rounded_sum(village_client, baseline):
    baseline.area_ha = 900
    baseline.save()
    for area_ha in ("2.665", "2.665", "1.000000000001"):
        verified(baseline, area_ha)
    verified(baseline, "7.123456789012", good=True)
    village_client.post("/isian/2018/penilaian/", {"version": 0})
    figure = YearlyFigure.objects.get()
    assert figure.area_ha == Decimal("6.33")
    kept = sorted(FigureBasis.objects.values_list("area_ha", flat=True))
    assert kept == [
        Decimal(each) for each in ("1.000000000001", "2.665", "2.665", "7.123456789012")
    ]


@given(st.lists(AREAS, min_size=1, max_size=30))
def test_the_sum_is_that_of_the_whole_numbers(areas):
    rts = [Assessment(area_ha=area_ha, total=24) for area_ha in areas]
    trillionths = sum(int(area_ha.scaleb(12)) for area_ha in areas)
    expected = Decimal(trillionths).scaleb(-12).quantize(Decimal("0.01"), ROUND_HALF_UP)
    assert slum_hectares(rts) == expected


def test_an_import_keeps_every_decimal_and_asks_about_a_thirteenth(client_of, bappeda, baseline):
    client = client_of(bappeda)
    ground = (2.661234567891, 33, 168, 42, 400, 0)
    run = upload(client, baseline, [row(ground=ground, v1b=1.123456789012)])
    assert "2,661234567891" in text_of(steps.look(client, run))
    steps.apply(client, run)
    assessment = Assessment.objects.get()
    assert assessment.area_ha == Decimal("2.661234567891")
    assert assessment.building_density_ha == Decimal("1.123456789012")
    for area_ha in (2.6612345678912, "2,6612345678912"):
        run = upload(client, baseline, [row(rt=4, ground=(area_ha, *ground[1:]))])
        (question,) = steps.questions(client, run)
        assert "lebih dari 12 angka di belakang koma" in question
    run = upload(client, baseline, [row(rt=4, ground=("2.66 m2", *ground[1:]))])
    ((_, _, outcome, sentence),) = steps.outcomes(client, run)
    assert outcome == "salah"
    assert "sel F3 berisi" in sentence


def test_the_preview_adds_up_villages_that_are_rounded_once(client_of, bappeda, baseline):
    BaselineFactory(programme=baseline.programme, village__name="Binangun")
    ground = (0.335, 33, 168, 42, 400, 0)
    rows = [
        row(village, rt, ground=ground) for village in ("Balokang", "Binangun") for rt in (1, 2)
    ]
    run = upload(client_of(bappeda), baseline, rows)
    assert "1,34 Ha" in text_of(steps.look(client_of(bappeda), run))


def test_what_if_reads_and_adds_exactly(client, baseline):
    assessment = verified(baseline, "2.665")
    verified(baseline, "2.665")
    better = {"6a": "0", "6b": "0", "7a": "0", "7b": "0", "1b": "0,123456789012"}
    page = text_of(client.get(f"/penilaian/{assessment.pk}/andai/", better))
    assert "5,33 Ha → 2,67 Ha" in page


def test_activities_and_improvements_in_hectares_keep_their_decimals(client_of, bappeda, baseline):
    assessment = verified(baseline, "2.661234567891", drainage_flooded_ha=Decimal("1.5"))
    activity = ActivityFactory(village=baseline.village, aspect=4, unit="Ha")
    client = client_of(bappeda)
    name = {
        "version": activity.version,
        "rt-0": assessment.neighbourhood_id,
        "kriteria-0": "4a",
        "volume-0": "0,123456789012",
    }
    response = client.post(f"/rencana/{activity.pk}/perbaikan/", name)
    assert response.status_code == 302, text_of(response)
    assert Improvement.objects.get().volume == Decimal("0.123456789012")
    assert "0,123456789012 Ha" in text_of(client.get(f"/rencana/{activity.pk}/"))
    for typed, sentence in (
        ("0,1234567890123", "Tulis paling banyak 12 angka di belakang koma"),
        ("1,234", "1,234 bisa berarti"),
        ("12 m", "“12 m” bersatuan m, bukan Ha."),
    ):
        response = client.post(f"/rencana/{activity.pk}/perbaikan/", {**name, "volume-0": typed})
        assert sentence in text_of(response)


@pytest.mark.parametrize(
    ("unit", "typed", "stored"),
    [("Ha", "0,1234567", "0.1234567"), ("m", "120,5 m", "120.5"), ("KK", "40", "40")],
)
def test_an_activitys_volume_is_read_in_its_unit(client_of, bappeda, baseline, unit, typed, stored):
    data = {
        "village": baseline.village_id,
        "aspect": 4,
        "description": "Drainase",
        "year": 2027,
        "volume": typed,
        "unit": unit,
        "actor": "DCKTLH",
        "is_cost_unknown": "on",
        "version": 0,
    }
    client = client_of(bappeda)
    response = client.post("/rencana/baru/", data)
    assert response.status_code == 302, text_of(response)
    activity = Activity.objects.get()
    assert activity.volume == Decimal(stored)
    response = client.post("/rencana/baru/", {**data, "volume": "12 m2"})
    assert "bersatuan m²" in text_of(response)
    export = client.get("/rencana/rencana-kerja.csv")
    assert b"000000" not in b"".join(export.streaming_content)


def test_yearly_figures_and_baselines_keep_two_decimals(village_client, baseline):
    YearlyFigureFactory(baseline=baseline, year=2017, verified=True, area_ha=Decimal("12.50"))
    response = village_client.post("/isian/2018/", {"area_ha": "1,2345", "version": 0})
    assert "Tulis paling banyak dua angka di belakang koma" in text_of(response)

"""A second edition of the criteria, added as data alone, on every page that speaks of criteria.

It measures fewer criteria in another order, one against another base, with other bands and classes.
"""

import io
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, models
from openpyxl import load_workbook

from areas.importing.columns import role_of
from areas.importing.kinds.assessment_columns import assessments
from areas.models import Assessment, Improvement, Status
from areas.models.assessment import volume_fields
from areas.models.assessment_constraints import constraints
from areas.rules import criteria
from areas.rules.criteria import CURRENT, EDITIONS, codes
from areas.rules.edition import Base, Edition, SlumClass, aspect
from kotaku.workflow import TransitionNotAllowed
from tests.areas.assessments.test_assessment_pages import GROUND, begin, save_step
from tests.areas.importing import steps
from tests.areas.public.pages import text_of
from tests.factories import (
    WUNGU,
    ActivityFactory,
    AssessmentFactory,
    ImprovementFactory,
    NeighbourhoodFactory,
)
from tests.kotaku.integrity.constraints_alone import constraints_alone

SECOND = Edition(
    key="uji-2030",
    regulation="Permen Uji 9/PRT/2030",
    short_name="Permen Uji 9/2030",
    aspects=(
        aspect(
            1,
            "Jalan dan saluran",
            ("road_damaged_m", "Jalan rusak", "Panjang jalan rusak", Base.ROAD, "aspal"),
            ("drainage_poor_m", "Saluran buruk", "Panjang saluran buruk", Base.DRAINAGE, "beton"),
            ("fire_equipment", "Tanpa pemadam", "KK tanpa pemadam", Base.HOUSEHOLDS, "pemadam"),
            ("drainage_missing_m", "Tanpa saluran", "Panjang kurang", Base.DRAINAGE, "galian"),
        ),
        aspect(
            2,
            "Sampah dan air",
            ("waste_facilities", "Tanpa tempat sampah", "KK tanpa tempat", Base.HOUSEHOLDS, "tong"),
            ("water_shortage", "Kurang air", "KK kurang air", Base.HOUSEHOLDS, "sumur"),
        ),
    ),
    bands=((60, 4), (30, 2)),
    classes=((16, SlumClass.HEAVY), (10, SlumClass.MEDIUM), (4, SlumClass.LIGHT)),
)
# Of 400 m, 200 m and 42 KK: 75 %, 30 %, 16,67 %, 0, 100 %, 0: 4 + 2 + 0 + 0 + 4 + 0.
VOLUMES = {
    "road_damaged_m": 300,
    "drainage_poor_m": 60,
    "fire_equipment": 7,
    "drainage_missing_m": 0,
    "waste_facilities": 42,
    "water_shortage": 0,
}
FILLED = dict.fromkeys(WUNGU) | {name: Decimal(volume) for name, volume in VOLUMES.items()}


@pytest.fixture
def second(db, monkeypatch):
    """Add the edition, with the constraints that `makemigrations` would write for both."""
    before = constraints(EDITIONS.values())
    monkeypatch.setitem(EDITIONS, SECOND.key, SECOND)
    # The choices of the models were made when they were loaded.
    constraints_alone()
    if connection.vendor == "sqlite":
        # No table can be altered inside the test's transaction.
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA ignore_check_constraints = 1")
            yield SECOND
            cursor.execute("PRAGMA ignore_check_constraints = 0")
        return
    with connection.schema_editor() as editor:
        for each in before:
            editor.remove_constraint(Assessment, each)
        for each in constraints(EDITIONS.values()):
            editor.add_constraint(Assessment, each)
    yield SECOND


def under_second(village, **values):
    """Return a verified assessment under the second edition: medium, 10 of 24."""
    values = {"neighbourhood__village": village, "verified": True, **FILLED, "total": 10, **values}
    return AssessmentFactory(rule=SECOND.key, ideal_drainage_m=200, **values)


@pytest.fixture
def rt(baseline):
    return NeighbourhoodFactory(village=baseline.village, rt=3, rw=1)


def test_with_one_edition_nobody_is_asked_for_it(client_of, officer, rt, baseline):
    page = text_of(client_of(officer).get(f"/penilaian/baru/?rt={rt.pk}&tahun=2018"))
    assert "Aturan" not in page
    assert "aturan" not in assessments().labels


def test_an_rt_is_assessed_under_the_edition_that_is_chosen(
    client, client_of, officer, bappeda, rt, second
):
    village = client_of(officer)
    page = village.get(f"/penilaian/baru/?rt={rt.pk}&tahun=2018").content.decode()
    assert '<option value="permen-14-2018" selected>Permen PUPR 14/PRT/M/2018</option>' in page
    assert "Pilih aturan dari daftar." in text_of(begin(village, rt, rule="lain"))
    response = begin(village, rt, rule=second.key, ideal_drainage_m="200")
    assessment = Assessment.objects.get()
    assert response["Location"] == f"/penilaian/{assessment.pk}/langkah/aspek-1/"
    page = village.get(response["Location"])
    assert "langkah 2 dari 4" in text_of(page)
    assert "2 Sampah dan air Pertimbangan lain" in text_of(page)
    assert "Proteksi kebakaran" not in text_of(page)
    assert "1c Tanpa pemadam KK tanpa pemadam, dari jumlah kepala keluarga 42 KK." in text_of(page)
    assert 'data-kotaku-bands="60:4 30:2"' in page.content.decode()
    assert village.get(f"/penilaian/{assessment.pk}/langkah/aspek-3/").status_code == 404
    first, rest = list(VOLUMES.items())[:4], list(VOLUMES.items())[4:]
    response = save_step(village, assessment, "aspek-1", **{**dict(first), "fire_equipment": 43})
    assert "1c Tanpa pemadam: 43 KK melebihi jumlah kepala keluarga 42 KK." in text_of(response)
    save_step(village, assessment, "aspek-1", **dict(first))
    response = save_step(village, assessment, "aspek-2", **dict(rest))
    assert response["Location"] == f"/penilaian/{assessment.pk}/langkah/pertimbangan/"
    assert "Saluran buruk" not in text_of(
        village.get(f"/penilaian/{assessment.pk}/langkah/aspek-2/")
    )
    save_step(village, assessment, "pertimbangan", consideration="tinggi")
    assessment.refresh_from_db()
    village.post(f"/penilaian/{assessment.pk}/pengajuan/", {"version": assessment.version})
    assessment.refresh_from_db()
    assert (assessment.status, assessment.total, assessment.rule) == (
        Status.SUBMITTED, 10, second.key,
    )  # fmt: skip
    assert assessment.events.last().numbers["rule"] == second.key
    reviewer = client_of(bappeda)
    assert "Kumuh sedang nilai 10, 2,66 Ha" in text_of(reviewer.get("/penilaian/"))
    reviewer.post(f"/penilaian/{assessment.pk}/verifikasi/", {"version": assessment.version})
    check_pages(client, assessment)


def check_pages(client, assessment):
    """The result, the paper and the what-if page speak of the second edition alone."""
    response = client.get(f"/penilaian/{assessment.pk}/")
    page = text_of(response)
    assert "penilaian 2018, Permen Uji 9/PRT/2030" in page
    assert "Kumuh sedang, nilai 10 dari 24" in page
    assert "Bila nilainya turun 1 lagi (di bawah 10), tingkatnya menjadi kumuh ringan." in page
    assert "Prioritas penanganan 2 dari 9" in page
    for bounds in ("0–3", "4–9", "10–15", "16–24"):
        assert bounds in page
    paper = text_of(client.get(f"/penilaian/{assessment.pk}/cetak/"))
    assert "Aturan Permen Uji 9/PRT/2030" in paper
    assert "16–24 kumuh berat, 10–15 kumuh sedang, 4–9 kumuh ringan, di bawah 4 tidak" in paper
    assert "Nilai kriteria: 30–59 % = 2, 60–100 % = 4." in paper
    what_if = text_of(client.get(f"/penilaian/{assessment.pk}/andai/?2a=0"))
    assert "Kumuh ringan, nilai 6" in what_if
    assert "Luas kumuh RT ini: 2,66 Ha → 2,66 Ha" in what_if
    assert "2a Tanpa tempat sampah: nilai 4 → 0" in what_if
    for text in (page, paper, what_if):
        for each in SECOND.criteria:
            assert each.name in text
        for each in CURRENT.criteria:
            assert each.name not in text


def test_a_village_adds_up_what_is_slum_in_its_own_edition(
    client, client_of, officer, baseline, second
):
    AssessmentFactory(neighbourhood__village=baseline.village, verified=True)
    under_second(baseline.village, area_ha=1)
    under_second(baseline.village, area_ha=5, total=0, road_damaged_m=0, drainage_poor_m=0,
                 waste_facilities=0)  # fmt: skip
    page = text_of(client.get(f"/desa/{baseline.village.code}/penilaian/?tahun=2018"))
    assert "3,66 Ha Desa Balokang kumuh — 2 dari 3 RT" in page
    assert "14/PRT/M/2018); 2 aspek dan 6 kriteria (Permen Uji 9/PRT/2030)" in page
    assert (
        "nilai totalnya 16 atau lebih (Permen PUPR 14/PRT/M/2018) atau 4 atau lebih (Permen Uji 9/PRT/2030),"
        in page
    )
    assert "Kumuh sedang 10 1,00 2018, Permen Uji 9/PRT/2030" in page
    # Safe water and sanitation are no criteria of the second edition: 42 KK, not 126.
    strip = text_of(client.get(f"/desa/{baseline.village.code}/"))
    strip = strip[strip.index("Gerakan 100-0-100") :]
    assert strip.count("dari 42 KK yang dinilai") == 2
    village = client_of(officer)
    assert "Menurut penilaian RT: 3,66 Ha" in text_of(village.get("/isian/2018/"))
    village.post("/isian/2018/penilaian/", {"version": 0})
    page = text_of(village.get("/isian/2018/"))
    assert "Dihitung dari 3 penilaian RT, 2 di antaranya kumuh." in page
    figure = baseline.figures.with_basis().get()
    assert (figure.rts_counted, figure.rts_slum) == (3, 2)


def test_scores_of_two_editions_are_not_compared(client, baseline, second):
    changed = AssessmentFactory(
        neighbourhood__village=baseline.village, verified=True, year=2016
    ).neighbourhood
    under_second(baseline.village, neighbourhood=changed, year=2018, total=0, road_damaged_m=0,
                 drainage_poor_m=0, waste_facilities=0)  # fmt: skip
    same = under_second(baseline.village, year=2016).neighbourhood
    under_second(baseline.village, neighbourhood=same, year=2018, total=6, waste_facilities=0)
    page = text_of(client.get(f"/desa/{baseline.village.code}/penilaian/?tahun=2018&banding=2016"))
    compared = page[page.index("Bandingkan dengan tahun awal") :]
    assert "Berkurang 2,66 Ha dari 2016 ke 2018, pada 2 RT" in compared
    assert "1 RT dinilai menurut aturan lain pada kedua tahun" in compared
    assert "24, Kumuh ringan 0, Tidak kumuh 2,66 –" in compared
    aspects = compared[compared.index("Per aspek") :]
    assert "Jalan dan saluran 30,4 % 30,4 %" in aspects
    assert "Sampah dan air 50,0 % 0,0 %" in aspects
    assert "Jalan lingkungan" not in aspects


def test_aspects_of_two_editions_stand_side_by_side(client, baseline, second):
    for make in (under_second, lambda village, **also: AssessmentFactory(
        neighbourhood__village=village, verified=True, **also
    )):  # fmt: skip
        rt = make(baseline.village, year=2016).neighbourhood
        make(baseline.village, neighbourhood=rt, year=2018)
    page = text_of(client.get(f"/desa/{baseline.village.code}/penilaian/?tahun=2018&banding=2016"))
    assert "Sampah dan air (Permen Uji 9/PRT/2030) 50,0 % 50,0 %" in page
    assert "Pengelolaan persampahan (Permen PUPR 14/PRT/M/2018) 100,0 % 100,0 %" in page


BASES = [2.66, 33, 168, 42, 400, 200]


@pytest.fixture
def upload(client_of, bappeda, baseline, rt):
    """Return a function that fills the template's row of the RT by heading, and uploads it."""
    client = client_of(bappeda)

    def fill(**by_heading):
        address = f"/data/impor/templat.xlsx?jenis=penilaian&periode={baseline.programme.slug}"
        book = load_workbook(io.BytesIO(client.get(address).content))
        sheet = book["Data"]
        named = {cell.value: cell.column for cell in sheet[1]}
        ground = [heading for heading in named if heading.startswith(("Luas RT", "Jumlah", "Panj"))]
        values = {"Tahun": 2018, **dict(zip(ground[:6], BASES, strict=True)), **by_heading}
        for heading, value in values.items():
            sheet.cell(2, named[heading]).value = value
        file = io.BytesIO()
        book.save(file)
        return client, steps.upload(client, baseline.programme, file.getvalue(), kind="penilaian")

    return fill


def by_heading(edition, volumes):
    """Return heading of the template → volume, for the criteria of an edition."""
    known, labels = codes(EDITIONS.values()), assessments().labels
    return {labels[known[each.field]]: volumes[each.field] for each in edition.criteria}


def test_the_template_comes_in_again_under_either_edition(upload, second):
    client, run = upload(Aturan="permen uji 9/2030", **by_heading(second, VOLUMES))
    assert steps.outcomes(client, run)[0][2:] == ("baru", "Kumuh sedang, nilai 10.")
    assert steps.apply(client, run).status_code == 302
    assessment = Assessment.objects.get()
    assert (assessment.rule, assessment.total) == (second.key, 10)
    assert {name: getattr(assessment, name) for name in WUNGU} == FILLED
    counted = {name: float(value) for name, value in WUNGU.items()}
    client, run = upload(**by_heading(CURRENT, counted))
    assert "sedang menunggu verifikasi" in steps.outcomes(client, run)[0][3]


def test_without_a_name_a_row_follows_the_current_edition(upload, second):
    counted = {name: float(value) for name, value in WUNGU.items()}
    client, run = upload(**by_heading(CURRENT, counted))
    assert steps.outcomes(client, run)[0][2:] == ("baru", "Kumuh ringan, nilai 24.")


def test_slips_about_the_edition_name_their_cell(upload, second):
    client, run = upload(Aturan="Permen 1/1900", **by_heading(CURRENT, WUNGU))
    said = "sel G2 tidak dikenal. Tulis Permen PUPR 14/PRT/M/2018 atau Permen Uji 9/PRT/2030."
    assert said in steps.outcomes(client, run)[0][3]
    foreign = {"7a Ketidaktersediaan prasarana proteksi kebakaran (unit)": 3}
    client, run = upload(Aturan=second.regulation, **by_heading(second, VOLUMES), **foreign)
    said = "berisi kriteria yang tidak ada dalam Permen Uji 9/PRT/2030. Kosongkan."
    assert said in steps.outcomes(client, run)[0][3]
    too_many = by_heading(second, {**VOLUMES, "fire_equipment": 43})
    client, run = upload(Aturan=second.regulation, **too_many)
    said = "terlalu besar. 1c Tanpa pemadam: 43 KK melebihi jumlah kepala keluarga 42 KK."
    assert said in steps.outcomes(client, run)[0][3]


def test_headings_are_those_of_either_edition(second):
    known, fields = assessments(), codes(EDITIONS.values())
    for edition in EDITIONS.values():
        for each in edition.criteria:
            for heading in (f"{each.key} {each.name}", each.name, f"{each.name} ({each.unit})"):
                assert role_of(heading, known) == fields[each.field], heading
    assert role_of("1a", known) == "1a"
    assert role_of("Nilai 1a", known) == ""


def test_a_plan_improves_what_the_rts_edition_measures(client_of, bappeda, baseline, rt, second):
    under_second(baseline.village, neighbourhood=rt)
    activity = ActivityFactory(village=baseline.village, changed_by=bappeda)
    client = client_of(bappeda)
    address = f"/rencana/{activity.pk}/perbaikan/"
    page = text_of(client.get(address))
    assert "1a Jalan rusak (m)" in page
    assert "2b Kualitas permukaan jalan lingkungan (m)" in page
    typed = {"version": 1, "rt-0": rt.pk, "kriteria-0": "1a", "volume-0": "3"}
    response = client.post(address, typed)
    assert response.status_code == 422
    said = "RT 003/RW 001 dinilai menurut Permen Uji 9/PRT/2030, yang tidak memuat kriteria ini."
    assert said in text_of(response)
    # The damaged road is 2b of the current edition, and 1a of the second one.
    client.post(address, {**typed, "kriteria-0": "2b", "volume-0": "300"})
    assert Improvement.objects.get().criterion == "2b"
    page = text_of(client.get(f"/rencana/{activity.pk}/"))
    assert "RT 003/RW 001: 1a Jalan rusak, 300 m" in page
    assert "Kumuh sedang, nilai 10 (2018)" in page
    assert "Kumuh ringan, nilai 6" in page


def test_what_an_edition_does_not_measure_improves_nothing(
    client_of, bappeda, baseline, rt, second
):
    under_second(baseline.village, neighbourhood=rt)
    activity = ActivityFactory(village=baseline.village, changed_by=bappeda)
    ImprovementFactory(activity=activity, neighbourhood=rt, criterion="2a", volume=9)
    page = text_of(client_of(bappeda).get(f"/rencana/{activity.pk}/"))
    assert "RT 003/RW 001: 2a Cakupan pelayanan jalan lingkungan, 9 m" in page
    assert "nilai 10" not in page


def test_another_edition_keeps_the_volumes_that_it_measures_alike(client_of, officer, rt, second):
    assessment = AssessmentFactory(neighbourhood=rt, entered_by=officer)
    response = save_step(client_of(officer), assessment, "umum", **GROUND, rule=second.key)
    assert response.status_code == 302
    assessment.refresh_from_db()
    assert (assessment.rule, assessment.total) == (second.key, None)
    # Equipment is measured against households now, not buildings.
    kept = {name for name in WUNGU if getattr(assessment, name) is not None}
    assert kept == VOLUMES.keys() - {"fire_equipment"}


def test_an_edition_stays_once_a_figure_was_computed_from_it(client_of, officer, baseline, second):
    assessment = under_second(baseline.village)
    client_of(officer).post("/isian/2018/penilaian/", {"version": 0})
    reviewer = assessment.verified_by
    assessment.reopen(by=reviewer, version=1, reason="Salah aturan.")
    with pytest.raises(TransitionNotAllowed, match="Aturan tidak dapat diganti"):
        assessment.fill(by=officer, version=2, step="x", values={"rule": CURRENT.key})


@pytest.mark.parametrize(
    ("changes", "broken"),
    [
        ({}, None),
        ({"rule": CURRENT.key}, "assessment_total_when_complete"),
        ({"total": 24}, None),
        ({"total": 25}, "assessment_total_in_scale"),
        ({"fire_equipment": 42}, None),
        ({"fire_equipment": 43}, "assessment_volume_7b"),
        ({"rule": CURRENT.key, "total": None, "fire_equipment": 34}, "assessment_volume_7b"),
        ({"road_damaged_m": None}, "assessment_total_when_complete"),
        ({"road_damaged_m": 401}, "assessment_volume_2b"),
        ({"rule": "lain"}, "assessment_total_in_scale"),
    ],
)
def test_the_constraints_follow_each_rows_edition(baseline, second, changes, broken):
    assessment = under_second(baseline.village)
    for name, value in changes.items():
        setattr(assessment, name, value)
    found = set()
    for each in constraints(EDITIONS.values()):
        if isinstance(each, models.CheckConstraint):
            try:
                each.validate(Assessment, assessment)
            except ValidationError:
                found.add(each.name)
    assert broken in found if broken else not found


def test_a_new_measure_gets_its_column_and_code():
    rows = ("drainage_apart_m", "Tidak terhubung", "Panjang", Base.DRAINAGE, "sambungan")
    third = Edition(
        "uji-3", "Uji 3", "Uji 3", (aspect(1, "Saluran", rows),), SECOND.bands, SECOND.classes
    )
    both = (CURRENT, third)
    column = volume_fields(both)["drainage_apart_m"]
    assert column.verbose_name == "1a tidak terhubung (m)"
    assert (column.null, column.decimal_places) == (True, 2)
    # 1a is the irregular buildings of stored rows already.
    assert codes(both)["drainage_apart_m"] == "drainage_apart_m"
    assert codes(both)["building_irregularity"] == "1a"
    names = [each.name for each in constraints(both)]
    assert len(names) == len(set(names))
    assert "assessment_volume_drainage_apart_m" in names


def test_aspects_of_activities_stay_known_under_a_shorter_edition(monkeypatch):
    monkeypatch.setitem(EDITIONS, SECOND.key, SECOND)
    monkeypatch.setattr(criteria, "CURRENT", SECOND)
    known = criteria.known_aspects()
    assert list(known) == [1, 2, 3, 4, 5, 6, 7]
    assert (known[1], known[7]) == ("Jalan dan saluran", "Proteksi kebakaran")


def test_an_aspect_has_the_same_name_in_every_edition():
    names = {(each.number, each.name) for edition in EDITIONS.values() for each in edition.aspects}
    assert len(names) == len({number for number, _ in names})

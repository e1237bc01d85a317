"""Assessments through their pages: enter step by step, hand in, decide, look, compute."""

import re
from decimal import Decimal

import pytest
from django.utils import timezone

from areas.assessments.steps import step_of
from areas.models import Assessment, FigureBasis, Neighbourhood, Programme, Status, YearlyFigure
from areas.rules.criteria import CURRENT
from kotaku.formats import format_percent
from tests.areas.public.pages import text_of
from tests.factories import (
    ALL_MARKS,
    WUNGU,
    AssessmentFactory,
    BaselineFactory,
    NeighbourhoodFactory,
    ProgrammeFactory,
    UserFactory,
    YearlyFigureFactory,
    copied,
    count_rows_anew,
)

THIS_YEAR = timezone.localdate().year

GROUND = {
    "assessor": "BKM",
    "area_ha": "2,66 Ha",
    "buildings": "33",
    "people": "168 jiwa",
    "households": "42",
    "ideal_road_m": "400 m",
    "ideal_drainage_m": "0",
}


@pytest.fixture
def rt(baseline):
    return NeighbourhoodFactory(village=baseline.village, rt=3, rw=1)


@pytest.fixture
def village_client(client_of, officer):
    return client_of(officer)


def begin(client, rt, year=2018, **typed):
    address = f"/penilaian/baru/?rt={rt.pk}&tahun={year}"
    return client.post(address, {**GROUND, "version": "0", **typed})


def step_address(assessment, key):
    return f"/penilaian/{assessment.pk}/langkah/{key}/"


def save_step(client, assessment, key, **typed):
    assessment.refresh_from_db()
    data = {"version": assessment.version, **typed}
    return client.post(step_address(assessment, key), data)


def verified(baseline, **values):
    return AssessmentFactory(neighbourhood__village=baseline.village, verified=True, **values)


def test_an_rt_is_assessed_step_by_step(village_client, rt):
    response = begin(village_client, rt)
    assessment = Assessment.objects.get()
    assert response["Location"] == step_address(assessment, "aspek-1")
    for aspect in CURRENT.aspects:
        typed = {each.field: str(WUNGU[each.field]) for each in aspect.criteria}
        response = save_step(village_client, assessment, aspect.key, **typed)
        assert response.status_code == 302
    assert response["Location"] == step_address(assessment, "pertimbangan")
    response = save_step(village_client, assessment, "pertimbangan", consideration="tinggi")
    assert response["Location"] == f"/penilaian/{assessment.pk}/"
    page = text_of(village_client.get(f"/penilaian/{assessment.pk}/"))
    assert "Kumuh ringan, nilai 24 dari 80" in page
    assert "Bila nilainya turun 9 lagi (di bawah 16), tingkatnya menjadi tidak kumuh." in page
    assert "Prioritas penanganan 3 dari 9" in page
    response = village_client.post(
        f"/penilaian/{assessment.pk}/pengajuan/", {"version": assessment.version}
    )
    assert response.status_code == 409  # somebody has saved since that version
    assessment.refresh_from_db()
    village_client.post(f"/penilaian/{assessment.pk}/pengajuan/", {"version": assessment.version})
    assessment.refresh_from_db()
    assert assessment.status == Status.SUBMITTED


def test_the_result_names_what_costs_most(client, baseline):
    page = text_of(client.get(f"/penilaian/{verified(baseline).pk}/"))
    causes = page[page.index("Yang paling menambah nilai") : page.index("Semua kriteria")]
    assert causes.index("Prasarana persampahan") < causes.index("Kualitas permukaan jalan")
    assert "300 dari 400 m (75,00 %). Diperbaiki dengan: jalan beton" in causes


@pytest.mark.parametrize(
    ("key", "field", "typed", "sentence"),
    [
        ("aspek-3", "water_no_access", "43", "43 KK melebihi jumlah kepala keluarga 42 KK"),
        ("aspek-3", "water_no_access", "-1", "tidak boleh kurang dari 0"),
        ("aspek-3", "water_no_access", "tiga", "Tulis bilangan bulat, misalnya 33."),
        ("aspek-3", "water_no_access", "1,5", "Tulis bilangan bulat, misalnya 33."),
        ("aspek-3", "water_no_access", "1,000", "1,000 bisa berarti 1 atau 1.000 KK."),
        ("aspek-3", "water_no_access", "1.250", "1.250 bisa berarti 1,25 atau 1.250 KK."),
        ("aspek-3", "water_no_access", "2 ribu", "Tulis angkanya lengkap, tanpa “ribu”."),
        ("aspek-3", "water_no_access", "5k", "Tulis angkanya lengkap, tanpa “k”."),
        ("aspek-3", "water_no_access", "7 unit", "“7 unit” bersatuan unit, bukan KK."),
        ("aspek-4", "drainage_flooded_ha", "1 m2", "“1 m2” bersatuan m², bukan Ha."),
        ("umum", "people", "1,000", "1,000 bisa berarti 1 atau 1.000 jiwa."),
        ("umum", "buildings", "42 KK", "“42 KK” bersatuan KK, bukan unit."),
        ("aspek-3", "water_no_access", "", "Tulis angkanya; 0 bila tidak ada."),
        ("aspek-2", "road_damaged_m", "400,01", "400,01 m melebihi panjang jalan ideal 400 m"),
        ("aspek-2", "road_damaged_m", "1.250", "1.250 bisa berarti 1,25 atau 1.250 m."),
        ("umum", "households", "41", "42 KK melebihi jumlah kepala keluarga 41 KK"),
        ("umum", "area_ha", "0", "Luas RT harus lebih dari 0 Ha."),
        ("umum", "assessor", "", "Tulis siapa yang menilai."),
        ("pertimbangan", "consideration", "besar", "Pilih tinggi, sedang, atau rendah."),
    ],
)
def test_each_slip_has_its_sentence_and_what_was_typed_stays(
    village_client, rt, officer, key, field, typed, sentence
):
    assessment = AssessmentFactory(neighbourhood=rt, entered_by=officer)
    step = step_of(CURRENT, key)
    values = dict(GROUND) if key == "umum" else {}
    if step.aspect:
        values = {each.field: "7" for each in step.aspect.criteria}
    values[field] = typed
    response = save_step(village_client, assessment, key, **values)
    assert response.status_code == 422
    assert sentence in text_of(response)
    # The summary names each field once, also where the sentence itself names it.
    summary = text_of(response).partition("Ada yang perlu diperbaiki")[2][:400]
    for field_label in re.findall(r"(\d[a-z] [A-Z][^:]{9,}): ", summary):
        assert f"{field_label}: {field_label}" not in summary
    if typed and key != "pertimbangan":
        assert f'value="{typed}"' in response.content.decode()
    assessment.refresh_from_db()
    assert assessment.version == 1


ONE_FOR_EACH_BASE = {each.base: each for each in CURRENT.criteria}.values()


@pytest.mark.parametrize("criterion", ONE_FOR_EACH_BASE, ids=lambda each: each.key)
def test_a_base_below_a_stored_volume_is_corrected_with_it(village_client, rt, officer, criterion):
    assessment = AssessmentFactory(
        neighbourhood=rt,
        entered_by=officer,
        begun=True,
        **{criterion.base.value: 40, criterion.field: 40},
    )
    typed = {**GROUND, criterion.base.value: "2"}
    response = save_step(village_client, assessment, "umum", **typed)
    assert response.status_code == 422
    assert f"{criterion.key} {criterion.name}: 40" in text_of(response)
    assert f'name="{criterion.field}" value="40"' in response.content.decode()
    still = save_step(village_client, assessment, "umum", **typed, **{criterion.field: "3"})
    assert still.status_code == 422
    assert f'name="{criterion.field}" value="3"' in still.content.decode()
    both = save_step(village_client, assessment, "umum", **typed, **{criterion.field: "1"})
    assert both["Location"] == step_address(assessment, "aspek-1")
    assessment.refresh_from_db()
    assert (getattr(assessment, criterion.base.value), getattr(assessment, criterion.field)) == (
        2,
        1,
    )


def test_a_draft_says_who_entered_or_withdrew_it(village_client, client_of, officer, bappeda, rt):
    begin(village_client, rt)
    assessment = Assessment.objects.get()
    address = f"/penilaian/{assessment.pk}/"
    assert f"Draf diisi oleh {officer}" in text_of(village_client.get(address))
    submitted = AssessmentFactory(
        neighbourhood__village=rt.village, submitted=True, submitted_by=assessment.entered_by
    )
    address = f"/penilaian/{submitted.pk}/"
    assert f"Diajukan oleh {officer}" in text_of(client_of(bappeda).get(address))
    village_client.post(f"{address}penarikan/", {"version": 1})
    assert f"Draf ditarik kembali oleh {officer}" in text_of(village_client.get(address))


def test_a_double_click_saves_once(village_client, rt, officer):
    assessment = AssessmentFactory(neighbourhood=rt, entered_by=officer, begun=True)
    data = {"version": 1, "water_no_access": "1", "water_shortage": "0"}
    for _ in range(2):
        response = village_client.post(step_address(assessment, "aspek-3"), data)
        assert response["Location"] == step_address(assessment, "aspek-4")
    assert assessment.events.count() == 1


def test_an_older_form_is_refused_and_shows_both(village_client, rt, officer, second_officer):
    assessment = AssessmentFactory(neighbourhood=rt, entered_by=officer, begun=True)
    values = {"water_no_access": Decimal(5), "water_shortage": Decimal(6)}
    assessment.fill(by=second_officer, version=1, step="3", values=values)
    data = {"version": 1, "water_no_access": "1", "water_shortage": "0"}
    response = village_client.post(step_address(assessment, "aspek-3"), data)
    assert response.status_code == 409
    page = response.content.decode()
    assert "baru saja diubah oleh Operator" in text_of(response)
    assert 'name="water_no_access" value="1"' in page
    assert ">5<" in page
    again = village_client.post(step_address(assessment, "aspek-3"), data | {"version": 2})
    assert again.status_code == 302


def test_beginning_twice_leads_to_the_one_that_is_there(village_client, rt):
    begin(village_client, rt)
    assessment = Assessment.objects.get()
    response = village_client.get(f"/penilaian/baru/?rt={rt.pk}&tahun=2018")
    assert response["Location"] == f"/penilaian/{assessment.pk}/"
    assert begin(village_client, rt).status_code == 302
    assert begin(village_client, rt, households="43").status_code == 409
    assert Assessment.objects.count() == 1


def test_the_next_year_begins_with_the_ground_of_the_last(village_client, rt, officer):
    AssessmentFactory(neighbourhood=rt, year=2016, verified=True, buildings=77)
    page = village_client.get(f"/penilaian/baru/?rt={rt.pk}&tahun=2018")
    assert "diambil dari penilaian 2016" in text_of(page)
    assert 'value="77"' in page.content.decode()
    assert Assessment.objects.count() == 1


@pytest.mark.parametrize("year", ["1999", "3000", "x", "20 18", "201"])
def test_years_that_cannot_be_assessed(village_client, rt, year):
    assert village_client.get(f"/penilaian/baru/?rt={rt.pk}&tahun={year}").status_code == 404


def test_rts_are_added_once(village_client, baseline):
    address = f"/desa/{baseline.village.code}/rt/?tahun=2018"
    response = village_client.post(address, {"rt": "3", "rw": "1", "hamlet": "Dusun Uji"})
    assert response.status_code == 302
    response = village_client.post(address, {"rt": "3", "rw": "1"})
    assert response.status_code == 422
    assert "RT ini sudah tercatat" in text_of(response)
    assert village_client.post(address, {"rt": "0", "rw": "x"}).status_code == 422
    assert Neighbourhood.objects.count() == 1


def test_an_officers_home_page_leads_to_the_next_step_of_what_is_begun(
    client_of, officer, other_officer, baseline
):
    """Found through the menu it takes five taps; many are found on the page of assessments."""
    rts = [
        NeighbourhoodFactory(village=baseline.village, rt=number, rw=1) for number in range(1, 5)
    ]
    begun = AssessmentFactory(neighbourhood=rts[0], begun=True, entered_by=officer)
    whole = AssessmentFactory(neighbourhood=rts[1], entered_by=officer)
    browser = client_of(officer)
    page = browser.get("/")
    assert f"Lanjutkan penilaian {begun}" in text_of(page)
    assert f'href="/penilaian/{begun.pk}/langkah/aspek-1/"' in page.content.decode()
    assert f"Ajukan penilaian {whole}" in text_of(page)
    assert f'href="/penilaian/{whole.pk}/"' in page.content.decode()
    assert f"penilaian {begun}" not in text_of(client_of(other_officer).get("/"))
    for rt in rts[2:]:
        AssessmentFactory(neighbourhood=rt, begun=True, entered_by=officer)
    page = browser.get("/")
    assert "4 penilaian RT belum selesai" in text_of(page)
    assert "Lanjutkan penilaian" not in text_of(page)
    listed = browser.get("/penilaian/").content.decode()
    for assessment in Assessment.objects.all():
        assert f'href="/penilaian/{assessment.pk}/"' in listed


def test_bappeda_returns_verifies_and_opens_again(client_of, bappeda, officer, rt):
    assessment = AssessmentFactory(neighbourhood=rt, submitted=True, entered_by=officer)
    address = f"/penilaian/{assessment.pk}/"
    client = client_of(bappeda)
    assert client.post(f"{address}pengembalian/", {"version": 1}).status_code == 422
    client.post(f"{address}pengembalian/", {"version": 1, "reason": "Periksa KK."})
    assert "Periksa KK." in text_of(client_of(officer).get(address))
    assert "dikembalikan, perlu diperbaiki" in text_of(client_of(officer).get("/"))
    client_of(officer).post(f"{address}pengajuan/", {"version": 2})
    assert "1 penilaian RT menunggu verifikasi" in text_of(client.get("/"))
    response = client.post(f"{address}verifikasi/", {"version": 3})
    assert response["Location"] == "/penilaian/"
    assert client.post(f"{address}verifikasi/", {"version": 3}).status_code == 302
    client.post(f"{address}pembukaan/", {"version": 4, "reason": "RT lain."})
    assessment.refresh_from_db()
    assert (assessment.status, assessment.return_reason) == (Status.RETURNED, "RT lain.")


def test_each_number_stands_in_the_column_of_its_heading(client, baseline):
    assessment = verified(baseline)
    page = client.get(f"/penilaian/{assessment.pk}/").content.decode()
    cells = r'</th><td class="num">([^<]*)</td><td class="num">(\d)</td></tr>'
    shown = re.findall(cells, page[page.index("Semua kriteria") :])
    measured = assessment.result().criteria
    assert [(percent, int(score)) for percent, score in shown] == [
        (format_percent(each.percent, 2), each.score) for each in measured
    ]
    page = client.get(f"/desa/{baseline.village.code}/penilaian/?tahun=2018").content.decode()
    for label, value in (("Nilai", "24"), ("Luas (Ha)", "2,66")):
        assert f'data-label="{label}" class="num">{value}</td>' in page


def test_the_public_sees_verified_ones_without_names(client, baseline):
    shown = verified(baseline, assessor="RAHASIA", note="RAHASIA")
    draft = AssessmentFactory(neighbourhood__village=baseline.village, year=2019)
    page = text_of(client.get(f"/penilaian/{shown.pk}/"))
    assert "Kumuh ringan" in page
    for address in (f"/penilaian/{shown.pk}/", f"/penilaian/{shown.pk}/cetak/"):
        words = text_of(client.get(address))
        assert "RAHASIA" not in words
        assert "Riwayat" not in words
    assert client.get(f"/penilaian/{draft.pk}/").status_code == 404
    listed = text_of(client.get(f"/desa/{baseline.village.code}/penilaian/?tahun=2019"))
    assert draft.neighbourhood.short_name not in listed
    assert shown.neighbourhood.short_name in listed


def test_the_village_sums_the_slum_rts_with_the_last_assessment_of_each(client, baseline):
    first = verified(baseline, year=2016)
    verified(baseline, year=2016, area_ha="1.34")
    verified(baseline, year=2018, good=True, neighbourhood=first.neighbourhood)
    AssessmentFactory(neighbourhood=first.neighbourhood, year=2019, submitted=True)
    address = f"/desa/{baseline.village.code}/penilaian/"
    page = text_of(client.get(f"{address}?tahun=2016"))
    assert "Menurut penilaian (2016), 4,00 Ha Desa Balokang kumuh — 2 dari 2 RT" in page
    page = text_of(client.get(f"{address}?tahun=2019"))
    said = "Menurut penilaian terakhir (2016 dan 2018), 1,34 Ha Desa Balokang kumuh — 1 dari 2 RT"
    assert said in page
    assert "0 RT dinilai pada 2019; 2 RT memakai penilaian terakhir" in page


def test_an_rt_that_waits_for_verification_is_not_called_unassessed(
    client, village_client, officer, baseline
):
    verified(baseline, year=2018)
    AssessmentFactory(
        neighbourhood__village=baseline.village, year=2018, submitted=True, entered_by=officer
    )
    address = f"/desa/{baseline.village.code}/penilaian/?tahun=2018"
    page = text_of(village_client.get(address))
    assert "1 RT menunggu verifikasi dan belum ikut dihitung." in page
    assert "belum dinilai dan" not in page
    public = text_of(client.get(address))
    assert "menunggu verifikasi" not in public
    assert "1 RT belum mempunyai penilaian terverifikasi dan tidak ikut dihitung." in public
    NeighbourhoodFactory(village=baseline.village, rt=99, rw=9)
    assert "1 RT belum dinilai dan tidak ikut dihitung." in text_of(village_client.get(address))


def test_two_years_are_compared_rt_by_rt(client, baseline):
    before = verified(baseline, year=2016)
    verified(baseline, year=2018, neighbourhood=before.neighbourhood, good=True)
    address = f"/desa/{baseline.village.code}/penilaian/?tahun=2018&banding=2016"
    page = text_of(client.get(address))
    assert "Berkurang 2,66 Ha dari 2016 ke 2018, pada 1 RT" in page
    assert "24, Kumuh ringan 0, Tidak kumuh 2,66 100,0 %" in page
    assert "Pengelolaan persampahan 100,0 % 0,0 % −100,0 poin persen" in page
    for nonsense in ("2018", "2030", "x", "-1"):
        other = client.get(address.replace("banding=2016", f"banding={nonsense}"))
        assert other.status_code == 200


def test_only_rts_assessed_in_both_years_are_compared(client, baseline):
    """Five RTs of 2016; two of them again in 2018, one new then: hectares of the two, not of five."""
    first = [verified(baseline, year=2016) for _ in range(5)]
    for each in first[:2]:
        verified(baseline, year=2018, neighbourhood=each.neighbourhood, good=True)
    verified(baseline, year=2018)
    address = f"/desa/{baseline.village.code}/penilaian/?tahun=2018&banding=2016"
    page = text_of(client.get(address))
    assert "Berkurang 5,32 Ha dari 2016 ke 2018, pada 2 RT yang dinilai pada kedua tahun." in page
    assert "4 RT hanya dinilai pada salah satu tahun dan tidak dibandingkan." in page
    assert page.count("24, Kumuh ringan 0, Tidak kumuh") == 2


def test_a_year_between_two_assessments_is_compared_with_none(client, baseline):
    before = verified(baseline, year=2016)
    verified(baseline, year=2018, neighbourhood=before.neighbourhood, good=True)
    other = verified(baseline, year=2017)
    address = f"/desa/{baseline.village.code}/penilaian/?tahun=2017&banding=2016"
    page = text_of(client.get(address))
    assert "Tidak ada RT yang dinilai pada kedua tahun." in page
    assert "2 RT hanya dinilai pada salah satu tahun" in page
    assert "Berkurang 0,00" not in page
    assert f"{other.neighbourhood.short_name} Kumuh ringan" in page


def test_what_has_become_slum_is_called_growth(client, baseline):
    before = verified(baseline, year=2016, good=True)
    verified(baseline, year=2018, neighbourhood=before.neighbourhood)
    stays = verified(baseline, year=2016)
    address = f"/desa/{baseline.village.code}/penilaian/?tahun=2018&banding=2016"
    page = text_of(client.get(address))
    assert "Bertambah 2,66 Ha dari 2016 ke 2018, pada 1 RT" in page
    assert "Pengelolaan persampahan 0,0 % 100,0 % 100,0 poin persen" in page
    verified(baseline, year=2018, neighbourhood=stays.neighbourhood)
    assert "Bertambah 2,66 Ha dari 2016 ke 2018, pada 2 RT" in text_of(client.get(address))


def test_a_difference_of_percentages_is_that_of_the_numbers_shown(client, baseline):
    """33,35 % and 16,74 % are shown as 33,4 % and 16,7 %: 16,7 points, where 16,61 are hidden."""
    before = verified(
        baseline, year=2016, buildings=10000, fire_infrastructure=6670, fire_equipment=0
    )
    verified(
        baseline, year=2018, neighbourhood=before.neighbourhood,
        buildings=10000, fire_infrastructure=3348, fire_equipment=0,
    )  # fmt: skip
    address = f"/desa/{baseline.village.code}/penilaian/?tahun=2018&banding=2016"
    page = text_of(client.get(address))
    assert "33,4 % 16,7 % −16,7 poin persen" in page


def test_what_if_changes_nothing(client, baseline):
    assessment = verified(baseline)
    address = f"/penilaian/{assessment.pk}/andai/"
    page = text_of(client.get(f"{address}?6a=0&6b=0"))
    assert "Tidak kumuh, nilai 14" in page
    assert "6a Prasarana persampahan tidak sesuai persyaratan teknis: nilai 5 → 0" in page
    assert "Luas kumuh RT ini: 2,66 Ha → 0,00 Ha" in page
    assert "Desa Balokang 2018: 2,66 Ha → 0,00 Ha" in page
    refused = client.get(f"{address}?6a=43&7a=%00")
    assert refused.status_code in (404, 422)
    refused = client.get(f"{address}?6a=43&7a=x")
    assert refused.status_code == 422
    assert "43 KK melebihi" in text_of(refused)
    assert 'value="43"' in refused.content.decode()
    assessment.refresh_from_db()
    assert (assessment.version, assessment.total) == (1, 24)


def test_the_paper_is_the_official_form(client, baseline):
    page = text_of(client.get(f"/penilaian/{verified(baseline).pk}/cetak/"))
    for each in CURRENT.criteria:
        assert f"{each.key} {each.name}" in page
    assert "Tingkat kekumuhan: Kumuh ringan." in page
    assert "Permen PUPR 14/PRT/M/2018" in page


def test_invented_and_real_rts_never_add_up(client, client_of, officer, baseline):
    verified(baseline)
    sample = verified(baseline, neighbourhood__is_sample=True, area_ha=9)
    address = f"/desa/{baseline.village.code}/penilaian/?tahun=2018"
    assert "2,66 Ha Desa Balokang" in text_of(client.get(address))
    page = text_of(client.get(f"{address}&contoh=1"))
    assert "9,00 Ha Desa Balokang" in page
    assert "Data contoh." in page
    assert "Data contoh." in text_of(client.get(f"/penilaian/{sample.pk}/"))
    entry = text_of(client_of(officer).get("/isian/2018/"))
    assert "Menurut penilaian RT: 2,66 Ha" in entry
    assert "63,3" not in text_of(client.get("/"))


# The village's yearly figure


def test_officer_computes_the_figure_and_everybody_sees_from_what(
    client, client_of, officer, bappeda, baseline
):
    verified(baseline)
    verified(baseline, good=True, area_ha=1)
    page = client_of(officer)
    assert "Menurut penilaian RT: 2,66 Ha" in text_of(page.get("/isian/2018/"))
    response = page.post("/isian/2018/penilaian/", {"version": 0, "note": "Catatan saya."})
    assert response.status_code == 302
    figure = YearlyFigure.objects.get()
    assert (figure.area_ha, figure.note) == (Decimal("2.66"), "Catatan saya.")
    words = "Dihitung dari 2 penilaian RT, 1 di antaranya kumuh"
    assert words in text_of(page.get("/isian/2018/"))
    AssessmentFactory(neighbourhood__village=baseline.village, year=2018, submitted=True)
    NeighbourhoodFactory(village=baseline.village, rt=99, rw=9)
    waits = (
        "2 RT tidak ikut dihitung karena saat itu belum ada penilaiannya yang terverifikasi; 1 di"
    )
    assert waits in text_of(page.get("/isian/2018/"))
    figure.submit(by=officer, version=figure.version)
    review = text_of(client_of(bappeda).get(f"/verifikasi/{figure.pk}/"))
    assert words in review
    assert f"{waits} antaranya sekarang menunggu verifikasi." in review
    figure.verify(by=bappeda, version=figure.version, ticked=ALL_MARKS)
    public = text_of(client.get(f"/desa/{baseline.village.code}/"))
    assert words in public
    assert "menunggu verifikasi" not in public


def test_reviewer_sees_that_an_assessment_changed_after_the_sum(
    client_of, officer, bappeda, baseline
):
    assessment = verified(baseline)
    client_of(officer).post("/isian/2018/penilaian/", {"version": 0})
    figure = YearlyFigure.objects.get()
    figure.submit(by=officer, version=figure.version)
    assessment.reopen(by=bappeda, version=1, reason="Salah.")
    page = text_of(client_of(bappeda).get(f"/verifikasi/{figure.pk}/"))
    assert f"Sudah berubah sejak dihitung: {assessment.neighbourhood.short_name}." in page


def test_without_an_assessment_of_the_year_nothing_is_offered(client_of, officer, baseline):
    verified(baseline, year=2017)
    page = client_of(officer)
    assert "Menurut penilaian RT" not in text_of(page.get("/isian/2018/"))
    response = page.post("/isian/2018/penilaian/", {"version": 0, "note": "Tetap di sini."})
    assert response.status_code == 409
    assert "Belum ada penilaian terverifikasi" in text_of(response)
    assert "Tetap di sini." in response.content.decode()
    assert YearlyFigure.objects.count() == FigureBasis.objects.count() == 0


def test_an_older_form_does_not_compute_over_a_newer_figure(
    client_of, officer, second_officer, baseline
):
    verified(baseline)
    client_of(officer).post("/isian/2018/penilaian/", {"version": 0})
    response = client_of(second_officer).post(
        "/isian/2018/penilaian/", {"version": 0, "note": "Lain."}
    )
    assert response.status_code == 409
    assert "Lain." in response.content.decode()


# The strip


def test_strip_says_when_there_is_nothing(client, baseline):
    assert text_of(client.get("/")).count("belum ada data") == 3


def test_strip_counts_households_and_hectares(client, baseline):
    verified(baseline)
    verified(baseline, good=True, area_ha="1.34", households=58)
    for address in ("/", f"/desa/{baseline.village.code}/"):
        page = text_of(client.get(address))
        assert "Akses air minum aman 99,0 % sasaran 100 %; dari 100 KK yang dinilai" in page
        share = "66,5 % sasaran 0 %; 2,66 Ha dari 4,00 Ha luas RT yang dinilai"
        assert f"Luas kumuh RT yang dinilai {share}" in page
        assert "Akses sanitasi layak 93,0 %" in page


def test_strip_of_the_sample_period_counts_sample_rts_only(client, baseline):
    verified(baseline)
    sample = ProgrammeFactory(slug="contoh", is_sample=True)
    BaselineFactory(programme=sample)
    assert text_of(client.get("/?periode=contoh")).count("belum ada data") == 3
    verified(baseline, neighbourhood__is_sample=True, households=50)
    assert "dari 50 KK yang dinilai" in text_of(client.get("/?periode=contoh"))
    assert "dari 42 KK yang dinilai" in text_of(client.get("/"))


STRIP = "luas RT yang dinilai"


def test_strip_says_from_how_many_rts_and_which_years_it_is(client, baseline):
    verified(baseline, year=2016)
    address = f"/desa/{baseline.village.code}/"
    assert "terakhir 1 RT sampai" in text_of(client.get(address))
    assert "(dinilai 2016)" in text_of(client.get(address))
    verified(baseline, year=2019)
    for page in (text_of(client.get(address)), text_of(client.get("/"))):
        assert f"terakhir 2 RT sampai {THIS_YEAR} (dinilai 2016–2019)." in page
        assert (
            "RT tanpa penilaian terverifikasi tidak ikut dihitung, jadi luas kumuh di sini dapat "
            "berbeda" in page
        )


def test_strip_of_a_closed_period_ends_with_it(client, baseline):
    """The RT was slum in 2018, and is none since 2021."""
    before = verified(baseline, year=2018)
    verified(baseline, year=2021, neighbourhood=before.neighbourhood, good=True)
    addresses = "/", f"/desa/{baseline.village.code}/"
    for address in addresses:
        assert f"0,00 Ha dari 2,66 Ha {STRIP}" in text_of(client.get(address))
    Programme.objects.update(is_closed=True, is_current=False)
    for address in addresses:
        page = text_of(client.get(address))
        assert f"2,66 Ha dari 2,66 Ha {STRIP}" in page
        assert "terakhir 1 RT sampai 2019 (dinilai 2018)." in page


def test_strip_of_a_closed_period_goes_on_to_its_last_figure(client, baseline):
    verified(baseline, year=2021)
    Programme.objects.update(is_closed=True, is_current=False)
    assert text_of(client.get("/")).count("belum ada data") == 3
    Programme.objects.update(is_closed=False)
    YearlyFigureFactory(baseline=baseline, year=2021, verified=True)
    Programme.objects.update(is_closed=True)
    assert "sampai 2021 (dinilai 2021)." in text_of(client.get("/"))


def test_strip_of_a_period_with_a_successor_ends_with_it_too(client, baseline):
    verified(baseline, year=2018)
    facts = {"target_year": None, "target_ha": None, "declared_ha": 10}
    newer = ProgrammeFactory(slug="baru", baseline_year=2022, **facts)
    old = baseline.programme.slug
    assert "sampai 2019 (dinilai 2018)." in text_of(client.get(f"/?periode={old}"))
    assert f"sampai {THIS_YEAR} (dinilai 2018)." in text_of(client.get("/?periode=baru"))
    Programme.objects.filter(pk=newer.pk).update(is_sample=True)
    assert f"sampai {THIS_YEAR} (dinilai 2018)." in text_of(client.get(f"/?periode={old}"))


def test_an_rt_of_nearly_nothing_is_no_missing_data(client, baseline):
    verified(baseline, area_ha="0.000000000001", year=2018)
    for address in ("/", f"/desa/{baseline.village.code}/"):
        page = text_of(client.get(address))
        assert "Luas kumuh RT yang dinilai 0,00 Ha" in page
        assert "belum ada data" not in page


def test_a_period_ends_for_a_village_when_it_ends_for_its_city(client, baseline, other_baseline):
    verified(baseline, year=2018)
    old = baseline.programme
    newer = ProgrammeFactory(
        slug="baru", baseline_year=2022, target_year=None, target_ha=None, declared_ha=10
    )
    # The newer one has no baseline of this village; the older one goes on elsewhere.
    BaselineFactory(programme=newer, village=other_baseline.village)
    YearlyFigureFactory(baseline=other_baseline, year=2020, verified=True)
    for address in ("/", f"/desa/{baseline.village.code}/"):
        page = text_of(client.get(f"{address}?periode={old.slug}"))
        assert "sampai 2020 (dinilai 2018)." in page, address


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("draft", "Penilaian 2019: draf"),
        ("submitted", "Penilaian 2019: diajukan"),
        ("returned", "Penilaian 2019: dikembalikan"),
    ],
)
def test_row_says_what_counts_while_a_newer_one_is_under_way(
    client, client_of, officer, bappeda, rt, state, words
):
    AssessmentFactory(neighbourhood=rt, year=2018, verified=True)
    newer = AssessmentFactory(neighbourhood=rt, year=2019, area_ha="5.32", entered_by=officer)
    now = timezone.now()
    facts = {"status": state}
    if state != "draft":
        facts |= {"submitted_by": officer, "submitted_at": now}
    if state == "returned":
        facts |= {"returned_by": bappeda, "returned_at": now, "return_reason": "Periksa."}
    Assessment.objects.filter(pk=newer.pk).update(**facts)
    address = f"/desa/{rt.village.code}/penilaian/?tahun=2020"
    for user in (officer, bappeda):
        response = client_of(user).get(address)
        page = text_of(response)
        assert "Menurut penilaian terakhir (2018), 2,66 Ha" in page
        assert re.search(rf"Kumuh ringan \d+ 2,66 2018 {words}", page)
        assert f'href="/penilaian/{newer.pk}/"' in response.content.decode()
    assert "Penilaian 2019" not in text_of(client.get(address))


# Size

SIZES = [10, 1000]


@pytest.mark.parametrize("size", SIZES)
def test_pages_take_the_same_queries_for_any_number_of_rts(
    client, client_of, officer, bappeda, baseline, size, django_assert_num_queries
):
    village = baseline.village
    rts = Neighbourhood.objects.bulk_create(
        Neighbourhood(village=village, rt=number % 999 + 1, rw=number // 999 + 1)
        for number in range(size)
    )
    verifier = UserFactory(bappeda=True)
    now = timezone.now()
    built = AssessmentFactory.build(
        neighbourhood=rts[0], entered_by=officer, submitted_by=officer, submitted_at=now
    )
    verified_then = {"status": "verified", "verified_by": verifier, "verified_at": now}
    years = {2016: verified_then, 2018: verified_then, 2019: {"status": "submitted"}}
    Assessment.objects.bulk_create(
        copied(built, neighbourhood=rt, year=year, **state)
        for rt in rts
        for year, state in years.items()
    )
    count_rows_anew()
    addresses = {
        (None, f"/desa/{village.code}/penilaian/?tahun=2018&banding=2016"): 12,
        (officer, f"/desa/{village.code}/penilaian/?tahun=2018"): 16,
        (bappeda, "/penilaian/?tahun=2019"): 8,
        (officer, "/isian/2018/"): 12,
        (None, f"/desa/{village.code}/"): 15,
    }
    for (user, address), queries in addresses.items():
        page = client_of(user)
        with django_assert_num_queries(queries, info=address):
            assert page.get(address).status_code == 200

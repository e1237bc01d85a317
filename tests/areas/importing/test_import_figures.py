"""Bappeda brings a year's figures: preview, questions, warnings, all or nothing."""

from decimal import Decimal

import pytest

from areas.models import Entry, FigureEvent, ImportRun, Status, YearlyFigure
from tests.areas.importing.books import csv_bytes, workbook
from tests.areas.importing.steps import (
    START,
    apply,
    counts,
    look,
    outcomes,
    page_of,
    upload,
)
from tests.areas.public.pages import text_of
from tests.drawn_forms import as_drawn
from tests.factories import ALL_MARKS, BaselineFactory, DistrictFactory, YearlyFigureFactory

SAME_BASELINE = "2016 adalah tahun baseline, dan luasnya sama."
LONG = ["Desa/Kelurahan", "Tahun", "Luas (Ha)"]


@pytest.fixture
def villages(programme, baseline, other_baseline):
    """Three villages of the period: Balokang with 20 Ha, Binangun with 30, Cibeureum with 5."""
    third = BaselineFactory(programme=programme, village__name="Cibeureum", area_ha=5)
    return [baseline, other_baseline, third]


def many_villages(programme, number):
    district = DistrictFactory(code="32.79.09")
    return [BaselineFactory(programme=programme, village__district=district) for _ in range(number)]


@pytest.fixture
def client(bappeda, client_of):
    """Bappeda's browser."""
    return client_of(bappeda)


def long_table(*rows):
    return workbook([LONG, *rows])


def test_a_long_table_becomes_submitted_figures(client, programme, villages, bappeda):
    content = long_table(["Desa Balokang", 2017, 18.5], ["binangun", 2017, "28,25 Ha"])
    run = upload(client, programme, content, name="Rekap 2017.xlsx")
    assert YearlyFigure.objects.count() == 0
    assert counts(client, run) == {"baru": 2}
    response = apply(client, run)
    assert response.status_code == 302
    figure = YearlyFigure.objects.get(baseline=villages[0])
    assert (figure.status, figure.area_ha) == (Status.SUBMITTED, Decimal("18.50"))
    assert figure.submitted_by == bappeda
    event = figure.events.get()
    assert event.kind == FigureEvent.Kind.IMPORTED
    assert event.source == "Rekap 2017.xlsx, lembar Data, sel C2"
    page = text_of(client.get(page_of(run)))
    assert "Diterapkan: 2 baru, 0 berubah, 0 sama" in page
    assert "rekap 2017.xlsx" in text_of(client.get(START)).lower()


def test_who_imported_does_not_verify(client, client_of, programme, villages, second_bappeda):
    run = upload(client, programme, long_table(["Balokang", 2017, 18.5]))
    apply(client, run)
    figure = YearlyFigure.objects.get()
    address = f"/isian/{figure.pk}/verifikasi/"
    assert client.post(address, {"version": figure.version}).status_code == 409
    sent = {"version": figure.version, "ticked": ALL_MARKS}
    assert client_of(second_bappeda).post(address, sent).status_code == 302
    figure.refresh_from_db()
    assert figure.status == Status.VERIFIED


def test_the_form_of_the_preview_applies_what_it_has_shown(client, programme, villages):
    run = upload(client, programme, long_table(["Balokang", 2017, 18]))
    typed = as_drawn(look(client, run), "digest")
    response = client.post(f"/data/impor/{run.pk}/penerapan/", typed)
    assert response.status_code == 302
    assert YearlyFigure.objects.get().area_ha == 18


def test_the_same_file_twice_changes_nothing(client, programme, villages):
    content = long_table(["Balokang", 2017, 18.5], ["Binangun", 2017, 28])
    apply(client, upload(client, programme, content))
    events = FigureEvent.objects.count()
    again = upload(client, programme, content)
    assert counts(client, again) == {"sama": 2}
    assert "Tidak ada yang perlu diterapkan" in text_of(look(client, again))
    assert apply(client, again).status_code in (409, 422)
    assert FigureEvent.objects.count() == events


def test_a_second_click_finds_what_the_first_has_done(client, programme, villages):
    run = upload(client, programme, long_table(["Balokang", 2017, 18.5]))
    digest = look(client, run).context["digest"]
    address = f"{START}{run.pk}/penerapan/"
    for _ in range(2):
        response = client.post(address, {"digest": digest}, follow=True)
        assert response.status_code == 200
        assert "Diterapkan: 1 baru" in text_of(response)
    assert FigureEvent.objects.count() == 1


def test_a_wide_table_with_title_and_total(client, programme, villages):
    rows = [
        ["REKAPITULASI LUAS KUMUH"],
        [],
        ["No", "Desa", "Baseline 2016", "2017", "2018"],
        [1, 2, 3, 4, 5],
        [1, "Balokang", 20, 18, 17.5],
        [2, "Binangun", 30, 28, None],
        ["Jumlah", None, 50, 46, 17.5],
    ]
    run = upload(client, programme, workbook(rows))
    assert outcomes(client, run) == [
        ("Desa Balokang", "2016", "dilewati", SAME_BASELINE),
        ("Desa Balokang", "2017", "baru", ""),
        ("Desa Balokang", "2018", "baru", ""),
        ("Desa Binangun", "2016", "dilewati", SAME_BASELINE),
        ("Desa Binangun", "2017", "baru", ""),
    ]
    assert "1 sel angka 2018 kosong dan dilewati." in text_of(look(client, run))
    sums = {line.name: (line.summed, line.stated, line.difference)
            for line in look(client, run).context["sums"]}  # fmt: skip
    assert sums["2017"] == ("46,00\u00a0Ha", "46,00\u00a0Ha", "tidak ada")
    assert "1 desa/kelurahan periode ini tidak disebut" in text_of(look(client, run))
    apply(client, run)
    assert YearlyFigure.objects.count() == 3


def test_a_baseline_year_that_says_something_else_is_wrong(client, programme, villages):
    run = upload(client, programme, workbook([["Desa", "2016", "2017"], ["Balokang", 21, 18]]))
    assert counts(client, run) == {"salah": 1, "baru": 1}


def test_a_total_that_differs_needs_a_tick(client, programme, villages):
    content = long_table(["Balokang", 2017, 18], ["Binangun", 2017, 28], ["Jumlah", None, 47])
    run = upload(client, programme, content)
    page = text_of(look(client, run))
    assert "46,00 Ha 47,00 Ha kurang 1,00 Ha" in page
    assert apply(client, run).status_code == 422
    assert YearlyFigure.objects.count() == 0
    assert apply(client, run, is_confirmed="on").status_code == 302
    assert YearlyFigure.objects.count() == 2


def test_all_or_nothing(client, programme, villages):
    run = upload(client, programme, long_table(["Balokang", 2017, 18], ["Binangun", 2017, "x"]))
    page = text_of(look(client, run))
    assert "1 baris salah" in page
    assert "Terapkan 1 baris" not in page
    assert apply(client, run).status_code in (409, 422)
    assert YearlyFigure.objects.count() == 0


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("#REF!", "sel C2 berisi galat rumus #REF!"),
        (-1, "sel C2 berisi -1. Luas tidak boleh kurang dari 0"),
        ("1.250", "sel C2 berisi “1.250”. 1.250 bisa berarti 1,25 atau 1.250 Ha"),
        (None, "sel C2 kosong"),
        ("8,505", "dua angka di belakang koma"),
    ],
)
def test_a_wrong_cell_is_named_with_its_sheet(client, programme, villages, value, words):
    run = upload(client, programme, long_table(["Balokang", 2017, value]))
    ((_, _, outcome, sentence),) = outcomes(client, run)
    assert outcome == "salah"
    assert sentence.startswith("Lembar Data, sel C2")
    assert words in sentence


def test_a_merged_area_is_named(client, programme, villages):
    rows = [LONG, ["Balokang", 2017, 18], ["Binangun", 2017, None]]
    content = workbook(rows, dress=lambda sheet: sheet.merge_cells("C2:C3"))
    (_, (_, _, outcome, sentence)) = outcomes(client, upload(client, programme, content))
    assert outcome == "salah"
    assert "termasuk sel gabungan C2:C3" in sentence


def test_the_same_village_and_year_twice_is_wrong(client, programme, villages):
    run = upload(client, programme, long_table(["Balokang", 2017, 18], ["Desa Balokang", 2017, 17]))
    (_, (_, _, outcome, sentence)) = outcomes(client, run)
    assert outcome == "salah"
    assert "sudah disebut di sel C2" in sentence


def test_years_and_villages_outside_the_period_are_wrong(client, programme, villages):
    stranger = BaselineFactory(village__name="Neglasari").village
    run = upload(client, programme, long_table(["Balokang", 2015, 18], [stranger.name, 2017, 3]))
    sentences = [sentence for *_, sentence in outcomes(client, run)]
    assert "tahun 2015 tidak dapat diisi" in sentences[0]
    assert "tidak mempunyai baseline pada periode ini" in sentences[1]


def test_a_closed_period_takes_no_figures(client, programme, villages):
    programme.is_current, programme.is_closed = False, True
    programme.save()
    run = upload(client, programme, long_table(["Balokang", 2017, 18]))
    assert counts(client, run) == {"salah": 1}
    assert "sudah ditutup" in text_of(look(client, run))


# Warnings, as in manual entry.


def test_growth_needs_a_tick_and_a_reason(client, programme, villages):
    run = upload(client, programme, long_table(["Balokang", 2017, 25]))
    page = text_of(look(client, run))
    assert "Di atas baseline" in page
    assert apply(client, run, is_confirmed="on").status_code == 422
    assert apply(client, run, reason="Pendataan baru.").status_code == 422
    assert apply(client, run, reason="Pendataan baru.", is_confirmed="on").status_code == 302
    figure = YearlyFigure.objects.get()
    assert figure.is_confirmed
    assert figure.reason == "Pendataan baru."
    assert figure.events.get().reason == "Pendataan baru."


def test_growth_is_seen_within_the_file(client, programme, villages):
    run = upload(client, programme, long_table(["Balokang", 2017, 15], ["Balokang", 2018, 18]))
    assert "Naik dari angka sebelumnya" in text_of(look(client, run))


def test_a_row_may_bring_its_own_reason(client, programme, villages):
    rows = [[*LONG, "Alasan"], ["Balokang", 2017, 0, "Penataan selesai."]]
    run = upload(client, programme, workbook(rows))
    page = look(client, run)
    assert "Langsung menjadi 0 Ha" in text_of(page)
    assert not page.context["form"].asks_reason
    assert apply(client, run).status_code == 302
    assert YearlyFigure.objects.get().reason == "Penataan selesai."


def test_what_was_typed_stays_when_something_is_missing(client, programme, villages):
    run = upload(client, programme, long_table(["Balokang", 2017, 25]))
    response = apply(client, run, reason="Pendataan 2017 lebih lengkap.")
    assert response.status_code == 422
    page = response.content.decode()
    assert "Pendataan 2017 lebih lengkap." in page
    assert "Periksa peringatannya, lalu centang di sini." in page


# Against what is there already.


def test_drafts_and_returned_figures_are_taken_over(client, programme, villages, officer):
    draft = YearlyFigureFactory(baseline=villages[0], entered_by=officer)
    returned = YearlyFigureFactory(baseline=villages[1], returned=True, entered_by=officer)
    run = upload(client, programme, long_table(["Balokang", 2017, 18], ["Binangun", 2017, 28]))
    assert counts(client, run) == {"berubah": 2}
    assert "Balokang 2017 15,00 18,00" in text_of(look(client, run))
    assert apply(client, run).status_code == 302
    for figure, area_ha in ((draft, 18), (returned, 28)):
        figure.refresh_from_db()
        assert (figure.status, figure.area_ha) == (Status.SUBMITTED, area_ha)
        assert figure.events.get().before_ha == 15


def test_another_reason_for_the_same_area_is_a_change(client, programme, villages):
    YearlyFigureFactory(baseline=villages[0], year=2017, area_ha=14, reason="Lama.")
    heads = ["Desa", "Tahun", "Luas (Ha)", "Alasan"]
    for reason, outcome in (("Lama.", "sama"), ("Baru.", "berubah")):
        run = upload(client, programme, workbook([heads, ["Balokang", 2017, 14, reason]]))
        assert counts(client, run) == {outcome: 1}


def test_what_waits_or_is_official_is_not_overwritten(client, programme, villages):
    YearlyFigureFactory(baseline=villages[0], submitted=True)
    YearlyFigureFactory(baseline=villages[1], verified=True)
    run = upload(client, programme, long_table(["Balokang", 2017, 18], ["Binangun", 2017, 28]))
    sentences = [sentence for *_, sentence in outcomes(client, run)]
    assert "sedang menunggu verifikasi" in sentences[0]
    assert "sudah terverifikasi" in sentences[1]
    assert counts(client, run) == {"salah": 2}


def test_a_record_that_has_changed_is_looked_at_again(client, programme, villages, officer):
    figure = YearlyFigureFactory(baseline=villages[0], entered_by=officer)
    run = upload(client, programme, long_table(["Balokang", 2017, 18]))
    digest = look(client, run).context["digest"]
    figure.enter(by=officer, version=1, entry=Entry(Decimal(14)))
    response = client.post(f"{START}{run.pk}/penerapan/", {"digest": digest})
    assert response.status_code == 409
    assert "Data di situs berubah sejak pratinjau ini dibuka" in text_of(response)
    figure.refresh_from_db()
    assert figure.area_ha == 14


def test_nothing_is_applied_without_the_previews_digest(client, programme, villages):
    run = upload(client, programme, long_table(["Balokang", 2017, 18]))
    assert client.post(f"{START}{run.pk}/penerapan/").status_code == 409
    assert YearlyFigure.objects.count() == 0


# An admin takes figures over as official.


def test_admin_takes_figures_over_as_verified(admin, client_of, programme, villages):
    client = client_of(admin)
    run = upload(client, programme, long_table(["Balokang", 2017, 18]))
    mode = "?verifikasi=1"
    assert apply(client, run, mode).status_code == 422
    assert apply(client, run, mode, reason="Angka resmi dinas.").status_code == 302
    figure = YearlyFigure.objects.get()
    assert figure.status == Status.VERIFIED
    assert figure.verified_by == admin
    assert figure.entered_by.username == "berkas-impor"
    assert not figure.entered_by.is_active
    kinds = list(figure.events.order_by("pk").values_list("kind", "reason"))
    assert kinds == [("imported", ""), ("verified", "Angka resmi dinas.")]


def test_admin_corrects_verified_figures_from_a_file(admin, client_of, programme, villages):
    figure = YearlyFigureFactory(baseline=villages[0], verified=True)
    client = client_of(admin)
    run = upload(client, programme, long_table(["Balokang", 2017, 14]), name="koreksi.xlsx")
    mode = "?verifikasi=1"
    assert counts(client, run, mode) == {"berubah": 1}
    assert apply(client, run, mode, reason="Salah ukur.").status_code == 302
    figure.refresh_from_db()
    assert (figure.status, figure.area_ha) == (Status.VERIFIED, 14)
    event = figure.events.get()
    assert (event.kind, event.before_ha, event.reason) == ("corrected", 15, "Salah ukur.")
    assert event.source == "koreksi.xlsx, lembar Data, sel C2"


def test_an_admin_does_not_correct_the_own_entry_from_a_file(admin, client_of, programme, villages):
    YearlyFigureFactory(baseline=villages[0], year=2017, verified=True, entered_by=admin)
    client = client_of(admin)
    run = upload(client, programme, long_table(["Balokang", 2017, 14]))
    ((_, _, outcome, sentence),) = outcomes(client, run, "?verifikasi=1")
    assert outcome == "salah"
    assert "Anda sendiri yang mengisi angka ini; orang lain harus mengoreksinya." in sentence


def test_only_admins_have_that_mode(client, programme, villages):
    run = upload(client, programme, long_table(["Balokang", 2017, 18]))
    assert "langsung" not in text_of(look(client, run, "?verifikasi=1"))
    apply(client, run, "?verifikasi=1", reason="Saya mau.")
    assert YearlyFigure.objects.get().status == Status.SUBMITTED


# Columns by hand, questions, other people's files.


def test_a_column_is_assigned_by_hand(client, programme, villages):
    run = upload(client, programme, workbook([["Wil", "Nilai"], ["Balokang", 18]]))
    page = look(client, run)
    assert "Tetapkan kolom mana yang berisi kode atau nama" in text_of(page)
    response = client.post(
        f"{START}{run.pk}/susunan/",
        {"lembar": "Data", "baris_judul": 1, "kolom-0": "nama", "kolom-1": "2017"},
        follow=True,
    )
    assert response.status_code == 200
    assert counts(client, run) == {"baru": 1}


def test_two_columns_of_one_meaning_are_refused(client, programme, villages):
    run = upload(client, programme, workbook([["Wil", "Nilai"], ["Balokang", 18]]))
    response = client.post(
        f"{START}{run.pk}/susunan/",
        {"lembar": "Data", "baris_judul": 1, "kolom-0": "nama", "kolom-1": "nama"},
    )
    assert response.status_code == 422
    assert "Arti ini sudah dipakai untuk kolom A" in text_of(response)


def test_another_sheet_is_chosen(client, programme, villages):
    more = [("Tahun 2018", [LONG, ["Balokang", 2018, 17]])]
    content = workbook([[*LONG, "Catatan"], ["Balokang", 2017, 18, ""]], more=more)
    run = upload(client, programme, content)
    assert [row[1] for row in outcomes(client, run)] == ["2017"]
    client.post(f"{START}{run.pk}/susunan/", {"lembar": "Tahun 2018", "baris_judul": 1})
    assert [row[1] for row in outcomes(client, run)] == ["2018"]


def test_an_equal_match_is_asked_about(client, programme, villages):
    twin = BaselineFactory(
        programme=programme, village__name="Balokang", village__kind="kelurahan"
    ).village
    run = upload(client, programme, long_table(["Balokang", 2017, 18]))
    page = look(client, run)
    assert "1 pertanyaan tentang berkas ini belum dijawab" in text_of(page)
    assert counts(client, run) == {"salah": 1}
    assert apply(client, run).status_code == 409
    (question,) = page.context["questions"]
    client.post(f"{START}{run.pk}/susunan/", {question.html_name: "lain"})
    assert counts(client, run) == {"salah": 1}
    client.post(f"{START}{run.pk}/susunan/", {question.html_name: twin.code})
    assert "Jawaban Anda" in text_of(look(client, run))
    assert [row[0] for row in outcomes(client, run)] == ["Kelurahan Balokang"]
    apply(client, run)
    assert YearlyFigure.objects.get().baseline.village == twin


def test_csv_from_an_indonesian_office(client, programme, villages):
    rows = [LONG, ["Balokang", "2017", "18,50"], ["Binangun", "2017", "28,00"]]
    content = csv_bytes(rows, ";", "cp1252")
    run = upload(client, programme, content, name="rekap.csv")
    assert counts(client, run) == {"baru": 2}


def test_a_refused_file_says_why_and_keeps_the_choices(client, programme):
    from django.core.files.uploadedfile import SimpleUploadedFile

    file = SimpleUploadedFile("lama.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 100)
    data = {"kind": "baseline", "programme": programme.pk, "file": file}
    response = client.post(START, data)
    assert response.status_code == 422
    assert "Excel lama (.xls)" in text_of(response)
    assert 'value="baseline" required id="id_kind_0" checked' in response.content.decode() or (
        response.context["form"]["kind"].value() == "baseline"
    )
    assert ImportRun.objects.count() == 0


def test_another_persons_preview_is_not_there(
    client, client_of, programme, villages, second_bappeda
):
    run = upload(client, programme, long_table(["Balokang", 2017, 18]))
    other = client_of(second_bappeda)
    assert other.get(page_of(run)).status_code == 404
    assert other.get(f"{START}{run.pk}/berkas/").status_code == 404
    for step in ("pembacaan", "susunan", "penerapan", "pembatalan"):
        assert other.post(f"{START}{run.pk}/{step}/").status_code == 404, step
    run.refresh_from_db()
    assert run.state == "previewed"
    assert not YearlyFigure.objects.exists()


def test_a_cancelled_import_is_gone_with_its_file(
    client, programme, villages, django_capture_on_commit_callbacks
):
    run = upload(client, programme, long_table(["Balokang", 2017, 18]))
    storage, name = run.file.storage, run.file.name
    assert storage.exists(name)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{START}{run.pk}/pembatalan/")
    assert not storage.exists(name)
    assert "Impor ini dibatalkan" in text_of(client.get(page_of(run)))
    assert client.get(f"{START}{run.pk}/berkas/").status_code == 404
    assert client.post(f"{START}{run.pk}/penerapan/").status_code == 404 or (
        YearlyFigure.objects.count() == 0
    )


def test_the_original_file_can_be_had_back(client, programme, villages):
    content = long_table(["Balokang", 2017, 18])
    run = upload(client, programme, content)
    response = client.get(f"{START}{run.pk}/berkas/")
    assert b"".join(response.streaming_content) == content
    assert response["Content-Disposition"].startswith("attachment")


def test_a_form_sent_after_the_session_ended_comes_back(
    client, client_of, programme, villages, bappeda
):
    run = upload(client, programme, long_table(["Balokang", 2017, 25]))
    page = look(client, run)
    typed = {
        "digest": page.context["digest"],
        "reason": "Pendataan lebih lengkap.",
        "_owner": page.context["owner"],
    }
    stranger = client_of()
    response = stranger.post(f"{START}{run.pk}/penerapan/", typed)
    assert response.status_code == 302
    stranger.force_login(bappeda)
    page = stranger.get(page_of(run))
    assert "belum tersimpan" in text_of(page)
    assert "Pendataan lebih lengkap." in page.content.decode()


def test_previews_take_the_same_queries_for_any_size(
    client, programme, villages, django_assert_num_queries
):
    few = upload(client, programme, long_table(["Balokang", 2017, 18]))
    more = many_villages(programme, 200)
    rows = [[each.village.code, year, 10] for each in more for year in (2017, 2018, 2019)]
    many = upload(client, programme, workbook([["Kode", "Tahun", "Luas"], *rows]))
    for run in (few, many):
        with django_assert_num_queries(9):
            client.get(page_of(run))


def test_applying_takes_the_same_queries_for_any_size(
    client, programme, django_assert_max_num_queries
):
    more = many_villages(programme, 300)
    rows = [[each.village.code, year, 10] for each in more for year in (2017, 2018, 2019)]
    run = upload(client, programme, workbook([["Kode", "Tahun", "Luas"], *rows]))
    digest = look(client, run).context["digest"]
    with django_assert_max_num_queries(60):
        client.post(f"{START}{run.pk}/penerapan/", {"digest": digest})
    assert YearlyFigure.objects.count() == 900

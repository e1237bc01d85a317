"""Bappeda's screens, through the URL."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from areas.models import FigureEvent, Status, YearlyFigure
from kotaku.requests import kept_forms
from tests.areas.models.test_constraints import evidence_row
from tests.areas.public.pages import text_of
from tests.drawn_forms import as_drawn
from tests.factories import ALL_MARKS, PASSWORD, BaselineFactory, UserFactory, YearlyFigureFactory


@pytest.fixture
def client(bappeda, client_of):
    """The reviewer's browser."""
    return client_of(bappeda)


@pytest.fixture
def waiting(programme):
    """Three submitted figures, the oldest first."""
    figures = []
    for number, name in enumerate(("Pertama", "Kedua", "Ketiga")):
        baseline = BaselineFactory(programme=programme, village__name=name)
        figure = YearlyFigureFactory(baseline=baseline, submitted=True)
        YearlyFigure.objects.filter(pk=figure.pk).update(
            submitted_at=figure.submitted_at + timedelta(hours=number)
        )
        figure.events.create(kind="submitted", actor=figure.entered_by, at=figure.submitted_at)
        figures.append(figure)
    return figures


def test_queue_is_oldest_first_with_reasons_to_look_twice(client, waiting):
    YearlyFigure.objects.filter(pk=waiting[1].pk).update(
        area_ha=Decimal("20.01"), is_confirmed=True, reason="Meluas."
    )
    page = text_of(client.get("/verifikasi/"))
    assert "3 isian menunggu verifikasi" in page
    assert page.index("Pertama") < page.index("Kedua") < page.index("Ketiga")
    assert "Di atas baseline" in page
    assert "Tanpa bukti dukung" in page
    for figure in waiting:
        assert f"Diajukan {figure.submitted_by}, " in page


def test_reviewer_sees_old_and_new_side_by_side(client, waiting):
    YearlyFigureFactory(baseline=waiting[0].baseline, year=2018, submitted=True, area_ha=12)
    YearlyFigureFactory(baseline=waiting[1].baseline, year=2016 + 3, verified=True)
    page = text_of(client.get(f"/verifikasi/{waiting[0].pk}/"))
    assert "Baseline 2016 20,00 Ha" in page
    assert "Diajukan 2017 15,00 Ha berkurang 5,00 Ha (25,0 %)" in page


def test_verified_figure_leaves_the_queue_and_the_next_one_comes(client, waiting, bappeda):
    response = client.post(
        f"/isian/{waiting[0].pk}/verifikasi/", {"version": 1, "ticked": ALL_MARKS}
    )
    assert response["Location"] == f"/verifikasi/{waiting[1].pk}/"
    figure = YearlyFigure.objects.get(pk=waiting[0].pk)
    assert (figure.status, figure.verified_by) == (Status.VERIFIED, bappeda)
    assert "2 isian menunggu" in text_of(client.get("/verifikasi/"))
    for other in waiting[1:]:
        response = client.post(
            f"/isian/{other.pk}/verifikasi/", {"version": 1, "ticked": ALL_MARKS}
        )
    assert response["Location"] == "/verifikasi/"
    assert "Antrean kosong" in text_of(client.get("/verifikasi/"))


def test_marks_must_be_ticked_before_a_figure_is_verified(client, waiting):
    figure = waiting[0]
    grown = {"area_ha": Decimal("20.01"), "is_confirmed": True, "reason": "Permukiman baru"}
    YearlyFigure.objects.filter(pk=figure.pk).update(**grown)
    page, address = f"/verifikasi/{figure.pk}/", f"/isian/{figure.pk}/verifikasi/"
    label = "Saya sudah memeriksa tanda di atas: Di atas baseline, Tanpa bukti dukung"
    assert label in text_of(client.get(page))
    # Another mark came since the page was opened.
    for ticked in ({}, {"ticked": "NO_EVIDENCE"}, {"ticked": "on"}):
        response = client.post(address, {"version": 1, **ticked})
        assert response.status_code == 422
        assert "Periksa dahulu tanda pada angka ini, lalu centang." in text_of(response)
        assert " checked" not in response.content.decode()
        assert YearlyFigure.objects.get(pk=figure.pk).status == Status.SUBMITTED
    # Ticked on a page of another version.
    old = client.post(address, {"version": 0, "ticked": "ABOVE_BASELINE NO_EVIDENCE"})
    assert old.status_code == 409
    assert " checked" not in old.content.decode()
    assert "Perlu Anda periksa" in text_of(client.get(page))
    response = client.post(address, {"version": 1, "ticked": "ABOVE_BASELINE NO_EVIDENCE"})
    assert response.status_code == 302
    assert YearlyFigure.objects.get(pk=figure.pk).status == Status.VERIFIED
    # Nothing is left to check; the history says what was.
    shown = text_of(client.get(page))
    assert "Perlu Anda periksa" not in shown
    ticked = "Menyatakan sudah memeriksa tanda: Di atas baseline dan Tanpa bukti dukung."
    assert ticked in shown.split("Riwayat")[1]
    # Beside another figure, the queue names every mark of each.
    YearlyFigure.objects.filter(pk=waiting[1].pk).update(**grown)
    beside = text_of(client.get(f"/verifikasi/{waiting[2].pk}/")).split("Antrean: 2 isian")[1]
    assert "Di atas baseline Tanpa bukti dukung" in beside


def test_figure_without_marks_is_verified_by_one_click(client, waiting):
    evidence_row(waiting[0]).save()
    assert "Saya sudah memeriksa" not in text_of(client.get(f"/verifikasi/{waiting[0].pk}/"))
    response = client.post(f"/isian/{waiting[0].pk}/verifikasi/", {"version": 1})
    assert response["Location"] == f"/verifikasi/{waiting[1].pk}/"


def test_figure_handed_in_as_it_was_returned_is_marked(client, waiting, bappeda):
    figure = waiting[0]
    figure.return_for_correction(by=bappeda, version=1, reason="Tambahkan foto.")
    figure.submit(by=figure.entered_by, version=2, ticked="UNCHANGED")
    said = "Menyatakan bahwa luasnya memang tetap seperti yang dikembalikan."
    assert said in text_of(client.get(f"/verifikasi/{figure.pk}/"))
    for page in ("/verifikasi/", f"/verifikasi/{figure.pk}/"):
        assert text_of(client.get(page)).count("Sama seperti yang dikembalikan") >= 1
    evidence_row(figure, uploaded_at=timezone.now()).save()
    for page in ("/verifikasi/", f"/verifikasi/{figure.pk}/"):
        assert "Sama seperti yang dikembalikan" not in text_of(client.get(page))


def test_return_needs_a_reason(client, waiting):
    address = f"/isian/{waiting[0].pk}/pengembalian/"
    response = client.post(address, {"version": 1, "reason": "  "})
    assert response.status_code == 422
    assert text_of(response).count("Tulis alasan pengembalian, supaya jelas") == 2
    response = client.post(address, {"version": 1, "reason": "Foto kurang."})
    assert response["Location"] == f"/verifikasi/{waiting[1].pk}/"
    figure = YearlyFigure.objects.get(pk=waiting[0].pk)
    assert (figure.status, figure.return_reason) == (Status.RETURNED, "Foto kurang.")


def test_nobody_decides_on_their_own_entry(client, waiting, bappeda):
    YearlyFigure.objects.filter(pk=waiting[0].pk).update(entered_by=bappeda)
    page = client.get(f"/verifikasi/{waiting[0].pk}/")
    assert "Pemeriksaan harus dilakukan oleh orang lain" in text_of(page)
    assert "/verifikasi/</button>" not in page.content.decode()
    for verb in ("verifikasi", "pengembalian"):
        data = {"version": 1, "reason": "Alasan"}
        response = client.post(f"/isian/{waiting[0].pk}/{verb}/", data)
        assert response.status_code == 409
        assert "Anda sendiri yang mengisi angka ini" in text_of(response)
    assert YearlyFigure.objects.get(pk=waiting[0].pk).status == Status.SUBMITTED


def test_second_click_decides_once(client, waiting):
    for verb, figure in (("verifikasi", waiting[0]), ("pengembalian", waiting[1])):
        for _ in range(2):
            data = {"version": 1, "reason": "Foto kurang.", "ticked": ALL_MARKS}
            assert client.post(f"/isian/{figure.pk}/{verb}/", data).status_code == 302
    assert FigureEvent.objects.filter(kind__in=("verified", "returned")).count() == 2


def test_late_reviewer_is_told_who_was_faster(client, client_of, waiting, second_bappeda):
    figure = waiting[0]
    client.post(f"/isian/{figure.pk}/verifikasi/", {"version": 1, "ticked": ALL_MARKS})
    late = client_of(second_bappeda)
    data = {"version": 1, "reason": "Menurut saya kurang."}
    response = late.post(f"/isian/{figure.pk}/pengembalian/", data)
    assert response.status_code == 409
    page = text_of(response)
    assert re.search(r"Data ini baru saja diubah oleh Pemeriksa pada \d\d\.\d\d WIB", page)
    assert "Menurut saya kurang." in page
    assert YearlyFigure.objects.get(pk=figure.pk).status == Status.VERIFIED


def test_reason_comes_back_after_the_session_ended(client_of, waiting, bappeda):
    browser = client_of()
    data = {"version": 1, "reason": "Panjang sekali.", "_owner": kept_forms.owner_note(bappeda)}
    response = browser.post(f"/isian/{waiting[0].pk}/pengembalian/", data)
    assert response["Location"].endswith("&tersimpan=1")
    data = {
        "username": bappeda.username,
        "password": PASSWORD,
        "next": f"/verifikasi/{waiting[0].pk}/",
    }
    page = browser.post("/akun/masuk/", data, follow=True)
    assert "Panjang sekali." in page.content.decode()
    assert "Keputusan Anda belum tersimpan" in page.content.decode()
    assert YearlyFigure.objects.get(pk=waiting[0].pk).status == Status.SUBMITTED


def test_history_shows_every_round(client, waiting, bappeda):
    figure = waiting[0]
    for reason in ("Putaran satu", "Putaran dua"):
        figure.refresh_from_db()
        figure.return_for_correction(by=bappeda, version=figure.version, reason=reason)
        figure.submit(by=figure.entered_by, version=figure.version, ticked="UNCHANGED")
    page = text_of(client.get(f"/verifikasi/{figure.pk}/"))
    assert page.index("Putaran satu") < page.index("Putaran dua")
    assert page.count("mengajukan") >= 3


@pytest.fixture
def verified(baseline):
    figure = YearlyFigureFactory(baseline=baseline, verified=True)
    figure.events.create(kind="verified", actor=figure.verified_by, at=figure.verified_at)
    return figure


def test_a_verified_figure_is_compared_with_the_year_before_it(client, verified, baseline):
    YearlyFigureFactory(baseline=baseline, year=2018, verified=True, area_ha=12)
    page = text_of(client.get(f"/verifikasi/{verified.pk}/"))
    assert "Baseline 2016 20,00 Ha" in page
    assert "berkurang 5,00 Ha (25,0 %)" in page


def test_a_figure_is_compared_with_the_last_verified_one(client, verified, baseline):
    YearlyFigureFactory(baseline=baseline, year=2018, submitted=True, area_ha=10)
    newest = YearlyFigureFactory(baseline=baseline, year=2019, submitted=True, area_ha=12)
    page = text_of(client.get(f"/verifikasi/{newest.pk}/"))
    assert "berkurang 3,00 Ha (20,0 %)" in page


def correction(**changes):
    return {"version": 1, "area_ha": "12,5", "reason": "Salah ketik.", "asked_ha": "", **changes}


def test_correction_changes_the_total_and_keeps_the_old_value(client, verified):
    address = f"/isian/{verified.pk}/koreksi/"
    response = client.post(address, correction(), follow=True)
    page = text_of(response)
    assert "15,00 Ha → 12,50 Ha" in page
    assert "Salah ketik." in page
    assert "tinggal 12,50 Ha" in text_of(client.get("/"))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"reason": ""}, "Tulis alasan koreksi."),
        ({"area_ha": ""}, "Tulis luas dalam hektare, misalnya 12,50."),
        ({"area_ha": "15"}, "Luasnya sama dengan yang sudah tercatat"),
        ({"area_ha": "1.250"}, "1.250 bisa berarti 1,25 atau 1.250 Ha."),
        ({"area_ha": "21"}, "21,00 Ha lebih besar daripada baseline 20,00 Ha."),
    ],
)
def test_bad_correction_reads_why_and_keeps_what_was_typed(client, verified, changes, sentence):
    response = client.post(f"/isian/{verified.pk}/koreksi/", correction(**changes))
    assert response.status_code == 422
    assert sentence in text_of(response)
    assert YearlyFigure.objects.get().area_ha == 15


def test_growing_correction_passes_with_the_tick(client, verified):
    address = f"/isian/{verified.pk}/koreksi/"
    asked = as_drawn(client.post(address, correction(area_ha="21")), "asked_ha")
    assert client.post(address, {**asked, "is_confirmed": "on"}).status_code == 302
    assert YearlyFigure.objects.get().area_ha == 21


def test_stale_correction_is_refused_and_kept(client, client_of, verified, second_bappeda):
    client_of(second_bappeda).post(f"/isian/{verified.pk}/koreksi/", correction(area_ha="11"))
    response = client.post(f"/isian/{verified.pk}/koreksi/", correction(area_ha="13"))
    assert response.status_code == 409
    assert "Data ini baru saja diubah oleh" in text_of(response)
    assert 'value="13"' in response.content.decode()
    assert YearlyFigure.objects.get().area_ha == 11


def test_corrector_who_entered_it_is_refused(client_of, baseline):
    both = UserFactory(bappeda=True)
    figure = YearlyFigureFactory(baseline=baseline, verified=True, entered_by=both)
    response = client_of(both).post(f"/isian/{figure.pk}/koreksi/", correction())
    assert response.status_code == 409
    assert "Anda sendiri yang mengisi angka ini" in text_of(response)


def test_unverified_figures_cannot_be_corrected(client, waiting):
    assert client.get(f"/isian/{waiting[0].pk}/koreksi/").status_code == 404


def test_grid_counts_what_is_verified(client, waiting, verified):
    page = text_of(client.get("/verifikasi/"))
    # The newest year comes first, so that a phone shows it.
    totals = re.search(r"Terverifikasi((?: \d/4)+)", page)[1].split()
    assert (totals[0], totals[-1]) == ("0/4", "1/4")
    assert "Belum diisi" in page
    # Years without any entry take no room before those with figures.
    (years,) = re.findall(r"Desa/kelurahan((?: \d{4})+) Desa", page)
    assert years.split()[1:] == ["2017"]
    due = f"kecuali {years.split()[0]} yang berikutnya harus diajukan."
    assert f"Tahun tanpa isian satu pun tidak ditampilkan, {due}" in page


@pytest.mark.parametrize("count", [2, 24])
def test_queue_takes_the_same_queries_for_any_number(
    client, programme, count, django_assert_num_queries
):
    for number in range(count):
        baseline = BaselineFactory(programme=programme)
        YearlyFigureFactory(baseline=baseline, submitted=True, year=2017 + number % 2)
    client.get("/verifikasi/")
    with django_assert_num_queries(14):
        client.get("/verifikasi/")

"""A village withdraws what it has submitted; the reviewer's older page is then outdated."""

from django.core import mail

from areas.models import Assessment, Status, YearlyFigure
from tests.areas.public.pages import text_of
from tests.factories import ALL_MARKS, AssessmentFactory, NeighbourhoodFactory, YearlyFigureFactory


def submitted(baseline, officer, **values):
    figure = YearlyFigureFactory(
        baseline=baseline, submitted=True, entered_by=officer, note="Jalan beton", **values
    )
    figure.events.create(kind="submitted", actor=officer, at=figure.submitted_at)
    return figure


def test_officer_withdraws_a_figure_until_it_is_decided(
    client_of, officer, bappeda, baseline, django_capture_on_commit_callbacks
):
    bappeda.email = "bappeda@contoh.id"
    bappeda.save()
    figure = submitted(baseline, officer)
    browser, reviewer = client_of(officer), client_of(bappeda)
    page = browser.get(f"/isian/{figure.year}/")
    assert "Tarik kembali" in text_of(page)
    address = f"/isian/{figure.pk}/penarikan/"
    assert f'action="{address}"' in page.content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        response = browser.post(address, {"version": 1}, follow=True)
    assert "ditarik kembali menjadi draf" in text_of(response)
    assert "Ajukan untuk verifikasi" in text_of(response)
    figure = YearlyFigure.objects.get(pk=figure.pk)
    assert (figure.status, figure.note, figure.submitted_by) == (Status.DRAFT, "Jalan beton", None)
    assert [event.kind for event in figure.events.all()] == ["submitted", "withdrawn"]
    assert not mail.outbox
    assert "Antrean kosong" in text_of(reviewer.get("/verifikasi/"))
    # A second click ends where the first one did.
    assert browser.post(address, {"version": 1}).status_code == 302
    assert figure.events.count() == 2

    form = {"version": 1, "reason": "Foto kurang <jelas>."}
    response = reviewer.post(f"/isian/{figure.pk}/pengembalian/", form)
    assert response.status_code == 409
    assert f"Data ini baru saja diubah oleh {officer}" in text_of(response)
    assert "Foto kurang <jelas>." in text_of(response)
    assert (
        reviewer.post(
            f"/isian/{figure.pk}/verifikasi/", {"version": 1, "ticked": ALL_MARKS}
        ).status_code
        == 409
    )
    assert "ditarik kembali" in text_of(reviewer.get(f"/verifikasi/{figure.pk}/"))
    assert YearlyFigure.objects.get(pk=figure.pk).status == Status.DRAFT


def test_officer_who_is_too_late_is_told_who_decided(client_of, officer, bappeda, baseline):
    figure = submitted(baseline, officer)
    figure.verify(by=bappeda, version=1, ticked=ALL_MARKS)
    response = client_of(officer).post(f"/isian/{figure.pk}/penarikan/", {"version": 1})
    assert response.status_code == 409
    assert f"Data ini baru saja diubah oleh {bappeda}" in text_of(response)
    assert "Terverifikasi" in text_of(response)


def test_a_closed_period_takes_nothing_back(client_of, officer, baseline):
    figure = submitted(baseline, officer)
    baseline.programme.is_current, baseline.programme.is_closed = False, True
    baseline.programme.save()
    browser = client_of(officer)
    page = text_of(browser.get(f"/isian/{figure.year}/"))
    assert "Sudah diajukan" in page
    assert "Tarik kembali" not in page
    response = browser.post(f"/isian/{figure.pk}/penarikan/", {"version": 1})
    assert response.status_code == 409
    assert YearlyFigure.objects.get(pk=figure.pk).status == Status.SUBMITTED


def test_officer_withdraws_an_assessment(client_of, officer, bappeda, baseline):
    rt = NeighbourhoodFactory(village=baseline.village, rt=3, rw=1)
    assessment = AssessmentFactory(neighbourhood=rt, submitted=True, entered_by=officer)
    address = f"/penilaian/{assessment.pk}/"
    browser, reviewer = client_of(officer), client_of(bappeda)
    assert "Tarik kembali" in text_of(browser.get(address))
    assert "Tarik kembali" not in text_of(reviewer.get(address))
    assert browser.post(f"{address}penarikan/", {"version": 1}).status_code == 302
    stored = Assessment.objects.get(pk=assessment.pk)
    assert (stored.status, stored.total) == (Status.DRAFT, assessment.total)
    assert "Ajukan untuk verifikasi" in text_of(browser.get(address))
    response = reviewer.post(f"{address}pengembalian/", {"version": 1, "reason": "Keliru."})
    assert response.status_code == 409
    assert "Data ini baru saja diubah oleh" in text_of(response)
    assert "Keliru." in text_of(response)

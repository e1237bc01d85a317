"""Mail about a figure goes to the people whom it concerns, and to no other account."""

import pytest

from areas.figures.mail import announce
from areas.models import Entry, YearlyFigure
from tests.factories import ALL_MARKS, UserFactory, city, province


@pytest.fixture
def people(
    officer, second_officer, other_officer, bappeda, second_bappeda, viewer, admin, baseline
):
    """Everybody of the cast and those who are near it, each with an address."""
    away = city("32.78", "Tasikmalaya")
    left_village = UserFactory(officer=True, username="pindah")
    near = [
        UserFactory(bappeda=True, username="provinsi", region=province()),
        UserFactory(bappeda=True, username="jauh", region=away),
        UserFactory(bappeda=True, username="pensiun", is_active=False),
        UserFactory(officer=True, username="berhenti", is_active=False),
        left_village,
    ]
    baseline.village.officers.add(near[3])
    cast = [officer, second_officer, other_officer, bappeda, second_bappeda, viewer, admin]
    for user in [*cast, *near]:
        user.email = f"{user.username}@contoh.id"
        user.save()
    UserFactory(bappeda=True, username="tanpa-email")
    return {user.username: user for user in [*cast, *near]}


@pytest.fixture
def mailed(mailoutbox, django_capture_on_commit_callbacks):
    """Do something and return the user names that got mail, each as often as it got some."""

    def run(post):
        with django_capture_on_commit_callbacks(execute=True):
            response = post()
        assert response is None or response.status_code == 302
        assert all(len(mail.to) == 1 and not mail.cc and not mail.bcc for mail in mailoutbox)
        return sorted(mail.to[0].split("@")[0] for mail in mailoutbox)

    return run


def entered(baseline, by):
    figure = YearlyFigure(baseline=baseline, year=2017, version=0)
    figure.enter(by=by, version=0, entry=Entry(15))
    return figure


REVIEWERS = ["pemeriksa", "pemeriksa2", "pengelola", "provinsi"]


@pytest.mark.parametrize(
    ("enterer", "submitter", "told"),
    [
        ("petugas", "operator", REVIEWERS),
        # Who entered or submitted it may not verify it, so the mail is not for them.
        ("pemeriksa", "petugas", ["pemeriksa2", "pengelola", "provinsi"]),
        ("petugas", "pemeriksa2", ["pemeriksa", "pengelola", "provinsi"]),
        ("pemeriksa", "pemeriksa2", ["pengelola", "provinsi"]),
    ],
)
def test_a_submission_tells_those_who_may_verify_it(
    people, baseline, client_of, mailed, mailoutbox, enterer, submitter, told
):
    figure, by = entered(baseline, people[enterer]), people[submitter]
    page = f"/isian/2017/pengajuan/?desa={baseline.village.code}"

    def submit():
        if by.is_village_officer:
            typed = {"area_ha": "15", "version": figure.version}
            return client_of(by).post(page, typed)
        # Bappeda has no such page: its entries come from spreadsheets.
        figure.submit(by=by, version=figure.version)
        return announce(YearlyFigure.objects.get(), "submit")

    assert mailed(submit) == told
    assert all(f"{by} mengajukan sisa luas kumuh" in mail.body for mail in mailoutbox)


@pytest.mark.parametrize(
    ("step", "more"),
    [("pengembalian", {"reason": "Foto kurang."}), ("verifikasi", {"ticked": ALL_MARKS})],
)
@pytest.mark.parametrize(
    ("enterer", "submitter", "told"),
    [
        ("petugas", "operator", ["operator", "petugas"]),
        # Both had a part in it, though neither is an officer of the village any more.
        ("pindah", "pemeriksa2", ["operator", "pemeriksa2", "petugas", "pindah"]),
    ],
)
def test_a_decision_tells_the_village_and_not_who_decided(
    people, baseline, client_of, mailed, step, more, enterer, submitter, told
):
    figure = entered(baseline, people[enterer])
    figure.submit(by=people[submitter], version=1)
    client, page = client_of(people["pemeriksa"]), f"/isian/{figure.pk}/{step}/"
    assert mailed(lambda: client.post(page, {"version": 2, **more})) == told

"""The plan on the village's page and in the charts, for who is signed in."""

import uuid
from decimal import Decimal

import pytest
from django.utils import timezone

from areas.models import Activity, Assessment, Funding, Improvement, Neighbourhood
from tests.areas.public.pages import text_of
from tests.factories import (
    ActivityFactory,
    AssessmentFactory,
    CommunityBoardFactory,
    ImprovementFactory,
    UserFactory,
    YearlyFigureFactory,
    copied,
    count_rows_anew,
)

NEXT_YEAR = timezone.localdate().year + 1


@pytest.fixture
def village(baseline):
    """Balokang, 15 Ha left in 2017, with a verified RT of 2,66 Ha that next year's plan heals."""
    YearlyFigureFactory(baseline=baseline, verified=True)
    assessed = AssessmentFactory(neighbourhood__village=baseline.village, verified=True)
    activity = ActivityFactory(
        village=baseline.village, description="Tempat sampah", year=NEXT_YEAR, money=5
    )
    for key in ("6a", "6b"):
        ImprovementFactory(
            activity=activity,
            neighbourhood=assessed.neighbourhood,
            criterion=key,
            volume=Decimal(42),
        )
    return baseline.village


def test_village_page_shows_class_and_hectares_if_the_plan_is_carried_out(
    client_of, viewer, village
):
    page = text_of(client_of(viewer).get(f"/desa/{village.code}/"))
    assert (
        "Bila rencana terlaksana, 1 RT tidak kumuh lagi: luas kumuh 15,00 Ha pada akhir 2017 → "
        f"12,34 Ha pada akhir {NEXT_YEAR}." in page
    )
    assert "Kumuh ringan, nilai 24 (2018) → Tidak kumuh, nilai 14" in page
    assert "Tempat sampah" in page


def test_public_sees_nothing_of_the_plan(client, village):
    page = text_of(client.get(f"/desa/{village.code}/?rencana=1"))
    for words in ("Rencana kerja", "Tempat sampah", "Bila rencana terlaksana", "BKM"):
        assert words not in page
    assert "Bila rencana" not in text_of(client.get("/?rencana=1"))


def test_plan_that_heals_no_rt_says_so(client_of, viewer, baseline):
    assessed = AssessmentFactory(neighbourhood__village=baseline.village, verified=True)
    activity = ActivityFactory(village=baseline.village)
    ImprovementFactory(activity=activity, neighbourhood=assessed.neighbourhood, volume=Decimal(1))
    page = text_of(client_of(viewer).get(f"/desa/{baseline.village.code}/"))
    assert "belum ada RT yang tidak kumuh lagi" in page


@pytest.mark.parametrize("address", ["/?rencana=1", "/desa/{code}/?rencana=1"])
def test_charts_draw_the_plan_dotted_when_asked(client_of, viewer, village, address):
    client = client_of(viewer)
    response = client.get(address.format(code=village.code))
    content, page = response.content.decode(), text_of(response)
    assert content.count('class="chart-plan"') == 2  # wide and narrow
    said = f"12,34 Ha pada akhir {NEXT_YEAR}, dihitung dari 15,00 Ha pada akhir 2017."
    assert f"Bila rencana terlaksana: {said}" in page
    assert "bila rencana terlaksana" in page[page.index("Tabel data") :]
    plain = client.get(address.partition("?")[0].format(code=village.code)).content.decode()
    assert "chart-plan" not in plain
    assert "Tampilkan bila rencana terlaksana" in plain


def test_where_nothing_is_planned_the_chart_has_no_such_line(client_of, viewer, baseline):
    response = client_of(viewer).get(f"/desa/{baseline.village.code}/?rencana=1")
    assert "chart-plan" not in response.content.decode()
    assert "Rencana kerja yang tercatat belum mengurangi luas kumuh." in text_of(response)


def test_empty_plan_says_who_makes_it_appear_and_who_may_add(client_of, viewer, officer, baseline):
    address = f"/desa/{baseline.village.code}/"
    assert "Belum ada kegiatan" in text_of(client_of(viewer).get(address))
    assert "Tambah kegiatan" not in text_of(client_of(viewer).get(address))
    assert "Tambah kegiatan" in text_of(client_of(officer).get(address))


def test_another_villages_officer_may_not_add(client_of, other_officer, baseline):
    page = text_of(client_of(other_officer).get(f"/desa/{baseline.village.code}/"))
    assert "Tambah kegiatan" not in page


@pytest.mark.parametrize("size", [10, 1000])
def test_pages_take_the_same_queries_for_any_number_of_rts(
    client_of, officer, viewer, baseline, size, django_assert_num_queries
):
    village, now, verifier = baseline.village, timezone.now(), UserFactory(bappeda=True)
    YearlyFigureFactory(baseline=baseline, verified=True)
    rts = Neighbourhood.objects.bulk_create(
        Neighbourhood(village=village, rt=number % 999 + 1, rw=number // 999 + 1)
        for number in range(size)
    )
    # One of each is built, the others are copies: a factory takes its time.
    assessed = AssessmentFactory.build(
        neighbourhood=rts[0],
        entered_by=officer,
        status="verified",
        submitted_by=officer,
        submitted_at=now,
        verified_by=verifier,
        verified_at=now,
    )
    Assessment.objects.bulk_create(copied(assessed, neighbourhood=rt) for rt in rts)
    planned = ActivityFactory.build(village=village, changed_by=verifier)
    activities = Activity.objects.bulk_create(copied(planned, uid=uuid.uuid4()) for _ in rts)
    Funding.objects.bulk_create(
        Funding(activity=each, source="csr", planned_idr=1) for each in activities
    )
    Improvement.objects.bulk_create(
        Improvement(activity=activity, neighbourhood=rt, criterion=key, volume=42)
        for activity, rt in zip(activities, rts, strict=True)
        for key in ("6a", "6b")
    )
    CommunityBoardFactory(village=village)
    count_rows_anew()
    client = client_of(viewer)
    for address, queries in {
        "/rencana/": 10,
        f"/desa/{village.code}/?rencana=1": 31,
        # The invitations that await an answer are one.
        "/?rencana=1": 23,
        # The questions about it are one.
        f"/rencana/{activities[0].pk}/": 14,
        f"/desa/{village.code}/bkm/": 9,
    }.items():
        with django_assert_num_queries(queries, info=address):
            assert client.get(address).status_code == 200
    page = client.get(f"/desa/{village.code}/")
    assert len(page.content) < 60 * 1024 * 3  # before compression; twenty lines of each list

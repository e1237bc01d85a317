"""Lives a history: brings it into the record by the verbs that people use."""

import uuid
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import ROUND_DOWN, Decimal

from django.utils import timezone

from areas.assessments.village_totals import village_year
from areas.models import (
    Assessment,
    Baseline,
    District,
    Neighbourhood,
    Programme,
    Question,
    Village,
    YearlyFigure,
    YearTarget,
    compute_figure,
)
from areas.models.entry import Entry
from kotaku.models import Region
from kotaku.workflow import TransitionNotAllowed
from meetings.models import Meeting
from tests import factories
from tests.factories import ALL_MARKS
from tests.oracle.histories import CITIES, DISTRICTS, VILLAGES
from tests.oracle.scores import CRITERIA


@dataclass
class World:
    """The people, and what the history made, by its own names."""

    nation: Region
    provinces: list
    cities: list = field(default_factory=list)
    officer: object = None
    bappeda: object = None
    admin: object = None


def live(history) -> World:
    """Return the world after this history."""
    nation = Region.objects.create(code="ID", name="Indonesia", kind="nation")
    provinces = {code: factories.province(code, name) for _, _, code, name in CITIES}
    world = World(nation, list(provinces.values()))
    world.officer = factories.UserFactory(officer=True, full_name="Petugas", region=None)
    world.bappeda = factories.UserFactory(bappeda=True, full_name="Pemeriksa", region=nation)
    world.admin = factories.UserFactory(admin=True, full_name="Pengelola")
    for city in history.cities:
        _live_city(world, city, history.is_sample)
    _live_gathering(world, history.gathering)
    return world


def make_busy(world, number: int):
    """Let both sides ask, answer and close, and hand in the minutes of the meeting.

    How many of each differs with `number`, so that some have more than are named one by one.
    """
    meeting = Meeting.objects.get()
    colleague = factories.UserFactory(bappeda=True, region=world.nation)
    if number % 3:
        taker = colleague if number % 3 == 1 else world.bappeda
        meeting.minutes.submit(by=taker, version=meeting.minutes.version)
    figures = YearlyFigure.objects.exclude(status="draft").order_by("pk")
    assessments = Assessment.objects.exclude(status="draft").order_by("pk")
    records = [(each, each.baseline.village) for each in figures]
    records += [(each, each.neighbourhood.village) for each in assessments]
    for place, (about, village) in enumerate(records[::-1][: 3 * number + 4]):
        asks, answers = world.officer, world.bappeda
        if (place + number) % 2:
            asks, answers = (colleague if place % 5 == 4 else answers), asks
        words = {"text": "Mengapa?", "uid": uuid.uuid4()}
        question = Question.ask(about, village=village, by=asks, **words)
        if place % 4 > 1:
            question.reply(by=answers, version=question.version, text="Karena banjir.")
        if place % 8 == 7:
            question.close(by=asks, version=question.version)


def _live_gathering(world, gathering):
    meeting = factories.MeetingFactory(
        done=True, region=world.cities[0], title="Rakor uji", changed_by=world.bappeda
    )
    for letter, (sex, is_present) in zip("abcdef", gathering.participants, strict=False):
        factories.ParticipantFactory(
            meeting=meeting, name=f"Peserta {letter}", sex=sex, is_present=is_present
        )
    factories.ArticleFactory(
        meeting=meeting,
        published=True,
        title="Laporan rakor",
        slug="laporan-rakor",
        body="Luas kumuh tinggal 1.250,50 Ha dari 1.300,00 Ha: 3,8 %. Biayanya Rp 12.500.000.",
    )
    decision = factories.DecisionFactory(
        meeting=meeting, agenda_item=None, text="Keputusan", author=world.bappeda
    )
    village = Village.objects.filter(district__region=world.cities[0]).order_by("code").first()
    for state, late, is_of_village in gathering.tasks:
        done = {"completed_by": world.officer, "completed_at": timezone.now()}
        factories.FollowUpFactory(
            decision=decision,
            what="Tugas",
            organisation="" if is_of_village else "DCKTLH",
            village=village if is_of_village else None,
            state=state,
            due_on=timezone.localdate() - timedelta(days=late),
            **(done if state == "done" else {}),
        )


def _live_city(world, city, is_sample):
    region = factories.city(city.code, city.name)
    world.cities.append(region)
    districts = [
        District.objects.create(code=f"{city.code}.0{n}", name=f"{name} {city.name}", region=region)
        for n, name in enumerate(DISTRICTS, 1)
    ]
    villages = []
    for number, where in enumerate(city.villages):
        village = Village.objects.create(
            code=f"{districts[where].code}.{2001 + number}",
            name=f"{VILLAGES[number]} {city.name}",
            kind=("desa", "kelurahan")[number % 2],
            district=districts[where],
            latitude=Decimal("-7.37") - Decimal(number) / 50,
            longitude=Decimal("108.54") + Decimal(number) / 40,
        )
        village.officers.add(world.officer)
        villages.append(village)
    for period in city.periods:
        _live_period(world, region, villages, period, is_sample)
    neighbourhoods = [_live_rt(world, villages[rt.village], rt, is_sample) for rt in city.rts]
    for work in city.works:
        _live_work(world, villages[work.village], work, neighbourhoods, is_sample)
    for period in city.periods:
        for village in period.computed:
            _live_computed(world, period, villages[village], is_sample)
    # Every second period shows its order to the public.
    shown = [period.name for period in city.periods[1::2]]
    Programme.objects.filter(slug__in=shown).update(shows_ranks=True)
    for period in city.periods:
        if period.is_closed:
            Programme.objects.filter(slug=period.name).update(is_closed=True, is_current=False)
    for village, budgets in zip(villages, city.support, strict=False):
        board = factories.CommunityBoardFactory(
            village=village, name="BKM Maju", changed_by=world.officer
        )
        for year, budget in budgets.items():
            factories.VillageSupportFactory(
                board=board, year=year, budget_idr=budget, changed_by=world.officer
            )


def _live_computed(world, period, village, is_sample):
    """Hand in the figure of a year that the village's assessments offer, where there is none yet."""
    baseline = Baseline.objects.select_related("programme").get(
        programme__slug=period.name, village=village
    )
    taken = set(baseline.figures.values_list("year", flat=True))
    for year in range(period.first + 1, timezone.localdate().year + 1):
        offered = village_year(village, year, sample=is_sample).offered
        if offered and year not in taken:
            figure = YearlyFigure(baseline=baseline, year=year)
            words = {"note": "", "reason": "Menurut penilaian."}
            compute_figure(figure, by=world.officer, version=0, assessments=offered, **words)
            with suppress(TransitionNotAllowed):  # growth asks for a tick that nobody gave
                figure.submit(by=world.officer, version=figure.version)
            return


def _live_rt(world, village, rt, is_sample):
    place = Neighbourhood.objects.create(
        village=village, rt=rt.number, rw="001", is_sample=is_sample
    )
    for each in rt.assessments:
        _live_assessment(world, place, each)
    return place


def _live_assessment(world, place, fate):
    buildings, people, households, road, drainage = fate.counts
    values = {
        "area_ha": fate.area_ha,
        "buildings": buildings,
        "people": people,
        "households": households,
        "ideal_road_m": Decimal(road) * 4,
        "ideal_drainage_m": Decimal(drainage) * 3,
        "assessor": "Penilai",
    }
    places = {"unit": Decimal(1), "KK": Decimal(1), "Ha": Decimal("1e-12"), "m": Decimal("0.01")}
    for (_, column, base, unit), share in zip(CRITERIA, fate.shares, strict=True):
        volume = Decimal(values[base]) * share / 100
        values[column] = volume.quantize(places[unit], ROUND_DOWN)
    assessment = Assessment(neighbourhood=place, year=fate.year)
    assessment.fill(by=world.officer, version=0, step="uji", values=values)
    if fate.fate == "draft":
        return
    assessment.submit(by=world.officer, version=assessment.version)
    if fate.fate == "withdrawn":
        assessment.act("withdraw", by=world.officer, version=assessment.version)
    if fate.fate in ("submitted", "withdrawn"):
        return
    if fate.fate == "returned":
        assessment.return_for_correction(
            by=world.bappeda, version=assessment.version, reason="Periksa lagi."
        )
        return
    assessment.verify(by=world.bappeda, version=assessment.version)
    if fate.fate in ("reopened", "verified again"):
        assessment.reopen(by=world.bappeda, version=assessment.version, reason="Salah hitung.")
    if fate.fate == "verified again":
        again = {"road_damaged_m": Decimal(0), "sewage_system": Decimal(0)}
        assessment.fill(by=world.officer, version=assessment.version, step="uji", values=again)
        assessment.submit(by=world.officer, version=assessment.version)
        assessment.verify(by=world.bappeda, version=assessment.version)


def _live_work(world, village, work, neighbourhoods, is_sample):
    activity = factories.ActivityFactory(
        village=village,
        aspect=work.aspect,
        description="Jalan lingkungan",
        year=work.year,
        volume=work.volume,
        unit="m",
        status=work.status,
        physical_percent=work.physical,
        is_sample=is_sample,
        changed_by=world.bappeda,
    )
    for source, planned, realised in work.costs:
        factories.FundingFactory(
            activity=activity, source=source, planned_idr=planned, realised_idr=realised
        )
    for rt, criterion, hundredths in work.improves:
        factories.ImprovementFactory(
            activity=activity,
            neighbourhood=neighbourhoods[rt],
            criterion=CRITERIA[criterion][0],
            volume=Decimal(hundredths).scaleb(-2),
        )


def _live_period(world, region, villages, period, is_sample):
    programme = Programme.objects.create(
        region=region,
        name=f"Periode {period.name}",
        slug=period.name,
        decree_number=period.decree,
        baseline_year=period.first,
        target_year=period.target_year,
        target_ha=period.target_ha,
        declared_ha=period.declared_ha,
        is_current=period.is_current,
        is_sample=is_sample,
        source="Sumber uji.",
    )
    for year, area_ha in period.stated.items():
        YearTarget.objects.create(programme=programme, year=year, area_ha=area_ha)
    for late in (False, True):
        chosen = [each for each in period.baselines if (each in period.late) == late]
        for each in chosen:
            baseline = Baseline(
                programme=programme,
                village=villages[each],
                area_ha=period.baselines[each],
                is_inferred=each in period.inferred,
            )
            baseline.set_up(by=world.admin)
        for figure in period.figures:
            if figure.village in chosen:
                _live_figure(world, programme, villages[figure.village], figure)
    for village, area_ha in period.corrected.items():
        baseline = Baseline.objects.get(programme=programme, village=villages[village])
        if baseline.area_ha != area_ha:
            baseline.change(by=world.admin, area_ha=area_ha, reason="Salah ketik.")


def _live_figure(world, programme, village, fate):
    baseline = Baseline.objects.select_related("programme").get(
        programme=programme, village=village
    )
    figure = YearlyFigure(baseline=baseline, year=fate.year, as_of=fate.as_of)
    entered = fate.first_ha if fate.fate == "corrected" else fate.area_ha
    figure.enter(
        by=world.officer, version=0, entry=Entry(entered, is_confirmed=True, reason="Diukur ulang.")
    )
    if fate.fate == "draft":
        return
    figure.submit(by=world.officer, version=figure.version)
    if fate.fate == "withdrawn":
        figure.act("withdraw", by=world.officer, version=figure.version)
    if fate.fate == "returned":
        figure.return_for_correction(
            by=world.bappeda, version=figure.version, reason="Foto kurang jelas."
        )
    if fate.fate in ("verified", "corrected"):
        figure.verify(by=world.bappeda, version=figure.version, ticked=ALL_MARKS)
    if fate.fate == "corrected" and fate.first_ha != fate.area_ha:
        figure.correct(
            by=world.bappeda,
            version=figure.version,
            area_ha=fate.area_ha,
            reason="Salah ketik.",
        )

"""What `verify_record` asks of slum areas: histories, and the summary against the figures."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from areas.models import (
    Activity,
    ActivityEvent,
    ActivityStatus,
    Assessment,
    AssessmentEvent,
    Baseline,
    BaselineEvent,
    FigureEvent,
    Programme,
    ProgrammeYear,
    Question,
    QuestionEvent,
    QuestionState,
    Status,
    YearlyFigure,
)
from kotaku.formats import format_hectares
from kotaku.verification import histories
from kotaku.verification.checks import Check, named, sentence
from kotaku.verification.histories import History

SUMMARY_ADVICE = "Jalankan manage.py rebuild_summary, lalu periksa lagi."


def record_histories() -> list[History]:
    """Return where the histories of figures, assessments and questions are."""
    return [
        History(
            YearlyFigure,
            FigureEvent,
            "figure",
            lambda row: [Status.DRAFT],
            numbers=(("area_ha", "after_ha"),),
        ),
        History(
            Assessment,
            AssessmentEvent,
            "assessment",
            lambda row: [Status.DRAFT],
            numbers=(("total", "after_total"),),
        ),
        History(Question, QuestionEvent, "question", lambda row: [QuestionState.OPEN]),
    ]


def record_checks() -> list[Check]:
    """Return the checks of what no table of transitions describes."""
    return [
        Check("Riwayat baseline", histories.ADVICE, unlike_their_history),
        Check("Riwayat kegiatan", histories.ADVICE, activities_unlike_their_history),
        Check("Ringkasan", SUMMARY_ADVICE, summary_unlike_the_figures),
    ]


def unlike_their_history() -> Iterator[str]:
    """Yield a sentence for each baseline that is not what its last event says."""
    events = BaselineEvent.objects.order_by("pk")
    last = {}
    for programme, village, area_ha in events.values_list("programme", "village", "after_ha"):
        last[programme, village] = area_ha
    rows = Baseline.objects.order_by("pk").values_list("pk", "programme", "village", "area_ha")
    for pk, programme, village, area_ha in rows:
        told = last.pop((programme, village), None)
        if told != area_ha:
            yield (
                f"Baseline no. {pk} mencatat {_text(area_ha)}, tetapi menurut riwayatnya {_text(told)}."
            )
    for (programme, village), area_ha in sorted(last.items()):
        if area_ha is not None:
            yield (
                f"Riwayat menyebut baseline {_text(area_ha)} untuk desa/kelurahan no. {village} pada "
                f"periode no. {programme}, tetapi barisnya tidak ada."
            )


def _text(area_ha) -> str:
    return "tidak ada" if area_ha is None else f"{format_hectares(area_ha)} Ha"


def activities_unlike_their_history() -> Iterator[str]:
    """Yield a sentence for each activity whose last noted state is not its present one."""
    label = str(Activity._meta.get_field("status").verbose_name)
    noted = {}
    events = ActivityEvent.objects.order_by("pk").values_list("activity", "changes")
    for activity, changes in events.iterator(chunk_size=1000):
        states = [after for name, _, after in changes if name == label]
        if states:
            noted[activity] = states[-1]
    for pk, status in Activity.objects.order_by("pk").values_list("pk", "status"):
        present = ActivityStatus(status).label
        if noted.get(pk) != present:
            told = noted.get(pk) or "tidak pernah dicatat"
            yield sentence(
                f"{named(Activity, pk)} berstatus {present}, tetapi menurut riwayatnya {told}"
            )


def summary_unlike_the_figures() -> Iterator[str]:
    """Yield a sentence for each period whose summary is not the sum of its figures.

    The figures are added up naively: for each year the area that each village has left.
    """
    for pk in Programme.objects.order_by("pk").values_list("pk", flat=True):
        stored = _stored_totals(pk)
        added = _added_totals(pk, stored.keys() - {0})
        for year in sorted(stored.keys() | added.keys()):
            if stored.get(year) != added.get(year):
                yield (
                    f"Ringkasan {named(Programme, pk)} {f'tahun {year}' if year else '(baseline)'}: "
                    f"{_totals_text(stored.get(year))}; menurut angkanya "
                    f"{_totals_text(added.get(year))}."
                )


def _stored_totals(programme) -> dict[int, tuple[Decimal, int, int]]:
    """Return year → (hectares left, villages with a figure, villages at 0 Ha) by the summary."""
    found, left, cleared = {}, Decimal(0), 0
    rows = ProgrammeYear.objects.filter(programme=programme).order_by("year")
    for row in rows:
        left += Decimal(row.delta_ares) / 100
        cleared += row.cleared_delta
        if row.counted:
            found[row.year] = left, row.counted, cleared
    return found


def _added_totals(programme, years) -> dict[int, tuple[Decimal, int, int]]:
    """Return the same by baselines and verified figures."""
    baselines = dict(
        Baseline.objects.filter(programme=programme).values_list("pk", "area_ha").iterator()
    )
    if not baselines:
        return {}
    figures = YearlyFigure.objects.filter(
        baseline__programme=programme, status=Status.VERIFIED
    ).values_list("year", "baseline", "area_ha")
    by_year: dict[int, dict] = {}
    for year, baseline, area_ha in figures.iterator(chunk_size=1000):
        by_year.setdefault(year, {})[baseline] = area_ha
    found = {0: _totals(baselines, len(baselines))}
    left = dict(baselines)
    for year in sorted(by_year.keys() | years):
        left |= by_year.get(year, {})
        found[year] = _totals(left, len(by_year.get(year, {})))
    return found


def _totals(left, counted):
    areas = Counter(area_ha == 0 for area_ha in left.values())
    return sum(left.values(), Decimal(0)), counted, areas[True]


def _totals_text(totals) -> str:
    if totals is None:
        return "tidak ada"
    left, counted, cleared = totals
    return f"sisa {format_hectares(left)} Ha, {counted} dihitung, {cleared} tuntas"

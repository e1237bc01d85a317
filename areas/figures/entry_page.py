"""Content of the village officer's pages as formatted strings: steps, cards, comparison."""

from dataclasses import dataclass

from django.utils import timezone

from areas.assessments.page import village_url
from areas.assessments.village_page import carried_note
from areas.assessments.village_totals import VillageYear, basis_lines, village_year
from areas.figures.evidence_rows import evidence_thumbs
from areas.figures.forms import FigureForm
from areas.figures.history import history_lines
from areas.figures.to_do import entry_url
from areas.models import Baseline, Programme, Status, Village, YearlyFigure
from areas.models.reviewed import Signature
from areas.rules.as_of import year_label
from areas.totals.entry_queries import (
    baselines_of,
    events_of,
    evidence_of,
    figures_of,
)
from kotaku.caching.remembered import remembered
from kotaku.files.thumbs import Thumb
from kotaku.formats import format_date, format_hectares, format_hectares_unit
from kotaku.interface.moments import moment_text
from kotaku.requests import kept_forms
from kotaku.workflow.buttons import Offer, offers
from kotaku.workflow.history import HistoryLine
from kotaku.workflow.states import Actor, Tone


@dataclass(frozen=True)
class Step:
    """One step in the workflow of a figure: `state` is done, now, problem or ahead."""

    label: str
    state: str


def steps(figure) -> list[Step]:
    """Return the workflow steps of a figure, from entry by the village to verified."""
    labels = ("Diisi", "Diajukan", "Diperiksa Bappeda", "Terverifikasi")
    states = figure.look.path if figure and figure.pk else ("now", "ahead", "ahead", "ahead")
    if states[0] == "problem":
        labels = ("Perlu diperbaiki", *labels[1:])
    return [Step(label, state) for label, state in zip(labels, states, strict=True)]


@dataclass(frozen=True)
class YearLine:
    """One year in the list of a village card."""

    label: str
    area: str
    tone: str
    status_label: str
    url: str
    is_open: bool


@dataclass(frozen=True)
class VillageCard:
    """One village of an officer: this year's figure, returned and overdue ones, all other years."""

    baseline: Baseline
    baseline_text: str
    year: int | None
    figure: YearlyFigure | None
    steps: list[Step]
    due: str
    is_overdue: bool
    url: str
    returned: list
    late: list[YearLine]
    years: list[YearLine]


def village_cards(programme, user) -> list[VillageCard]:
    """Return a card for each of the officer's villages in this programme."""
    baselines = baselines_of(user, programme=programme)
    figures = figures_of(baselines)
    return [_card(baseline, figures[baseline.pk]) for baseline in baselines]


def _card(baseline, figures) -> VillageCard:
    programme = baseline.programme
    figures = {figure.year: figure for figure in figures}
    today = timezone.localdate()
    year = None if programme.is_closed else programme.due_year(today)
    figure = figures.get(year)
    due = programme.due_date(year) if year else None
    years = sorted(set(figures) | set(() if programme.is_closed else programme.entry_years))
    late = [
        each
        for each in programme.overdue_years(today)
        if each != year and (each not in figures or figures[each].status == Status.DRAFT)
    ]
    return VillageCard(
        baseline=baseline,
        baseline_text=baseline.area_text,
        year=year,
        figure=figure,
        steps=steps(figure),
        due=format_date(due) if due else "",
        is_overdue=bool(due and due < today),
        url=entry_url(baseline, year) if year else "",
        returned=[
            (returned, entry_url(baseline, returned.year), moment_text(returned.returned_at))
            for returned in figures.values()
            if returned.status == Status.RETURNED
        ],
        # The oldest first: later figures are compared with earlier ones.
        late=[_year_line(baseline, each, figures.get(each)) for each in late],
        years=[
            _year_line(baseline, other, figures.get(other))
            for other in reversed(years)
            if other != year and other not in late
        ],
    )


def _year_line(baseline, year, figure) -> YearLine:
    return YearLine(
        label=year_label(year, figure.as_of if figure else None),
        area=figure.area_text if figure else "–",
        tone=figure.tone if figure else Tone.NONE.value,
        status_label=figure.get_status_display() if figure else "Belum diisi",
        url=entry_url(baseline, year),
        is_open=figure is None or figure.is_editable,
    )


@dataclass(frozen=True)
class EntryContext:
    """The form of one year's figure with the figures it is compared with, formatted."""

    figure: YearlyFigure
    form: FigureForm
    village: Village
    programme: Programme
    steps: list[Step]
    can_edit: bool
    is_open: bool
    asked_value: str
    reading: str
    baseline_text: str
    previous_text: str
    previous_year: int | None
    previous_label: str
    compare_name: int | str
    compare_value: str
    baseline_value: str
    area_text: str
    due: str
    is_overdue: bool
    signed: Signature | None
    signed_at: str
    offers: list[Offer]
    owner: str
    evidence: list[Thumb]
    assessed_text: str
    assessed_note: str
    assessed_url: str
    basis: list[str]
    history: list[HistoryLine]


def entry_context(figure, form, user) -> EntryContext:
    """Return the template context for the form of one year's figure."""
    baseline = figure.baseline
    held_against = form.context if form.figure is figure else figure.plausibility_context()
    previous_year, previous_ha = held_against.previous_year, held_against.previous_ha
    counted = assessed(figure)
    is_open = baseline.programme.accepts(figure.year)
    due = baseline.programme.due_date(figure.year)
    signature = figure.signature() if figure.look.owner_title else None
    return EntryContext(
        figure=figure,
        form=form,
        village=baseline.village,
        programme=baseline.programme,
        steps=steps(figure),
        can_edit=figure.is_editable and is_open,
        is_open=is_open,
        asked_value=form.asked_value,
        reading=form.reading,
        baseline_text=baseline.area_text,
        previous_text=format_hectares_unit(previous_ha),
        previous_year=previous_year,
        previous_label=held_against.previous_label,
        compare_name=previous_year or "baseline",
        compare_value=format_hectares(previous_ha),
        baseline_value=format_hectares(baseline.area_ha),
        area_text=figure.area_text,
        due=format_date(due),
        is_overdue=due < timezone.localdate(),
        signed=signature,
        signed_at=moment_text(signature.at) if signature else "",
        offers=offers(figure, Actor.OWNER, "areas:figure") if figure.pk and is_open else [],
        owner=kept_forms.owner_note(user),
        evidence=_evidence(figure, can_remove=figure.is_editable and is_open),
        assessed_text=assessed_text(counted),
        assessed_note=carried_note(counted, reads_all=True),
        assessed_url=village_url(baseline.village, figure.year, baseline.programme.is_sample),
        basis=basis_lines(figure),
        history=history_lines(events_of(figure=figure.pk)) if figure.pk else [],
    )


def _evidence(figure, *, can_remove) -> list[Thumb]:
    files = evidence_of(figure=figure.pk) if figure.pk else []
    removal = "areas:evidence-removal" if can_remove else ""
    return evidence_thumbs(files, figure.baseline.village, removal=removal)


def assessed(figure) -> VillageYear:
    """Return the verified assessments that count for this figure's village and year."""
    baseline = figure.baseline
    return _assessed(baseline.village, figure.year, baseline.programme.is_sample)


@remembered("frame", "assessments", most=100)
def _assessed(village, year, sample) -> VillageYear:
    return village_year(village, year, sample=sample)


def assessed_text(counted: VillageYear) -> str:
    """Return the slum hectares from the assessments; "" if none was made in the figure's year."""
    return format_hectares_unit(counted.slum_ha) if counted.offered else ""

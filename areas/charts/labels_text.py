"""The texts of a progress chart: description, notes and table. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

from areas.rules.as_of import (
    at_label,
    day_text,
    inferred_text,
    marked,
    point_label,
    year_label,
)
from areas.rules.comparing import years_text
from areas.rules.narrative import reduction_text
from areas.rules.progress import Point, Series
from kotaku.formats import format_hectares, format_hectares_unit, format_percent

NOTHING = "–"


@dataclass(frozen=True)
class ProposedPoint:
    """An unverified figure: year, hectares left, and its state in one word.

    It holds at the year's end, or on `day` if given.
    """

    year: int
    area_ha: Decimal
    state: str = "diajukan"
    day: date | None = None


@dataclass(frozen=True)
class TableRow:
    """One year of the table under a chart, in formatted strings."""

    year: str
    remaining: str
    target: str
    reduced_percent: str
    verified: str


def chart_title(series: Series) -> str:
    """Return the name of a chart: `Sisa luas kumuh 2016–2019`."""
    first, last = series.baseline_year, series.latest.year
    return f"Sisa luas kumuh {first}" + (f"–{last}" if last > first else "")


def chart_subtitle(place: str, series: Series, proposed: ProposedPoint | None = None) -> str:
    """Return what a chart measures: `Sisa luas kumuh Kota Banjar, hektare, akhir tahun`."""
    measured = f"Sisa luas kumuh {place}".rstrip()
    return f"{measured}, hektare" + ("" if has_marks(series, proposed) else ", akhir tahun")


def chart_description(
    series: Series,
    proposed: ProposedPoint | None = None,
    plan: Sequence[tuple[int, Decimal]] = (),
    carried_to: int = 0,
) -> str:
    """Return a description of the chart for users of screen readers."""
    first, last = series.points[0], series.latest
    # Sources state only the year of a baseline or target, not a day.
    is_of_the_year = (first.is_baseline and not first.as_of) or series.inferred
    at = f"pada {first.year}" if is_of_the_year else at_label(first)
    start = marked(f"{format_hectares_unit(first.remaining_ha)} {at}", inferred_text(series))
    if not series.has_figures:
        begins = "Jumlah" if series.is_counted else "Baseline"
        sentences = [f"{begins} {start}; belum ada angka tahunan sesudahnya."]
    else:
        end = f"{format_hectares_unit(last.remaining_ha)} {at_label(last)}"
        sentences = [f"Luas kumuh dari {start} menjadi {end}{_change(last)}."]
    if last.carried or last.provisional:
        sentences.append(f"Angka {last.year} belum lengkap: terverifikasi {verified_count(last)}.")
    if carried_to > last.year:
        sentences.append(tail_note(series, carried_to))
    if target := series.final_target:
        sentences.append(f"Target {format_hectares_unit(target.area_ha)} pada {target.year}.")
    if series.projection:
        sentences.append(projection_sentence(series))
    if plan:
        sentences.append(plan_sentence(plan, series))
    if proposed:
        area = format_hectares_unit(proposed.area_ha)
        state = proposed.state.capitalize()
        at = day_text(proposed.day) or f"untuk {proposed.year}"
        sentences.append(f"{state} {at}: {area}, belum terverifikasi.")
    return " ".join(sentences)


def projection_sentence(series: Series) -> str:
    """Return when the target is reached at the current pace. Requires a projection."""
    pace = format_hectares_unit(series.projection.pace_ha)
    return (
        f"Perkiraan target tercapai: tahun {series.projection.year}, "
        f"bila terus berkurang {pace} per tahun."
    )


def plan_sentence(plan: Sequence[tuple[int, Decimal]], series: Series) -> str:
    """Return the area left if the work plan is carried out, for the years in which it changes."""
    ahead = [
        f"{format_hectares_unit(area_ha)} pada akhir {year}"
        for (_, before_ha), (year, area_ha) in pairwise(plan)
        if area_ha != before_ha
    ]
    start_year, start_ha = plan[0]
    is_latest = start_year == series.latest.year
    at = at_label(series.latest) if is_latest else f"pada akhir {start_year}"
    start = f"{format_hectares_unit(start_ha)} {at}"
    return f"Bila rencana terlaksana: {', '.join(ahead)}, dihitung dari {start}."


def chart_notes(
    series: Series,
    plan: Sequence[tuple[int, Decimal]] = (),
    carried_to: int = 0,
    pace_of: str = "",
) -> tuple[str, ...]:
    """Return the notes under a chart: hollow points, days, projection, and further lines.

    `pace_of` is the city at whose pace a grey line falls, "" without one.
    """
    meanings = _hollow_meanings(series)
    notes = [f"Lingkaran tanpa isi: {'; '.join(meanings)}."] if meanings else []
    if carried_to > series.latest.year:
        notes.append(tail_note(series, carried_to))
    notes += [
        f"{point_label(point)}: bukan keadaan akhir tahun."
        for point in series.points
        if point.as_of or point.is_running
    ]
    if series.inferred:
        notes.append(inferred_note(series))
    if series.projection:
        notes.append(projection_sentence(series))
    if plan:
        notes.append(plan_sentence(plan, series))
    if pace_of:
        notes.append(f"Garis abu-abu: luas di sini seandainya turun secepat {pace_of}.")
    return tuple(notes)


def tail_note(series: Series, carried_to: int) -> str:
    """Return which years after the newest figure use it."""
    latest = series.latest
    years = years_text(range(latest.year + 1, carried_to + 1))
    used = f"angka {latest.year}" if series.has_figures else "baseline"
    return f"{years} belum ada angka terverifikasi: lingkaran tanpa isi memakai {used}."


def _hollow_meanings(series: Series) -> list[str]:
    """Return the meanings of the hollow points of this series."""
    is_carried = any(point.carried for point in series.points)
    is_provisional = any(point.provisional for point in series.points)
    if series.villages == 1:
        words = "tahun tanpa angka terverifikasi, memakai angka terakhir"
        submitted = "angka diajukan, belum terverifikasi"
    else:
        words = "belum semua desa/kelurahan terverifikasi, sisanya memakai angka terakhir"
        submitted = "memuat angka yang diajukan, belum terverifikasi"
    return [words] * is_carried + [submitted] * is_provisional


def inferred_note(series: Series) -> str:
    """Return the note that the baseline or part of it is inferred. Requires `series.inferred`."""
    area = format_hectares_unit(series.baseline_ha)
    return (
        f"{series.baseline_year}: {area} {inferred_text(series)} dari angka lain yang diumumkan, "
        "tidak diumumkan sendiri."
    )


def table_header(series: Series, proposed: ProposedPoint | None = None) -> tuple[str, ...]:
    """Return the column heads; without a target there is no column for it."""
    target = ("Target (Ha)",) if series.final_target else ()
    years = "Tahun" if has_marks(series, proposed) else "Akhir tahun"
    return (years, "Sisa (Ha)", *target, "Berkurang dari baseline", "Terverifikasi")


def has_marks(series: Series, proposed: ProposedPoint | None = None) -> bool:
    """Whether any number is inferred, or holds on another day than its year's end."""
    is_dated = any(point.as_of or point.is_running for point in series.points)
    return bool(series.inferred) or is_dated or bool(proposed and proposed.day)


def value_mark(series: Series, point: Point) -> str:
    """Return the mark below the value of a point: its day, or that it is inferred."""
    if point.is_baseline:
        return inferred_text(series)
    return at_label(point) if point.as_of and point.as_of.dated >= point.counted else ""


def table_rows(
    series: Series,
    proposed: ProposedPoint | None = None,
    plan: Sequence[tuple[int, Decimal]] = (),
    carried_to: int = 0,
) -> tuple[TableRow, ...]:
    """Return a row for each year of the series, later target path and plan, and the proposal.

    Years up to `carried_to` without a figure use the newest one.
    """
    rows = [(point.year, _row(point, series)) for point in series.points]
    targets = {year: area_ha for year, area_ha in series.target_path if year > series.latest.year}
    planned = dict(plan[1:])
    for year in range(series.latest.year + 1, carried_to + 1):
        if year not in planned and year not in targets:
            rows.append((year, replace(_row(series.latest, series), **_carried(series, year))))
    for year in {*targets, *planned}:
        row = TableRow(
            year=str(year),
            remaining=_hectares(planned.get(year)),
            target=_hectares(targets.get(year)),
            reduced_percent=NOTHING,
            verified="bila rencana terlaksana" if year in planned else NOTHING,
        )
        rows.append((year, row))
    if proposed:
        area = format_hectares(proposed.area_ha)
        label = year_label(proposed.year, proposed.day)
        row = TableRow(label, area, NOTHING, NOTHING, proposed.state)
        rows.append((proposed.year, row))
    return tuple(row for _, row in sorted(rows, key=lambda pair: pair[0]))


def verified_count(point: Point) -> str:
    """Return `9 dari 14`, with the number of provisional figures if any."""
    verified = f"{point.counted - point.provisional} dari {point.counted + point.carried}"
    return verified + (f" ({point.provisional} diajukan)" if point.provisional else "")


def _row(point: Point, series: Series) -> TableRow:
    return TableRow(
        year=point_label(point),
        remaining=format_hectares(point.remaining_ha),
        target=_hectares(point.target_ha),
        reduced_percent=_percent(point),
        verified=_verified(point, series),
    )


def _carried(series: Series, year: int) -> dict:
    used = str(series.latest.year) if series.has_figures else "baseline"
    return {"year": str(year), "verified": f"memakai {used}"}


def _hectares(area_ha: Decimal | None) -> str:
    return NOTHING if area_ha is None else format_hectares(area_ha)


def _percent(point: Point) -> str:
    return NOTHING if point.is_baseline else reduction_text(point.reduced_percent)


def _verified(point: Point, series: Series) -> str:
    if point.is_baseline:
        return f"baseline, {inferred_text(series)}" if series.inferred else "baseline"
    if series.villages != 1:
        return verified_count(point)
    if point.provisional:
        return "diajukan"
    return "ya" if point.counted else "angka terakhir"


def _change(last: Point) -> str:
    if last.reduced_percent is None or last.reduced_ha == 0:
        return ""
    verb = "berkurang" if last.reduced_ha > 0 else "bertambah"
    return f", {verb} {format_percent(abs(last.reduced_percent))}"

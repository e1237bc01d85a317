"""What a point of a chart says when it is pointed at: year, value, change. Pure.

Parts are separated by `; `; static/js/chart-points.js shows each on a line of its own.
"""

from areas.charts.labels_text import value_mark, verified_count
from areas.rules.as_of import inferred_text, marked, point_label
from areas.rules.progress import Point, Series
from kotaku.formats import format_hectares_unit


def point_titles(series: Series) -> tuple[str, ...]:
    """Return the titles of a series' points: `2018: 100,50 Ha; berkurang 43,25 Ha dari 2017; …`."""
    before = (None, *series.points)
    return tuple(
        _point_title(point, previous, series)
        for point, previous in zip(series.points, before, strict=False)
    )


def _point_title(point: Point, previous: Point | None, series: Series) -> str:
    parts = [f"{point_label(point)}: {format_hectares_unit(point.remaining_ha)}"]
    if previous is not None:
        parts.append(f"{_change(-point.reduced_in_year_ha)} {previous.year}")
        if point.target_ha is not None:
            parts.append(f"target {format_hectares_unit(point.target_ha)}")
    parts.append(_basis(point, series))
    return "; ".join(part for part in parts if part)


def _change(change_ha) -> str:
    if not change_ha:
        return "sama dengan"
    verb = "bertambah" if change_ha > 0 else "berkurang"
    return f"{verb} {format_hectares_unit(abs(change_ha))} dari"


def _basis(point: Point, series: Series) -> str:
    if point.is_baseline:
        return marked("baseline", inferred_text(series)) if series.villages else ""
    if series.villages != 1:
        return f"{verified_count(point)} terverifikasi" if series.villages else ""
    if point.provisional:
        return "diajukan, belum terverifikasi"
    return "terverifikasi" if point.counted else "belum ada angka, memakai angka terakhir"


def projected_title(series: Series, year: int) -> str:
    """Return the title of a projected year: `Perkiraan akhir 2021: 2,45 Ha`."""
    return f"Perkiraan akhir {year}: {format_hectares_unit(series.projection.area_in(year))}"


def carried_title(series: Series, year: int) -> str:
    """Return the title of a year after the newest figure, which it uses."""
    latest = series.latest
    area = format_hectares_unit(latest.remaining_ha)
    return f"{year}: belum ada angka; memakai {area} dari {latest.year}"


def newest_basis(series: Series) -> str:
    """Return the line below the newest value: its day, or how many figures are verified; or ""."""
    latest = series.latest
    if mark := value_mark(series, latest):
        return mark
    if latest.is_complete or not series.villages:
        return ""
    if series.villages == 1:
        return f"{latest.year}, diajukan" if latest.provisional else ""
    return f"{latest.year}, {verified_count(latest)} terverifikasi"

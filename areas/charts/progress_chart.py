"""Draw a series as a chart or sparkline, with numbers as formatted strings. Pure.

The templates in templates/charts/ put the strings into SVG; they calculate and format nothing.
Axes: scale.py; labels: labels.py; texts: labels_text.py; other parts: parts.py.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from areas.charts.labels import (
    Board,
    Box,
    Text,
    along,
    spot,
    square,
)
from areas.charts.labels_text import (
    ProposedPoint,
    TableRow,
    chart_description,
    chart_notes,
    chart_title,
    has_marks,
    table_header,
    table_rows,
)
from areas.charts.parts import (
    TEXT_SIZE,
    ChartMark,
    DrawnMark,
    DrawnPoint,
    DrawnProposal,
    Tick,
    draw_marks,
    draw_proposal,
    draw_values_between,
    draw_x_ticks,
    draw_y_ticks,
    frame_left,
    highest,
    last_year_shown,
    make_plot,
    plan_spots,
    projection_corners,
    projection_spots,
    target_corners,
    value_spots,
    visible_marks,
)
from areas.charts.scale import (
    Plot,
    coordinate,
    nice_ticks,
    path_points,
)
from areas.rules.progress import Series

__all__ = [
    "NARROW",
    "WIDE",
    "ChartMark",
    "ProgressChart",
    "ProposedPoint",
    "Sparkline",
    "progress_chart",
    "sparkline",
]

WIDE = (760, 400)
NARROW = (360, 300)


@dataclass(frozen=True)
class ProgressChart:
    """A line chart in formatted strings; lines are `points` of polylines, "" if not drawn."""

    title_id: str
    desc_id: str
    title: str
    description: str
    view_box: str
    text_size: str
    left: str
    right: str
    bottom: str
    unit: Text
    y_ticks: tuple[Tick, ...]
    x_ticks: tuple[Tick, ...]
    point_radius: str
    actual_line: str
    points: tuple[DrawnPoint, ...]
    value_labels: tuple[Text, ...]
    last_label: tuple[Text, ...]
    target_line: str
    target_label: tuple[Text, ...]
    projection_line: str
    projection_label: tuple[Text, ...]
    plan_line: str
    plan_label: tuple[Text, ...]
    empty_label: tuple[Text, ...]
    marks: tuple[DrawnMark, ...]
    proposed: DrawnProposal | None
    has_target: bool
    notes: tuple[str, ...]
    header: tuple[str, ...]
    rows: tuple[TableRow, ...]


@dataclass(frozen=True)
class Sparkline:
    """A word-sized line chart; `line` is "" if there is only the baseline.

    The last point is hollow while its figure is not verified.
    """

    view_box: str
    width: str
    height: str
    line: str
    end_x: str
    end_y: str
    is_hollow: bool


def progress_chart(
    series: Series,
    *,
    key: str,
    width: int,
    height: int,
    marks: Sequence[ChartMark] = (),
    proposed: ProposedPoint | None = None,
    hollow: bool = False,
    title: str = "",
    plan: Sequence[tuple[int, Decimal]] = (),
) -> ProgressChart:
    """Return the chart of a series, `width` × `height` units large (see WIDE and NARROW).

    `key` makes its ids unique on the page. `hollow` draws every point hollow, for sample data.
    Marks outside the axis are omitted. `plan` is the forecast (year, hectares) if the work plan
    is carried out. Points are drawn at 31 December; a label gives another day.
    """
    ticks = nice_ticks(highest(series, proposed))
    last = last_year_shown(series, proposed, plan)
    marks = visible_marks(marks, series.baseline_year, last)
    plot = make_plot(series, ticks, marks, last, width, height)
    radius = 5.0 if plot.right - plot.left > 24 * len(series.points) else 3.5
    actual = [plot.at(point.year, point.remaining_ha) for point in series.points]
    target = target_corners(series, plot)
    projection = projection_corners(series, plot)
    planned = [plot.at(year, area_ha) for year, area_ha in plan]

    board = Board(Box(0, 0, width, plot.bottom - 1))
    measured = "Hektare" if has_marks(series, proposed) else "Hektare, akhir tahun"
    unit = spot((measured,), TEXT_SIZE, 0, 0, "start", "below")
    board.take(unit.box)
    drawn_y = draw_y_ticks(plot, ticks, board)
    for corners in (actual, target, projection, planned):
        board.draw(corners)
    for x, y in actual:
        board.take(square(x, y, radius))
    drawn_marks = draw_marks(marks, plot, board)
    first_label = last_label = ()
    if series.has_figures:
        first_label = board.place(value_spots(series, 0, plot, radius, further=4))
    last_label = board.place(value_spots(series, -1, plot, radius, further=8))
    drawn_proposal = draw_proposal(proposed, series, plot, board, radius)
    target_label = projection_label = plan_label = empty_label = ()
    if not (series.has_figures or target or proposed):
        middle = (plot.left + plot.right) / 2, (plot.top + plot.bottom) / 2
        empty_label = board.place(
            [spot(("Belum ada angka tahunan",), TEXT_SIZE, *middle, "middle")]
        )
    if target:
        shares = (0.75, 0.6, 0.45, 0.3, 0.9, 0.15)
        target_label = board.place(along(("Target",), TEXT_SIZE, target, shares))
    if planned:
        plan_label = board.place(plan_spots(planned, width - 2))
    if projection:
        projection_label = board.place(projection_spots(series, plot, projection, width - 2))
    return ProgressChart(
        title_id=f"{key}-title",
        desc_id=f"{key}-desc",
        title=title or chart_title(series),
        description=chart_description(series, proposed, plan),
        view_box=f"0 0 {width} {height}",
        text_size=str(TEXT_SIZE),
        left=coordinate(frame_left(ticks)),
        right=str(width),
        bottom=coordinate(plot.bottom),
        unit=unit.texts[0],
        y_ticks=drawn_y,
        x_ticks=draw_x_ticks(series.baseline_year, int(plot.last), plot),
        point_radius=coordinate(radius),
        actual_line=path_points(actual),
        points=tuple(
            DrawnPoint(coordinate(x), coordinate(y), hollow or not point.is_complete)
            for (x, y), point in zip(actual, series.points, strict=True)
        ),
        value_labels=first_label + draw_values_between(series, plot, board, radius),
        last_label=last_label,
        target_line=path_points(target),
        target_label=target_label,
        projection_line=path_points(projection),
        projection_label=projection_label,
        plan_line=path_points(planned),
        plan_label=plan_label,
        empty_label=empty_label,
        marks=drawn_marks,
        proposed=drawn_proposal,
        has_target=series.final_target is not None,
        notes=chart_notes(series, hollow, plan),
        header=table_header(series, proposed),
        rows=table_rows(series, proposed, plan),
    )


def sparkline(
    values: Sequence[Decimal],
    *,
    baseline_ha: Decimal,
    is_provisional: bool = False,
    width: int = 96,
    height: int = 28,
) -> Sparkline:
    """Return the line from the baseline through the yearly values (hectares); the axis starts at 0.

    It is decorative: the adjacent cells contain the numbers. So it has no title and no ids.
    """
    areas = (baseline_ha, *values)
    edge = 4
    plot = Plot(
        left=edge,
        right=width - edge,
        top=edge,
        bottom=height - edge,
        first=0,
        last=max(1, len(values)),
        ceiling=max(*areas, Decimal(0)) or Decimal(1),
    )
    corners = [plot.at(number, area) for number, area in enumerate(areas)]
    return Sparkline(
        view_box=f"0 0 {width} {height}",
        width=str(width),
        height=str(height),
        line=path_points(corners),
        end_x=coordinate(corners[-1][0]),
        end_y=coordinate(corners[-1][1]),
        is_hollow=is_provisional,
    )

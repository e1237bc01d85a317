"""Draw a series as a chart or sparkline, with numbers as formatted strings. Pure.

The templates in templates/charts/ put the strings into SVG; they calculate and format nothing.
Axes: scale.py; labels: labels.py; texts: labels_text.py; other parts: parts.py.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from areas.charts.frame import Frame
from areas.charts.labels import (
    APART,
    Board,
    Box,
    Text,
    spot,
)
from areas.charts.labels_text import (
    ProposedPoint,
    TableRow,
    chart_description,
    chart_notes,
    chart_title,
    table_header,
    table_rows,
)
from areas.charts.lines import (
    DrawnDot,
    DrawnGap,
    draw_dots,
    draw_gap,
    pace_corners,
    pace_spots,
    plan_spots,
    projection_corners,
    projection_spots,
    target_corners,
    target_spots,
)
from areas.charts.parts import (
    ChartMark,
    DrawnMark,
    DrawnPoint,
    DrawnProposal,
    DrawnTail,
    draw_marks,
    draw_proposal,
    draw_tail,
    draw_values_between,
    draw_x_ticks,
    draw_y_ticks,
    frame_left,
    highest,
    last_year_shown,
    make_plot,
    newest_size,
    newest_spots,
    proposal_corners,
    tail_corners,
    value_spots,
    visible_marks,
)
from areas.charts.point_titles import point_titles
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

# Shown at this size in pixels, so that their text is smaller than the page's.
WIDE = (760, 372)
NARROW = (328, 256)


@dataclass(frozen=True)
class ProgressChart(Frame):
    """A line chart in formatted strings; lines are `points` of polylines, "" if not drawn."""

    desc_id: str
    description: str
    point_radius: str
    actual_line: str
    points: tuple[DrawnPoint, ...]
    value_labels: tuple[Text, ...]
    last_label: tuple[Text, ...]
    target_line: str
    target_label: tuple[Text, ...]
    gap: DrawnGap | None
    projection_line: str
    projection_dots: tuple[DrawnDot, ...]
    projection_label: tuple[Text, ...]
    plan_line: str
    plan_label: tuple[Text, ...]
    pace_line: str
    pace_label: tuple[Text, ...]
    tail: DrawnTail | None
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

    The last point is hollow if its figure is not verified for that year.
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
    title: str = "",
    plan: Sequence[tuple[int, Decimal]] = (),
    carried_to: int = 0,
    pace: Sequence[tuple[int, Decimal]] = (),
    pace_of: str = "",
) -> ProgressChart:
    """Return the chart of a series, `width` × `height` units large (see WIDE and NARROW).

    `key` makes its ids unique on the page. A point is hollow unless every figure behind it is
    verified for its year. Marks outside the axis are omitted. `plan` is the forecast (year,
    hectares) if the work plan is carried out. Years up to `carried_to` use the newest figure.
    `pace` is (year, hectares) if the place fell as fast as the city named `pace_of`. Points are
    drawn at 31 December; a label gives another day.
    """
    last = last_year_shown(series, proposed, plan, carried_to)
    shown_pace = [each for each in pace if each[0] <= max(series.latest.year, carried_to)]
    ticks = nice_ticks(highest(series, proposed, shown_pace))
    marks = visible_marks(marks, series.baseline_year, last)
    plot = make_plot(series, ticks, marks, last, width, height)
    radius = 5.0 if plot.right - plot.left > 24 * len(series.points) else 3.5
    actual = [plot.at(point.year, point.remaining_ha) for point in series.points]
    target = target_corners(series, plot)
    projection = projection_corners(series, plot)
    planned = [plot.at(year, area_ha) for year, area_ha in plan]
    paced = pace_corners(shown_pace, plot)
    awaited = proposal_corners(proposed, series, plot)

    board = Board(Box(0, 0, width, plot.bottom - 1), apart=APART)
    drawn_y = draw_y_ticks(plot, ticks, board)
    for corners in (actual, target, projection, planned, paced, awaited):
        board.draw(corners)
    carried = tail_corners(series, carried_to, plot)
    board.draw(carried)
    for x, y in actual + awaited[-1:] + carried[1:]:
        board.take_circle(x, y, radius)
    drawn_marks = draw_marks(marks, plot, board)
    dots = draw_dots(series, projection, board)
    first_label = last_label = ()
    if series.has_figures:
        spots = value_spots(series, 0, plot, radius, further=4)
        first_label = board.place_at(spots, (*actual[0], radius))
    spots = newest_spots(series, plot, radius, newest_size(width))
    last_label = board.place_at(spots, (*actual[-1], radius))
    tail = draw_tail(series, carried, board, radius, plot.text_size)
    drawn_proposal = proposed and draw_proposal(proposed, awaited, plot, board, radius)
    gap = draw_gap(series, plot, board, radius)
    target_label = projection_label = plan_label = pace_label = empty_label = ()
    if not (series.has_figures or target or proposed or tail):
        middle = (plot.left + plot.right) / 2, (plot.top + plot.bottom) / 2
        empty_label = board.place(
            [spot(("Belum ada angka tahunan",), plot.text_size, *middle, "middle")]
        )
    if target:
        target_label = board.place(target_spots(series, plot, target))
    if planned:
        plan_label = board.place(plan_spots(plot, planned, width - 2))
    if projection:
        projection_label = board.place(projection_spots(series, plot, projection, width - 2))
    if paced:
        pace_label = board.place(pace_spots(plot, paced, width - 2))
    return ProgressChart(
        title_id=f"{key}-title",
        desc_id=f"{key}-desc",
        title=title or chart_title(series),
        description=chart_description(series, proposed, plan, carried_to),
        view_box=f"0 0 {width} {height}",
        text_size=coordinate(plot.text_size),
        left=coordinate(frame_left(ticks, plot.text_size)),
        right=str(width),
        bottom=coordinate(plot.bottom),
        y_ticks=drawn_y,
        x_ticks=draw_x_ticks(series.baseline_year, int(plot.last), plot),
        point_radius=coordinate(radius),
        actual_line=path_points(actual),
        points=tuple(
            DrawnPoint(coordinate(x), coordinate(y), not point.is_complete, title)
            for (x, y), point, title in zip(
                actual, series.points, point_titles(series), strict=True
            )
        ),
        value_labels=first_label + draw_values_between(series, plot, board, radius),
        last_label=last_label,
        target_line=path_points(target),
        target_label=target_label,
        gap=gap,
        projection_line=path_points(projection),
        projection_dots=dots,
        projection_label=projection_label,
        plan_line=path_points(planned),
        plan_label=plan_label,
        pace_line=path_points(paced),
        pace_label=pace_label,
        tail=tail,
        empty_label=empty_label,
        marks=drawn_marks,
        proposed=drawn_proposal,
        has_target=series.final_target is not None,
        notes=chart_notes(series, plan, carried_to, pace_of if paced else ""),
        header=table_header(series, proposed),
        rows=table_rows(series, proposed, plan, carried_to),
    )


def sparkline(
    values: Sequence[Decimal],
    *,
    baseline_ha: Decimal,
    is_hollow: bool = False,
    width: int = 96,
    height: int = 28,
) -> Sparkline:
    """Return the line from the baseline through the yearly values (hectares); the axis starts at 0.

    `is_hollow` marks a last value that is not verified for its year. The line is decorative: the
    adjacent cells contain the numbers. So it has no title and no ids.
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
        is_hollow=is_hollow,
    )

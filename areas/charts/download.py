"""A chart as a self-contained picture: title above, source below. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

from areas.charts.labels import EM_PER_CHARACTER
from areas.charts.scale import coordinate

MARGIN = 24
TITLE_SIZE, NOTE_SIZE, ALERT_SIZE = 20, 13, 14
LEADING = 1.4


@dataclass(frozen=True)
class FileLine:
    """A line of text at its baseline."""

    y: str
    size: str
    text: str
    is_bold: bool = False
    is_alert: bool = False
    x: str = str(MARGIN)


@dataclass(frozen=True)
class ChartFile:
    """The context of templates/charts/download.svg, except the chart, in formatted strings."""

    title: str
    width: str
    height: str
    chart_x: str
    chart_y: str
    chart_width: str
    chart_height: str
    lines: tuple[FileLine, ...]


def chart_file(
    title: str,
    view_box: str,
    *,
    notes: Sequence[str],
    alert: str = "",
    subtitle: str = "",
) -> ChartFile:
    """Return the frame of a chart with this `view_box`.

    `subtitle` says what is measured; `alert` is the line above everything ("Data contoh").
    """
    chart_width, chart_height = (float(part) for part in view_box.split()[2:])
    room = chart_width
    lines = []
    y = float(MARGIN)

    def put(words, size, **look):
        nonlocal y
        most = max(10, int(room / (size * EM_PER_CHARACTER)))
        for line in wrap(words, most) or [""]:
            y += size * LEADING
            lines.append(FileLine(coordinate(y), str(size), line, **look))

    if alert:
        put(alert, ALERT_SIZE, is_bold=True, is_alert=True)
    put(title, TITLE_SIZE, is_bold=True)
    if subtitle:
        put(subtitle, NOTE_SIZE)
    chart_y = y + MARGIN / 2
    y = chart_y + chart_height + MARGIN / 2
    for note in notes:
        put(note, NOTE_SIZE)
    return ChartFile(
        title=title,
        width=coordinate(chart_width + 2 * MARGIN),
        height=coordinate(y + MARGIN),
        chart_x=str(MARGIN),
        chart_y=coordinate(chart_y),
        chart_width=coordinate(chart_width),
        chart_height=coordinate(chart_height),
        lines=tuple(lines),
    )

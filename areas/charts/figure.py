"""A progress chart for a page: a wide and a narrow version, with heading and source. Pure."""

from dataclasses import dataclass
from functools import lru_cache

from areas.charts.labels_text import chart_subtitle
from areas.charts.progress_chart import (
    NARROW,
    WIDE,
    ProgressChart,
    progress_chart,
)
from areas.rules.progress import Series


@dataclass(frozen=True)
class ChartFigure:
    """The context of templates/charts/progress_figure.html.

    `heading` is the finding, `subtitle` says what is measured in which unit.
    """

    wide: ProgressChart
    narrow: ProgressChart
    heading: str
    subtitle: str
    source: str
    is_sample: bool


def chart_figure(
    series: Series,
    *,
    key: str,
    heading: str,
    source: str,
    place: str = "",
    title: str = "",
    marks=(),
    plan=(),
    pace=(),
    **options,
) -> ChartFigure:
    """Return both sizes of a series' chart; `options` are those of `charts.progress_chart`.

    `place` is measured, `title` names the drawing for screen readers (default: the heading), and
    `sample` tags the chart.
    """
    lines = {"marks": tuple(marks), "plan": tuple(plan), "pace": tuple(pace)}
    return _figure(series, key, heading, source, place, title or heading, **lines, **options)


# Cached: the same series gives the same figure, and placing labels is slow.
@lru_cache(maxsize=256)
def _figure(series, key, heading, source, place, title, sample=False, **options) -> ChartFigure:
    wide, narrow = (
        progress_chart(
            series, key=f"{key}-{name}", width=width, height=height, title=title, **options
        )
        for name, (width, height) in (("lebar", WIDE), ("sempit", NARROW))
    )
    subtitle = chart_subtitle(place, series, options.get("proposed"))
    return ChartFigure(wide, narrow, heading, subtitle, source, sample)

"""A progress chart for a page: a wide and a narrow version, with heading and source. Pure."""

from dataclasses import dataclass
from functools import lru_cache

from areas.charts.progress_chart import (
    NARROW,
    WIDE,
    ProgressChart,
    progress_chart,
)
from areas.rules.progress import Series


@dataclass(frozen=True)
class ChartFigure:
    """The context of templates/charts/progress_figure.html."""

    wide: ProgressChart
    narrow: ProgressChart
    heading: str
    source: str


def chart_figure(
    series: Series, *, key: str, heading: str, source: str, marks=(), plan=(), **options
) -> ChartFigure:
    """Return both sizes of a series' chart; `options` are those of `charts.progress_chart`."""
    lines = {"marks": tuple(marks), "plan": tuple(plan)}
    return _figure(series, key, heading, source, **lines, **options)


# Cached: the same series gives the same figure, and placing labels is slow.
@lru_cache(maxsize=256)
def _figure(series, key, heading, source, **options) -> ChartFigure:
    wide, narrow = (
        progress_chart(
            series, key=f"{key}-{name}", width=width, height=height, title=heading, **options
        )
        for name, (width, height) in (("lebar", WIDE), ("sempit", NARROW))
    )
    return ChartFigure(wide, narrow, heading, source)

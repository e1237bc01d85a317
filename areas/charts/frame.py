"""What the contexts of all line charts have in common."""

from dataclasses import dataclass

from areas.charts.parts import Tick


@dataclass(frozen=True)
class Frame:
    """A line chart's title, axes and size in formatted strings."""

    title_id: str
    title: str
    view_box: str
    text_size: str
    left: str
    right: str
    bottom: str
    y_ticks: tuple[Tick, ...]
    x_ticks: tuple[Tick, ...]

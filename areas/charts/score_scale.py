"""Draw a score on a bar of the slum classes. Pure."""

from dataclasses import dataclass

from areas.rules.edition import Edition, SlumClass
from kotaku.colours import COLOURS

WIDTH = 360


@dataclass(frozen=True)
class Band:
    """One class: its position, and the text below it."""

    key: str
    paint: str
    x: str
    width: str
    middle: str
    label: str
    bounds: str
    is_here: bool


@dataclass(frozen=True)
class ScoreScale:
    """The context of templates/charts/score_scale.svg.html, in formatted strings."""

    label: str
    width: str
    bands: tuple[Band, ...]
    marker_x: str
    marker_text: str
    marker_anchor: str


# Colour is never the only information: texts and limits repeat it.
_PAINTS = {
    SlumClass.NONE: COLOURS["green-soft"],
    SlumClass.LIGHT: COLOURS["class-light"],
    SlumClass.MEDIUM: COLOURS["class-medium"],
    SlumClass.HEAVY: COLOURS["class-heavy"],
}
_SHORT = {
    SlumClass.NONE: "Tidak",
    SlumClass.LIGHT: "Ringan",
    SlumClass.MEDIUM: "Sedang",
    SlumClass.HEAVY: "Berat",
}


def score_scale(edition: Edition, total: int) -> ScoreScale:
    """Return the bar of an edition's classes with a marker at this total."""
    classes = [(0, SlumClass.NONE), *reversed(edition.classes)]
    ends = [*(lowest for lowest, _ in classes[1:]), edition.max_total + 1]
    unit = WIDTH / (edition.max_total + 1)
    bands = tuple(
        Band(
            key=each.value,
            paint=_PAINTS[each],
            x=_text(lowest * unit),
            width=_text((end - lowest) * unit),
            middle=_text((lowest + end) / 2 * unit),
            label=_SHORT[each],
            bounds=f"{lowest}–{end - 1}",
            is_here=lowest <= total < end,
        )
        for (lowest, each), end in zip(classes, ends, strict=True)
    )
    x = (total + 0.5) * unit
    anchor = "start" if total < 5 else "end" if total > edition.max_total - 5 else "middle"
    return ScoreScale(
        label=f"Nilai {total} dari {edition.max_total}",
        width=str(WIDTH),
        bands=bands,
        marker_x=_text(x),
        marker_text=str(total),
        marker_anchor=anchor,
    )


def _text(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")

"""Draw a score (0–80) on a bar of the four classes. Pure: standard library only."""

from dataclasses import dataclass

from areas.rules.scoring import MAX_TOTAL, SlumClass

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
    SlumClass.NONE: "#dcebe1",
    SlumClass.LIGHT: "#f6e3c0",
    SlumClass.MEDIUM: "#eebf86",
    SlumClass.HEAVY: "#dd8f79",
}
_SHORT = {
    SlumClass.NONE: "Tidak",
    SlumClass.LIGHT: "Ringan",
    SlumClass.MEDIUM: "Sedang",
    SlumClass.HEAVY: "Berat",
}


def score_scale(total: int) -> ScoreScale:
    """Return the bar with a marker at this total."""
    classes = list(_PAINTS)
    ends = [*(each.lowest for each in classes[1:]), MAX_TOTAL + 1]
    unit = WIDTH / (MAX_TOTAL + 1)
    bands = tuple(
        Band(
            key=each.value,
            paint=_PAINTS[each],
            x=_text(each.lowest * unit),
            width=_text((end - each.lowest) * unit),
            middle=_text((each.lowest + end) / 2 * unit),
            label=_SHORT[each],
            bounds=f"{each.lowest}–{end - 1}",
            is_here=each.lowest <= total < end,
        )
        for each, end in zip(classes, ends, strict=True)
    )
    x = (total + 0.5) * unit
    anchor = "start" if total < 5 else "end" if total > MAX_TOTAL - 5 else "middle"
    return ScoreScale(
        label=f"Nilai {total} dari {MAX_TOTAL}",
        width=str(WIDTH),
        bands=bands,
        marker_x=_text(x),
        marker_text=str(total),
        marker_anchor=anchor,
    )


def _text(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")

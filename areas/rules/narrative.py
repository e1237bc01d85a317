"""Describe a series in Indonesian: headline, completeness and key figures. Pure.

All sentences are computed from the series.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from areas.rules.as_of import (
    at_label,
    inferred_text,
    marked,
    state_label,
)
from areas.rules.progress import Series, Status
from kotaku.formats import MINUS, NBSP, format_count, format_hectares_unit, format_percent

TENTH = Decimal("0.1")
STATUS_KEYS = {Status.ON_TARGET: "good", Status.BEHIND: "attention", Status.REACHED: "good"}


@dataclass(frozen=True)
class KeyFigure:
    """A figure beside the chart: label, value, and a note such as its date or comparison.

    `share` is the percentage that a bar below it shows as reduced, 0 to 100; "" for no bar.
    """

    label: str
    value: str
    note: str = ""
    share: str = ""

    @property
    def number(self) -> str:
        """Return the value without the unit that is set smaller."""
        return self.value.removesuffix(self.unit)

    @property
    def unit(self) -> str:
        """Return the unit with the space before it; "" for a value of one word."""
        place = self.value.find(NBSP)
        return self.value[place:] if place > 0 and self.value[0].isdigit() else ""


def verdict(series: Series) -> tuple[str, str]:
    """Return the status against the target as table text, and its style key."""
    if not series.is_counted:
        return "Belum ada angka", "missing"
    if series.latest.status is None:
        return "Tanpa target", "carried"
    return series.latest.status.value, STATUS_KEYS[series.latest.status]


def headline(place: str, series: Series) -> str:
    """Return the main result: `Luas kumuh Kota Banjar tinggal 62,10 Ha dari …`."""
    start = marked(format_hectares_unit(series.baseline_ha), inferred_text(series))
    latest = series.latest
    now = format_hectares_unit(latest.remaining_ha)
    if not series.has_figures:
        return f"Luas kumuh {place} {start} pada {series.baseline_year}"
    if latest.remaining_ha == 0 and series.baseline_ha:
        return f"Kawasan kumuh {place} tuntas: 0 Ha dari {start}"
    if latest.reduced_ha == 0:
        return f"Luas kumuh {place} tetap {now} sejak {series.baseline_year}"
    if latest.reduced_percent is None:
        return f"Luas kumuh {place} menjadi {now} dari 0 Ha"
    if latest.reduced_ha < 0:
        grown = format_percent(-latest.reduced_percent)
        return f"Luas kumuh {place} bertambah menjadi {now} dari {start}, naik {grown}"
    reduced = format_percent(latest.reduced_percent)
    return f"Luas kumuh {place} tinggal {now} dari {start}, berkurang {reduced}"


def reduction_text(reduced: Decimal | None, write=format_percent) -> str:
    """Return the text under "Berkurang": `66,7 %`, `bertambah 50,0 %` where it grew."""
    if reduced is None:
        return "–"
    grew = write(reduced).startswith(MINUS)
    return f"bertambah {write(-reduced)}" if grew else write(reduced)


def completeness(series: Series) -> str:
    """Return how many villages have a figure in the latest total; "" without figures."""
    if not series.has_figures or not series.villages:
        return ""
    latest = series.latest
    verified = latest.counted - latest.provisional
    parts = [
        f"{format_count(verified)} dari {format_count(series.villages)} desa/kelurahan terverifikasi"
    ]
    if latest.provisional:
        parts.append(
            f"{format_count(latest.provisional)} angka sementara (diajukan, belum diverifikasi)"
        )
    if latest.carried:
        parts.append(f"{format_count(latest.carried)} memakai angka terakhir")
    return "; ".join(parts) + "."


def key_figures(series: Series) -> list[KeyFigure]:
    """Return the key figures that are known, to show under the headline."""
    latest = series.latest
    figures = [
        KeyFigure(
            "Sisa luas kumuh",
            format_hectares_unit(latest.remaining_ha),
            _as_of(series),
            bar_length(latest.reduced_percent) if series.has_figures else "",
        )
    ]
    if series.has_figures:
        figures += _change_figures(series)
    figures += _target_figures(series)
    if series.has_figures and series.villages > 1:
        figures.append(
            KeyFigure(
                "Tuntas (0 Ha)",
                f"{format_count(latest.cleared)} dari {format_count(series.villages)}",
                "desa/kelurahan",
            )
        )
    return figures


def bar_length(percent: Decimal | None) -> str:
    """Return how much has been reduced, as the length of a bar of 100; "" where it has none.

    It is rounded as the text beside it.
    """
    return "" if percent is None or percent < 0 else str(percent.quantize(TENTH, ROUND_HALF_UP))


def _as_of(series: Series) -> str:
    """Return the date of the latest area, and whether it is still unverified."""
    if not series.is_counted:
        return marked(f"baseline {series.baseline_year}", inferred_text(series))
    latest = series.latest
    return state_label(latest) + (", sementara" if latest.provisional else "")


def _change_figures(series: Series) -> Iterable[KeyFigure]:
    latest = series.latest
    grew = latest.reduced_ha < 0
    percent = latest.reduced_percent
    yield KeyFigure(
        f"{'Bertambah' if grew else 'Berkurang'} sejak {series.baseline_year}",
        format_hectares_unit(abs(latest.reduced_ha)),
        ""
        if percent is None
        else marked(f"{format_percent(abs(percent))} dari baseline", inferred_text(series)),
    )
    yield KeyFigure(
        f"{'Bertambah' if latest.reduced_in_year_ha < 0 else 'Berkurang'} pada {latest.year}",
        format_hectares_unit(abs(latest.reduced_in_year_ha)),
        at_label(latest) if latest.as_of else "",
    )


def _target_figures(series: Series) -> Iterable[KeyFigure]:
    target, latest = series.final_target, series.latest
    if target is None:
        return
    if not series.is_counted:
        yield KeyFigure(f"Target {target.year}", format_hectares_unit(target.area_ha))
        return
    yield KeyFigure(
        # After its year the target stays the same, so the year named is its own.
        f"Target {min(latest.year, target.year)}",
        format_hectares_unit(latest.target_ha),
        gap_note(latest.gap_ha),
    )
    if series.projection:
        pace = format_hectares_unit(series.projection.pace_ha)
        yield KeyFigure(
            "Perkiraan target tercapai",
            f"tahun {series.projection.year}",
            f"bila terus berkurang {pace} per tahun",
        )


def gap_note(gap_ha: Decimal) -> str:
    """Return the distance of the remaining area from its target as text."""
    if gap_ha == 0:
        return "tepat pada target"
    return f"{format_hectares_unit(abs(gap_ha))} {gap_side(gap_ha)} target"


def gap_side(gap_ha: Decimal) -> str:
    """Return on which side of its target an area is."""
    return "di atas" if gap_ha > 0 else "di bawah"


def declared_note(
    declared_ha: Decimal | None, summed_ha: Decimal, villages: int, *, has_decree: bool
) -> str:
    """Return a comparison of the declared total with the sum of the villages; "" if unknown.

    The total is attributed to the decree only if the decree's number is recorded. Both are shown
    with their difference; neither is ever adjusted.
    """
    if declared_ha is None:
        return ""
    declared = format_hectares_unit(declared_ha)
    total = declared_name(has_decree)
    if not villages:
        return f"Angka {declared} adalah {total}; luas tiap desa/kelurahan tidak diketahui."
    if declared_ha == summed_ha:
        return f"Jumlah baseline {villages} desa/kelurahan sama dengan {total}: {declared}."
    return (
        f"Jumlah baseline {villages} desa/kelurahan {format_hectares_unit(summed_ha)}; "
        f"{total} {declared}; selisih {format_hectares_unit(abs(declared_ha - summed_ha))}."
    )


def declared_name(has_decree: bool) -> str:
    """Return the name of a declared total."""
    return "total menurut SK" if has_decree else "total yang tercatat"


def chart_title(place: str, series: Series) -> str:
    """Return the chart's title: the change since the baseline, or the names of the lines."""
    latest = series.latest
    if not series.has_figures:
        return (
            f"Luas kumuh {place} dan jalan menuju target"
            if series.final_target
            else f"Luas kumuh {place}"
        )
    verb = "turun" if latest.reduced_ha > 0 else "naik" if latest.reduced_ha < 0 else "tetap"
    if verb == "tetap":
        return f"Luas kumuh {place} tetap sejak {series.baseline_year}"
    change = format_hectares_unit(abs(latest.reduced_ha))
    return f"Luas kumuh {place} {verb} {change} sejak {series.baseline_year}"


def finding(place: str, series: Series) -> str:
    """Return what a chart shows, as its heading: the way down and how it keeps to the target."""
    points = series.points[1:]
    if not points:
        return chart_title(place, series)
    latest = series.latest
    if latest.reduced_in_year_ha < 0:
        return f"Naik {format_hectares_unit(-latest.reduced_in_year_ha)} pada {latest.year}"
    if len(points) > 1 and all(point.reduced_in_year_ha > 0 for point in points):
        if latest.status is Status.BEHIND:
            return "Turun setiap tahun, tetapi tidak secepat target"
        if latest.status is Status.ON_TARGET:
            return "Turun setiap tahun, sesuai target"
    change = format_hectares_unit(abs(latest.reduced_ha))
    if latest.reduced_ha == 0:
        return f"Tetap sejak {series.baseline_year}"
    return f"{'Turun' if latest.reduced_ha > 0 else 'Naik'} {change} sejak {series.baseline_year}"


def no_baseline(place: str) -> str:
    """Return the sentence for a village without slum area in any period."""
    return f"{place} tidak tercatat sebagai kawasan kumuh pada periode mana pun"

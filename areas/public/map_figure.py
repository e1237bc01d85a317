"""A map as a page shows it: both sizes, what its signs mean, and the sums of the kecamatan."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from areas.charts.bubble_map import SHARE, BubbleMap
from areas.rules.comparing import change_words
from areas.rules.narrative import reduction_text
from kotaku.formats import format_count, format_hectares, format_hectares_unit


class DistrictSum(NamedTuple):
    """A kecamatan: its villages in the period, hectares at the start and left."""

    name: str
    villages: int
    baseline_ha: Decimal
    remaining_ha: Decimal

    @property
    def reduced_percent(self) -> Decimal | None:
        """The share that is gone, in percent; None without slum area at the start."""
        if not self.baseline_ha:
            return None
        return (self.baseline_ha - self.remaining_ha) * 100 / self.baseline_ha


class DistrictRow(NamedTuple):
    """A kecamatan in formatted strings; `sentence` is for drawings without a table."""

    name: str
    villages: str
    remaining: str
    reduced: str
    sentence: str


@dataclass(frozen=True)
class MapFigure:
    """The context of templates/charts/map_figure.html; `sources` are those of the boundaries."""

    wide: BubbleMap
    narrow: BubbleMap
    view: str
    heading: str
    notes: tuple[str, ...]
    districts: tuple[DistrictRow, ...]


def district_rows(sums: Sequence[DistrictSum]) -> tuple[DistrictRow, ...]:
    """Return the rows of the table below a map, those with most hectares left first."""
    ordered = sorted(sums, key=lambda each: (-each.remaining_ha, each.name))
    return tuple(
        DistrictRow(
            name=each.name,
            villages=format_count(each.villages),
            remaining=format_hectares(each.remaining_ha),
            reduced=reduction_text(each.reduced_percent),
            sentence=_sentence(each),
        )
        for each in ordered
    )


def _sentence(each: DistrictSum) -> str:
    parts = [format_hectares_unit(each.remaining_ha), change_words(each.reduced_percent)]
    return f"Kecamatan {each.name}: {', '.join(part for part in parts if part)}"


def map_heading(sums: Sequence[DistrictSum], view: str) -> str:
    """Return the finding: the kecamatan with most hectares left, or with the largest reduction."""
    known = [each for each in sums if view != SHARE or each.reduced_percent is not None]
    if len(known) < 2:
        return ""
    if view == SHARE:
        first = max(known, key=lambda each: (each.reduced_percent, each.name))
        words = "Pengurangan terbesar di"
        is_shown = first.reduced_percent > 0
    else:
        first = max(known, key=lambda each: (each.remaining_ha, each.name))
        words, is_shown = "Sisa terbesar di", first.remaining_ha > 0
    return f"{words} Kecamatan {first.name}" if is_shown else ""


def map_notes(chart: BubbleMap, view: str, sources: Sequence[str] = ()) -> tuple[str, ...]:
    """Return what the signs of this map mean; signs that it lacks are left out."""
    if not chart.circles:
        return ()
    if view == SHARE:
        signs = ["Warna: bagian luas kumuh yang sudah berkurang sejak baseline."]
    else:
        signs = ["Luas lingkaran: sisa luas kumuh."]
    if any(circle.is_hollow for circle in chart.circles):
        border = "Garis putus-putus" if view == SHARE else "Lingkaran tanpa isi"
        signs.append(f"{border}: belum terverifikasi untuk tahun terbaru.")
    if view != SHARE and any(circle.is_cleared for circle in chart.circles):
        signs.append("Tanda ✓: tuntas (0 Ha).")
    if chart.others:
        signs.append("Titik abu-abu: desa/kelurahan lain.")
    borders = [f"Batas desa/kelurahan: {source}" for source in sources]
    return (" ".join(signs), *borders)

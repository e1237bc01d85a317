"""What the plan costs, by source and year, with its chart: bars of ready strings."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum

from areas.models import Funding, FundingSource
from kotaku.formats import format_number, format_percent, format_rupiah

WIDTH, ROW, LABEL_WIDTH = 640, 30, 150


@dataclass(frozen=True)
class Bar:
    """One year's cost: the bar, and the words beside it."""

    y: str
    text_y: str
    width: str
    label: str
    value: str
    value_x: str


@dataclass(frozen=True)
class CostTable:
    """Costs by source (rows) and year (columns), in ready strings; empty without money."""

    years: list[int]
    rows: list[tuple[str, list[str], str]]
    totals: list[str]
    total: str
    bars: list[Bar]
    height: str
    realised: str
    label: str


def cost_table(activities) -> CostTable | None:
    """Return what these activities cost; None while nobody pays anything."""
    sums = list(
        Funding.objects.filter(activity__in=activities.order_by().values("pk"))
        .order_by()
        .values("source", "activity__year")
        .annotate(planned=Sum("planned_idr"), realised=Sum("realised_idr"))
    )
    if not any(each["planned"] for each in sums):
        return None
    years = sorted({each["activity__year"] for each in sums})
    cells: dict = {}
    for each in sums:
        cells[each["source"], each["activity__year"]] = each["planned"]
    by_year = {
        year: sum((amount for (_, other), amount in cells.items() if other == year), Decimal(0))
        for year in years
    }
    total = sum(by_year.values(), Decimal(0))
    realised = sum((each["realised"] for each in sums), Decimal(0))
    return CostTable(
        years=years,
        rows=[
            (
                source.label,
                [_amount(cells.get((source, year))) for year in years],
                format_rupiah(_sum_of(cells, source)),
            )
            for source in FundingSource
            if _sum_of(cells, source)
        ],
        totals=[format_rupiah(by_year[year]) for year in years],
        total=format_rupiah(total),
        bars=_bars(by_year),
        height=str(ROW * len(years) + 6),
        realised=f"{format_rupiah(realised)} ({format_percent(realised * 100 / total)})",
        label="Biaya per tahun: "
        + "; ".join(f"{year} {format_rupiah(amount)}" for year, amount in by_year.items()),
    )


def short_rupiah(amount: Decimal) -> str:
    """Return `Rp 1,25 miliar`, `Rp 350 juta` or all digits below a million."""
    for size, word in ((Decimal(10**12), "triliun"), (Decimal(10**9), "miliar"), (Decimal(10**6), "juta")):  # fmt: skip
        if amount >= size:
            shown = amount / size
            decimals = 0 if shown >= 100 or shown == int(shown) else 2
            return f"Rp\N{NO-BREAK SPACE}{format_number(shown, decimals)} {word}"
    return format_rupiah(amount)


def _sum_of(cells, source) -> Decimal:
    return sum((amount for (other, _), amount in cells.items() if other == source), Decimal(0))


def _amount(value) -> str:
    return format_rupiah(value) if value else "–"


def _bars(by_year) -> list[Bar]:
    largest = max(by_year.values())
    room = WIDTH - LABEL_WIDTH - 60
    bars = []
    for place, (year, amount) in enumerate(by_year.items()):
        width = float(amount / largest) * room
        bars.append(
            Bar(
                y=str(ROW * place + 6),
                text_y=str(ROW * place + 21),
                width=f"{width:.1f}",
                label=str(year),
                value=short_rupiah(amount),
                value_x=f"{60 + width + 8:.1f}",
            )
        )
    return bars

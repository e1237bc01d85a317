"""What the plan costs, by source and year, with its chart: bars of ready strings."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum

from areas.models import ActivityStatus, Funding, FundingSource
from kotaku.formats import NBSP, format_number, format_percent, format_rupiah

# The narrow drawing serves phones and desks alike: text stays legible at 320 pixels.
WIDTH, ROW, YEAR_WIDTH, VALUE_WIDTH = 360, 30, 48, 118
SIZES = ((Decimal(10**12), "triliun"), (Decimal(10**9), "miliar"), (Decimal(10**6), "juta"))


@dataclass(frozen=True)
class Bar:
    """One year's cost: the bar, the part of it that is spent, and the words beside it."""

    y: str
    text_y: str
    width: str
    spent_width: str
    label: str
    value: str
    value_x: str


@dataclass(frozen=True)
class CostTable:
    """Costs by source (rows) and year (columns), in ready strings."""

    years: list[int]
    rows: list[tuple[str, list[str], str]]
    totals: list[str]
    total: str
    realised: str
    bars: list[Bar]
    view_box: str
    bar_x: str
    label: str


def cost_table(activities) -> CostTable | None:
    """Return what these activities cost without the cancelled ones; None while nobody pays."""
    carried_out = activities.exclude(status=ActivityStatus.CANCELLED)
    sums = list(
        Funding.objects.filter(activity__in=carried_out.order_by().values("pk"))
        .order_by()
        .values("source", "activity__year")
        .annotate(planned=Sum("planned_idr"), spent=Sum("realised_idr"))
    )
    if not any(each["planned"] for each in sums):
        return None
    years = sorted({each["activity__year"] for each in sums})
    cells = {(each["source"], each["activity__year"]): each["planned"] for each in sums}
    planned = {year: _sum(sums, "planned", year) for year in years}
    spent = {year: _sum(sums, "spent", year) for year in years}
    total, realised = sum(planned.values(), Decimal(0)), sum(spent.values(), Decimal(0))
    return CostTable(
        years=years,
        rows=[_row(source, years, cells) for source in FundingSource if _of(source, years, cells)],
        totals=[format_rupiah(planned[year]) for year in years],
        total=format_rupiah(total),
        realised=f"{format_rupiah(realised)} ({format_percent(realised * 100 / total)})",
        bars=_bars(planned, spent),
        view_box=f"0 0 {WIDTH} {ROW * len(years) + 6}",
        bar_x=str(YEAR_WIDTH),
        label="Biaya per tahun: " + "; ".join(_spoken(year, planned, spent) for year in years),
    )


def short_rupiah(amount: Decimal) -> str:
    """Return `Rp 1,25 miliar`, `Rp 350 juta` or all digits below a million."""
    for size, word in SIZES:
        if amount >= size:
            shown = amount / size
            decimals = 0 if shown >= 100 or shown == int(shown) else 2
            return f"Rp{NBSP}{format_number(shown, decimals)}{NBSP}{word}"
    return format_rupiah(amount)


def _sum(sums, name, year) -> Decimal:
    return sum((each[name] for each in sums if each["activity__year"] == year), Decimal(0))


def _of(source, years, cells) -> Decimal:
    return sum((cells.get((source, year), Decimal(0)) for year in years), Decimal(0))


def _row(source, years, cells):
    amounts = [cells.get((source, year)) for year in years]
    shown = [format_rupiah(amount) if amount else "–" for amount in amounts]
    return source.label, shown, format_rupiah(_of(source, years, cells))


def _spoken(year, planned, spent) -> str:
    return f"{year} {format_rupiah(planned[year])}, terealisasi {format_rupiah(spent[year])}"


def _bars(planned, spent) -> list[Bar]:
    # More may be spent than planned; the bar of what is planned stays the frame.
    largest = max(*planned.values(), *spent.values())
    room = WIDTH - YEAR_WIDTH - VALUE_WIDTH
    bars = []
    for place, year in enumerate(planned):
        width = float(planned[year] / largest) * room
        spent_width = float(spent[year] / largest) * room
        bars.append(
            Bar(
                y=str(ROW * place + 6),
                text_y=str(ROW * place + 21),
                width=f"{width:.1f}",
                spent_width=f"{spent_width:.1f}",
                label=str(year),
                value=short_rupiah(planned[year]),
                value_x=f"{YEAR_WIDTH + max(width, spent_width) + 6:.1f}",
            )
        )
    return bars

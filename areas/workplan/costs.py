"""The costs of the plan by source and year, with a bar chart, as formatted strings."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum

from areas.models import ActivityStatus, Funding, FundingSource
from kotaku.formats import NBSP, format_count, format_number, format_percent, format_rupiah

# One narrow drawing for phones and desktops: its text is legible at 320 pixels.
WIDTH, ROW, YEAR_WIDTH, VALUE_WIDTH = 360, 30, 48, 118
NOTHING = "–"
SIZES = ((Decimal(10**12), "triliun"), (Decimal(10**9), "miliar"), (Decimal(10**6), "juta"))


@dataclass(frozen=True)
class Bar:
    """One year's cost: the bar of the plan, the bar of spending, and the labels beside them."""

    y: str
    text_y: str
    width: str
    spent_width: str
    label: str
    value: str
    value_x: str


@dataclass(frozen=True)
class CostRow:
    """One source's amounts (rupiah): planned by year, planned in total, and spent."""

    name: str
    by_year: list[tuple[int, str]]
    planned: str
    spent: str


@dataclass(frozen=True)
class CostTable:
    """Costs by source (rows) and year (columns), as strings; `title` names a selected source."""

    title: str
    years: list[int]
    rows: list[CostRow]
    totals: CostRow
    realised: str
    bars: list[Bar]
    view_box: str
    bar_x: str
    label: str


def cost_table(activities, source: str = "") -> CostTable | None:
    """Return the costs of the activities that are not cancelled, or their costs from one source.

    None if no money is planned or spent.
    """
    carried_out = activities.exclude(status=ActivityStatus.CANCELLED)
    funding = Funding.objects.filter(activity__in=carried_out.order_by().values("pk"))
    if source:
        funding = funding.filter(source=source)
    sums = [
        each
        for each in funding.order_by()
        .values("source", "activity__year")
        .annotate(planned=Sum("planned_idr"), spent=Sum("realised_idr"))
        if each["planned"] or each["spent"]
    ]
    if not sums:
        return None
    years = sorted({each["activity__year"] for each in sums})
    planned = {year: _sum(sums, "planned", year=year) for year in years}
    spent = {year: _sum(sums, "spent", year=year) for year in years}
    paying = {each["source"] for each in sums}
    totals = _row("Jumlah", sums, years)
    named = f"Biaya dari {FundingSource(source).label}" if source else "Biaya"
    return CostTable(
        title=f"{named} {format_rupiah(_sum(sums, 'planned'))}",
        years=years,
        rows=[
            _row(each.label, [one for one in sums if one["source"] == each], years)
            for each in FundingSource
            if each in paying
        ],
        totals=totals,
        realised=_realised(_sum(sums, "spent"), _sum(sums, "planned")),
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


def _sum(sums, name, *, year=None) -> Decimal:
    wanted = [each for each in sums if year is None or each["activity__year"] == year]
    return sum((each[name] for each in wanted), Decimal(0))


def _row(name, sums, years) -> CostRow:
    amounts = [_sum(sums, "planned", year=year) for year in years]
    return CostRow(
        name=name,
        by_year=[
            (year, _digits(amount) if amount else NOTHING)
            for year, amount in zip(years, amounts, strict=True)
        ],
        planned=_digits(sum(amounts, Decimal(0))),
        spent=_digits(_sum(sums, "spent")),
    )


def _digits(amount) -> str:
    return format_count(int(amount))


def _realised(spent, planned) -> str:
    share = f" ({format_percent(spent * 100 / planned)})" if planned else ""
    return f"{format_rupiah(spent)}{share}"


def _spoken(year, planned, spent) -> str:
    return f"{year} {format_rupiah(planned[year])}, terealisasi {format_rupiah(spent[year])}"


def _bars(planned, spent) -> list[Bar]:
    # Spending may exceed the plan, so the largest of both sets the scale.
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

"""Tables whose headings sort through the address (`?urut=key`, `-key` for descending). Pure.

A table declares its columns, each with its heading and a function that formats its cell; the
template components/sortable_table.html draws any of them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from areas.charts.progress_chart import Sparkline

NUMBER = "num"


@dataclass(frozen=True)
class Cell:
    """A formatted cell; `hidden` notes are for screen readers only.

    `label` is its column's heading, which a phone shows before it; `bar` the length, 0 to 100, of
    a bar behind a share. `style` is a CSS class, `tone` that of a status label that replaces the plain text.
    """

    text: str = ""
    style: str = ""
    hidden: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    tone: str = ""
    sparkline: Sparkline | None = None
    label: str = ""
    bar: str = ""
    is_carried: bool = False
    is_provisional: bool = False
    has_day: bool = False


@dataclass(frozen=True)
class Column:
    """A column; `cell` formats a row's facts. The first column is the link and has no `cell`."""

    key: str
    label: str
    cell: Callable[..., Cell] | None = None
    style: str = ""
    is_sortable: bool = True


@dataclass(frozen=True)
class Heading:
    """A column's heading: `query` is `urut` in its link, `direction` the present order."""

    label: str
    style: str
    query: str
    direction: str


@dataclass(frozen=True)
class Row:
    """A village or region with its link and its cells."""

    name: str
    kind: str
    url: str
    cells: tuple[Cell, ...]


def year_columns(years: Sequence[int], cell: Callable[..., Cell]) -> list[Column]:
    """Return a column of hectares for each year; `cell` takes a row's facts and `year`."""
    return [
        Column(
            str(year),
            str(year),
            partial(cell, year=year),
            f"{NUMBER} {'latest' if year == years[-1] else 'past'}",
        )
        for year in years
    ]


def row_cells(columns: Sequence[Column], facts) -> tuple[Cell, ...]:
    """Return the formatted cells of one row."""
    return tuple(_in_column(column, column.cell(facts)) for column in columns if column.cell)


def _in_column(column: Column, cell: Cell) -> Cell:
    """Return a cell with its column's style and heading."""
    style = " ".join(dict.fromkeys((*column.style.split(), *cell.style.split())))
    return replace(cell, style=style, label=column.label)


def valid_sort(columns: Sequence[Column], sort: str) -> str:
    """Return the requested order, or the order by name if that is unknown."""
    keys = {column.key for column in columns if column.is_sortable}
    return sort if sort.removeprefix("-") in keys else "nama"


def headings(columns: Sequence[Column], sort: str, labels=()) -> list[Heading]:
    """Return the headings; `labels` replaces those of some columns (key → label)."""
    labels = dict(labels)
    return [_heading(column, sort, labels.get(column.key, column.label)) for column in columns]


def _heading(column: Column, sort: str, label: str) -> Heading:
    key = column.key
    if not column.is_sortable:
        return Heading(label, column.style, "", "")
    # The first click sorts numbers from the largest, names from A.
    first, second = (f"-{key}", key) if NUMBER in column.style.split() else (key, f"-{key}")
    direction = {key: "ascending", f"-{key}": "descending"}.get(sort, "")
    query = second if sort == first else first
    return Heading(label, column.style, query, direction)

"""Tables of open data: documented columns and lazily generated rows. Pure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from operator import attrgetter

# The type names of Frictionless Table Schema.
TEXT, NUMBER, YEAR, DAY, MOMENT, YES_NO = "string", "number", "year", "date", "datetime", "boolean"

KIND_WORDS = {
    TEXT: "teks",
    NUMBER: "angka",
    YEAR: "tahun",
    DAY: "tanggal",
    MOMENT: "tanggal dan jam",
    YES_NO: "ya/tidak",
}


@dataclass(frozen=True)
class Column:
    """A column: stable name, type, meaning; `unit` is `Ha`, `derajat` or ""."""

    name: str
    kind: str
    text: str
    unit: str = ""

    @property
    def kind_text(self) -> str:
        """The type in Indonesian, for the data dictionary."""
        return KIND_WORDS[self.kind]


@dataclass(frozen=True)
class Table:
    """The columns and rows of one request; rows are generated while they are written."""

    columns: Sequence[Column]
    rows: Iterable[Sequence]

    @property
    def header(self) -> list[str]:
        """The names of the columns."""
        return [column.name for column in self.columns]


@dataclass(frozen=True)
class Dataset:
    """A public table for download; `key` is its stable name in the URL.

    `build(programmes)` returns the table of these periods and `count(programmes)` its number of
    rows. `changes()` yields (number of rows, latest change) of each source of its data.
    `of_period`: whether it depends on the chosen period.
    """

    key: str
    title: str
    text: str
    primary_key: tuple[str, ...]
    build: Callable[[Sequence], Table]
    count: Callable[[Sequence], int]
    changes: Callable[[], Iterable[tuple]]
    of_period: bool = True


def attribute_table(attributes: Mapping[str, str], objects: Iterable) -> Table:
    """Return a table of attributes: name of the column → path such as `village.district.name`.

    A method at the end of a path is called. Numbers, dates and moments are kept for the writers
    to format; any other object is written as text.
    """
    columns = [Column(name, TEXT, "") for name in attributes]
    paths = [attrgetter(path) for path in attributes.values()]
    return Table(columns, ([_value(path(each)) for path in paths] for each in objects))


def _value(value):
    value = value() if callable(value) else value
    is_plain = value is None or isinstance(value, str | int | float | Decimal | date)
    return value if is_plain else str(value)

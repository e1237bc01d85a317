"""Rules between tables, said once in SQL and kept by triggers on both databases.

They must hold at all times, whatever writes to the database. A rule of one row is a
`CheckConstraint` of its model instead. Two transactions that break a rule together, each without
seeing the other, are not noticed by a trigger; `broken_rows` finds them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from kotaku.integrity import triggers

PREFIX = "kotaku_rule"
# Of a moment in Asia/Jakarta: its calendar year, and its day, of which two can be subtracted.
FUNCTIONS = {
    "sqlite": {
        "YEAR_OF": r"CAST(strftime('%Y', \1, '+7 hours') AS integer)",
        "DAY_OF": r"julianday(date(\1, '+7 hours'))",
    },
    "postgresql": {
        "YEAR_OF": r"EXTRACT(YEAR FROM \1 AT TIME ZONE 'Asia/Jakarta')",
        "DAY_OF": r"(\1 AT TIME ZONE 'Asia/Jakarta')::date",
    },
}


@dataclass(frozen=True)
class Rule:
    """What must not be: the rows that `broken` selects, and the sentence that says what is wrong.

    `broken` follows SELECT … FROM: tables joined by JOIN, each with an alias (`table AS alias`), and
    WHERE. The first table holds the rows that a migration lists. Every column is written with its
    alias, because changes of these columns are checked. YEAR_OF(column) is a calendar year, the
    difference of two DAY_OF(column) a number of days.

    A migration that renames a choice leaves both names in the rule until it is applied everywhere.
    """

    name: str
    broken: str
    sentence: str

    @cached_property
    def tables(self) -> dict[str, str]:
        """The table of each alias, in the order of the statement."""
        return {alias: table for table, alias in re.findall(r"(\w+) AS (\w+)", self.broken)}

    def columns(self, alias: str) -> list[str]:
        """Return the columns of one table on which the rule depends."""
        return sorted(set(re.findall(rf"\b{alias}\.(\w+)", self.broken)))

    def fits(self, tables: dict[str, set[str]]) -> bool:
        """Whether these tables (name → columns) have everything that the rule mentions."""
        return all(
            set(self.columns(alias)) <= tables.get(table, set())
            for alias, table in self.tables.items()
        )

    def select(self, vendor: str, what: str, more: str = "") -> str:
        """Return the query for the broken rows, limited by a further condition."""
        joined, _, where = self.broken.partition("WHERE ")
        for function, written in FUNCTIONS[vendor].items():
            where = re.sub(rf"{function}\(([\w.]+)\)", written, where)
        return f"SELECT {what} FROM {joined}WHERE ({where}){more}"


@dataclass(frozen=True)
class Change:
    """A change that must not happen, although the row after it may exist.

    `event` is INSERT, UPDATE or DELETE of rows in `table`; `broken` is an SQL condition on NEW and
    OLD.
    """

    name: str
    table: str
    event: str
    broken: str
    sentence: str


# The apps add theirs when they start.
RULES: list[Rule] = [
    Rule(
        "region_in_province",
        """kotaku_region AS part JOIN kotaku_region AS whole ON whole.id = part.parent_id
        WHERE whole.kind <> 'province'""",
        "Kabupaten atau kota adalah bagian dari sebuah provinsi.",
    ),
]
CHANGES: list[Change] = []


def wanted(vendor: str, tables: dict[str, set[str]]) -> dict[str, str]:
    """Return the triggers (name → statement) of the rules that these tables can have."""
    found = {}
    for rule in RULES:
        if rule.fits(tables):
            found |= dict(_triggers(vendor, rule))
    for change in CHANGES:
        if change.table in tables:
            when = f"AFTER {change.event}"
            sentence = f"{change.name}: {change.sentence}"
            name, statement = triggers.refusing(
                vendor, PREFIX, when, change.table, f"({change.broken})", sentence
            )
            found[name] = statement
    return found


def _triggers(vendor, rule) -> Iterator[tuple[str, str]]:
    sentence = f"{rule.name}: {rule.sentence}"
    for alias, table in rule.tables.items():
        broken = f"EXISTS ({rule.select(vendor, '1', f' AND {alias}.id = NEW.id')})"
        columns = ", ".join(f'"{column}"' for column in rule.columns(alias))
        # A new row of another table is not referred to yet.
        is_first = alias == next(iter(rule.tables))
        for event in ["INSERT"] * is_first + [f"UPDATE OF {columns}"]:
            yield triggers.refusing(vendor, PREFIX, f"AFTER {event}", table, broken, sentence)


def sentence_of(error: Exception) -> str:
    """Return what a rule says whose trigger raised this error; "" for other errors."""
    return next(
        (each.sentence for each in (*RULES, *CHANGES) if str(error).startswith(f"{each.name}: ")),
        "",
    )


def broken_rows(vendor: str, cursor, tables: dict[str, set[str]], listed: int) -> Iterator[str]:
    """Yield a line for each rule that rows break: what is wrong, and the first of these rows."""
    for rule in RULES:
        if rule.fits(tables):
            alias, table = next(iter(rule.tables.items()))
            key = f"{alias}.id"
            cursor.execute(
                f"{rule.select(vendor, f'DISTINCT {key}')} ORDER BY {key} LIMIT {listed}"
            )
            if keys := ", ".join(str(key) for (key,) in cursor.fetchall()):
                yield f"  {table}, rows {keys}: {rule.sentence} ({rule.name})"

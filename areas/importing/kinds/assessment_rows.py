"""Read the rows of a sheet of assessments, one statement about an RT each. Pure.

Nothing is compared with the record here. A volume larger than its base is a problem of its cell.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

import areas.importing.column_words as columns
import areas.importing.kinds.assessment_columns as named
from areas.importing.columns import Layout
from areas.importing.file_questions import FileQuestions
from areas.importing.row_reader import RowReader, Table
from areas.importing.statements import Reading, Statement
from areas.importing.units import read_measure
from areas.importing.village_names import VillageFinder
from areas.rules.criteria import CURRENT, EDITIONS, by_code
from areas.rules.edition import QUANTITIES, Base, Edition
from areas.rules.rt_label import InvalidLabel, normal_label
from areas.rules.scoring import out_of_range_sentence
from kotaku.spreadsheets.cells import CellError, read_count, read_text, read_year
from kotaku.spreadsheets.sheets import Oddity, Row, is_blank


@dataclass(frozen=True)
class AssessmentStatement(Statement):
    """A row about an RT in a year; `values` are fields of Assessment, `area_ha` is the RT's area.

    `score`, `class_label` and `slum_ha` (hectares) are the result of these values.
    """

    rt: str = ""
    rw: str = ""
    hamlet: str = ""
    values: dict = field(default_factory=dict)
    score: int | None = None
    class_label: str = ""
    slum_ha: Decimal = Decimal(0)

    @property
    def title(self) -> str:
        """Return `Desa Balokang, RT 003/RW 001`."""
        place = f", RT {self.rt}/RW {self.rw}" if self.rt else ""
        return f"{super().title}{place}"

    @property
    def key(self) -> tuple:
        """Identifies the RT and year; two rows with the same key contradict each other."""
        return (*super().key, self.rt, self.rw)

    @property
    def content(self) -> tuple:
        """All values of the row, for the digest of the plan."""
        return (*super().content, self.rt, self.rw, self.hamlet, sorted(self.values.items()))


def missing_columns(layout: Layout, editions: Iterable[Edition]) -> str:
    """Return the sentence naming the columns that these editions still need; "" for none."""
    if not layout.names_villages:
        return "Tetapkan kolom mana yang berisi kode atau nama desa/kelurahan."
    required = [
        named.RT,
        named.RW,
        columns.YEAR,
        *named.GROUND,
        *dict.fromkeys(code for edition in editions for code in by_code(edition)),
    ]
    labels = named.assessments().labels
    missing = [labels[role] for role in required if layout.column(role) is None]
    if not missing:
        return ""
    shown = "; ".join(missing[:4]) + (f"; dan {len(missing) - 4} lagi" if len(missing) > 4 else "")
    return f"Tetapkan kolom untuk: {shown}."


def read_assessments(
    table: Table, finder: VillageFinder, questions: FileQuestions, before: Reading
) -> Reading:
    """Return the statements of the table's rows; `before` is what was read above."""
    reader = _RtReader(table, finder, questions, before)
    said = [reader.statement(row) for row in table.rows if not reader.kinds.is_total(row)]
    return Reading(said, times=before.times)


def editions_of(table: Table) -> set[Edition]:
    """Return the editions that the table's rows follow."""
    column = table.layout.column(named.RULE)
    if column is None:
        return {CURRENT}
    texts = {read_text(row.cell(column)) for row in table.rows}
    return {_edition_named(text) or CURRENT for text in texts} or {CURRENT}


def _edition_named(text: str) -> Edition | None:
    """Return the edition of this name, the current one for ""; None for an unknown name."""
    text = text.casefold()
    for each in EDITIONS.values():
        if text in (name.casefold() for name in (each.regulation, each.short_name, each.key)):
            return each
    return None if text else CURRENT


class _RtReader(RowReader):
    """Reads the assessments of RTs."""

    def __init__(self, table, finder, questions, before):
        self.quantities = named.quantities()
        roles = table.layout.roles
        measured = [column for column, role in roles.items() if role in self.quantities]
        super().__init__(table, finder, questions, measured, named.assessments(), before)
        self.codes = dict.fromkeys(code for each in EDITIONS.values() for code in by_code(each))

    def statement(self, row: Row) -> AssessmentStatement:
        """Return the statement of a row."""
        base = self.facts(row)
        if all(is_blank(row.cell(column)) for column in self.columns.values()):
            return AssessmentStatement(**base, left_out="baris kosong")
        if other := self.kinds.other_headings(row):
            return AssessmentStatement(**base, problem=self.in_row(row, other))
        if left_out := self.kinds.left_out(row):
            return AssessmentStatement(**base, left_out=left_out)
        if problem := self.malformed(row):
            return AssessmentStatement(**base, problem=problem)
        district, is_of_rt = self.text(row, columns.DISTRICT), bool(self.text(row, named.RT))
        base |= self.village(row, district=district, can_be_district=not is_of_rt)
        if "village" not in base:
            return AssessmentStatement(**base)
        base["hamlet"] = self.text(row, named.HAMLET)[:80]
        base["note"] = self.text(row, columns.NOTE)
        try:
            base |= {
                "rt": self._read(row, named.RT, read_label),
                "rw": self._read(row, named.RW, read_label),
                "year": self._read(row, columns.YEAR, read_year),
            }
            values = self._values(row)
        except CellError as error:
            return AssessmentStatement(**base, problem=str(error))
        return AssessmentStatement(**base, area_ha=values[Base.AREA.value], values=values)

    def _values(self, row) -> dict:
        edition = _edition_named(self.text(row, named.RULE))
        if edition is None:
            known = " atau ".join(each.regulation for each in EDITIONS.values())
            raise CellError(self.at(row, named.RULE, f"tidak dikenal. Tulis {known}."))
        values: dict = {
            "rule": edition.key,
            "assessor": self.text(row, named.ASSESSOR)[:120],
        }
        for role, name in named.GROUND.items():
            values[name] = self._read(row, role, self._reader_of(role, self.quantities[role]))
        if values[Base.AREA.value] <= 0:
            raise CellError(self.at(row, "luas_rt", "berisi 0. Luas RT harus lebih dari 0 Ha."))
        criteria = by_code(edition)
        for code, criterion in criteria.items():
            base = values[criterion.base.value]
            if not criterion.is_asked(base) and is_blank(row.cell(self.columns[code])):
                values[criterion.field] = Decimal(0)
                continue
            volume = self._read(row, code, self._reader_of(code, QUANTITIES[criterion.base]))
            if volume > base:
                sentence = out_of_range_sentence(criterion, volume, base)
                raise CellError(self.at(row, code, f"terlalu besar. {sentence}"))
            values[criterion.field] = volume
        for code in self.columns.keys() & self.codes.keys() - criteria.keys():
            if not is_blank(row.cell(self.columns[code])):
                words = f"berisi kriteria yang tidak ada dalam {edition.regulation}. Kosongkan."
                raise CellError(self.at(row, code, words))
        return values

    def _read(self, row, role, read):
        try:
            return read(row.cell(self.columns[role]))
        except CellError as error:
            raise CellError(self.at(row, role, str(error))) from error

    def _reader_of(self, role, quantity):
        """Return the reader of a role's cells: whole numbers, or amounts in their column's unit."""
        if quantity.decimals == 0:
            return lambda value: read_count(value, quantity)
        unit = self.layout.units.get(self.columns[role], quantity.unit)
        return lambda value: read_measure(value, unit, quantity)


def read_label(value) -> str:
    """Return the number of an RT or RW in its normal form: `006`, `006A`. Raises CellError."""
    if is_blank(value):
        raise CellError("kosong. Tulis nomornya, misalnya 6 atau 06A.")
    if isinstance(value, Oddity):
        raise CellError(f"{value.sentence}.")
    try:
        return normal_label(read_text(value))
    except InvalidLabel as error:
        raise CellError(f"berisi “{read_text(value)[:40]}”. {error}") from error

"""The preview of a list: what each row would add. It writes nothing."""

import hashlib
from dataclasses import dataclass

from areas.importing.plan import Outcome
from meetings.people_import.reading import PersonRow
from meetings.people_import.targets import identity

TITLES = {
    Outcome.WRONG: "Tidak dapat dibaca",
    Outcome.NEW: "Baru",
    Outcome.SAME: "Sudah ada di daftar",
    Outcome.LEFT_OUT: "Dilewati",
}
TOO_MANY = (
    "Daftar {what} memuat paling banyak {most} orang. Sekarang ada {there}, dan yang baru {new}. "
    "Kurangi barisnya, lalu periksa lagi."
)


@dataclass(frozen=True)
class PlannedPerson:
    """A row with its outcome; `values` are those to store, `sentence` explains the outcome."""

    number: int
    outcome: Outcome
    values: dict
    title: str
    details: str
    sentence: str = ""

    @property
    def mark(self) -> str:
        """The row's number as a form sends it."""
        return str(self.number)


@dataclass(frozen=True)
class Preview:
    """The rows in file order, and why they cannot be added together ("" if they can)."""

    rows: tuple[PlannedPerson, ...]
    refusal: str = ""

    def of(self, outcome: Outcome) -> list[PlannedPerson]:
        """Return the rows of one outcome."""
        return [row for row in self.rows if row.outcome == outcome]

    @property
    def new(self) -> list[PlannedPerson]:
        """The rows that would be added."""
        return self.of(Outcome.NEW)

    @property
    def wrong(self) -> list[PlannedPerson]:
        """The rows that cannot be read."""
        return self.of(Outcome.WRONG)

    @property
    def groups(self) -> list[tuple[str, list[PlannedPerson]]]:
        """The rows by outcome, those with problems first: (title, rows)."""
        return [(title, rows) for outcome, title in TITLES.items() if (rows := self.of(outcome))]

    def digest(self) -> str:
        """Return a hash, by which exactly the previewed rows are added."""
        said = [(row.number, row.outcome, sorted(row.values.items())) for row in self.rows]
        return hashlib.sha256(repr(said).encode()).hexdigest()


def preview(found: list[PersonRow], target) -> Preview:
    """Compare the rows with the list of the target and with each other."""
    there = target.there()
    seen: dict[tuple, int] = {}
    rows = tuple(_planned(row, target, there, seen) for row in found)
    new = sum(row.outcome == Outcome.NEW for row in rows)
    if len(there) + new <= target.most or not new:
        return Preview(rows)
    words = {"what": target.what, "most": target.most, "there": len(there), "new": new}
    return Preview(rows, TOO_MANY.format(**words))


def _planned(row, target, there, seen) -> PlannedPerson:
    shown = _shown(row.values)
    if row.left_out:
        return PlannedPerson(row.number, Outcome.LEFT_OUT, {}, *shown, row.left_out)
    said = {name: value for name, value in row.values.items() if value}
    form = target.row_form({**target.blank, **said})
    if row.problem or not form.is_valid():
        # What a cell could not say is not missing as well.
        problems = _problems(form, said if row.problem else form.fields)
        sentence = " ".join(filter(None, [row.problem, problems]))
        return PlannedPerson(row.number, Outcome.WRONG, {}, *shown, sentence)
    values = {name: form.cleaned_data[name] for name in form.Meta.fields}
    key = identity(values["name"], values["position"], values["organisation"])
    if first := seen.get(key):
        sentence = f"Orang ini sudah disebut di baris {first}. Hapus salah satunya."
        return PlannedPerson(row.number, Outcome.WRONG, {}, *shown, sentence)
    seen[key] = row.number
    outcome = Outcome.SAME if key in there else Outcome.NEW
    sentence = "" if outcome == Outcome.SAME else " ".join(row.notes)
    return PlannedPerson(row.number, outcome, values, *_shown(values, form), sentence)


def _problems(form, names) -> str:
    return " ".join(
        f"{form.fields[name].label}: {sentence}"
        for name, sentences in form.errors.items()
        for sentence in sentences
        if name in names
    )


def _shown(values, form=None) -> tuple[str, str]:
    """Return the name of a row and what else is read of it."""
    name, position = values.get("name", ""), values.get("position", "")
    labels = {}
    for field in ("unsur", "role") if form else ():
        if field in form.fields:
            labels[field] = dict(form.fields[field].choices).get(values[field], "")
    parts = [
        labels.get("role", ""),
        values.get("section", ""),
        position if name else "",
        values.get("organisation", ""),
        labels.get("unsur", ""),
        values.get("sex", ""),
        values.get("phone", ""),
        values.get("email", ""),
    ]
    return name or position, " · ".join(filter(None, parts))

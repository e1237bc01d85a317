"""Rows of a plain form, posted as `acara-0-title`, and the buttons that change them.

Without JavaScript, adding, moving or removing a row posts the whole form; nothing is saved, and
all input is shown again.
"""

from dataclasses import dataclass, field

MAX_ROWS = 500


@dataclass
class RowList:
    """The rows of one kind as typed text, and the ids of stored rows that were removed."""

    rows: list[dict[str, str]]
    removed: list[str] = field(default_factory=list)

    def add(self, row: dict[str, str]) -> None:
        """Append a row, up to MAX_ROWS."""
        if len(self.rows) < MAX_ROWS:
            self.rows.append(row)

    def move(self, index: int, step: int) -> None:
        """Move a row up (−1) or down (+1); at the end of the list it stays."""
        other = index + step
        if 0 <= index < len(self.rows) and 0 <= other < len(self.rows):
            self.rows[index], self.rows[other] = self.rows[other], self.rows[index]

    def remove(self, index: int) -> None:
        """Remove a row; the id of a stored one is kept, so that saving deletes only that row."""
        if 0 <= index < len(self.rows):
            row = self.rows.pop(index)
            if row.get("pk"):
                self.removed.append(row["pk"])


def posted_rows(data, prefix: str, names: list[str]) -> RowList:
    """Return the rows posted under `prefix`, in order, as text."""
    try:
        count = min(int(data.get(f"{prefix}-TOTAL_FORMS", 0)), MAX_ROWS)
    except ValueError:
        count = 0
    rows = [
        {name: data.get(f"{prefix}-{number}-{name}", "") for name in names}
        for number in range(count)
    ]
    return RowList(rows, data.getlist(f"{prefix}-removed"))


def act(lists: dict[str, RowList], action: str, blank: dict[str, dict]) -> bool:
    """Apply a row button such as `acara-tambah`, `acara-naik-2` or `acara-hapus-0`.

    Returns False for any other button.
    """
    prefix, _, rest = action.partition("-")
    verb, _, number = rest.partition("-")
    if prefix not in lists or verb not in ("tambah", "naik", "turun", "hapus"):
        return False
    rows = lists[prefix]
    if verb == "tambah":
        rows.add(dict(blank[prefix]))
    elif number.isdecimal() and len(number) < 6:
        if verb == "hapus":
            rows.remove(int(number))
        else:
            rows.move(int(number), -1 if verb == "naik" else 1)
    return True

"""What the lists of the admin say: each row of the record stands there once, with its numbers."""

from tests.oracle import days
from tests.oracle.files import STATES
from tests.oracle.numbering import ha, number, rt_ha
from tests.oracle.scores import Score, is_complete

DASH = "–"


def rows_of(page, fields: list[str]) -> list[tuple]:
    """Take the list off the page; return of each row what these fields say."""
    table = next(
        each for each in page.root.all("table") if each.attributes.get("id") == "result_list"
    )
    rows = []
    for row in table.all("tr"):
        cells = {
            name: cell.text()
            for cell in [*row.all("th"), *row.all("td")]
            for name in cell.classes
            if name.startswith("field-")
        }
        if cells:
            rows.append(tuple(cells[f"field-{name}"] for name in fields))
    page.take("table#result_list")
    return rows


def _expect(visit, model: str, fields: list[str], expected: list[tuple]):
    page = visit.page("admin list", f"/admin/areas/{model}/?all=", visit.world.admin)
    if not expected:
        return
    said = sorted(rows_of(page, fields))
    expected = sorted(expected)
    if len(said) != len(expected):
        page.fault(f"{len(said)} rows, expected {len(expected)}")
        return
    for row, want in zip(said, expected, strict=True):
        for field, text, words in zip(fields, row, want, strict=True):
            page.compare(f"{want[0]} {field}", text, words)
    page.expect("p.paginator", [str(len(expected))])


def figures(visit, turn):
    """The list of figures."""
    record = visit.record
    expected = []
    for row in record.rows.figures:
        baseline = record.baselines[row["baseline_id"]]
        name = record.village_name(record.villages[baseline["village_id"]])
        programme = record.programmes[baseline["programme_id"]]["name"]
        day = days.written(row["as_of"]) if row["as_of"] else DASH
        state = STATES[row["status"]]
        said = name, str(row["year"]), number(row["area_ha"]), day, state, programme
        expected.append(said)
    fields = ["village", "year", "area_ha", "as_of", "status", "programme"]
    _expect(visit, "yearlyfigure", fields, expected)


def programmes(visit, turn):
    """The list of periods, with the sum of the baselines beside what the decree declares."""
    record = visit.record
    expected = []
    for row in visit.programmes():
        areas = [
            each["area_ha"] for each in record.rows.baselines if each["programme_id"] == row["id"]
        ]
        declared = row["declared_ha"]
        summed, difference = DASH, DASH
        if areas:
            summed = f"{ha(sum(areas))} dari {len(areas)} desa/kelurahan"
            if declared is not None:
                rest = sum(areas) - declared
                difference = ha(rest) if rest else "tidak ada"
        expected.append(
            (
                row["name"],
                str(row["baseline_year"]),
                DASH if row["target_year"] is None else str(row["target_year"]),
                DASH if declared is None else ha(declared),
                summed,
                difference,
            )
        )
    fields = [
        "name", "baseline_year", "target_year", "declared_text", "summed_text", "difference_text",
    ]  # fmt: skip
    _expect(visit, "programme", fields, expected)


def assessments(visit, turn):
    """The list of assessments."""
    record = visit.record
    rts = {row["id"]: row for row in record.rows.neighbourhoods}
    expected = []
    for row in record.rows.assessments:
        rt = rts[row["neighbourhood_id"]]
        village = record.village_name(record.villages[rt["village_id"]])
        total = str(Score(row).total) if is_complete(row) else DASH
        expected.append(
            (village, str(row["year"]), total, rt_ha(row["area_ha"]), STATES[row["status"]])
        )
    fields = ["neighbourhood", "year", "total", "area_text", "status"]
    page = visit.page("admin list", "/admin/areas/assessment/?all=", visit.world.admin)
    if not expected:
        return
    said = sorted((row[0].split(", ", 1)[-1], *row[1:]) for row in rows_of(page, fields))
    for row, want in zip(said, sorted(expected), strict=True):
        for field, text, words in zip(fields, row, want, strict=True):
            page.compare(f"{want[0]} {field}", text, words)


def programme_form(visit, turn):
    """The form of a period: its own hectares, and a row for the baseline of each village."""
    record = visit.record
    for row in visit.programmes():
        address = f"/admin/areas/programme/{row['id']}/change/"
        page = visit.page("admin form", address, visit.world.admin)
        typed = {
            each.attributes.get("name"): each.attributes.get("value")
            for each in page.root.all("input")
        }
        for name in ("baseline_year", "declared_ha", "target_year", "target_ha"):
            wanted = "" if row[name] is None else number(row[name]).replace(".", "")
            wanted = str(row[name] or "") if name.endswith("year") else wanted
            page.compare(name, typed.get(name) or "", wanted)
        known = {
            str(each["id"]): number(each["area_ha"]).replace(".", "")
            for each in record.rows.baselines
            if each["programme_id"] == row["id"]
        }
        said = {
            typed[name]: typed.get(name.replace("-id", "-area_ha"))
            for name in typed
            if name and name.startswith("baselines-") and name.endswith("-id") and typed[name]
        }
        page.compare("baselines", said, known)


KINDS = [figures, programmes, assessments, programme_form]

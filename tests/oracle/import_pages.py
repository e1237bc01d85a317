"""What the preview of an import says: each cell of the sheet in its row, and what they add up to."""

import io
from decimal import Decimal
from fractions import Fraction

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from tests.oracle.comparing import unknown_numbers
from tests.oracle.numbering import count, ha, half_up, number
from tests.oracle.reading import numbers

DASH = "–"
WRITTEN = ("Baru", "Berubah")


def figures(visit, turn):
    """A sheet with a column for each of two years, all villages of a period, and a total row."""
    record = visit.record
    for programme in _chosen(visit, turn):
        ways = record.village_ways(programme)
        if not ways:
            continue
        years = [programme["baseline_year"] + 1, programme["baseline_year"] + 2]
        lines = []
        for place, way in enumerate(ways):
            known = {row["year"]: row["area_ha"] for row in record.figures_of(way.baseline)}
            said = {year: _area(turn + place + year, way, known.get(year)) for year in years}
            now = {year: known.get(year) for year in years}
            lines.append((way.village, said, now))
        _expect(visit, turn, programme, "angka", years, lines)


def baselines(visit, turn):
    """A list of all villages of a city, with a total row."""
    record = visit.record
    for programme in _chosen(visit, turn):
        lines = []
        for place, village in enumerate(record.villages_in(record.regions[programme["region_id"]])):
            known = record.baseline_of(programme, village)
            area = Decimal((turn * 37 + place * 311) % 1900).scaleb(-2)
            if known and (turn + place) % 2:
                area = known["area_ha"]
            lines.append((village, {None: area}, {None: known and known["area_ha"]}))
        _expect(visit, turn, programme, "baseline", [None], lines)


def _chosen(visit, turn) -> list[dict]:
    """Return one period of a history, another one each time."""
    found = visit.programmes()
    return [found[turn % len(found)]] if found else []


def _area(number_, way, known) -> Decimal:
    """Return what the sheet says: sometimes what is recorded, else a part of the baseline."""
    if known is not None and number_ % 3 == 0:
        return known
    share = way.baseline["area_ha"] * (number_ % 5) / 4
    return Decimal(half_up(share, 2)).scaleb(-2)


def _sheet(years, lines, stated) -> bytes:
    book = Workbook()
    book.active.title = "Data"
    book.active.append(
        ["Kode", "Desa/Kelurahan", *(f"{year or 'Luas kumuh'} (Ha)" for year in years)]
    )
    for village, said, _ in lines:
        book.active.append([village["code"], village["name"], *(said[year] for year in years)])
    book.active.append(["Jumlah", None, *(stated[year] for year in years)])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _expect(visit, turn, programme, kind, years, lines):
    summed = {year: sum(said[year] for _, said, _ in lines) for year in years}
    # Of every other sheet the total row is wrong.
    stated = {year: summed[year] + Decimal(turn % 2) / 4 for year in years}
    content = _sheet(years, lines, stated)
    client = visit.client(visit.world.bappeda)
    file = SimpleUploadedFile("rekap.xlsx", content)
    typed = {"kind": kind, "programme": programme["id"], "file": file}
    response = client.post("/data/impor/", typed)
    assert response.status_code == 302, response.content.decode()
    address = f"{response['Location']}?tampil=semua"
    page = visit.page("import preview", address, visit.world.bappeda)
    rows = _expect_rows(page, visit.record, years, lines)
    _expect_sums(page, programme, years, lines, stated, rows)
    _expect_counts(page, rows)
    page.done()


def _expect_rows(page, record, years, lines) -> list:
    """Each cell of the sheet is a row of the preview; return (line, year, outcome, flagged)."""
    body = [
        each for each in page.root.all("tr") if any("sheet__row" in c for c in each.classes[:1])
    ]
    page.take("section#baris-berkas tbody")
    wanted = [
        (place, village, year, said[year], now[year])
        for place, (village, said, now) in enumerate(lines, 2)
        for year in years
    ]
    if len(body) != len(wanted):
        page.fault(f"{len(body)} rows, expected {len(wanted)}")
        return []
    found = []
    for row, (place, village, year, area, before) in zip(body, wanted, strict=True):
        cells = [cell.text() for cell in row.children if not isinstance(cell, str)]
        want = [str(place), record.village_name(village), *([str(year)] if year else [])]
        want += ["" if before is None else number(before), number(area)]
        outcome = row.all("strong")[0].text()
        if outcome == "Salah" and not cells[-3]:
            want[-2] = ""  # Of a row that cannot be taken over, the record need not be told.
        page.compare(f"row {place}", cells[:-1], want)
        if before is None and area is not None:
            page.compare(f"row {place} is new or wrong", outcome in ("Baru", "Salah"), True)
        if outcome in WRITTEN:
            page.compare(f"row {place} changes", before != area or outcome == "Berubah", True)
        known = set(numbers(" ".join([*want, f"{number(area)} Ha"])))
        if before is not None:
            known |= {ha(before), ha(abs(before - area))}
        known |= _of_village(record, village)
        for token in numbers(cells[-1]):
            page.compare(f"row {place}: {cells[-1]}", token in known or token, True)
        flagged = any("flag" in each.classes for each in row.all("span"))
        found.append((village["id"], year, outcome, flagged))
    return found


def _of_village(record, village) -> set[str]:
    """All years and hectares that are recorded of a village, and 0."""
    found = {"0 Ha"}
    for programme in record.programmes_of_village(village):
        baseline = record.baseline_of(programme, village)
        found |= {str(programme["baseline_year"]), ha(baseline["area_ha"])}
        for row in record.figures_of(baseline):
            found |= {str(row["year"]), ha(row["area_ha"])}
    return found


def _expect_sums(page, programme, years, lines, stated, rows):
    cells = {}
    for year in years:
        counted = {key for key, when, outcome, _ in rows if when == year and outcome != "Salah"}
        areas = [said[year] for village, said, _ in lines if village["id"] in counted]
        total, name = sum(areas, Decimal(0)), str(year or "Baseline")
        declared = programme["declared_ha"]
        is_compared = declared is not None and (not year or len(areas) == len(lines))
        cells |= {
            (name, "Tahun" if year else "Isi"): name,
            (name, "Baris"): count(len(areas)),
            (name, "Jumlah baris"): ha(total),
            (name, "Baris jumlah berkas"): ha(stated[year]),
            (name, "Selisih"): _difference(stated[year] - total),
        }
        source = "Menurut SK" if programme["decree_number"] else "Total yang tercatat"
        column = f"{source} ({programme['baseline_year']})"
        cells[name, column] = ha(declared) if is_compared else DASH
        cells[name, f"Selisih dengan {source.lower()}"] = (
            _difference(declared - total) if is_compared else DASH
        )
    table = next(each for each in page.root.all("table") if "sheet" in each.classes)
    page.expect("section thead", [str(programme["baseline_year"])])
    page.expect_cells("section table.sheet", cells, table)


def _difference(value) -> str:
    exact = Fraction(value)
    if not exact:
        return "tidak ada"
    return f"{'kurang' if exact > 0 else 'lebih'} {ha(abs(exact))}"


def _expect_counts(page, rows):
    """The tabs, the verdict and the button count the rows of each outcome."""
    outcomes = [outcome for _, _, outcome, _ in rows]
    kinds = ["Salah", "Baru", "Berubah", "Sama", "Dilewati"]
    there = {kind: outcomes.count(kind) for kind in kinds if kind in outcomes}
    tabs = [("Semua", len(rows)), *there.items()]
    said = [each.text for each in page.take("nav.tabs li")]
    page.compare("tabs", sorted(said), sorted(f"{kind} ({count(each)})" for kind, each in tabs))
    written = [count(there[kind]) for kind in WRITTEN if kind in there]
    verdict = [count(there["Salah"])] if "Salah" in there else written
    page.expect("p.callout__title", verdict)
    warned = sum(flagged for _, _, outcome, flagged in rows if outcome in WRITTEN)
    page.expect("div.callout p", [count(warned)] if warned else [])
    if "Salah" not in there and written:
        total = sum(there.get(kind, 0) for kind in WRITTEN)
        page.expect("section.card form button", [count(total)])
    left = [block for block in page.blocks if unknown_numbers(block)]
    page.blocks = [block for block in left if not block.within("details.card")]


KINDS = [figures, baselines]

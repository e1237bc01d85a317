"""What the pages of officers and Bappeda say about figures: queue, review, grid, entry."""

import re
from datetime import date, timedelta
from fractions import Fraction

from tests.oracle import assessment_pages, days, drawn_points, progress_pages, work_strip
from tests.oracle.comparing import unknown_numbers
from tests.oracle.files import STATES
from tests.oracle.numbering import ha, number, percent
from tests.oracle.ways import Way


def _before(record, figure):
    """Return (year or None, hectares) of the last verified figure before this one, else baseline."""
    baseline = record.baselines[figure["baseline_id"]]
    earlier = [
        each
        for each in record.figures_of(baseline)
        if each["status"] == "verified" and each["year"] < figure["year"]
    ]
    return (earlier[-1]["year"], earlier[-1]["area_ha"]) if earlier else (None, baseline["area_ha"])


def changed_with_share(before, after) -> list[str]:
    """The numbers of "berkurang 2,80 Ha (47,5 %)"."""
    if before == after:
        return []
    share = [percent(Fraction(abs(before - after)) * 100 / Fraction(before))] if before else []
    return [ha(abs(before - after)), *share]


def _concerns(record, figure) -> list[str]:
    """The numbers in a figure's flags: only "Langsung menjadi 0 Ha" has one."""
    _, before = _before(record, figure)
    return ["0 Ha"] if figure["area_ha"] == 0 and before > 0 else []


def waiting(record) -> list[dict]:
    """Return what waits for its verification, oldest first."""
    found = [each for each in record.rows.figures if each["status"] == "submitted"]
    return sorted(found, key=lambda each: (each["submitted_at"], each["id"]))


def queue(visit, turn):
    """The queue, and the grid of every period below it."""
    record = visit.record
    found = waiting(record)
    for programme in visit.programmes():
        address = f"/verifikasi/?periode={programme['slug']}"
        page = visit.page("queue", address, visit.world.bappeda)
        page.expect("header.head h1", [str(len(found))] if found else [])
        lines = []
        for figure in found:
            _, before = _before(record, figure)
            lines += [
                [str(figure["year"])],
                [ha(before), ha(figure["area_ha"]), *changed_with_share(before, figure["area_ha"])],
                _concerns(record, figure),
            ]
        page.expect("ol.queue", *lines)
        _expect_grid(page, visit, programme)
        page.done()


def _expect_grid(page, visit, programme):
    record = visit.record
    ways = record.village_ways(programme)
    if not ways:
        return
    entered = {row["year"] for each in ways for row in record.figures_of(each.baseline)}
    due = None if programme["is_closed"] else work_strip.year_due(programme, visit.today)
    span = range(visit.this_year, programme["baseline_year"], -1)
    shown = [year for year in span if year in entered or year == due]
    is_excepted = due is not None and due not in entered and len(shown) < len(span)
    page.expect("p.note", [str(due)] if is_excepted else [])
    years = shown[:12]
    cells, totals = {}, dict.fromkeys(years, 0)
    for each in ways:
        name = record.village_name(each.village)
        figures = {row["year"]: row for row in record.figures_of(each.baseline)}
        for year in years:
            figure = figures.get(year)
            if figure is None:
                cells[name, str(year)] = "– Belum diisi"
                continue
            totals[year] += figure["status"] == "verified"
            day = f"per {days.written(figure['as_of'])}" if figure["as_of"] else ""
            cells[name, str(year)] = days.marked(STATES[figure["status"]], day)
            if figure["status"] != "draft":
                cells[name, str(year)] += f" {ha(figure['area_ha'])}"
    page.expect("table.grid thead", *[[str(year)] for year in years])
    page.expect_cells("table.grid tbody", cells)
    page.expect_cells(
        "table.grid tfoot",
        {("Terverifikasi", str(year)): f"{totals[year]}/{len(ways)}" for year in years},
    )


def review(visit, turn):
    """The page of every figure that was handed in, with its facts, chart and history."""
    record = visit.record
    chosen = [each for each in record.rows.figures if each["status"] != "draft"]
    for figure in chosen[turn % 3 :: 3]:
        _expect_review(visit, figure)


def _expect_neighbours(page, record, figure):
    """The queue at the side: at most eight lines around the figure."""
    found = waiting(record)
    place = found.index(figure) + 1 if figure in found else 0
    start = max(0, min(place - 4, len(found) - 8))
    lines = [[str(len(found))]] if found else []
    for each in found[start : start + 8]:
        _, before = _before(record, each)
        lines.append([str(each["year"]), ha(before), ha(each["area_ha"]), *_concerns(record, each)])
    page.expect("aside.review__queue", *lines)


def _effect(record, programme, way, figure) -> list[str]:
    """The numbers of what verifying the figure does to its city's newest total."""
    city = record.city_way(programme)
    if way.has_figures and figure["year"] < way.last:
        return []
    after = city.now + Fraction(figure["area_ha"]) - way.now
    until = max(city.last, figure["year"])
    if after == city.now:
        return [str(until), ha(city.now)]
    if city.last < until:
        return [ha(city.now), str(city.last), ha(after), str(until)]
    return [str(until), ha(city.now), ha(after)]


def _expect_review(visit, figure):
    record = visit.record
    baseline = record.baselines[figure["baseline_id"]]
    programme = record.programmes[baseline["programme_id"]]
    village = record.villages[baseline["village_id"]]
    page = visit.page("review", f"/verifikasi/{figure['id']}/", visit.world.bappeda)
    year, before = _before(record, figure)
    area, own = figure["area_ha"], str(figure["year"])
    page.expect("nav.crumbs", [own])
    page.expect("header.head h1", [own])
    page.expect(
        "dl.versus",
        [str(programme["baseline_year"])],
        [ha(baseline["area_ha"])],
        [str(year or programme["baseline_year"])],
        [ha(before)],
        [own],
        [ha(area)],
        changed_with_share(before, area),
    )
    page.expect("p.flags", _concerns(record, figure) if figure["status"] == "submitted" else [])
    _expect_basis(page, _basis_lines(record, figure, village))
    if figure["status"] == "submitted":
        # The box to tick names the flags once more.
        page.expect("div.decision form", [ha(area), own], _concerns(record, figure))
    page.expect("ol.history", *[progress_pages.moved(each) for each in record.events_of(figure)])
    way = record.one_village(programme, village)
    _expect_neighbours(page, record, figure)
    if figure["status"] == "submitted":
        page.expect("p.decision__effect", _effect(record, programme, way, figure))
    proposed = None if figure["status"] == "verified" else figure
    _expect_review_chart(page, visit, way, proposed)
    page.done()


def _expect_basis(page, said: list[str]):
    """What a figure was computed from stands in a paragraph without a class of its own."""
    found = [
        block
        for block in page.blocks
        if block.element.tag == "p"
        and not block.element.classes
        and unknown_numbers(block)
        and "review__figure" in block.element.parent.classes
        and not block.within("div.decision")
    ]
    page.compare("basis", [unknown_numbers(block) for block in found], [said] if said else [])
    page.blocks = [block for block in page.blocks if block not in found]


def _expect_review_chart(page, visit, way: Way, proposed):
    said = progress_pages.description(way, visit.this_year)
    if proposed:
        said += [*days.said(_day_or_end(proposed)), ha(proposed["area_ha"])]
    page.expect(".progress-chart desc", said, said)
    for drawing in page.root.all("svg"):
        if "progress-chart" in drawing.classes:
            progress_pages.expect_drawing(page, drawing, way, visit.this_year)
            labels = [
                each.text()
                for each in drawing.all("text")
                if "chart-label--proposed" in each.classes
            ]
            if proposed and labels:
                words = f"{STATES[proposed['status']]} {number(proposed['area_ha'])}"
                day = [_day_or_end(proposed)] if proposed["as_of"] else []
                page.compare("proposed label", labels, [words, *day])
            for said in drawn_points.titles_of(drawing, "chart-point--proposed"):
                state = STATES[proposed["status"]]
                day = _day_or_end(proposed) if proposed["as_of"] else ""
                year = days.marked(str(proposed["year"]), day)
                page.compare("proposal says", said, f"{state} {year}: {ha(proposed['area_ha'])}")
    page.take(".progress-chart circle")
    page.take(".progress-chart .chart-labels")
    page.expect("figure.chart-figure p.chart-note", *progress_pages.notes_on_days(way))
    is_dated = proposed and proposed["as_of"]
    cells = progress_pages.chart_cells(way, head="Tahun" if is_dated else None)
    if proposed is None:
        page.expect_cells(".chart-table__scroll table", cells)
        return
    row = str(proposed["year"])
    row = days.marked(row, _day_or_end(proposed)) if is_dated else row
    state = STATES[proposed["status"]].lower()
    rows = [
        [each.element.parent, each]
        for each in page.blocks
        if each.within(".chart-table__scroll tbody")
    ]
    handed_in = [block.element.parent for _, block in rows if block.text == state]
    page.compare("rows of the proposal", len(handed_in), 1)
    texts = [each.text for each in page.blocks if each.element.parent in handed_in]
    page.compare("proposal", texts, [row, number(proposed["area_ha"]), "–", state])
    page.blocks = [each for each in page.blocks if each.element.parent not in handed_in]
    page.expect_cells(".chart-table__scroll table", cells)


def _day_or_end(figure) -> str:
    """Return `per 3 Februari 2023`, or `akhir 2023` for a figure without a day."""
    day = figure["as_of"]
    return f"per {days.written(day)}" if day else f"akhir {figure['year']}"


def overview(visit, turn):
    """The officer's page of every period."""
    record = visit.record
    for programme in visit.programmes():
        address = f"/isian/?periode={programme['slug']}"
        page = visit.page("entry overview", address, visit.world.officer)
        blocks = {"callout": [], "late": [], "todo": [], "lines": []}
        ways = sorted(
            record.village_ways(programme),
            key=lambda each: (each.village["name"], each.village["code"]),
        )
        for each in ways:
            figures = {row["year"]: row for row in record.figures_of(each.baseline)}
            for year in sorted(figures):
                if figures[year]["status"] == "returned":
                    blocks["callout"] += [[str(year)], [str(year)]]
            others = set(figures)
            if not programme["is_closed"]:
                blocks["todo"] += _todo(visit, figures.get(visit.this_year))
                others |= set(range(programme["baseline_year"] + 1, visit.this_year))
                late = _overdue(visit, programme, figures)
                others -= {visit.this_year, *late}
                blocks["late"] += [_line(figures, year) for year in late]
            for year in sorted(others, reverse=True):
                blocks["lines"].append(_line(figures, year))
            blocks["lines"].append([str(programme["baseline_year"]), ha(each.baseline["area_ha"])])
        page.expect("div.callout ul.year-lines", *blocks["late"])
        # In which order several returned figures stand is not told.
        returned = sorted(unknown_numbers(block) for block in page.numbered("div.callout"))
        page.compare("returned figures", returned, sorted(blocks["callout"]))
        page.expect("section.card div.todo", *blocks["todo"])
        page.expect("section.card ul.year-lines", *blocks["lines"])
        page.done()


def _overdue(visit, programme, figures) -> list[int]:
    """The years before this one whose day is past and that were not handed in, oldest first."""
    days_left = timedelta(days=programme["entry_days"])
    return [
        year
        for year in range(programme["baseline_year"] + 1, visit.this_year)
        if date(year, 12, 31) + days_left < visit.today
        and (year not in figures or figures[year]["status"] == "draft")
    ]


def _line(figures, year) -> list[str]:
    area = figures[year]["area_ha"] if year in figures else None
    return [str(year)] + ([] if area is None else [ha(area)])


def _todo(visit, figure) -> list[list[str]]:
    year = str(visit.this_year)
    if figure is None:
        return [[year], [year]]
    head = [year, ha(figure["area_ha"])] if figure["area_ha"] is not None else [year]
    return [head, [year]]


def entry(visit, turn):
    """The form of some figures, and of a year without one."""
    record = visit.record
    for programme in visit.programmes():
        for each in record.village_ways(programme)[:2]:
            figures = {row["year"]: row for row in record.figures_of(each.baseline)}
            years = list(figures)
            if not programme["is_closed"]:
                years.append(programme["baseline_year"] + 1 + turn % 3)
            for year in sorted(set(years))[turn % 2 :: 2]:
                _expect_entry(visit, programme, each, year, figures.get(year))


def _expect_entry(visit, programme, way, year, figure):
    record = visit.record
    code = way.village["code"]
    address = f"/isian/{year}/?desa={code}&periode={programme['slug']}"
    page = visit.page("entry", address, visit.world.officer)
    known = figure or {"baseline_id": way.baseline["id"], "year": year, "area_ha": None}
    previous, before = _before(record, known)
    page.expect("nav.crumbs", [str(year)])
    page.expect("header.head h1", [str(year)])
    is_open = figure is None or figure["status"] in ("draft", "returned")
    if is_open and not programme["is_closed"]:
        compared = [[str(programme["baseline_year"])], [ha(way.baseline["area_ha"])]]
        if previous:
            compared += [[str(previous)], [ha(before)]]
        page.expect("dl.compare", *compared)
        dated = figure and figure["as_of"]
        page.expect("form.entry label.label--large", [] if dated else [str(year)])
        area = known["area_ha"]
        page.expect("form.entry input", [] if area is None else [number(area)])
        name = [str(previous)] if previous else []
        reading = []
        if area is not None:
            reading = [ha(area), *progress_pages.changed(before, area), *name]
        page.expect("form.entry output", reading)
        _expect_assessed(page, record, programme, way.village, year)
        if figure:
            page.expect("form.entry p.note", _basis_lines(record, figure, way.village))
        deadline = date(year, 12, 31) + timedelta(days=programme["entry_days"])
        page.compare("deadline", days.written(deadline) in page.root.text(), True)
    else:
        page.expect("section.card p.big-number", [ha(figure["area_ha"])])
    if figure:
        lines = [progress_pages.moved(each) for each in record.events_of(figure)]
        page.expect("section.history-box", *lines)
    page.done()


def _basis_lines(record, figure, village) -> list[str]:
    """The numbers of what a figure was computed from, and of the RTs that are not in it."""
    rows = record.basis_of(figure)
    if not rows:
        return []
    made_from = {row["id"]: row for row in record.rows.assessments}
    rts = {row["id"]: row for row in record.rows.neighbourhoods}
    kind = rts[made_from[rows[0]["assessment_id"]]["neighbourhood_id"]]["is_sample"]
    known = {rt["id"] for rt in assessment_pages.rts_of(record, village, kind)}
    left_out = known - {made_from[row["assessment_id"]]["neighbourhood_id"] for row in rows}
    waiting = {
        row["neighbourhood_id"]
        for row in record.rows.assessments
        if row["status"] == "submitted" and row["year"] <= figure["year"]
    } & left_out
    said = [str(len(each)) for each in (left_out, waiting) if each]
    return progress_pages.basis(record, figure) + said


def _expect_assessed(page, record, programme, village, year):
    """What the assessments offer for a year in which some were made."""
    sample = programme["is_sample"]
    found = assessment_pages.of_year(record, village, sample, year)
    if not any(row["year"] == year for row in found):
        return
    rts = assessment_pages.rts_of(record, village, sample)
    page.expect(
        "form.entry div.callout",
        [ha(assessment_pages.slum_sum(found))],
        assessment_pages.carried(found, rts, year),
    )


def officer_home(visit, turn):
    """What waits for the officer: what was given back or begun, the figures that are due or late."""
    record = visit.record
    page = visit.page("officer's work", "/", visit.world.officer)
    said = []
    for figure in record.rows.figures:
        if figure["status"] == "returned":
            said.append([str(figure["year"])])
    for assessment in record.rows.assessments:
        if assessment["status"] == "returned":
            said.append([str(assessment["year"])])
    begun = [each for each in record.rows.assessments if each["status"] == "draft"]
    # Up to three are named, each with its year; of more the number is said.
    said += [[str(each["year"])] for each in begun] if len(begun) <= 3 else [[str(len(begun))]]
    programme = record.current(visit.programmes())
    if programme and not programme["is_closed"]:
        for each in record.village_ways(programme):
            figures = {row["year"]: row["status"] for row in record.figures_of(each.baseline)}
            due = work_strip.year_due(programme, visit.today)
            if due and figures.get(due, "draft") == "draft":
                said.append([str(due)])
            late = work_strip.years_late(programme, visit.today)
            late = [year for year in late if figures.get(year, "draft") == "draft"]
            if late:
                said.append(re.findall(r"\d+", work_strip.written(late)))
    work_strip.expect_officer_questions(page, visit)
    blocks = page.numbered("section.work")
    page.compare("work", sorted(unknown_numbers(block) for block in blocks), sorted(said))


KINDS = [queue, review, overview, entry, officer_home]

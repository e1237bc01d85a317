"""What the pages about progress have to say: a city's, a sum's, a village's, and the village list."""

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from tests.oracle import compare_pages, comparisons, days, drawn_points, maps
from tests.oracle.comparing import without_known
from tests.oracle.drawings import Axes, corners_of
from tests.oracle.numbering import count, ha, half_up, number, percent, reduction
from tests.oracle.reading import numbers, squeezed
from tests.oracle.scores import SLUM, Score, counted
from tests.oracle.ways import OFFICIAL, Record, Way

DASH = "–"
MOST_YEARS = 6
MOST_YEARS_OF_SUMS = 4


def headline(way: Way) -> list[str]:
    """The numbers of the finding."""
    if not way.has_figures:
        return [ha(way.start), str(way.first)]
    if way.now == 0 and way.start:
        return ["0 Ha", ha(way.start)]
    if way.now == way.start:
        return [ha(way.now), str(way.first)]
    if not way.start:
        return [ha(way.now), "0 Ha"]
    return [ha(way.now), ha(way.start), percent(abs(way.reduced_percent(way.last)))]


def heading(way: Way) -> list[str]:
    """The numbers over a chart."""
    if not way.has_figures:
        return []
    if way.now == way.start:
        return [str(way.first)]
    return [ha(abs(way.start - way.now)), str(way.first)]


def finding(way: Way) -> list[str]:
    """The numbers of what a chart shows."""
    if not way.has_figures:
        return []
    lately = [way.reduced_in(year) for year in way.years][1:]
    if lately[-1] < 0:
        return [ha(-lately[-1]), str(way.last)]
    falls = len(lately) > 1 and all(each > 0 for each in lately)
    if falls and way.status() in ("Terlambat", "Sesuai target"):
        return []
    return heading(way)


def completeness(way: Way) -> list[str]:
    if not way.has_figures or not way.villages:
        return []
    said = [count(way.verified(way.last)), count(len(way.villages))]
    if way.submitted(way.last):
        said.append(count(way.submitted(way.last)))
    if way.carried(way.last):
        said.append(count(way.carried(way.last)))
    return said


def forecast(way: Way, this_year: int) -> list[str]:
    """The numbers of the forecast; there is none for a year that is over."""
    if way.reached is None or way.reached < this_year:
        return []
    return [str(way.reached), ha(way.pace)]


def known_of(way: Way) -> str:
    """Of when what is left is: a baseline's year, or the last figures' day."""
    if way.is_counted:
        return days.state(way, way.last)
    return days.marked(f"baseline {way.first}", days.inferred(way))


def key_figures(way: Way, this_year: int) -> list[tuple[str, list[str]]]:
    """Return (a word of the label, numbers of label and value) of each key figure."""
    figures = [("Sisa", [ha(way.now), *days.said(known_of(way))])]
    if way.has_figures:
        change = way.start - way.now
        share = way.reduced_percent(way.last)
        figures.append(
            (
                "Bertambah" if change < 0 else "Berkurang",
                [str(way.first), ha(abs(change))]
                + ([] if share is None else [percent(abs(share))]),
            )
        )
        lately = way.reduced_in(way.last)
        words = "Bertambah" if lately < 0 else "Berkurang"
        note = days.state(way, way.last) if days.span(way, way.last) else ""
        figures.append((words, [str(way.last), ha(abs(lately)), *days.said(note)]))
    if way.promises is not None:
        if way.is_counted:
            gap = way.now - way.target(way.last)
            year = min(way.last, way.target_year)
            said = [str(year), ha(way.target(way.last))] + ([ha(abs(gap))] if gap else [])
            figures.append(("Target", said))
            if way.reached is not None and way.reached >= this_year:
                figures.append(("Perkiraan", [str(way.reached), ha(way.pace)]))
        else:
            figures.append(("Target", [str(way.target_year), ha(way.final_target)]))
    if way.has_figures and len(way.villages) > 1:
        cleared = [count(way.cleared(way.last)), count(len(way.villages))]
        figures.append(("Tuntas", ["0 Ha", *cleared]))
    return figures


def expect_key_figures(page, way: Way, this_year: int, more=()):
    lists = [each for each in page.root.all("dl") if each.classes == ["keys"]]
    expected = key_figures(way, this_year) + list(more)
    if len(lists) != 1:
        page.fault(f"{len(lists)} lists of key figures")
        return
    labels = [each.text() for each in lists[0].all("dt")]
    if len(labels) != len(expected):
        page.fault(f"key figures: says {labels}, expected {expected}")
        return
    for label, (word, _) in zip(labels, expected, strict=True):
        page.compare("key figure", word if word in label else label, word)
    known = lists[0].all("dd")[0].text()
    page.compare("of when it is", known_of(way) if known_of(way) in known else known, known_of(way))
    page.expect("dl.keys .keys__figure", *_as_blocks(page, expected))


def _as_blocks(page, expected):
    """Split each figure's numbers into those of its label and of its value, as the page does."""
    for div in page.root.all("div"):
        if "keys__figure" in div.classes and div.parent.classes == ["keys"]:
            said = numbers(div.all("dt")[0].text())
            _, tokens = expected.pop(0)
            yield tokens[: len(said)]
            yield tokens[len(said) :]


def description(way: Way, this_year: int, plan=(), until=0) -> list[str]:
    """The numbers of a chart's description, for those who cannot see it."""
    said = [ha(way.start), str(way.first)]
    if way.has_figures:
        said += [ha(way.now), *days.said(days.state(way, way.last))]
        if way.start and way.now != way.start:
            said.append(percent(abs(way.reduced_percent(way.last))))
        said += incomplete(way)
    said += drawn_points.tail_note(way, until)
    if way.promises is not None:
        said += [ha(way.final_target), str(way.target_year)]
    return said + forecast(way, this_year) + list(plan)


def incomplete(way: Way) -> list[str]:
    year = way.last
    if not way.villages or not (way.carried(year) or way.submitted(year)):
        return []
    said = [str(year), str(way.verified(year)), str(len(way.villages))]
    return said + ([str(way.submitted(year))] if way.submitted(year) else [])


def verified_text(way: Way, year: int) -> str:
    """What the column "Terverifikasi" of a chart's table says."""
    if year == way.first:
        return f"baseline, {days.inferred(way)}" if days.inferred(way) else "baseline"
    if len(way.villages) == 1:
        if way.submitted(year):
            return "diajukan"
        return "ya" if way.verified(year) else "angka terakhir"
    text = f"{way.verified(year)} dari {len(way.villages)}"
    return text + (f" ({way.submitted(year)} diajukan)" if way.submitted(year) else "")


def is_hollow(way: Way, year: int) -> bool:
    """Whether a point is drawn hollow: not every figure behind it is verified for its year."""
    return year > way.first and way.verified(year) < len(way.villages)


def expect_chart(page, way: Way, this_year: int, plan=(), until=0, selector="figure.chart-figure"):
    """Heading, both drawings, notes and table of a progress chart.

    `plan` is (year, hectares); years up to `until` use the newest figure.
    """
    sentence = plan_sentence(plan, way)
    page.expect(f"{selector} figcaption.chart-heading", finding(way))
    page.take(".progress-chart circle")
    page.expect(".progress-chart title", heading(way), heading(way))
    said = description(way, this_year, sentence, until)
    page.expect(".progress-chart desc", said, said)
    for drawing in page.root.all("svg"):
        if "progress-chart" in drawing.classes:
            expect_drawing(page, drawing, way, this_year, plan, until)
    page.take(".progress-chart .chart-labels")
    page.expect(f"{selector} .chart-table__scroll caption", heading(way))
    notes = notes_on_days(way)
    tail = drawn_points.tail_note(way, until)
    page.expect(f"{selector} p.chart-note", tail, *notes, forecast(way, this_year), sentence)
    cells = chart_cells(way, plan, until=until)
    page.expect_cells(f"{selector} .chart-table__scroll table", cells)
    page.expect(f"{selector} div.chart-table__scroll", heading(way))


def chart_cells(way: Way, plan=(), head=None, until=0) -> dict:
    cells = {}
    known = head or head_of_years(way), "Sisa (Ha)", "Berkurang dari baseline", "Terverifikasi"
    planned = dict(plan[1:])
    years = set(way.years) | set(planned) | set(range(way.last + 1, until + 1))
    if way.promises is not None:
        years |= set(range(way.first, way.target_year + 1))
    for year in sorted(years):
        row = days.year_name(way, year)
        if year <= way.last:
            share = None if year == way.first else way.reduced_percent(year)
            values = number(way.left(year)), reduction(share)
            values += (verified_text(way, year),)
        elif year in planned:
            values = number(planned[year]), DASH, "bila rencana terlaksana"
        elif year <= until:
            share = way.reduced_percent(way.last) if way.has_figures else None
            used = f"memakai {way.last if way.has_figures else 'baseline'}"
            values = number(way.now), reduction(share), used
        else:
            values = DASH, DASH, DASH
        cells |= {(row, name): text for name, text in zip(known, (row, *values), strict=True)}
        if way.promises is not None:
            within = year <= max(way.target_year, way.last)
            cells[row, "Target (Ha)"] = number(way.target(year)) if within else DASH
    return cells


def head_of_years(way: Way) -> str:
    """What stands over the years: "Akhir tahun" only where every number is of such a day."""
    others = days.inferred(way) or any(
        days.span(way, year) or days.is_running(way, year) for year in way.years
    )
    return "Tahun" if others else "Akhir tahun"


def notes_on_days(way: Way) -> list[list[str]]:
    """The numbers of "2023 (per 3 Februari 2023): bukan keadaan akhir tahun", and of what is inferred."""
    dated = [
        [str(year)] for year in way.years if days.span(way, year) or days.is_running(way, year)
    ]
    return dated + ([[str(way.first), ha(way.start)]] if days.inferred(way) else [])


def plan_sentence(plan, way: Way) -> list[str]:
    """The numbers of "Bila rencana terlaksana": the years in which it changes, then the start.

    The start is of the day of the last figures, where it is theirs.
    """
    said = []
    for (_, before), (year, area) in pairwise(plan):
        if area != before:
            said += [ha(area), str(year)]
    if not plan:
        return []
    year, area = plan[0]
    start = days.state(way, year) if year == way.last else str(year)
    return [*said, ha(area), *days.said(start)]


def expect_drawing(page, drawing, way: Way, this_year: int, plan=(), until=0):
    """The points of a drawing lie where its axes put the oracle's values, and its labels are theirs."""
    axis = next(each for each in drawing.all("g") if "chart-axis" in each.classes)
    ticks = [each for each in axis.all("text") if each.attributes.get("text-anchor") == "end"]
    lines = axis.all("line")
    heights = [float(each.attributes["y1"]) for each in lines]
    values = [float(each.text().replace(".", "").replace(",", ".")) for each in ticks]
    paths = [each.attributes["d"] for each in axis.all("path")]
    across = [float(each[1:].split()[0]) for each in paths]
    years = list(range(way.first, way.first + len(across)))
    for text in axis.all("text"):
        if text.attributes.get("text-anchor") == "middle":
            nearest = min(range(len(across)), key=lambda n: abs(across[n] - _at(text)[0]))
            page.compare("year on the axis", text.text(), str(years[nearest]))
    per_ha = (heights[-1] - heights[0]) / (values[-1] - values[0])

    def height(area):
        return heights[0] + per_ha * float(area)

    circles = [
        each
        for each in drawing.all("circle")
        if "chart-point" in each.classes
        and not {"chart-point--proposed", "chart-point--carried"} & {*each.classes}
    ]
    if len(circles) != len(way.years):
        page.fault(f"{len(circles)} points drawn, expected {len(way.years)}")
        return
    places = []
    for circle, year in zip(circles, way.years, strict=True):
        x, y = float(circle.attributes["cx"]), float(circle.attributes["cy"])
        places.append((x, y, year))
        fits = abs(y - height(way.left(year))) < 0.3 and abs(x - across[year - way.first]) < 0.3
        page.compare("point", fits, True)
        hollow = "chart-point--hollow" in circle.classes
        page.compare(f"point of {year} is hollow", hollow, is_hollow(way, year))
        (title,) = circle.all("title")
        page.compare("point says", squeezed(title.text()), drawn_points.point_title(way, year))
    _expect_line(
        page,
        drawing,
        "chart-actual",
        [(year, way.left(year)) for year in way.years] if way.has_figures else [],
        across,
        way.first,
        height,
    )
    _expect_line(page, drawing, "chart-plan", plan, across, way.first, height)
    targets = []
    if way.promises is not None:
        targets = [(each, way.target(each)) for each in range(way.first, way.target_year + 1)]
    drawn = _line(drawing, "chart-target")
    for (year, area), (x, y) in zip(targets, drawn, strict=False):
        fits = abs(y - height(area)) < 0.3 and abs(x - across[year - way.first]) < 0.3
        page.compare("target line", fits, True)
    if bool(drawn) != bool(targets):
        page.fault(f"target line: {drawn}, expected {targets}")
    dots = drawn_points.dots(way, this_year, plan)
    page.compare("projection says", drawn_points.titles_of(drawing, "chart-dot"), dots)
    if dots:
        line = _line(drawing, "chart-projection")
        page.compare("projection's corners", len(line), way.reached - way.last + 1)
        for year, (x, y) in enumerate(line, start=way.last):
            left = max(way.final_target, way.now - way.pace * (year - way.last))
            left = way.final_target if year == way.reached else left
            fits = abs(y - height(left)) < 0.3 and abs(x - across[year - way.first]) < 0.3
            page.compare(f"projection in {year}", fits, True)
    tail = drawn_points.tail_titles(way, until)
    said = drawn_points.titles_of(drawing, "chart-point--carried")
    page.compare("years without a figure", said, tail)
    drawn_points.expect_labels(page, drawing, way, until)
    _expect_labels(page, drawing, way, this_year, places)


def _expect_labels(page, drawing, way, this_year, places):
    group = next(each for each in drawing.all("g") if "chart-labels" in each.classes)
    for label in group.all("text"):
        text = label.text()
        if not any(sign.isdigit() for sign in text) or label.classes:
            continue
        if text.startswith("per "):
            x, y = _at(label)
            near = [
                year for left, top, year in places if abs(x - left) < 120 and abs(y - top) < 150
            ]
            page.compare("day", text in {days.state(way, year) for year in near}, True)
            continue
        text = text.replace("\u00a0", " ").removesuffix(" Ha")
        x, y = _at(label)
        near = [year for left, top, year in places if abs(x - left) < 120 and abs(y - top) < 150]
        page.compare(
            f"label {text} of a point", text in {number(way.left(year)) for year in near}, True
        )


def _line(drawing, name):
    for each in drawing.all("polyline"):
        if name in each.classes:
            return [
                tuple(float(part) for part in corner.split(","))
                for corner in each.attributes["points"].split()
            ]
    return []


def _expect_line(page, drawing, name, corners, across, first, height):
    drawn = _line(drawing, name)
    if len(drawn) != len(corners):
        page.fault(f"{name}: {len(drawn)} corners, expected {corners}")
        return
    for (year, area), (x, y) in zip(corners, drawn, strict=True):
        fits = abs(y - height(area)) < 0.3 and abs(x - across[year - first]) < 0.3
        page.compare(f"{name} {year}", fits, True)


def _at(text) -> tuple[float, float]:
    return float(text.attributes["x"]), float(text.attributes["y"])


def years_with_figures(ways) -> list[int]:
    """The years of which some village has a figure; the others repeat the year before."""
    years = {year for way in ways for year in list(way.years)[1:]}
    return sorted(
        year for year in years if any(each.own(year) for way in ways for each in way.villages)
    )


def left_out(shown, ways, most: int) -> list[str]:
    """The numbers of "Tahun 2020–2025 dilewati", of the years among those shown."""
    years = {year for way in ways for year in list(way.years)[1:]}
    first = shown[0] if len(shown) == most else 0
    return comparisons.runs(sorted(year for year in years - {*shown} if year > first))


def village_cells(record: Record, programme: dict, states=OFFICIAL) -> dict:
    """The cells of the table of a period's villages."""
    whole = record.city_way(programme, states)
    years = years_with_figures([whole])[-MOST_YEARS:]
    start = days.marked("Baseline", days.inferred(whole))
    cells = {}
    for each in record.village_ways(programme, states):
        name = record.village_name(each.village)
        way = Way(each.first, [each], None)
        share = way.reduced_percent(way.last)
        cells[name, "Kecamatan"] = record.district_of(each.village)["name"]
        cells[name, start] = days.marked(number(each.baseline["area_ha"]), days.inferred(way))
        for year in years:
            text = number(each.left(year))
            if not each.own(year):
                text += " (angka terakhir)"
            if each.is_provisional(year):
                text += " (sementara)"
            cells[name, days.year_name(whole, year)] = days.marked(text, days.span(way, year))
        cells[name, "Berkurang"] = reduction(share)
        cells[name, "Keadaan data"] = _state(each, way, years)
    return cells


def _state(each, way, years) -> str:
    if not each.figures:
        return "Belum ada angka, baru baseline"
    if each.figures[way.last][1] == "submitted":
        return f"Diajukan {way.last}"
    if way.now == 0:
        return f"Tuntas {way.last}"
    if years and way.last < years[-1]:
        return f"Memakai angka {way.last}"
    return f"Terverifikasi {way.last}"


def expect_village_table(page, record, programme, states=OFFICIAL, note=()):
    """The table of villages and the note on the years that it leaves out; `note` stands before."""
    whole = record.city_way(programme, states)
    years = years_with_figures([whole])[-MOST_YEARS:]
    page.expect("table.villages thead", *[[str(year)] for year in years])
    page.expect_cells("table.villages", village_cells(record, programme, states))
    page.expect("main p.note", note, left_out(years, [whole], MOST_YEARS))


def expect_village_map(page, record, programme, states, selector, drawings, *, legend=True):
    """The circles of a period's villages, and the sums of their kecamatan."""
    inside = [each.village for each in record.village_ways(programme)]
    city = record.regions[programme["region_id"]]
    outside = [each for each in record.villages_in(city) if each not in inside]
    maps.expect_circles(
        page,
        maps.villages(record, programme, states),
        selector,
        drawings,
        maps.spots_of(record, inside),
        [*maps.spots_of(record, outside).values()],
    )
    if legend:
        page.expect_cells("table.map-districts", maps.district_cells(record, programme, states))


def expect_head(page, way: Way, programme: dict | None = None):
    """The finding, where it stands, how complete it is, and which years are missing."""
    page.expect("header.head h1", headline(way))
    status = way.status()
    if status:
        page.expect_words("p.verdict", status)
        page.expect("p.verdict", against_target(way))
    said = [*days.said(days.state(way, way.last)), *completeness(way)] if way.is_counted else []
    if programme and (way.villages or way.has_figures):
        said += comparisons.missing(programme, way)
    page.expect("p.basis", said)


def against_target(way: Way) -> list[str]:
    """The numbers of the sentence beside the status: the target, or the distance from its path."""
    if way.status() == "Tercapai" or way.last >= way.target_year:
        return [ha(way.final_target), str(way.target_year)]
    gap = way.now - way.target(way.last)
    return [*([ha(abs(gap))] if gap else []), str(way.last)]


def declared(programme: dict, way: Way) -> list[str]:
    """The numbers of the note that compares what a decree declares with what its villages sum to."""
    total = programme["declared_ha"]
    if total is None:
        return []
    if not way.villages:
        return [ha(total)]
    baseline = sum(each.baseline["area_ha"] for each in way.villages)
    if total == baseline:
        return [str(len(way.villages)), ha(total)]
    return [str(len(way.villages)), ha(baseline), ha(total), ha(abs(total - baseline))]


def expect_city(page, record, programme, states, this_year, plan=()):
    """The page of a city's period."""
    way = record.city_way(programme, states)
    if way is None:
        return
    city = record.regions[programme["region_id"]]
    expect_goals(page, record, city, programme, record.programmes_in(city), way, this_year)
    expect_head(page, way, programme)
    expect_key_figures(page, way, this_year)
    expect_chart(page, way, this_year, plan)
    page.expect("section.gaps", *comparisons.period_gaps(record, programme, way, states))
    if states == OFFICIAL:
        compare_pages.expect_small_charts(page, record, programme)
    if way.villages:
        expect_village_table(page, record, programme, states, declared(programme, way))
        expect_village_map(page, record, programme, states, "figure.chart-figure", 2)
    else:
        page.expect("div.opening__side p.note", declared(programme, way))


def expect_village(page, record, programme, village, states, this_year, plan=(), user=None):
    """The page of a village: finding, key figures, chart, map."""
    way = record.one_village(programme, village, states)
    # A period ends for a village when it ends for its city.
    periods = record.programmes_in(record.region_of(village))
    whole = record.city_way(programme, states)
    expect_goals(page, record, village, programme, periods, whole, this_year)
    page.expect("header.head h1", headline(way))
    place = []
    said = [comparisons.missing(programme, way)]
    if comparisons.may_see(programme, bool(user)):
        place = comparisons.rank(record, programme, village, states)
        if beside := comparisons.beside_city(way, whole):
            page.expect_words("p.verdict", beside[0])
            page.expect("p.verdict", beside[1])
    page.expect("header.head p.basis", *said)
    expect_key_figures(page, way, this_year, [("Urutan", place)] if place else [])
    page.expect("section.gaps", *comparisons.village_gaps(programme, way, whole))
    expect_chart(page, way, this_year, plan, whole.last)
    may_see = comparisons.may_see(programme, bool(user))
    _expect_pace(page, way, whole, may_see, max(way.last, whole.last))
    page.expect("section p.note", [str(way.first), ha(way.villages[0].baseline["area_ha"])])
    expect_village_map(
        page, record, programme, states, "figure.chart-figure--locator", 1, legend=False
    )


def _expect_pace(page, way, whole, may_see: bool, until: int):
    """The line at the city's pace loses the same share each year, from the village's own start."""
    years = range(whole.first, min(whole.last, until) + 1)
    is_drawn = may_see and whole.has_figures and whole.start and way.start and len(years) > 1
    for svg in page.root.all("svg"):
        if "progress-chart" not in svg.classes:
            continue
        axes = Axes(svg)
        lines = [each for each in svg.all("polyline") if "chart-pace" in each.classes]
        page.compare("lines of the city's pace", len(lines), int(bool(is_drawn)))
        for line in lines:
            corners = corners_of(line)
            page.compare("years at the city's pace", len(corners), len(years))
            for (x, y), year in zip(corners, years, strict=False):
                area = float(way.start * whole.left(year) / whole.start)
                fits = abs(x - axes.x(year)) < 0.3 and abs(y - axes.y(area)) < 0.3
                page.compare(f"city's pace in {year}", fits, True)


def expect_goals(page, record, place, programme, programmes, way, this_year):
    """The three goals of a city or a village, and which assessments they are from."""
    until = last_year(programme, programmes, way, this_year)
    villages = [
        each for each in record.villages.values() if place in (each, record.region_of(each))
    ]
    ids = {
        row["id"]
        for row in record.rows.neighbourhoods
        if row["is_sample"] == programme["is_sample"]
        and any(row["village_id"] == each["id"] for each in villages)
    }
    found = counted(record.rows.assessments, ids, until)
    households = sum(row["households"] for row in found)
    village_of = {row["id"]: row["village_id"] for row in record.rows.neighbourhoods}
    area, slum = Fraction(0), Fraction(0)
    for each in villages:
        mine = [row for row in found if village_of[row["neighbourhood_id"]] == each["id"]]
        # The areas of RTs are rounded once, at a village's sum.
        area += Fraction(half_up(sum((row["area_ha"] for row in mine), Decimal(0)), 2), 100)
        slum += Fraction(half_up(sum((Score(row).slum_ha for row in mine), Decimal(0)), 2), 100)
    years = sorted({row["year"] for row in found})
    ends = [str(year) for year in sorted({*years[:1], *years[-1:]})]
    said = []
    for without in (
        sum(row["water_no_access"] for row in found),
        None,
        sum(max(row["sewage_system"], row["sewage_facilities"]) for row in found),
    ):
        if without is None:
            share = (
                [percent(Fraction(slum) * 100 / Fraction(area)), ha(slum), ha(area), *ends]
                if area
                else [ha(slum), *ends, ha(area)]
                if found
                else []
            )
            said.append(share)
        elif households:
            share = Fraction(households - without) * 100 / households
            said.append([percent(share), f"{count(households)} KK"])
        else:
            said.append([])
    page.expect("dl.goals dd", *said)
    source = [count(len(found)), str(until), *ends]
    goals = next(each for each in page.root.all("dl") if "goals" in each.classes)
    blocks = [each for each in page.blocks if each.element.parent is goals.parent]
    page.compare(
        "source of the goals",
        [t for b in blocks for t in numbers(without_known(b.text, b))],
        source if found else [],
    )
    page.blocks = [each for each in page.blocks if each not in blocks]


def last_year(programme, programmes, way, this_year: int) -> int:
    """Return the last year that a period tells of: the present one while it runs.

    One that is closed or followed ends with its target year, or its last figure if that is later.
    """
    followed = any(
        each["baseline_year"] > programme["baseline_year"]
        and each["is_sample"] == programme["is_sample"]
        for each in programmes
    )
    if not (programme["is_closed"] or followed):
        return this_year
    return min(
        this_year,
        max(programme["target_year"] or 0, way.last if way else programme["baseline_year"]),
    )


def expect_village_years(page, record, programme, village, seen):
    """The figures by year below the chart, those with a state that this person sees, newest first."""
    baseline = record.baseline_of(programme, village)
    before, lines = baseline["area_ha"], []
    for figure in record.figures_of(baseline):
        if figure["status"] not in seen:
            continue
        area = figure["area_ha"]
        change = [] if area is None else changed(before, area)
        lines.append([[str(figure["year"])], [] if area is None else [ha(area)], change])
        if figure["status"] == "verified":
            before = area
    page.expect("li.year-row .year-row__head", *(each for line in lines[::-1] for each in line))
    shown = [each for each in record.figures_of(baseline)[::-1] if each["status"] in seen]
    bases = [basis(record, figure) for figure in shown]
    if len(seen) == 1:
        page.expect("li.year-row p", *bases)
    if len(seen) > 1:
        newest_first = record.figures_of(baseline)[::-1]
        page.expect("li.year-row summary", *[[str(figure["year"])] for figure in newest_first])
        events = [each for figure in newest_first for each in record.events_of(figure)]
        page.expect("li.year-row ol.history", *[moved(each) for each in events])
        page.expect("li.year-row p", *bases)
        page.expect(
            "section ol.history", *[moved(each) for each in record.baseline_events(baseline)]
        )


def basis(record, figure: dict) -> list[str]:
    """The numbers of "Dihitung dari 3 penilaian RT, 1 di antaranya kumuh"."""
    rows = record.basis_of(figure)
    return [str(len(rows)), str(sum(row["total"] >= SLUM for row in rows))] if rows else []


def moved(event: dict) -> list[str]:
    """The numbers of a line of history: from which hectares to which, and of the marks ticked."""
    before, after = event["before_ha"], event["after_ha"]
    if after is None:
        return []
    said = ["0 Ha"] if "CLEARED" in event.get("marks", "") else []
    return [ha(after), *said] if before in (None, after) else [ha(before), ha(after), *said]


def changed(before, after) -> list[str]:
    """The number of "berkurang 2,80 Ha"; none when nothing changed."""
    return [ha(abs(before - after))] if before != after else []


def expect_sum(page, record, region, this_year):
    """The page of a province or the nation."""
    way = record.sum_way(record.running(region))
    parts = parts_of(record, region)
    if way is not None:
        expect_head(page, way)
        expect_key_figures(page, way, this_year)
        expect_chart(page, way, this_year)
    expect_part_table(page, parts, sum_notes(record, region, way) if way is not None else [])
    known = {record.region_name(part): each for part, each in parts if each is not None}
    drawn = {name: maps.part(name, each) for name, each in known.items()}
    if not drawn:
        return
    spots = {record.region_name(part): _middle(record, part) for part, way in parts if way}
    maps.expect_circles(page, drawn, "figure.chart-figure", 2, spots)


def _middle(record, part) -> tuple[float, float]:
    villages = [each for city in record.cities_in(part) for each in record.villages_in(city)]
    return maps.middle_of(maps.spots_of(record, villages).values())


def parts_of(record, region) -> list[tuple[dict, Way | None]]:
    """Return the provinces of a nation, the cities of a province, each with its way, by name."""
    cities = record.cities_in(region)
    if region["kind"] == "nation":
        ids = {each["parent_id"] for each in cities}
        parts = [record.regions[each] for each in ids]
    else:
        parts = cities
    parts = sorted(parts, key=lambda each: (each["name"], each["code"]))
    return [(each, record.sum_way(record.running(each))) for each in parts]


def sum_notes(record, region, way) -> list[list[str]]:
    running = record.running(region)
    cities = len(record.cities_in(region))
    notes = []
    if len(running) < cities:
        notes.append([str(len(running)), str(cities)])
    if earlier := sum(each["baseline_year"] < way.first for each in running):
        notes.append([str(way.first), str(earlier)])
    without = sum(each["target_year"] is None for each in running)
    if without and without < len(running):
        notes.append([str(without)])
    return notes


def expect_part_table(page, parts, notes):
    ways = [way for _, way in parts if way]
    years = years_with_figures(ways)[-MOST_YEARS_OF_SUMS:]
    heads = [
        days.marked(str(year), "tahun berjalan" * any(days.is_running(way, year) for way in ways))
        for year in years
    ]
    page.expect("main p.note", *notes, left_out(years, ways, MOST_YEARS_OF_SUMS))
    starts = {way.first for way in ways}
    page.expect("table.villages thead", *[[str(year)] for year in years])
    _expect_sparklines(page, parts)
    page.expect_cells(
        "table.villages",
        {k: v for p in parts for k, v in part_cells(*p, years, starts, heads).items()},
    )


def _expect_sparklines(page, parts):
    """The word-sized line of each part begins with its start and ends with its last figures."""
    for part, way in parts:
        names = {f"{kind} {part['name']}" for kind in ("Provinsi", "Kota", "Kabupaten")}
        rows = [r for r in page.root.all("tr") if any(h.text() in names for h in r.all("th"))]
        drawn = [svg for row in rows for svg in row.all("svg") if "sparkline" in svg.classes]
        page.compare("word-sized lines", len(drawn), int(way is not None))
        if way is None or not drawn:
            continue
        areas = [way.start, *[way.left(y) for y in list(way.years)[1:]][-MOST_YEARS_OF_SUMS:]]
        top = float(max(areas)) or 1
        corners = [
            (4 + n * 88 / max(1, len(areas) - 1), 24 - 20 * float(a) / top)
            for n, a in enumerate(areas)
        ]
        lines = [corners_of(each) for each in drawn[0].all("polyline")]
        page.compare("line of figures", len(lines), int(len(areas) > 1))
        for line in lines:
            fits = len(line) == len(corners) and all(
                abs(x - a) < 0.2 and abs(y - b) < 0.2
                for (x, y), (a, b) in zip(line, corners, strict=True)
            )
            page.compare(f"line of {part['name']}: {line}", fits, True)
        (end,) = drawn[0].all("circle")
        page.compare(
            "end is hollow", "chart-point--hollow" in end.classes, is_hollow(way, way.last)
        )


def part_cells(part, way, years, starts, heads) -> dict:
    kinds = {"province": "Provinsi", "city": "Kota", "regency": "Kabupaten"}
    name = f"{kinds[part['kind']]} {part['name']}"
    if way is None:
        columns = "Baseline", *heads, "Berkurang", "Terverifikasi"
        return {(name, column): DASH for column in columns} | {(name, "Status"): "Belum ada data"}
    cells = {(name, "Baseline"): number(way.start)}
    if len(starts) > 1:
        cells[name, "Baseline"] += f" ({way.first})"
    cells[name, "Baseline"] = days.marked(cells[name, "Baseline"], days.inferred(way))
    for year, head in zip(years, heads, strict=True):
        if year < way.first:
            cells[name, head] = DASH
            continue
        own = year == way.first or (year <= way.last and any(v.own(year) for v in way.villages))
        text = number(way.left(year))
        day = f" {days.state(way, year)}" if own and days.span(way, year) else ""
        cells[name, head] = text + day if own else f"{text} (angka terakhir)"
    share = way.reduced_percent(way.last)
    cells[name, "Berkurang"] = reduction(share)
    cells[name, "Status"] = part_status(way)
    known = f"{count(way.verified(way.last))}/{count(len(way.villages))}"
    cells[name, "Terverifikasi"] = known if way.has_figures else DASH
    return cells


def part_status(way) -> str:
    if not way.is_counted:
        return "Belum ada angka"
    return way.status() or "Tanpa target"

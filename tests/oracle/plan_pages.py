"""What the pages about the work plan say: the list with its costs, an activity, the export."""

from decimal import Decimal
from fractions import Fraction

from tests.oracle import files, meeting_pages, plans, work_strip
from tests.oracle.assessment_pages import rts_of
from tests.oracle.comparing import unknown_numbers
from tests.oracle.numbering import amount, count, ha, number, percent, rt_ha, rupiah
from tests.oracle.progress_pages import expect_city, expect_village, expect_village_years
from tests.oracle.scores import CRITERIA
from tests.oracle.ways import OFFICIAL, WITH_SUBMITTED

SOURCES = {
    "apbn": "APBN",
    "bdi": "BDI/BPM",
    "apbd-provinsi": "APBD provinsi",
    "apbd-kota": "APBD kota",
    "dak": "DAK",
    "dana-desa": "Dana Desa/APBDes",
    "dana-kelurahan": "Dana kelurahan",
    "swadaya": "Swadaya masyarakat",
    "csr": "CSR/swasta",
    "hibah": "Hibah",
    "lainnya": "Lainnya",
}
STATES = {
    "planned": "Direncanakan",
    "running": "Berjalan",
    "done": "Selesai",
    "cancelled": "Batal",
}
ASPECTS = {
    1: "Bangunan gedung",
    2: "Jalan lingkungan",
    3: "Air minum",
    4: "Drainase lingkungan",
    5: "Pengelolaan air limbah",
    6: "Pengelolaan persampahan",
    7: "Proteksi kebakaran",
}
UNITS = {key: unit for key, _, _, unit in CRITERIA}


def money(record, activity) -> list[dict]:
    return [row for row in record.rows.funding if row["activity_id"] == activity["id"]]


def planned(record, activity) -> Decimal:
    return sum((row["planned_idr"] for row in money(record, activity)), Decimal(0))


def spent(record, activity) -> Decimal:
    return sum((row["realised_idr"] for row in money(record, activity)), Decimal(0))


def ordered(record) -> list[dict]:
    """Return all activities, the newest years first, then by village."""
    return sorted(
        record.rows.activities,
        key=lambda row: (-row["year"], record.villages[row["village_id"]]["name"], row["id"]),
    )


def line(record, activity) -> list[list[str]]:
    """The numbers of an activity's line: year and volume, then cost and progress."""
    facts = [str(activity["year"])]
    if activity["volume"] is not None:
        facts.append(f"{amount(activity['volume'])} {activity['unit']}")
    cost = planned(record, activity) or spent(record, activity)
    # Without any source the cost is unknown.
    words = [rupiah(cost)] if money(record, activity) else []
    if activity["physical_percent"]:
        words.append(f"{activity['physical_percent']} %")
    return [facts, words]


def plan_list(visit, turn):
    """The list of activities with their costs by source and year."""
    record = visit.record
    page = visit.page("work plan", "/rencana/", visit.world.bappeda)
    page.expect("h2#kegiatan", [str(len(record.rows.activities))] if ordered(record) else ["0"])
    page.expect("ul.queue", *[each for row in ordered(record) for each in line(record, row)])
    _expect_costs(page, record)
    page.done()


def _expect_costs(page, record):
    rows = [
        (each["source"], activity["year"], each["planned_idr"], each["realised_idr"])
        for activity in record.rows.activities
        if activity["status"] != "cancelled"
        for each in money(record, activity)
        if each["planned_idr"] or each["realised_idr"]
    ]
    if not rows:
        return
    years = sorted({year for _, year, _, _ in rows})
    total = sum(row[2] for row in rows)
    gone = sum(row[3] for row in rows)
    page.expect("h2#biaya", [rupiah(total)])
    share = [percent(Fraction(gone) * 100 / Fraction(total))] if total else []
    page.expect("figure.scale figcaption", [rupiah(gone), *share])
    by_year = {
        year: (
            sum(row[2] for row in rows if row[1] == year),
            sum(row[3] for row in rows if row[1] == year),
        )
        for year in years
    }
    spoken = [
        word
        for year in years
        for word in (str(year), rupiah(by_year[year][0]), rupiah(by_year[year][1]))
    ]
    words = [word for year in years for word in ([str(year)], short(by_year[year][0]))]
    bars = next(each for each in page.root.all("svg") if "cost-bars" in each.classes)
    _expect_bars(page, bars, by_year)
    page.expect("svg.cost-bars", spoken, *words)
    cells = {}
    for source in [*SOURCES, None]:
        mine = [row for row in rows if source in (row[0], None)]
        if not mine:
            continue
        name = SOURCES.get(source, "Jumlah")
        for year in years:
            of_year = sum(row[2] for row in mine if row[1] == year)
            cells[name, str(year)] = count(of_year) if of_year else "–"
        cells[name, "Anggaran (Rp)"] = count(sum(row[2] for row in mine))
        cells[name, "Realisasi (Rp)"] = count(sum(row[3] for row in mine))
    page.expect("table.sheet thead", *[[str(year)] for year in years])
    page.expect_cells("table.sheet", cells)


def short(value) -> list[str]:
    """The number of `Rp 1,25 miliar`, without its word."""
    for size in (10**12, 10**9, 10**6):
        if value >= size:
            shown = Fraction(value) / size
            whole = shown >= 100 or shown.denominator == 1
            return [f"Rp {number(shown, 0 if whole else 2)}"]
    return [rupiah(value)]


def _expect_bars(page, bars, by_year):
    """The bars are as long as what they stand for, compared with the longest."""
    widths = {
        name: [float(each.attributes["width"]) for each in bars.all("rect") if name in each.classes]
        for name in ("cost-bars__planned", "cost-bars__spent")
    }
    longest = max(max(pair) for pair in by_year.values())
    unit = max(max(each) for each in widths.values()) / float(longest)
    for place, name in enumerate(widths):
        for width, pair in zip(widths[name], by_year.values(), strict=True):
            page.compare(f"{name} bar", abs(width - float(pair[place]) * unit) < 0.2, True)


def activity(visit, turn):
    """The page of each activity: money, what it improves, how far it is."""
    record = visit.record
    for row in record.rows.activities:
        page = visit.page("activity", f"/rencana/{row['id']}/", visit.world.bappeda)
        village = record.villages[row["village_id"]]
        page.expect("header.head p.kicker", [str(row["aspect"]), str(row["year"])])
        facts = [[str(row["year"])]]
        if row["volume"] is not None:
            facts.append([f"{amount(row['volume'])} {row['unit']}"])
        facts.append([f"{row['physical_percent']} %"])
        costs = money(record, row)
        total, gone = planned(record, row), spent(record, row)
        if total:
            facts.append([percent(Fraction(gone) * 100 / Fraction(total))])
        page.expect("dl.pairs", *facts)
        cells = {}
        for each in costs:
            name = SOURCES[each["source"]]
            cells[name, "Anggaran (Rp)"] = count(each["planned_idr"])
            cells[name, "Realisasi (Rp)"] = count(each["realised_idr"])
        if total or gone:
            cells["Jumlah", "Anggaran (Rp)"] = count(total)
            cells["Jumlah", "Realisasi (Rp)"] = count(gone)
        page.expect_cells("table.sheet", cells)
        _expect_improvements(page, visit, row, village)
        page.done()


def _expect_improvements(page, visit, row, village):
    record = visit.record
    order = {rt["id"]: place for place, rt in enumerate(rts_of(record, village, row["is_sample"]))}
    mine = sorted(
        (each for each in record.rows.improvements if each["activity_id"] == row["id"]),
        key=lambda each: (order[each["neighbourhood_id"]], each["criterion"]),
    )
    volumes = [[f"{amount(each['volume'])} {UNITS[each['criterion']]}"] for each in mine]
    page.expect("ul.bullets", *volumes)
    ids = {each["neighbourhood_id"] for each in mine}
    alone = _alone(record, row)
    found = plans.improved(alone, ids, row["is_sample"], visit.this_year, 0)
    expect_lines(page, found)


def _alone(record, activity):
    """Return the record as if only this activity were in the plan."""

    class Rows:
        assessments = record.rows.assessments
        activities = record.rows.activities
        improvements = [
            each for each in record.rows.improvements if each["activity_id"] == activity["id"]
        ]

    class Alone:
        rows = Rows

    return Alone


def expect_lines(page, found):
    """RTs now and with the plan carried out, those that leave slum first; their order among equals
    is not told."""
    said = [
        [
            str(each.now.total),
            str(each.row["year"]),
            str(each.then.total),
            rt_ha(each.now.slum_ha),
            rt_ha(each.then.slum_ha),
        ]
        for each in found
    ]
    blocks = page.numbered("ul.expected")
    page.compare("expected RTs", sorted(unknown_numbers(each) for each in blocks), sorted(said))


def plan_on_city(visit, turn):
    """A city's page with the plan's line, official and provisional."""
    for programme in visit.programmes():
        for suffix, states in (("", OFFICIAL), ("&sementara=1", WITH_SUBMITTED)):
            if visit.record.city_way(programme) is None:
                continue
            address = f"/?periode={programme['slug']}&rencana=1{suffix}"
            page = visit.page("city with plan", address, visit.world.bappeda)
            work_strip.expect_reviewer(page, visit)
            path = plans.city_path(visit.record, programme, visit.this_year, states)
            expect_city(page, visit.record, programme, states, visit.this_year, path)
            page.done()


def plan_on_village(visit, turn):
    """A village's page with the plan's line, and the plan in words and lines below."""
    record = visit.record
    for village in visit.villages():
        for programme in record.programmes_of_village(village):
            address = f"/desa/{village['code']}/?periode={programme['slug']}&rencana=1"
            page = visit.page("village with plan", address, visit.world.bappeda)
            expect_plan_of_village(page, visit, programme, village, OFFICIAL)
            meeting_pages.of_village(page, record, village)
            path = plans.village_path(record, programme, village, visit.this_year)
            states = {"verified", "submitted", "draft", "returned"}
            expect_village_years(page, record, programme, village, states)
            user = visit.world.bappeda
            expect_village(
                page, record, programme, village, OFFICIAL, visit.this_year, path, user=user
            )
            page.done()


def expect_plan_of_village(page, visit, programme, village, states):
    """What the plan would bring to a village, and its activities."""
    record = visit.record
    found = plans.of_village(record, programme, village, states, visit.this_year)
    path = plans.village_path(record, programme, village, visit.this_year, states)
    leaving = [each for each in found if each.leaves]
    said = []
    if leaving:
        way = record.village_way(programme, village, states)
        said = [str(len(leaving)), ha(way.left(9999)), str(way.last)]
        if path:
            said += [ha(path[-1][1]), str(path[-1][0])]
    page.expect("section div.callout", said)
    expect_lines(page, found)
    mine = [
        row
        for row in ordered(record)
        if row["village_id"] == village["id"] and row["is_sample"] == programme["is_sample"]
    ]
    page.expect("ul.queue", *[each for row in mine for each in line(record, row)])


def export(visit, turn):
    """The work plan to take along."""
    record = visit.record
    form = files.FORMATS[:3][turn % 3]
    address = f"/rencana/rencana-kerja.{form}"
    content = visit.get(address, visit.world.bappeda)
    rows = []
    for row in ordered(record):
        village = record.villages[row["village_id"]]
        said = {
            "kode": village["code"],
            "desa_kelurahan": record.village_name(village),
            "kecamatan": f"Kecamatan {record.district_of(village)['name']}",
            "tahun": row["year"],
            "aspek": f"{row['aspect']} {ASPECTS[row['aspect']]}",
            "volume": row["volume"],
            "satuan": row["unit"],
            "keadaan": STATES[row["status"]],
        }
        costs = {each["source"]: each for each in money(record, row)}
        for source in SOURCES:
            name = source.replace("-", "_")
            each = costs.get(source)
            said[f"anggaran_{name}"] = each and each["planned_idr"]
            said[f"realisasi_{name}"] = each and each["realised_idr"]
        is_known = bool(costs)
        said["anggaran"] = planned(record, row) if is_known else None
        said["realisasi"] = spent(record, row) if is_known else None
        said["volume_terlaksana"] = row["realised_volume"]
        said["fisik_persen"] = row["physical_percent"]
        said["penerima_jiwa"] = row["people_served"]
        said["penerima_kk"] = row["households_served"]
        rows.append(said)
    files.expect_rows(visit, "plan export", address, content, form, rows)


def boards(visit, turn):
    """The page of each village's board, with what the village gave, the newest years first."""
    record = visit.record
    for board in record.rows.boards:
        village = record.villages[board["village_id"]]
        page = visit.page("board", f"/desa/{village['code']}/bkm/", visit.world.bappeda)
        rows = [row for row in record.rows.support if row["board_id"] == board["id"]]
        rows.sort(key=lambda row: -row["year"])
        lines = []
        for row in rows:
            lines.append([str(row["year"])])
            lines.append([] if row["budget_idr"] is None else [rupiah(row["budget_idr"])])
        page.expect("ul.queue", *lines)
        page.done()


KINDS = [plan_list, activity, plan_on_city, plan_on_village, export, boards]

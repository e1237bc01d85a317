"""What the pages about assessments say: one RT's, a village's, the overview, the printed form."""

from fractions import Fraction

from tests.oracle.comparing import unknown_numbers
from tests.oracle.comparisons import runs
from tests.oracle.numbering import (
    amount,
    count,
    ha,
    half_up,
    number,
    percent,
    reduction,
    rt_ha,
)
from tests.oracle.scores import CRITERIA, SLUM, Score, counted, is_complete

ASPECTS = (
    "Bangunan gedung",
    "Jalan lingkungan",
    "Air minum",
    "Drainase lingkungan",
    "Pengelolaan air limbah",
    "Pengelolaan persampahan",
    "Proteksi kebakaran",
)
COSTLIEST = 5
DASH = "–"


def rts_of(record, village, sample: bool) -> list[dict]:
    """Return a village's RTs of one kind in the order of their names."""
    found = [
        row
        for row in record.rows.neighbourhoods
        if row["village_id"] == village["id"] and row["is_sample"] == sample
    ]
    return sorted(found, key=lambda row: (row["rw"], row["rt"], row["id"]))


def of_year(record, village, sample, year: int) -> list[dict]:
    """Return the assessments that count for a village's year."""
    ids = {row["id"] for row in rts_of(record, village, sample)}
    found = counted(record.rows.assessments, ids, year)
    order = {row["id"]: place for place, row in enumerate(rts_of(record, village, sample))}
    return sorted(found, key=lambda row: order[row["neighbourhood_id"]])


def rt_name(rt: dict) -> str:
    return f"RT {rt['rt']}/RW {rt['rw']}"


def slum_sum(rows) -> Fraction:
    return sum((Fraction(Score(row).slum_ha) for row in rows), Fraction(0))


def is_asked(row, base) -> bool:
    return base != "ideal_drainage_m" or row[base] > 0


def volume_of(score: Score, key: str) -> list[str]:
    """The numbers of "7 dari 42 KK"; without any drainage its length is not asked."""
    _, _, base, unit = next(each for each in CRITERIA if each[0] == key)
    if not is_asked(score.row, base):
        return [f"0 {unit}"]
    return [amount(score.volumes[key]), f"{amount(score.row[base])} {unit}"]


def distance(score: Score) -> list[str]:
    """The numbers of "Bila nilainya turun 10 lagi (di bawah 38)"."""
    if score.total < SLUM:
        return [str(SLUM)]
    return [str(score.total - score.lowest + 1), str(score.lowest)]


def cause(score: Score, key: str) -> list[list[str]]:
    said = [*volume_of(score, key), percent(score.percents[key], 2)]
    return [[str(score.scores[key])], said]


def expect_rows(page, selector: str, expected: list[tuple[str, list[str]]]):
    """Each row of a table begins with these words, and says these numbers in this order."""
    rows = {}
    for block in page.take(selector):
        rows.setdefault(id(block.element.parent), []).append(block)
    found = [row for row in rows.values() if any(unknown_numbers(each) for each in row)]
    if len(found) != len(expected):
        page.fault(f"{selector}: {len(found)} rows with numbers, expected {len(expected)}")
        return
    for row, (words, tokens) in zip(found, expected, strict=True):
        said = [token for block in row for token in unknown_numbers(block)]
        page.compare(f"{selector} row", row[0].text[: len(words)], words)
        if len(said) != len(tokens):
            page.fault(f"{selector} {words}: says {said}, expected {tokens}")
            continue
        for token, want in zip(said, tokens, strict=True):
            page.compare(f"{selector} {words}", token, want)


def result_rows(score: Score) -> list[tuple[str, list[str]]]:
    """The rows of the table of all criteria, aspect by aspect, with the total."""
    rows = []
    for aspect in range(1, 8):
        rows.append(
            (
                str(aspect),
                [
                    str(aspect),
                    percent(score.aspect_mean(aspect), 2),
                    str(score.aspect_score(aspect)),
                ],
            )
        )
        for key in (each[0] for each in CRITERIA if each[0][0] == str(aspect)):
            said = [
                *volume_of(score, key),
                percent(score.percents[key], 2),
                str(score.scores[key]),
            ]
            rows.append((key, said))
    rows.append(("Total", [percent(score.sectoral, 2), str(score.total)]))
    return rows


def facts(row: dict) -> list[list[str]]:
    return [
        [rt_ha(row["area_ha"])],
        [f"{count(row['buildings'])} unit"],
        [f"{count(row['people'])} jiwa"],
        [f"{count(row['households'])} KK"],
        [f"{amount(row['ideal_road_m'])} m"],
        [f"{amount(row['ideal_drainage_m'])} m"],
    ]


def detail(visit, turn):
    """The pages of some assessments, as Bappeda sees them: result, what if, printed form."""
    for row in visit.record.rows.assessments[turn % 3 :: 3]:
        if row["status"] != "draft":
            _expect_detail(visit, row)
            _expect_what_if(visit, row)
            _expect_changed(visit, row)
            _expect_paper(visit, row)


def _expect_detail(visit, row):
    page = visit.page("assessment", f"/penilaian/{row['id']}/", visit.world.bappeda)
    score, year = Score(row), str(row["year"])
    page.expect("nav.crumbs", [year])
    page.expect("header.head p.kicker", [year])
    page.expect_words("header.head h1", score.class_name)
    page.expect("header.head h1", [str(score.total), "80"])
    _expect_scale(page, score.total)
    page.expect("figure.scale figcaption", distance(score))
    causes = score.causes()
    less = causes[COSTLIEST:]
    page.expect("section details summary", [str(len(less))] if less else [])
    page.expect("ul.causes", *[line for key in causes for line in cause(score, key)])
    expect_rows(page, "table.sheet tbody", result_rows(score)[:-1])
    expect_rows(page, "table.sheet tfoot", result_rows(score)[-1:])
    page.expect("dl.pairs", *facts(row))
    if row["status"] == "submitted":
        page.expect("div.decision form", [rt_ha(score.slum_ha)])
    events = visit.record.assessment_events(row)
    page.expect("ol.history", *[_moved(each) for each in events])
    page.done()


def _moved(event) -> list[str]:
    before, after = event["before_total"], event["after_total"]
    if after is None:
        return []
    return [str(after)] if before in (None, after) else [str(before), str(after)]


def _expect_scale(page, total: int):
    page.expect("text.score-scale__value", [str(total)])
    page.expect("svg.score-scale", [str(total), "80"])


def _expect_what_if(visit, row):
    page = visit.page("what if", f"/penilaian/{row['id']}/andai/", visit.world.bappeda)
    score, year = Score(row), str(row["year"])
    page.expect("nav.crumbs", [year])
    page.expect("header.head p.kicker", [year])
    _expect_scale(page, score.total)
    page.expect("figure.scale figcaption", [str(score.total), *distance(score)])
    page.expect("form.what-if legend", *[[str(aspect)] for aspect in range(1, 8)])
    volumes = [
        f"{amount(score.volumes[key])} {unit}"
        for key, _, base, unit in CRITERIA
        if is_asked(score.row, base)
    ]
    page.expect("form.what-if div.hint", *[[each] for each in volumes])
    page.done()


def _expect_changed(visit, row):
    """Results of other volumes: nothing damaged, all with water; and the village's sum."""
    typed = {"2b": 0, "3a": 0}
    query = "&".join(f"{key}={volume}" for key, volume in typed.items())
    page = visit.page("what if", f"/penilaian/{row['id']}/andai/?{query}", visit.world.bappeda)
    now = Score(row)
    then = Score(row, {key: now.volumes[key] for key in typed})
    page.expect_words("section h2#hasil", then.class_name)
    page.expect("section h2#hasil", [str(then.total)])
    _expect_scale(page, then.total)
    page.expect("figure.scale figcaption", [str(now.total), *distance(then)])
    changes = [
        [str(now.scores[key]), str(then.scores[key])]
        for key in typed
        if now.scores[key] != then.scores[key]
    ]
    page.expect("ul.bullets", *changes)
    page.expect(
        "section.card p",
        [rt_ha(now.slum_ha), rt_ha(then.slum_ha), *_village_then(visit, row, then)],
    )
    for selector in ("nav.crumbs", "header.head", "form.what-if"):
        page.take(selector)
    page.done()


def _village_then(visit, row, then) -> list[str]:
    """The numbers of what a village's sum would be, where this assessment counts for its year."""
    record = visit.record
    rt = next(each for each in record.rows.neighbourhoods if each["id"] == row["neighbourhood_id"])
    village = record.villages[rt["village_id"]]
    found = of_year(record, village, rt["is_sample"], row["year"])
    if row not in found:
        return []
    total = slum_sum(found)
    rest = total - Fraction(Score(row).slum_ha) + Fraction(then.slum_ha)
    return [str(row["year"]), ha(total), ha(rest)]


def _expect_paper(visit, row):
    page = visit.page("printed assessment", f"/penilaian/{row['id']}/cetak/", visit.world.bappeda)
    score = Score(row)
    page.expect("table.pairs", [str(row["year"])], *facts(row))
    expect_rows(page, "table.lined", result_rows(score))
    page.expect_words("main p", score.class_name)
    page.expect("p.running", [str(row["year"])])
    page.expect("main p", [rt_ha(score.slum_ha)])
    page.done()


def village(visit, turn):
    """The page of each village's assessments in some years, to the public and to Bappeda."""
    for each in visit.villages():
        for sample in (False, True):
            rts = rts_of(visit.record, each, sample)
            if not rts:
                continue
            ids = {row["id"] for row in rts}
            mine = [row for row in visit.record.rows.assessments if row["neighbourhood_id"] in ids]
            years = sorted({row["year"] for row in mine if row["status"] == "verified"})
            year = (years[turn % len(years)] if years else visit.this_year) if turn % 2 else None
            before = years[0] if years and (year or visit.this_year) > years[0] else None
            reader = visit.world.bappeda if turn % 3 else None
            _expect_village(visit, each, sample, year, before, reader)


def _expect_village(visit, village, sample, year, before, reader):
    record = visit.record
    query = {"tahun": year, "contoh": 1 if sample else None, "banding": before}
    words = "&".join(f"{name}={value}" for name, value in query.items() if value)
    address = f"/desa/{village['code']}/penilaian/?{words}"
    page = visit.page("village's assessments", address, reader)
    year = year or visit.this_year
    rts = rts_of(record, village, sample)
    found = of_year(record, village, sample, year)
    slums = [row for row in found if Score(row).total >= SLUM]
    made = runs(sorted({row["year"] for row in found}))
    said = [*made, ha(slum_sum(found)), str(len(slums)), str(len(found))]
    page.expect("header.head h1", said if found else [str(year)])
    page.expect("header.head p.basis", carried(found, rts, year))
    ids = {row["id"] for row in rts}
    visible = [
        row
        for row in record.rows.assessments
        if row["neighbourhood_id"] in ids and (reader or row["status"] == "verified")
    ]
    years = {row["year"] for row in visible}
    verified = {row["year"] for row in visible if row["status"] == "verified"}
    page.expect("nav.tabs li", *_years(years, verified, year))
    cells = {}
    for rt in rts:
        mine = [
            row for row in visible if row["neighbourhood_id"] == rt["id"] and row["year"] <= year
        ]
        newest = max(mine, key=lambda row: row["year"], default=None)
        counts = next((row for row in found if row["neighbourhood_id"] == rt["id"]), None)
        mine = any(r["neighbourhood_id"] == rt["id"] for r in visible)
        cells |= _cells(rt, counts or newest, mine, reader)
        if counts and newest is not counts:
            words = {"draft": "draf", "submitted": "diajukan", "returned": "dikembalikan"}
            under_way = f" Penilaian {newest['year']}: {words[newest['status']]}"
            cells[rt_name(rt), "Dinilai"] += under_way
    tables = page.root.all("table")
    page.expect_cells("section table.sheet", cells, tables[0] if cells else None)
    page.expect("section p.note", [str(SLUM), str(year)])
    both = [str(before), str(year)]
    captions = [[str(year)]] if cells else []
    if before is not None:
        pairs, _ = compared(record, village, sample, before, year)
        captions += [both] * (2 if pairs else 1)
    page.expect("table.sheet caption", *captions)
    if before is not None:
        _expect_comparison(page, record, village, sample, before, year)
    page.done()


def carried(found, rts, year) -> list[str]:
    """The numbers of "0 RT dinilai pada 2026; 3 RT memakai penilaian terakhir sebelumnya.\""""
    new = sum(row["year"] == year for row in found)
    said = [str(new), str(year), str(len(found) - new)] if new < len(found) else []
    if found and len(rts) > len(found):
        said.append(str(len(rts) - len(found)))
    return said


def _years(years, verified, year) -> list[list[str]]:
    shown = sorted({*years, year}, reverse=True)
    # A year is compared only with another in which something was verified too.
    compared = [each for each in sorted(verified) if each < year] if year in verified else []
    return [[str(each)] for each in shown] + [[str(each), str(year)] for each in compared]


def _cells(rt, row, is_listed, reader) -> dict:
    name = rt_name(rt)
    if row is None:
        if not (reader or is_listed):
            return {}
        return {(name, column): DASH for column in ("Nilai", "Luas (Ha)", "Dinilai")}
    total = Score(row).total if is_complete(row) else None
    return {
        (name, "Nilai"): DASH if total is None else str(total),
        (name, "Luas (Ha)"): number(row["area_ha"]),
        (name, "Dinilai"): str(row["year"]),
        (name, "Tingkat"): DASH if total is None else Score(row).class_name,
    }


def compared(record, village, sample, before, year) -> tuple[list, int]:
    """Return pairs of assessments of the RTs that were assessed in both years, and how many were not."""
    ids = {row["id"] for row in rts_of(record, village, sample)}
    made = {
        each: {
            row["neighbourhood_id"]: row
            for row in record.rows.assessments
            if row["neighbourhood_id"] in ids
            and row["status"] == "verified"
            and row["year"] == each
        }
        for each in (before, year)
    }
    order = [row["id"] for row in rts_of(record, village, sample)]
    both = [rt for rt in order if rt in made[before] and rt in made[year]]
    once = len(set(made[before]) ^ set(made[year]))
    return [(made[before][rt], made[year][rt]) for rt in both], once


def _expect_comparison(page, record, village, sample, before, year):
    pairs, once = compared(record, village, sample, before, year)
    reduced = sum(
        (Fraction(Score(old).slum_ha) - Fraction(Score(new).slum_ha) for old, new in pairs),
        Fraction(0),
    )
    # "Tetap" names no hectares.
    change = [] if ha(reduced) == ha(Fraction(0)) else [ha(abs(reduced))]
    said = [*change, str(before), str(year), str(len(pairs))]
    page.expect("section p", (said if pairs else []) + ([str(once)] if once else []))
    rts = {row["id"]: row for row in record.rows.neighbourhoods}
    cells = {}
    for old, new in pairs:
        was, now = Score(old), Score(new)
        name = rt_name(rts[new["neighbourhood_id"]])
        gone = None
        if was.sectoral:
            gone = (was.sectoral - now.sectoral) * 100 / was.sectoral
        cells |= {
            (name, "Luas (Ha)"): number(new["area_ha"]),
            (name, str(before)): f"{was.total}, {was.class_name}",
            (name, str(year)): f"{now.total}, {now.class_name}",
            (name, "Berkurang (Ha)"): reduction(
                Fraction(was.slum_ha) - Fraction(now.slum_ha), number
            ),
            (name, "Kontribusi penanganan"): DASH if gone is None else percent(gone),
        }
    page.expect_cells("section table.sheet", cells)
    if pairs:
        _expect_aspects(page, pairs, before, year)
    heads = [[str(before)], [str(year)]]
    page.expect("section thead", *heads * (2 if pairs else 1))


def _expect_aspects(page, pairs, before, year):
    """The aspects' means in both years; their difference is that of the numbers shown."""
    rows = []
    for aspect in range(1, 8):
        shown = []
        for place in (0, 1):
            shares = [Score(pair[place]).aspect_mean(aspect) for pair in pairs]
            shown.append(Fraction(half_up(sum(shares) / len(shares), 1), 10))
        said = [
            percent(shown[0]),
            percent(shown[1]),
            f"{number(shown[1] - shown[0], 1)} poin persen",
        ]
        rows.append((ASPECTS[aspect - 1], said))
    expect_rows(page, "section tbody", rows)


def overview(visit, turn):
    """Bappeda's overview: what waits, and the villages with their RTs."""
    record = visit.record
    page = visit.page("assessment overview", "/penilaian/", visit.world.bappeda)
    waiting = [row for row in record.rows.assessments if row["status"] == "submitted"]
    waiting.sort(key=lambda row: (row["submitted_at"], row["id"]))
    page.expect("h2#menunggu", [str(len(waiting))] if waiting else [])
    lines = []
    for row in waiting:
        score = Score(row)
        lines += [[str(row["year"])], [str(score.total), ha(row["area_ha"])]]
    page.expect("ol.queue", *lines)
    page.expect("h2#desa", [str(visit.this_year)])
    years = {row["year"] for row in record.rows.assessments}
    years |= {visit.this_year, visit.this_year - 1}
    page.expect("nav.tabs", *[[str(year)] for year in sorted(years, reverse=True)])
    page.expect("header.head p", ["7", "16"])
    lines = []
    for each in sorted(visit.villages(), key=lambda each: each["name"]):
        for sample in (False, True):
            if rts := rts_of(record, each, sample):
                lines.append(_line(record, rts, visit.this_year))
    page.expect("ul.lines", *lines)
    page.done()


def _line(record, rts, year) -> list[str]:
    ids = {row["id"] for row in rts}
    rows = [
        row
        for row in record.rows.assessments
        if row["neighbourhood_id"] in ids and row["year"] == year
    ]
    states = [
        sum(row["status"] == state for row in rows)
        for state in ("verified", "returned", "submitted", "draft")
    ]
    return [count(len(rts)), str(year), *[count(each) for each in states if each]]


KINDS = [detail, village, overview]

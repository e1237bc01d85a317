"""Pages that repeat what was typed or counted elsewhere: reports, search, audit, papers, calendars."""

import csv
import io
import re
from zoneinfo import ZoneInfo

from tests.oracle import days
from tests.oracle.comparing import Page, unknown_numbers
from tests.oracle.numbering import count
from tests.oracle.reading import numbers, parse, squeezed

JAKARTA = ZoneInfo("Asia/Jakarta")


def reports(visit, turn):
    """A published report says the numbers that were typed into it, on its page and in the feed."""
    found = visit.record.rows.articles
    for row in found:
        page = visit.page("report", f"/berita/{row['slug']}/")
        page.expect("h1", numbers(row["title"]))
        page.expect("p.report__lead", numbers(row["lead"]))
        page.expect("div.report__body", numbers(row["body"]))
        page.done()
    page = visit.page("reports", "/berita/")
    page.expect("ul.queue", *[numbers(row["lead"]) for row in found])
    page.done()
    feed = visit.get("/berita/atom.xml").decode()
    page = Page("feed", "/berita/atom.xml", parse(""), visit.tally)
    said = [
        squeezed(text) for text in re.findall(r"<summary[^>]*>(.*?)</summary>", feed, re.DOTALL)
    ]
    wanted = [[*numbers(row["lead"]), *numbers(row["body"])] for row in found]
    page.compare("numbers", [numbers(text) for text in said], wanted)


def search(visit, turn):
    """The search finds a village and its activities, the newest first, each with its year."""
    record = visit.record
    for village in record.villages.values():
        address = f"/cari/?q={village['name'].replace(' ', '+')}"
        page = visit.page("search", address, visit.world.bappeda)
        works = [row for row in record.rows.activities if row["village_id"] == village["id"]]
        works.sort(key=lambda row: (-row["year"], -row["id"]))
        page.expect("p.note", [count(1 + len(works))])
        page.expect("ul.queue", *[[str(row["year"])] for row in works])
        page.done()


def audit(visit, turn):
    """The audit counts its lines, and names no year or hectares that are not recorded."""
    page = visit.page("audit", "/audit/", visit.world.admin)
    content = visit.get("/audit/catatan.csv", visit.world.admin).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(content)))[1:]
    # Who downloads the lines adds one, after the page has counted them.
    said = next(b for b in page.take("section h2"))
    page.compare("lines", days.said(said.text), [count(len(rows) - 1)])
    known = {str(row["year"]) for row in record_years(visit)}
    for block in page.take("td.sheet__words"):
        for token in unknown_numbers(block):
            page.compare(block.text, token in known or token, True)


def record_years(visit) -> list[dict]:
    """Return everything that is of a year."""
    rows = visit.record.rows
    return [*rows.figures, *rows.assessments, *rows.activities, *rows.support]


def invitation(visit, turn):
    """The printed invitation says the meeting's day and hours, and no other number."""
    for row in visit.record.rows.meetings:
        address = f"/rakor/{row['id']}/cetak/undangan/"
        page = visit.page("invitation", address, visit.world.bappeda)
        starts = row["starts_at"].astimezone(JAKARTA)
        page.expect_words("table.pairs--in", days.written(starts))
        page.expect_words("table.pairs--in", f"{starts:%H.%M}")
        page.done()


def calendar(visit, turn):
    """The calendar file of a meeting says when it begins and ends."""
    for row in visit.record.rows.meetings:
        address = f"/rakor/{row['id']}/rakor.ics"
        text = (
            visit.get(address, visit.world.bappeda).decode().replace("\r\n ", "").replace("\r", "")
        )
        page = Page("calendar", address, parse(""), visit.tally)
        for name in ("DTSTART", "DTEND"):
            moment = row["starts_at" if name == "DTSTART" else "ends_at"]
            found = re.search(rf"^{name}[^:]*:(\S+)$", text, re.MULTILINE)
            local, world = moment.astimezone(JAKARTA), moment
            wanted = {f"{local:%Y%m%dT%H%M%S}", f"{world:%Y%m%dT%H%M%S}Z"}
            said = found and found[1]
            page.compare(name, said in wanted or said, True)


KINDS = [reports, search, audit, invitation, calendar]

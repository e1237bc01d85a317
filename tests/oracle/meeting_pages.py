"""What the pages about meetings and follow-ups count: participants, tasks, days too late."""

from datetime import datetime
from zoneinfo import ZoneInfo

from tests.oracle.comparing import unknown_numbers

OPEN = ("not_started", "running")


def today():
    return datetime.now(ZoneInfo("Asia/Jakarta")).date()


def late(row: dict) -> list[str]:
    """The number of "(lewat 7 hari)"."""
    days = (today() - row["due_on"]).days
    return [str(days)] if row["state"] in OPEN and days > 0 else []


def expect_tasks(page, selector: str, rows):
    """A list of follow-ups, in any order: how late each is, where it is late."""
    found = page.numbered(selector)
    said = sorted(unknown_numbers(block) for block in found)
    page.compare("follow-ups", said, sorted(late(row) for row in rows if late(row)))


def follow_ups(visit, turn):
    """The list of follow-ups with the number of those that are overdue."""
    page = visit.page("follow-ups", "/tindak-lanjut/", visit.world.bappeda)
    rows = visit.record.rows.follow_ups
    overdue = [row for row in rows if late(row)]
    page.expect("header.head h1", [str(len(overdue))] if overdue else [])
    expect_tasks(page, "ul.task-list", rows)
    page.done()


def of_village(page, record, village):
    """The follow-ups of a village on its page."""
    rows = [row for row in record.rows.follow_ups if row["village_id"] == village["id"]]
    expect_tasks(page, "ul.task-list", rows)


def present(record, meeting) -> list[str]:
    """The numbers of "12 dari 19 hadir (L 7, P 4, tidak dicatat 1)"."""
    people = [row for row in record.rows.participants if row["meeting_id"] == meeting["id"]]
    there = [row for row in people if row["is_present"]]
    if not people:
        return []
    if not there:
        return [str(len(people))]
    sexes = [sum(row["sex"] == sex for row in there) for sex in ("L", "P", "")]
    said = [str(len(there)), str(len(people))]
    if sexes[0] or sexes[1]:
        said += [str(sexes[0]), str(sexes[1])] + ([str(sexes[2])] if sexes[2] else [])
    return said


def outcome(record, row) -> list[str]:
    """The numbers of what a meeting decided: decisions, tasks, of these done and late."""
    decided = [each["id"] for each in record.rows.decisions if each["meeting_id"] == row["id"]]
    if not decided:
        return []
    tasks = [each for each in record.rows.follow_ups if each["decision_id"] in decided]
    done = sum(each["state"] == "done" for each in tasks)
    behind = sum(bool(late(each)) for each in tasks)
    said = [str(len(decided))] + ([str(len(tasks))] if tasks else [])
    return said + [str(number) for number in (done, behind) if number]


def public(record, programmes) -> int:
    """Return how many meetings open data shows with these periods: those of their cities."""
    if any(each["is_sample"] for each in programmes):
        return 0
    cities = {each["region_id"] for each in programmes}
    return sum(row["region_id"] in cities for row in record.rows.meetings)


def meeting(visit, turn):
    """A meeting's page, the list of meetings, and its papers."""
    record = visit.record
    for row in record.rows.meetings:
        page = visit.page("meeting", f"/rakor/{row['id']}/", visit.world.bappeda)
        page.expect("section p.note", present(record, row))
        page.expect("p.verdict", outcome(record, row))
        expect_tasks(page, "section ul", record.rows.follow_ups)
        page.done()
        page = visit.page("meetings", "/rakor/", visit.world.bappeda)
        people = [each for each in record.rows.participants if each["meeting_id"] == row["id"]]
        there = sum(each["is_present"] for each in people)
        counted = there or len(people)
        page.expect("ul.queue", [str(counted)] if counted else [])
        page.done()
        page = visit.page(
            "attendance list", f"/rakor/{row['id']}/cetak/daftar-hadir/", visit.world.bappeda
        )
        named = [
            block.text for block in page.take("table.attendance tbody") if block.column == "No."
        ]
        page.compare("numbers of the rows", named, [str(each + 1) for each in range(len(named))])
        page.compare("a row for everybody", len(named) >= len(people), True)
        page.done()
        page = visit.page("minutes", f"/rakor/{row['id']}/cetak/notulen/", visit.world.bappeda)
        page.expect("table.pairs", present(record, row) or ["0"])
        _expect_numbered(page, "table.lined", record.rows.follow_ups)
        page.done()


def _expect_numbered(page, selector, rows):
    """The printed follow-ups are counted from 1, each with its date."""
    texts = [block.text for block in page.take(f"{selector} tbody")]
    counted = [text for text in texts if text.isdigit()]
    page.compare("numbers of the rows", counted, [str(each + 1) for each in range(len(rows))])
    dates = sorted(text for text in texts if text.count("-") == 2)
    page.compare("dates", dates, sorted(f"{row['due_on']:%d-%m-%Y}" for row in rows))


KINDS = [follow_ups, meeting]

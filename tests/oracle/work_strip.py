"""What "Pekerjaan saya" says word for word: all of a reviewer's lines, the questions of an officer."""

from datetime import date, timedelta

HANDED_IN = ("submitted", "verified")
FEW = 3
QUESTION = ("Jawab pertanyaan", "Pertanyaan Anda", "Lebih dari 3 pertanyaan")


def expect_reviewer(page, visit):
    """Every line of a reviewer, in this order."""
    record, user = visit.record, visit.world.bappeda
    rows = record.rows
    tasks = [
        each
        for each in rows.follow_ups
        if each["state"] == "done"
        and each["confirmed_at"] is None
        and each["completed_by_id"] != user.pk
    ]
    lines = [
        *_number(_submitted(rows.figures), "isian menunggu verifikasi"),
        *_number(_submitted(rows.assessments), "penilaian RT menunggu verifikasi"),
        *_questions(record, user, rows.questions, from_village=False),
        *_unreported(record, visit.today),
        *_minutes(record, user),
        *_number(tasks, "tindak lanjut menunggu konfirmasi"),
    ]
    _compare(page, [block.text for block in page.take("section.work li")], lines)


def expect_officer_questions(page, visit):
    """The lines of an officer that are about questions; they are taken off the page."""
    user = visit.world.officer
    found = [
        block
        for block in page.blocks
        if block.within("section.work li") and block.text.startswith(QUESTION)
    ]
    # The officer of these histories enters figures for every village.
    lines = _questions(visit.record, user, visit.record.rows.questions, from_village=True)
    _compare(page, [block.text for block in found], lines)
    page.blocks = [block for block in page.blocks if block not in found]


def _compare(page, said: list[str], lines: list[str]):
    if len(said) != len(lines):
        page.fault(f"section.work li: says {said}, expected {lines}")
        return
    for text, line in zip(said, lines, strict=True):
        page.compare("section.work li", text, line)


def _number(found: list, words: str) -> list[str]:
    return [f"{len(found)} {words}"] if found else []


def _submitted(rows: list[dict]) -> list[dict]:
    return [each for each in rows if each["status"] == "submitted"]


def year_due(programme: dict, today: date) -> int | None:
    """Return the earliest year of a period whose last day to hand in has not passed.

    A year may be entered from its beginning on; None where none may be.
    """
    for year in range(programme["baseline_year"] + 1, today.year + 1):
        if date(year, 12, 31) + timedelta(days=programme["entry_days"]) >= today:
            return year
    return None


def years_late(programme: dict, today: date) -> list[int]:
    """Return the years of a period whose last day to hand in has passed."""
    return [
        year
        for year in range(programme["baseline_year"] + 1, today.year + 1)
        if date(year, 12, 31) + timedelta(days=programme["entry_days"]) < today
    ]


def _unreported(record, today: date) -> list[str]:
    """The villages that have not handed in: by city for the reviewer of several, else by year."""
    cities = _due_in_cities(record, today)
    if len(cities) > 1:
        late = [number for number in cities if number]
        words = f"{sum(late)} desa/kelurahan di {len(late)} kabupaten/kota belum melapor"
        return [words] if late else []
    return _unreported_in_city(record, today)


def _due_in_cities(record, today: date) -> list[int]:
    """How many villages of each city's current period have not handed in the year that is due."""
    by_city: dict[int, list[dict]] = {}
    for programme in record.programmes.values():
        by_city.setdefault(programme["region_id"], []).append(programme)
    found = []
    for programmes in by_city.values():
        programme = record.current(programmes)
        year = None if programme["is_closed"] else year_due(programme, today)
        if year and record.village_ways(programme):
            found.append(len(_not_handed_in(record, programme, year)))
    return found


def _unreported_in_city(record, today: date) -> list[str]:
    programme = record.current(list(record.programmes.values()))
    if programme is None or programme["is_closed"]:
        return []
    lines = []
    if year := year_due(programme, today):
        words = f"desa/kelurahan belum melapor tahun {year}"
        lines += _number(_not_handed_in(record, programme, year), words)
    counts = [
        (len(_not_handed_in(record, programme, year)), year)
        for year in years_late(programme, today)
    ]
    counts = [(number, year) for number, year in counts if number]
    if not counts:
        return lines
    numbers = list(dict.fromkeys(number for number, _ in counts))
    parts = [
        f"{number} untuk {written([year for each, year in counts if each == number])}"
        for number in numbers
    ]
    first, _, rest = parts[0].partition(" ")
    parts[0] = f"{first} desa/kelurahan {rest}"
    if len(numbers) > 3:
        all_years = written([year for _, year in counts])
        parts = [f"{min(numbers)} sampai {max(numbers)} desa/kelurahan per tahun ({all_years})"]
    return [*lines, f"Sudah lewat batas, belum melapor: {'; '.join(parts)}"]


def _not_handed_in(record, programme, year: int) -> list:
    missing = []
    for each in record.village_ways(programme):
        states = [row["status"] for row in record.figures_of(each.baseline) if row["year"] == year]
        if not any(state in HANDED_IN for state in states):
            missing.append(each)
    return missing


def written(years: list[int]) -> str:
    """Years as a sentence has them: `2017`, `2017 dan 2019`, `2017, 2019–2021, dan 2025`."""
    parts, start = [], None
    for year in years:
        start = start or year
        if year + 1 not in years:
            parts.append(str(year) if start == year else f"{start}–{year}")
            start = None
    if len(parts) > 2:
        return ", ".join(parts[:-1]) + f", dan {parts[-1]}"
    return " dan ".join(parts)


def _minutes(record, user) -> list[str]:
    """The minutes that a colleague handed in to this user: as chair, or where the chair cannot."""
    meetings = {row["id"]: row for row in record.rows.meetings}
    lines = []
    for minutes in record.rows.minutes:
        meeting = meetings[minutes["meeting_id"]]
        if minutes["state"] != "submitted" or minutes["submitted_by_id"] == user.pk:
            continue
        chair = meeting["chair_user_id"]
        if chair in (None, minutes["submitted_by_id"], user.pk):
            lines.append(f"Notulen {meeting['title']} menunggu pengesahan Anda")
    return lines


def _questions(record, user, rows: list[dict], *, from_village: bool) -> list[str]:
    """What this side has to answer, then one's own questions: those answered, those that wait."""
    oldest = sorted(rows, key=lambda each: (each["changed_at"], each["id"]))
    others = [each for each in oldest if each["is_from_village"] != from_village]
    own = [each for each in oldest if each["asked_by_id"] == user.pk]
    groups = [
        (others, "open", "Jawab pertanyaan", "pertanyaan menunggu jawaban Anda"),
        (own, "answered", "Pertanyaan Anda sudah dijawab", "pertanyaan Anda sudah dijawab"),
        (own, "open", "Pertanyaan Anda menunggu jawaban", "pertanyaan Anda menunggu jawaban"),
    ]
    lines = []
    for found, state, one, many in groups:
        titles = [_title(record, each) for each in found if each["state"] == state]
        if len(titles) > FEW:
            lines.append(f"Lebih dari {FEW} {many}")
        else:
            lines += [f"{one}: {title}" for title in titles]
    return lines


def _title(record, question: dict) -> str:
    village = record.village_name(record.villages[question["village_id"]])
    for figure in record.rows.figures:
        if figure["id"] == question["figure_id"]:
            return f"Luas kumuh {village}, tahun {figure['year']}"
    rts = {row["id"]: row for row in record.rows.neighbourhoods}
    for each in record.rows.assessments:
        if each["id"] == question["assessment_id"]:
            rt = rts[each["neighbourhood_id"]]
            return f"Penilaian RT {rt['rt']}/RW {rt['rw']}, {village}, {each['year']}"
    raise AssertionError("a question about neither a figure nor an assessment")

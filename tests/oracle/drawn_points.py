"""What the points and labels of a progress chart say."""

from tests.oracle import days
from tests.oracle.numbering import ha
from tests.oracle.reading import squeezed

NEAR = 5


def point_title(way, year: int) -> str:
    """What a year's point says when it is pointed at: year, value, change, target, basis."""
    parts = [f"{days.year_name(way, year)}: {ha(way.left(year))}"]
    if year > way.first:
        change = way.reduced_in(year)
        verb = "berkurang" if change > 0 else "bertambah"
        words = f"{verb} {ha(abs(change))} dari" if change else "sama dengan"
        parts.append(f"{words} {year - 1}")
        if way.promises is not None:
            parts.append(f"target {ha(way.target(year))}")
    if way.villages:
        parts.append(_basis(way, year))
    return "; ".join(parts)


def _basis(way, year: int) -> str:
    if year == way.first:
        return days.marked("baseline", days.inferred(way))
    submitted, verified = way.submitted(year), way.verified(year)
    if len(way.villages) == 1:
        if submitted:
            return "diajukan, belum terverifikasi"
        return "terverifikasi" if verified else "belum ada angka, memakai angka terakhir"
    said = f"{verified} dari {len(way.villages)}" + (f" ({submitted} diajukan)" * bool(submitted))
    return f"{said} terverifikasi"


def is_projected(way, this_year: int, plan=()) -> bool:
    """Whether the forecast is drawn: still ahead, and near enough to draw it to its end."""
    if way.reached is None or way.reached < this_year:
        return False
    last = max([way.last, way.target_year, *(year for year, _ in plan)])
    return way.reached - last <= max(NEAR, last - way.first)


def dots(way, this_year: int, plan=()) -> list[str]:
    """What each year of the forecast says."""
    if not is_projected(way, this_year, plan):
        return []
    found = []
    reached, target, now, pace = way.reached, way.final_target, way.now, way.pace
    for year in range(max(way.last + 1, this_year), reached + 1):
        left = target if year == reached else max(target, now - pace * (year - way.last))
        found.append(f"Perkiraan akhir {year}: {ha(left)}")
    return found


def tail_note(way, until: int) -> list[str]:
    """The numbers of "2019–2020 belum ada angka terverifikasi: … memakai angka 2018."."""
    if until <= way.last:
        return []
    years = [str(way.last + 1)] + ([str(until)] if until > way.last + 1 else [])
    return years + ([str(way.last)] if way.has_figures else [])


def tail_titles(way, until: int) -> list[str]:
    return [
        f"{year}: belum ada angka; memakai {ha(way.now)} dari {way.last}"
        for year in range(way.last + 1, until + 1)
    ]


def titles_of(drawing, name: str) -> list[str]:
    """What the circles of a class say."""
    return [
        squeezed(title.text())
        for circle in drawing.all("circle")
        if name in circle.classes
        for title in circle.all("title")
    ]


def expect_labels(page, drawing, way, until: int):
    """The labels beside the lines name the target, the gap, the forecast's year and the basis."""
    said: dict[str, list[str]] = {}
    for text in drawing.all("text"):
        for name in text.classes:
            said.setdefault(name, []).append(squeezed(text.text()))
    if found := " ".join(said.get("chart-label--target", ())):
        fits = found == f"Target: {ha(way.final_target)} pada {way.target_year}"
        page.compare(
            "target's label", fits or found in ("Target", f"Target {way.target_year}"), True
        )
    if found := " ".join(said.get("chart-label--gap", ())):
        gap = way.now - way.target(way.last)
        side = "atas" if gap > 0 else "bawah"
        page.compare("gap's label", found, f"{ha(abs(gap))} di {side} target")
    if found := " ".join(said.get("chart-label--projection", ())):
        page.compare("forecast's label", found.endswith(f"akhir {way.reached}"), True)
        if "Ha" in found:
            page.compare("forecast's area", ha(way.final_target) in found, True)
    known = {days.state(way, year) for year in way.years}
    known.add(f"{way.last}, {_basis(way, way.last)}")
    known.add(f"{way.last}, diajukan")
    years = [str(way.last + 1)] + ([str(until)] if until > way.last + 1 else [])
    known.add(f"{'–'.join(years)} belum ada")
    for text in said.get("chart-label--mark", ()):
        if any(sign.isdigit() for sign in text) and text[0] in "0123456789p":
            page.compare(f"label {text}", text in known, True)

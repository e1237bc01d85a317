"""The contents of the pages about a community board, as formatted strings."""

from django.utils import timezone

from areas.models import CommunityBoard
from kotaku.formats import format_date, format_rupiah
from kotaku.interface.moments import moment_text
from kotaku.workflow.history import HistoryLine, change_text
from kotaku.workflow.states import Tone


def board_facts(board: CommunityBoard) -> list[tuple[str, str]]:
    """Return the known facts about a board: (label, text)."""
    known = [
        ("Koordinator", board.coordinator_position),
        ("Berdiri", format_date(board.founded_on) if board.founded_on else ""),
        ("Kemandirian", board.get_independence_display()),
    ]
    return [(name, value) for name, value in known if value]


def support_rows(board: CommunityBoard) -> list[dict]:
    """Return the village's support by year."""
    return [
        {
            "year": each.year,
            "rpjmdes": "Ya" if each.in_rpjmdes else "Belum",
            "rkpdes": "Ya" if each.in_rkpdes else "Belum",
            "budget": "–" if each.budget_idr is None else format_rupiah(each.budget_idr),
            "technical": each.technical_support,
        }
        for each in board.support.all()
    ]


def history(board: CommunityBoard) -> list[HistoryLine]:
    """Return the recorded changes to a board and its support, with their authors."""
    return [
        HistoryLine(
            tone=Tone.WAIT,
            actor=str(event.actor),
            action="mencatat",
            area="",
            at=moment_text(event.at),
            reason="\n".join(change_text(*change) for change in event.changes),
        )
        for event in board.events.select_related("actor")
    ]


def last_year() -> int:
    """Return the last year that support can be recorded for: budgets are made a year ahead."""
    return timezone.localdate().year + 1


def open_years(support) -> list[int]:
    """Return those of the four years up to `last_year` that have no support recorded yet."""
    there = {row["year"] for row in support}
    return [year for year in range(last_year(), last_year() - 4, -1) if year not in there]

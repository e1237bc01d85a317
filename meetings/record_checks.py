"""What `verify_record` asks of meetings: where their histories are."""

from kotaku.verification.histories import History
from meetings.models import (
    Article,
    ArticleEvent,
    ArticleState,
    FollowUp,
    FollowUpState,
    Meeting,
    MeetingEvent,
    MeetingState,
    Minutes,
    MinutesState,
    ProgressNote,
)


def record_histories() -> list[History]:
    """Return where the histories of meetings, minutes, follow-ups and reports are."""
    # Their source was corrected, so they may have been recorded from the news, as held already.
    corrected = set(
        MeetingEvent.objects.filter(kind=MeetingEvent.Kind.CORRECT).values_list(
            "meeting", flat=True
        )
    )

    def meeting_starts(row):
        is_from_news = row["source"] == Meeting.Source.NEWS or row["pk"] in corrected
        return [MeetingState.DRAFT, *([MeetingState.DONE] if is_from_news else [])]

    return [
        History(Meeting, MeetingEvent, "meeting", meeting_starts, given=("source",)),
        History(
            Minutes,
            MeetingEvent,
            "meeting",
            _minutes_starts,
            given=("meeting__source",),
            key="meeting_id",
        ),
        History(FollowUp, ProgressNote, "follow_up", lambda row: [FollowUpState.NOT_STARTED]),
        History(Article, ArticleEvent, "article", lambda row: [ArticleState.DRAFT]),
    ]


def _minutes_starts(row):
    """Return the state of new minutes; of a meeting known from the news there are none."""
    is_from_news = row["meeting__source"] == Meeting.Source.NEWS
    return [MinutesState.NONE if is_from_news else MinutesState.DRAFT]

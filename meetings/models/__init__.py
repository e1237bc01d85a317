from meetings.models.activity_origin import ActivityOrigin
from meetings.models.agenda import AgendaItem
from meetings.models.article import Article, ArticleState
from meetings.models.decision import Decision
from meetings.models.delivery import Delivery, DeliveryKind, DeliveryState
from meetings.models.event import ArticleEvent, MeetingEvent
from meetings.models.follow_up import FollowUp, FollowUpState
from meetings.models.follow_up_evidence import FollowUpEvidence
from meetings.models.follow_up_reminder import FollowUpReminder
from meetings.models.meeting import Meeting, MeetingState
from meetings.models.minutes import Addendum, Minutes, MinutesState
from meetings.models.notice import CalendarFeed, SentReminder
from meetings.models.papers import Attachment, Letterhead
from meetings.models.participant import Participant
from meetings.models.person import Unsur
from meetings.models.pokja import PokjaDecree, PokjaEvent, PokjaMember
from meetings.models.progress_note import ProgressNote
from meetings.models.reply import Answer, Reply, ReplyMeans

__all__ = [
    "ActivityOrigin",
    "Addendum",
    "AgendaItem",
    "Answer",
    "Article",
    "ArticleEvent",
    "ArticleState",
    "Attachment",
    "CalendarFeed",
    "Decision",
    "Delivery",
    "DeliveryKind",
    "DeliveryState",
    "FollowUp",
    "FollowUpEvidence",
    "FollowUpReminder",
    "FollowUpState",
    "Letterhead",
    "Meeting",
    "MeetingEvent",
    "MeetingState",
    "Minutes",
    "MinutesState",
    "Participant",
    "PokjaDecree",
    "PokjaEvent",
    "PokjaMember",
    "ProgressNote",
    "Reply",
    "ReplyMeans",
    "SentReminder",
    "Unsur",
]

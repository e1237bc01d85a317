"""The whole access policy: every URL × role → status."""

import io
import uuid
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from PIL import Image

from areas.models import ActivityPhoto, Evidence, ImportRun, Question
from kotaku.files.photos import public_photo
from kotaku.files.uploads import check_upload
from meetings.models import ActivityOrigin, Addendum, Attachment, CalendarFeed, FollowUpEvidence
from meetings.replies.links import whatsapp_reply_url
from tests.factories import (
    ActivityFactory,
    AgendaItemFactory,
    ArticleFactory,
    AssessmentFactory,
    CommunityBoardFactory,
    DecisionFactory,
    FollowUpFactory,
    MeetingFactory,
    MinutesFactory,
    ParticipantFactory,
    PokjaMemberFactory,
    UserFactory,
    YearlyFigureFactory,
)

ROLES = ("public", "officer", "other", "viewer", "bappeda", "admin")
LOGIN = 302
COMING = datetime(2096, 11, 8, 13, 30, tzinfo=ZoneInfo("Asia/Jakarta"))

# name -> (method, arguments' names, statuses in the order of ROLES)
# other: the officer of another village. 302 for the public is the way to the sign-in page.
TABLE = {
    "areas:progress": ("get", "", (200, 200, 200, 200, 200, 200)),
    "areas:village-list": ("get", "", (200, 200, 200, 200, 200, 200)),
    "areas:village-detail": ("get", "code", (200, 200, 200, 200, 200, 200)),
    "areas:village-assessments": ("get", "code", (200, 200, 200, 200, 200, 200)),
    "areas:neighbourhood-add": ("post", "code", (LOGIN, 422, 404, 403, 403, 404)),
    "areas:assessment-overview": ("get", "", (LOGIN, 200, 200, 200, 200, 200)),
    "areas:assessment-start": ("get", "rt", (LOGIN, 200, 404, 403, 403, 404)),
    # One that is submitted: its village and the staff see it.
    "areas:assessment": ("get", "assessment", (404, 200, 404, 200, 200, 200)),
    "areas:assessment-paper": ("get", "assessment", (404, 200, 404, 200, 200, 200)),
    "areas:assessment-what-if": ("get", "assessment", (404, 200, 404, 200, 200, 200)),
    "areas:assessment-submission": ("post", "assessment", (LOGIN, 302, 404, 403, 403, 404)),
    "areas:assessment-verification": ("post", "assessment", (LOGIN, 403, 403, 403, 409, 409)),
    "areas:assessment-withdrawal": ("post", "assessment", (LOGIN, 409, 404, 403, 403, 404)),
    "areas:assessment-return": ("post", "assessment", (LOGIN, 403, 403, 403, 422, 422)),
    "areas:assessment-reopening": ("post", "assessment", (LOGIN, 403, 403, 403, 422, 422)),
    "areas:assessment-step": ("get", "step", (LOGIN, 200, 404, 403, 403, 404)),
    # The plan is read by who is signed in, written by Bappeda and the village.
    "areas:activity-list": ("get", "", (LOGIN, 200, 200, 200, 200, 200)),
    "areas:activity-export": ("get", "csv", (LOGIN, 200, 200, 200, 200, 200)),
    "areas:activity": ("get", "activity", (LOGIN, 200, 200, 200, 200, 200)),
    "areas:activity-add": ("get", "", (LOGIN, 200, 200, 403, 200, 200)),
    "areas:activity-edit": ("get", "activity", (LOGIN, 200, 403, 403, 200, 200)),
    "areas:activity-realisation": ("get", "activity", (LOGIN, 200, 403, 403, 200, 200)),
    "areas:activity-improvements": ("get", "activity", (LOGIN, 200, 403, 403, 200, 200)),
    "areas:activity-photo-add": ("post", "activity", (LOGIN, 422, 403, 403, 422, 422)),
    "areas:activity-photo": ("get", "photo", (LOGIN, 200, 200, 200, 200, 200)),
    "areas:activity-photo-display": ("get", "shown-photo", (LOGIN, 200, 200, 200, 200, 200)),
    "areas:activity-photo-removal": ("post", "photo", (LOGIN, 302, 403, 403, 302, 302)),
    "areas:community-board": ("get", "code", (LOGIN, 200, 200, 200, 200, 200)),
    "areas:village-support": ("get", "support", (LOGIN, 200, 404, 403, 403, 403)),
    "areas:entry-overview": ("get", "", (LOGIN, 200, 200, 403, 403, 200)),
    "areas:entry": ("get", "year", (LOGIN, 200, 404, 403, 403, 404)),
    "areas:figure-submission": ("post", "year", (LOGIN, 422, 404, 403, 403, 404)),
    "areas:figure-computation": ("post", "year", (LOGIN, 409, 404, 403, 403, 404)),
    "areas:entry-discard": ("post", "year", (LOGIN, 302, 302, 403, 403, 302)),
    "areas:figure-verification": ("post", "figure", (LOGIN, 403, 403, 403, 409, 409)),
    "areas:figure-withdrawal": ("post", "figure", (LOGIN, 409, 404, 403, 403, 404)),
    "areas:figure-return": ("post", "figure", (LOGIN, 403, 403, 403, 422, 422)),
    "areas:figure-correction": ("get", "verified", (LOGIN, 403, 403, 403, 200, 200)),
    "areas:evidence": ("get", "evidence", (LOGIN, 200, 404, 200, 200, 200)),
    "areas:evidence-display": ("get", "shown-evidence", (LOGIN, 200, 404, 200, 200, 200)),
    "areas:evidence-removal": ("post", "evidence", (LOGIN, 302, 404, 403, 403, 404)),
    "areas:review-queue": ("get", "", (LOGIN, 403, 403, 403, 200, 200)),
    "areas:review": ("get", "figure", (LOGIN, 403, 403, 403, 200, 200)),
    "areas:unreported": ("get", "", (LOGIN, 403, 403, 403, 200, 200)),
    "areas:unreported-export": ("get", "csv", (LOGIN, 403, 403, 403, 200, 200)),
    # Without a period there are no villages to remind.
    "areas:unreported-reminder": ("post", "", (LOGIN, 403, 403, 403, 404, 404)),
    # Questions are read by the village and the staff, written by the village and Bappeda.
    "areas:question-list": ("get", "", (LOGIN, 200, 200, 200, 200, 200)),
    "areas:questions": ("get", "asked", (LOGIN, 200, 404, 200, 200, 200)),
    "areas:question-reply": ("post", "question", (LOGIN, 422, 404, 403, 422, 422)),
    "areas:question-closing": ("post", "question", (LOGIN, 409, 404, 403, 409, 409)),
    "areas:chart-city": ("get", "", (200, 200, 200, 200, 200, 200)),
    "areas:chart-map": ("get", "", (200, 200, 200, 200, 200, 200)),
    "areas:chart-village": ("get", "code", (200, 200, 200, 200, 200, 200)),
    "areas:compare": ("get", "", (200, 200, 200, 200, 200, 200)),
    "areas:chart-compare": ("get", "", (200, 200, 200, 200, 200, 200)),
    "areas:chart-multiples": ("get", "", (200, 200, 200, 200, 200, 200)),
    "areas:card": ("get", "", (200, 200, 200, 200, 200, 200)),
    "areas:village-card": ("get", "code", (200, 200, 200, 200, 200, 200)),
    "areas:data": ("get", "", (200, 200, 200, 200, 200, 200)),
    "areas:data-dictionary": ("get", "", (200, 200, 200, 200, 200, 200)),
    "areas:datapackage": ("get", "", (200, 200, 200, 200, 200, 200)),
    "areas:data-geojson": ("get", "", (200, 200, 200, 200, 200, 200)),
    "areas:data-file": ("get", "dataset", (200, 200, 200, 200, 200, 200)),
    "areas:staff-export": ("get", "csv", (LOGIN, 200, 200, 200, 200, 200)),
    "areas:import-start": ("get", "", (LOGIN, 403, 403, 403, 200, 200)),
    "areas:import-template": ("get", "template", (LOGIN, 403, 403, 403, 200, 200)),
    # Bappeda's own preview: an admin may look, but not go on with it.
    "areas:import-preview": ("get", "import", (LOGIN, 403, 403, 403, 200, 200)),
    "areas:import-file": ("get", "import", (LOGIN, 403, 403, 403, 200, 200)),
    "areas:import-reading": ("post", "import", (LOGIN, 403, 403, 403, 302, 404)),
    "areas:import-arrangement": ("post", "import", (LOGIN, 403, 403, 403, 302, 404)),
    "areas:import-application": ("post", "import", (LOGIN, 403, 403, 403, 409, 404)),
    "areas:import-cancellation": ("post", "import", (LOGIN, 403, 403, 403, 302, 404)),
    "search": ("get", "", (200, 200, 200, 200, 200, 200)),
    "privacy": ("get", "", (200, 200, 200, 200, 200, 200)),
    "contacts": ("get", "", (LOGIN, 403, 403, 403, 200, 200)),
    "contact-holder": ("get", "holder", (LOGIN, 403, 403, 403, 200, 200)),
    "contact-removal": ("post", "holder", (LOGIN, 403, 403, 403, 302, 302)),
    "guide": ("get", "", (200, 200, 200, 200, 200, 200)),
    "guide-of": ("get", "guide", (200, 200, 200, 200, 200, 200)),
    # The admin asks all other roles to sign in as an admin.
    "mail-trial": ("post", "", (LOGIN, 302, 302, 302, 302, 302)),
    **{
        f"meetings:{name}": row
        for name, row in {
            "meeting-list": ("get", "", (LOGIN, 200, 200, 200, 200, 200)),
            "meeting-add": ("get", "", (LOGIN, 403, 403, 403, 200, 200)),
            "meeting-detail": ("get", "meeting", (LOGIN, 200, 200, 200, 200, 200)),
            "meeting-edit": ("get", "meeting", (LOGIN, 403, 403, 403, 200, 200)),
            "meeting-scheduling": ("post", "meeting", (LOGIN, 403, 403, 403, 409, 409)),
            "meeting-completion": ("post", "meeting", (LOGIN, 403, 403, 403, 409, 409)),
            "meeting-reopening": ("post", "meeting", (LOGIN, 403, 403, 403, 409, 409)),
            "meeting-cancellation": ("post", "meeting", (LOGIN, 403, 403, 403, 422, 422)),
            "meeting-discarding": ("post", "meeting", (LOGIN, 403, 403, 403, 409, 409)),
            "invitation-mail": ("post", "meeting", (LOGIN, 403, 403, 403, 302, 302)),
            "minutes-mail": ("post", "meeting", (LOGIN, 403, 403, 403, 302, 302)),
            "addendum-mail": ("post", "addendum", (LOGIN, 403, 403, 403, 302, 302)),
            "mail-continuation": ("post", "meeting", (LOGIN, 403, 403, 403, 302, 302)),
            "handover": ("post", "meeting", (LOGIN, 403, 403, 403, 422, 422)),
            "whatsapp": ("get", "meeting", (LOGIN, 403, 403, 403, 200, 200)),
            "attendance": ("get", "meeting", (LOGIN, 403, 403, 403, 200, 200)),
            "meeting-minutes": ("get", "meeting", (LOGIN, 403, 403, 403, 200, 200)),
            # Who knows the link of an invitation answers it.
            "invitation-reply": ("get", "invitation", (200, 200, 200, 200, 200, 200)),
            # The participant, and Bappeda as told.
            "participant-reply": ("get", "participant", (LOGIN, 200, 404, 404, 200, 200)),
            "minutes-submission": ("post", "meeting", (LOGIN, 403, 403, 403, 409, 409)),
            "minutes-withdrawal": ("post", "meeting", (LOGIN, 403, 403, 403, 409, 409)),
            "minutes-approval": ("post", "meeting", (LOGIN, 403, 403, 403, 409, 409)),
            "minutes-return": ("post", "meeting", (LOGIN, 403, 403, 403, 422, 422)),
            "addendum-add": ("get", "meeting", (LOGIN, 403, 403, 403, 302, 302)),
            "decision-add": ("get", "item", (LOGIN, 403, 403, 403, 200, 200)),
            "decision-edit": ("get", "decision", (LOGIN, 403, 403, 403, 200, 200)),
            "decision-removal": ("post", "decision", (LOGIN, 403, 403, 403, 302, 302)),
            "follow-up-add": ("get", "decision", (LOGIN, 403, 403, 403, 200, 200)),
            # Village officers read decisions once the minutes are approved.
            "decision-activities": ("get", "decision", (LOGIN, 404, 404, 403, 200, 200)),
            "follow-up-activities": ("get", "follow-up", (LOGIN, 200, 200, 403, 200, 200)),
            "activity-origin": ("get", "activity", (LOGIN, 200, 403, 403, 200, 200)),
            "origin-removal": ("post", "origin", (LOGIN, 302, 404, 403, 302, 302)),
            "attachment-add": ("post", "meeting", (LOGIN, 403, 403, 403, 422, 422)),
            "attachment": ("get", "attachment", (LOGIN, 200, 200, 200, 200, 200)),
            "attachment-picture": ("get", "attachment", (LOGIN, 200, 200, 200, 200, 200)),
            "attachment-display": ("get", "shown-attachment", (LOGIN, 200, 200, 200, 200, 200)),
            "attachment-removal": ("post", "attachment", (LOGIN, 403, 403, 403, 302, 302)),
            "paper-invitation": ("get", "meeting", (LOGIN, 200, 200, 200, 200, 200)),
            "paper-attendance": ("get", "meeting", (LOGIN, 200, 200, 200, 200, 200)),
            # Village officers read the minutes once they are approved.
            "paper-minutes": ("get", "meeting", (LOGIN, 404, 404, 200, 200, 200)),
            "letterhead-logo": ("get", "", (404, 404, 404, 404, 404, 404)),
            "meeting-ics": ("get", "meeting", (LOGIN, 200, 200, 200, 200, 200)),
            "calendar": ("get", "", (LOGIN, 200, 200, 200, 200, 200)),
            "calendar-renewal": ("post", "", (LOGIN, 302, 302, 302, 302, 302)),
            # Whoever knows the token reads the calendar.
            "calendar-feed": ("get", "token", (200, 200, 200, 200, 200, 200)),
            "follow-up-list": ("get", "", (LOGIN, 200, 200, 200, 200, 200)),
            "follow-up": ("get", "follow-up", (LOGIN, 200, 200, 200, 200, 200)),
            "follow-up-assignment": ("post", "follow-up", (LOGIN, 403, 403, 403, 422, 422)),
            # Of a meeting that is not cancelled: back to its page.
            "cancelled-follow-ups": ("post", "meeting", (LOGIN, 403, 403, 403, 302, 302)),
            # The working group is read by the staff, kept by Bappeda.
            "pokja": ("get", "", (LOGIN, 403, 403, 200, 200, 200)),
            "pokja-add": ("get", "", (LOGIN, 403, 403, 403, 200, 200)),
            "pokja-decree": ("get", "pokja", (LOGIN, 403, 403, 200, 200, 200)),
            "pokja-edit": ("get", "pokja", (LOGIN, 403, 403, 403, 200, 200)),
            "pokja-member-add": ("get", "pokja", (LOGIN, 403, 403, 403, 200, 200)),
            "pokja-member": ("get", "member", (LOGIN, 403, 403, 403, 200, 200)),
            "pokja-member-removal": ("post", "appointed", (LOGIN, 403, 403, 403, 409, 409)),
            "participant-import": ("get", "meeting", (LOGIN, 403, 403, 403, 200, 200)),
            "participant-addition": ("post", "meeting", (LOGIN, 403, 403, 403, 422, 422)),
            "pokja-import": ("get", "pokja", (LOGIN, 403, 403, 403, 200, 200)),
            "pokja-addition": ("post", "pokja", (LOGIN, 403, 403, 403, 422, 422)),
            "people-template": ("get", "list", (LOGIN, 403, 403, 403, 200, 200)),
            "recap": ("get", "span", (LOGIN, 403, 403, 200, 200, 200)),
            "recap-paper": ("get", "span", (LOGIN, 403, 403, 200, 200, 200)),
            "recap-file": ("get", "csv", (LOGIN, 403, 403, 200, 200, 200)),
            "follow-up-matrix": ("get", "", (LOGIN, 200, 200, 200, 200, 200)),
            "follow-up-matrix-paper": ("get", "", (LOGIN, 200, 200, 200, 200, 200)),
            "follow-up-matrix-file": ("get", "csv", (LOGIN, 200, 200, 200, 200, 200)),
            # The responsible village and the staff see what shows the progress.
            "follow-up-evidence": ("get", "task-evidence", (LOGIN, 200, 404, 200, 200, 200)),
            "follow-up-evidence-display": (
                "get",
                "shown-task-evidence",
                (LOGIN, 200, 404, 200, 200, 200),
            ),
            "follow-up-evidence-removal": (
                "post",
                "task-evidence",
                (LOGIN, 302, 404, 404, 302, 302),
            ),
            "follow-up-edit": ("get", "follow-up", (LOGIN, 403, 403, 403, 200, 200)),
            "follow-up-progress": ("post", "follow-up", (LOGIN, 422, 404, 404, 422, 422)),
            "follow-up-completion": ("post", "follow-up", (LOGIN, 422, 404, 404, 422, 422)),
            "follow-up-confirmation": ("post", "follow-up", (LOGIN, 403, 403, 403, 409, 409)),
            "follow-up-reopening": ("post", "follow-up", (LOGIN, 403, 403, 403, 422, 422)),
            "follow-up-cancellation": ("post", "follow-up", (LOGIN, 403, 403, 403, 422, 422)),
            "article-list": ("get", "", (200, 200, 200, 200, 200, 200)),
            "article-feed": ("get", "", (200, 200, 200, 200, 200, 200)),
            "article-add": ("get", "meeting", (LOGIN, 403, 403, 403, 200, 200)),
            # A draft: nobody but Bappeda knows that it is there.
            "article": ("get", "article", (404, 404, 404, 404, 200, 200)),
            "article-card": ("get", "article", (404, 404, 404, 404, 404, 404)),
            "article-photo": ("get", "article", (404, 404, 404, 404, 200, 200)),
            "article-edit": ("get", "article", (LOGIN, 403, 403, 403, 200, 200)),
            "article-publication": ("post", "article", (LOGIN, 403, 403, 403, 409, 409)),
            "article-discarding": ("post", "article", (LOGIN, 403, 403, 403, 409, 409)),
            "article-withdrawal": ("post", "article", (LOGIN, 403, 403, 403, 409, 409)),
        }.items()
    },
    # Load balancers and monitors ask without an account.
    "alive": ("get", "", (200, 200, 200, 200, 200, 200)),
    "ready": ("get", "", (200, 200, 200, 200, 200, 200)),
    "robots": ("get", "", (200, 200, 200, 200, 200, 200)),
    "favicon": ("get", "", (200, 200, 200, 200, 200, 200)),
    "sitemap": ("get", "", (200, 200, 200, 200, 200, 200)),
    "sitemap-section": ("get", "section", (200, 200, 200, 200, 200, 200)),
    "audit": ("get", "", (LOGIN, 403, 403, 403, 403, 200)),
    "audit-export": ("get", "", (LOGIN, 403, 403, 403, 403, 200)),
    "login": ("get", "", (200, 302, 302, 302, 302, 302)),
    # Nobody has given a password here: back to the sign-in page.
    "second-step": ("get", "", (302, 302, 302, 302, 302, 302)),
    "two-factor": ("get", "", (LOGIN, 200, 200, 200, 200, 200)),
    # Nothing is set up here yet: to the page where it is.
    "two-factor-codes": ("post", "", (LOGIN, 302, 302, 302, 302, 302)),
    "two-factor-removal": ("post", "", (LOGIN, 302, 302, 302, 302, 302)),
    "logout": ("post", "", (302, 302, 302, 302, 302, 302)),
    # Who has forgotten the password has no session.
    "password-reset": ("get", "", (200, 200, 200, 200, 200, 200)),
    "password-reset-sent": ("get", "", (200, 200, 200, 200, 200, 200)),
    # A link that was never made.
    "password-reset-confirm": ("get", "reset", (410, 410, 410, 410, 410, 410)),
    "password-change": ("get", "", (LOGIN, 200, 200, 200, 200, 200)),
    "profile": ("get", "", (LOGIN, 200, 200, 200, 200, 200)),
    # What a phone asks for, signed in or not.
    "connection": ("get", "", (200, 200, 200, 200, 200, 200)),
    "manifest": ("get", "", (200, 200, 200, 200, 200, 200)),
    "service-worker": ("get", "", (200, 200, 200, 200, 200, 200)),
    "offline": ("get", "", (200, 200, 200, 200, 200, 200)),
    "queue": ("get", "", (200, 200, 200, 200, 200, 200)),
    # Developers only: not there while DEBUG is off.
    "gallery": ("get", "", (404, 404, 404, 404, 404, 404)),
}
# Posting to pages that are forms: what an empty form meets.
POSTS = {
    "areas:activity-add": ("post", "", (LOGIN, 422, 422, 403, 422, 422)),
    "areas:activity-edit": ("post", "activity", (LOGIN, 422, 403, 403, 422, 422)),
    "areas:activity-realisation": ("post", "activity", (LOGIN, 422, 403, 403, 422, 422)),
    "areas:activity-improvements": ("post", "activity", (LOGIN, 409, 403, 403, 409, 409)),
    "areas:community-board": ("post", "code", (LOGIN, 422, 404, 403, 403, 403)),
    "areas:village-support": ("post", "support", (LOGIN, 302, 404, 403, 403, 403)),
    "meetings:activity-origin": ("post", "activity", (LOGIN, 422, 403, 403, 422, 422)),
    "meetings:decision-activities": ("post", "decision", (LOGIN, 404, 404, 403, 422, 422)),
    "meetings:follow-up-activities": ("post", "follow-up", (LOGIN, 422, 422, 403, 422, 422)),
    "areas:assessment-start": ("post", "rt", (LOGIN, 422, 404, 403, 403, 404)),
    "areas:assessment-step": ("post", "step", (LOGIN, 422, 404, 403, 403, 404)),
    # Without a version nobody knows what was looked at: nothing is overwritten.
    "areas:entry": ("post", "year", (LOGIN, 409, 404, 403, 403, 404)),
    "areas:figure-correction": ("post", "verified", (LOGIN, 403, 403, 403, 422, 422)),
    "areas:import-start": ("post", "", (LOGIN, 403, 403, 403, 422, 422)),
    "areas:questions": ("post", "asked", (LOGIN, 422, 404, 403, 422, 422)),
    "meetings:meeting-add": ("post", "", (LOGIN, 403, 403, 403, 422, 422)),
    "meetings:meeting-edit": ("post", "meeting", (LOGIN, 403, 403, 403, 422, 422)),
    "meetings:meeting-minutes": ("post", "meeting", (LOGIN, 403, 403, 403, 409, 409)),
    "meetings:participant-import": ("post", "meeting", (LOGIN, 403, 403, 403, 422, 422)),
    "meetings:pokja-import": ("post", "pokja", (LOGIN, 403, 403, 403, 422, 422)),
    "meetings:pokja-add": ("post", "", (LOGIN, 403, 403, 403, 422, 422)),
    "meetings:pokja-edit": ("post", "pokja", (LOGIN, 403, 403, 403, 422, 422)),
    "meetings:pokja-member-add": ("post", "pokja", (LOGIN, 403, 403, 403, 422, 422)),
    "meetings:pokja-member": ("post", "member", (LOGIN, 403, 403, 403, 422, 422)),
    "meetings:attendance": ("post", "meeting", (LOGIN, 403, 403, 403, 302, 302)),
    "meetings:invitation-reply": ("post", "invitation", (422, 422, 422, 422, 422, 422)),
    "meetings:participant-reply": ("post", "participant", (LOGIN, 422, 404, 404, 422, 422)),
    "meetings:decision-add": ("post", "item", (LOGIN, 403, 403, 403, 422, 422)),
    "meetings:decision-edit": ("post", "decision", (LOGIN, 403, 403, 403, 422, 422)),
    "meetings:follow-up-add": ("post", "decision", (LOGIN, 403, 403, 403, 422, 422)),
    "meetings:follow-up-edit": ("post", "follow-up", (LOGIN, 403, 403, 403, 422, 422)),
    "meetings:article-add": ("post", "meeting", (LOGIN, 403, 403, 403, 422, 422)),
    "meetings:article-edit": ("post", "article", (LOGIN, 403, 403, 403, 422, 422)),
    "two-factor": ("post", "", (LOGIN, 422, 422, 422, 422, 422)),
    # A form that does not say what it showed overwrites nothing.
    "profile": ("post", "", (LOGIN, 409, 409, 409, 409, 409)),
    "password-reset": ("post", "", (422, 422, 422, 422, 422, 422)),
    "password-reset-confirm": ("post", "reset", (410, 410, 410, 410, 410, 410)),
    "password-change": ("post", "", (LOGIN, 200, 200, 200, 200, 200)),
}
READ_ONLY = (
    "password-reset-sent",
    "audit",
    "audit-export",
    "areas:progress",
    "areas:village-list",
    "areas:village-detail",
    "areas:village-assessments",
    "areas:assessment-overview",
    "areas:assessment",
    "areas:assessment-paper",
    "areas:assessment-what-if",
    "areas:evidence",
    "areas:evidence-display",
    "areas:review-queue",
    "areas:review",
    "areas:unreported",
    "areas:unreported-export",
    "areas:question-list",
    "areas:chart-city",
    "areas:chart-map",
    "areas:chart-village",
    "areas:compare",
    "areas:chart-compare",
    "areas:chart-multiples",
    "areas:card",
    "areas:village-card",
    "areas:data",
    "areas:data-dictionary",
    "areas:datapackage",
    "areas:data-geojson",
    "areas:data-file",
    "areas:staff-export",
    "areas:import-template",
    "areas:import-preview",
    "areas:import-file",
    "search",
    "privacy",
    "contacts",
    "contact-holder",
    "guide",
    "guide-of",
    "areas:activity-list",
    "areas:activity",
    "areas:activity-export",
    "areas:activity-photo",
    "areas:activity-photo-display",
    "alive",
    "ready",
    "connection",
    "manifest",
    "service-worker",
    "offline",
    "queue",
    "meetings:whatsapp",
    "meetings:meeting-list",
    "meetings:pokja",
    "meetings:pokja-decree",
    "meetings:people-template",
    "meetings:meeting-detail",
    "meetings:paper-invitation",
    "meetings:paper-attendance",
    "meetings:paper-minutes",
    "meetings:meeting-ics",
    "meetings:attachment",
    "meetings:attachment-display",
    "meetings:attachment-picture",
    "meetings:calendar",
    "meetings:calendar-feed",
    "meetings:follow-up-list",
    "meetings:follow-up",
    "meetings:follow-up-matrix",
    "meetings:follow-up-matrix-file",
    "meetings:follow-up-matrix-paper",
    "meetings:follow-up-evidence",
    "meetings:follow-up-evidence-display",
    "meetings:article-list",
    "meetings:article",
    "meetings:article-photo",
    "meetings:article-card",
    "robots",
    "favicon",
    "sitemap",
    "sitemap-section",
)
POST_ONLY = sorted(name for name, (method, _, _) in TABLE.items() if method == "post")


@pytest.fixture
def world(baseline, officer, other_officer, viewer, bappeda, admin):
    """One submitted, one verified and one draft figure of the officer's village, with evidence."""
    draft = YearlyFigureFactory(baseline=baseline, year=2019, entered_by=officer)
    content = io.BytesIO()
    Image.new("RGB", (8, 8)).save(content, "PNG")
    upload = SimpleUploadedFile("foto.png", content.getvalue())
    upload.checked_type = check_upload(upload)
    Evidence.attach(draft, upload, by=officer)
    submitted = YearlyFigureFactory(
        baseline=baseline, year=2017, submitted=True, entered_by=officer
    )
    submitted.events.create(kind="submitted", actor=officer, at=submitted.submitted_at)
    verified = YearlyFigureFactory(baseline=baseline, year=2018, verified=True, entered_by=officer)
    question = Question.ask(
        submitted, village=baseline.village, by=officer, text="Sudah benar?", uid=uuid.uuid4()
    )
    query = {"desa": baseline.village.code}
    meeting = MeetingFactory(changed_by=bappeda)
    item = AgendaItemFactory(meeting=meeting, notes="Catatan.", is_discussed=True)
    decision = DecisionFactory(meeting=meeting, agenda_item=item)
    follow_up = FollowUpFactory(
        decision=DecisionFactory(meeting=meeting, agenda_item=item), village=baseline.village
    )
    FollowUpEvidence.attach(follow_up, upload, by=officer)
    approved = MinutesFactory(approved=True)
    addendum = Addendum.objects.create(minutes=approved, text="Tambahan.", author=bappeda)
    content.seek(0)
    picture = SimpleUploadedFile("foto.png", content.getvalue())
    Attachment.attach(meeting, picture, kind="photo", caption="", by=bappeda)
    invited = ParticipantFactory(
        meeting=MeetingFactory(changed_by=bappeda, starts_at=COMING, ends_at=None),
        village=baseline.village,
        phone="0812-3456-7890",
    )
    article = ArticleFactory(meeting=meeting)
    article.photo.save("foto.jpg", public_photo(picture))
    assessed = AssessmentFactory(
        neighbourhood__village=baseline.village,
        submitted=True,
        entered_by=officer,
        submitted_by=officer,
    )
    assessed.events.create(kind="submitted", actor=officer, at=assessed.submitted_at)
    begun = AssessmentFactory(
        neighbourhood=assessed.neighbourhood, year=2019, begun=True, entered_by=officer
    )
    activity = ActivityFactory(village=baseline.village)
    picture.seek(0)
    picture.checked_type = "image/png"
    ActivityPhoto.attach(activity, picture, stage=0, by=officer)
    origin = ActivityOrigin.link(
        activity, decision=follow_up.decision, follow_up=follow_up, by=bappeda
    )
    CommunityBoardFactory(village=baseline.village)
    feed = CalendarFeed.renew(officer)
    member = PokjaMemberFactory()
    sheet = SimpleUploadedFile("angka.csv", b"kode;tahun;luas\n32.79.99.9999;2017;1\n")
    run = ImportRun.start(sheet, kind="angka", programme=baseline.programme, by=bappeda)
    return {
        "dataset": (["angka-tahunan", "csv"], {}),
        "csv": (["csv"], {}),
        "section": (["desa"], {}),
        "asked": (["isian", submitted.pk], {}),
        "span": ([], {"dari": "2016-01-01", "sampai": "2016-12-31"}),
        "question": ([question.pk], {}),
        "template": ([], {"periode": baseline.programme.slug, "jenis": "angka"}),
        "import": ([run.pk], {}),
        "meeting": ([meeting.pk], {}),
        "pokja": ([member.decree_id], {}),
        "member": ([member.pk], {}),
        "appointed": ([member.decree_id, member.pk], {}),
        "list": (["peserta"], {}),
        "addendum": ([addendum.pk], {}),
        "participant": ([invited.pk], {}),
        "invitation": ([whatsapp_reply_url(invited).split("/")[-2]], {}),
        "item": ([item.pk], {}),
        "decision": ([decision.pk], {}),
        "follow-up": ([follow_up.pk], {}),
        "task-evidence": ([follow_up.evidence.get().pk], {}),
        "shown-task-evidence": ([follow_up.evidence.get().pk, "kecil"], {}),
        "attachment": ([meeting.attachments.get().pk], {}),
        "shown-attachment": ([meeting.attachments.get().pk, "kecil"], {}),
        "article": ([article.slug], {}),
        "token": ([feed.token], {}),
        "activity": ([activity.pk], {}),
        "photo": ([activity.photos.get().pk], {}),
        "shown-photo": ([activity.photos.get().pk, "kecil"], {}),
        "origin": ([origin.pk], {}),
        "support": ([baseline.village.code, 2020], {}),
        "people": dict(
            zip(ROLES, (None, officer, other_officer, viewer, bappeda, admin), strict=True)
        ),
        "": ([], {}),
        "reset": (["AA", "bukan-token"], {}),
        "guide": (["desa"], {}),
        "holder": (["akun", officer.pk], {}),
        "code": ([baseline.village.code], {}),
        "year": ([2019], query),
        "figure": ([submitted.pk], {}),
        "verified": ([verified.pk], {}),
        "rt": ([], {"rt": assessed.neighbourhood_id, "tahun": 2020}),
        "assessment": ([assessed.pk], {}),
        "step": ([begun.pk, "aspek-3"], {}),
        "evidence": ([draft.evidence.get().pk], {}),
        "shown-evidence": ([draft.evidence.get().pk, "besar"], {}),
    }


def known_urls(patterns=None, namespace=""):
    """Return the names of all URLs of the resolver but the admin's."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            if pattern.app_name != "admin":
                prefix = f"{pattern.namespace}:" if pattern.namespace else namespace
                yield from known_urls(pattern.url_patterns, prefix)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield namespace + pattern.name


def test_table_knows_every_url():
    assert set(known_urls()) == set(TABLE)


def answers(world, client_of, role, requests):
    """Yield each request with its answer; what one changes is gone before the next."""
    for name, method, what in requests:
        arguments, query = world[what]
        with transaction.atomic():
            client = client_of(world["people"][role])
            yield name, getattr(client, method)(reverse(name, args=arguments, query=query))
            transaction.set_rollback(True)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("table", [TABLE, POSTS], ids=["table", "posts"])
def test_role_gets(world, client_of, table, role):
    expected = {
        name: dict(zip(ROLES, statuses, strict=True))[role]
        for name, (_, _, statuses) in table.items()
    }
    requests = [(name, method, what) for name, (method, what, _) in table.items()]
    got = {}
    for name, response in answers(world, client_of, role, requests):
        got[name] = response.status_code
        if role == "public" and got[name] == LOGIN and name not in ("logout", "second-step"):
            assert response["Location"].startswith("/akun/masuk/?next="), name
    assert got == expected


def test_read_only_pages_refuse_posts(world, client_of):
    requests = [(name, "post", TABLE[name][1]) for name in READ_ONLY]
    got = {name: each.status_code for name, each in answers(world, client_of, "admin", requests)}
    assert got == dict.fromkeys(READ_ONLY, 405)


def test_steps_are_never_taken_by_following_a_link(world, client_of):
    requests = [(name, "get", TABLE[name][1]) for name in POST_ONLY]
    for name, response in answers(world, client_of, "admin", requests):
        assert response.status_code in (302, 405), name
        if response.status_code == 405:
            # An address of one village's form opens for its officer.
            person = "officer" if name.startswith("areas:entry") else "admin"
            page = client_of(world["people"][person]).get(response.context["page"])
            assert page.status_code in (200, 302), name


ADMIN_PAGES = (
    "/admin/",
    "/admin/areas/village/",
    "/admin/areas/programme/",
    "/admin/areas/yearlyfigure/",
    "/admin/areas/neighbourhood/",
    "/admin/areas/assessment/",
    "/admin/areas/activity/",
    "/admin/areas/communityboard/",
    "/admin/areas/yearlyfigure/unduh/",
    "/admin/areas/importrun/",
    "/admin/areas/boundary/",
    "/admin/areas/boundary/muat/",
    "/admin/kotaku/user/",
    "/admin/kotaku/user/akun-desa/",
    "/admin/kotaku/failedsignin/",
    "/admin/kotaku/contact/",
    "/admin/meetings/meeting/",
    "/admin/meetings/minutes/",
    "/admin/meetings/decision/",
    "/admin/meetings/followup/",
    "/admin/meetings/attachment/",
    "/admin/meetings/followupevidence/",
    "/admin/meetings/article/",
    "/admin/meetings/letterhead/",
    "/admin/meetings/delivery/",
    "/admin/meetings/pokjadecree/",
    "/admin/meetings/pokjamember/",
    "/admin/meetings/calendarfeed/",
    "/admin/meetings/sentreminder/",
)


@pytest.mark.ignore_template_errors
@pytest.mark.parametrize("page", ADMIN_PAGES)
def test_only_admins_enter_the_admin(world, client_of, page):
    for role, user in world["people"].items():
        response = client_of(user).get(page, follow=True)
        if role == "admin":
            assert response.status_code == 200
        elif role == "public":
            assert response.redirect_chain[-1][0].startswith("/akun/masuk/")
        else:
            assert response.status_code == 403


def test_first_password_must_be_changed_before_anything_else(world, client_of):
    newcomer = UserFactory(bappeda=True, must_change_password=True)
    client = client_of(newcomer)
    for name in ("areas:review-queue", "profile", "areas:entry-overview"):
        response = client.get(reverse(name))
        assert response.status_code == 302
        assert response["Location"].startswith("/akun/sandi/?next=")
    assert client.get("/").status_code == 200


def test_inactive_accounts_are_signed_out(client_of, bappeda):
    client = client_of(bappeda)
    bappeda.is_active = False
    bappeda.save()
    assert client.get("/verifikasi/").status_code == 302

"""Meetings in the admin: for lookups and corrections that the site's own pages do not offer."""

from django.contrib import admin
from django.db import transaction
from django.urls import reverse
from django.utils.html import format_html

from kotaku.admin_site.read_only_admin import ReadOnlyAdmin, ReadOnlyInline
from kotaku.admin_site.regional_admin import FewChoicesFilter, RegionalAdmin, TypedFields
from meetings import pokja_admin
from meetings.discarded_admin import RestoresDrafts, StateFilter
from meetings.models import (
    Addendum,
    AgendaItem,
    Article,
    Attachment,
    CalendarFeed,
    Decision,
    Delivery,
    FollowUp,
    FollowUpEvidence,
    FollowUpReminder,
    Letterhead,
    Meeting,
    MeetingState,
    Minutes,
    MinutesState,
    Participant,
    ProgressNote,
    Reply,
    SentReminder,
)

__all__ = ["pokja_admin"]


class AgendaInline(TypedFields, admin.TabularInline):
    """The agenda; notes are edited on the site."""

    model = AgendaItem
    fields = ["order", "day", "title", "starts_at", "length_minutes", "speaker", "speaker_organisation"]  # fmt: skip
    extra = 0
    can_delete = False


class ParticipantInline(TypedFields, admin.TabularInline):
    """Participants, invited and present."""

    model = Participant
    fields = [
        "name",
        "position",
        "organisation",
        "unsur",
        "sex",
        "email",
        "is_invited",
        "is_present",
    ]
    extra = 0
    can_delete = False


@admin.register(Meeting)
class MeetingAdmin(RestoresDrafts, RegionalAdmin):
    """Meetings with agenda and participants; the state changes on the site only."""

    list_display = ["title", "day", "kind", "state", "source", "place", "programme", "page"]
    list_filter = [StateFilter, "kind", "source", ("programme", FewChoicesFilter), "starts_at"]
    search_fields = ["title", "place", "letter_number"]
    date_hierarchy = "starts_at"
    list_select_related = ["programme"]
    filter_horizontal = ["villages"]
    searched_when_many = ["villages"]
    inlines = [AgendaInline, ParticipantInline]
    readonly_fields = ["state", "source", "uid", "version", "changed_by", "changed_at", "page"]
    locked_with = [Minutes]
    exclude = ["cancel_reason", "invited_at", "invited_version", "minutes_sent_at"]

    def has_delete_permission(self, request, obj=None):
        """A meeting is cancelled, never deleted."""
        return False

    def has_change_permission(self, request, obj=None):
        """A discarded meeting, or one whose minutes are submitted, cannot be changed."""
        if obj and (obj.state == MeetingState.DISCARDED or not obj.minutes.is_editable):
            return False
        return super().has_change_permission(request, obj)

    @admin.display(description="tanggal", ordering="starts_at")
    def day(self, meeting):
        """Return the days."""
        return meeting.days_text

    @admin.display(description="halaman")
    def page(self, meeting):
        """Link to the meeting's own page, if it has one."""
        if meeting.pk is None or meeting.state == MeetingState.DISCARDED:
            return self.get_empty_value_display()
        url = reverse("meetings:meeting-detail", args=[meeting.pk])
        return format_html('<a href="{}">Buka</a>', url)

    def save_model(self, request, obj, form, change):
        """Create the minutes of a new meeting; the base class counts the change in `version`."""
        super().save_model(request, obj, form, change)
        Minutes.objects.get_or_create(meeting=obj, defaults={"changed_by": request.user})


class AddendumInline(ReadOnlyInline):
    """Additions to the minutes after approval."""

    model = Addendum


@admin.register(Minutes)
class MinutesAdmin(ReadOnlyAdmin):
    """Minutes with their state and addenda."""

    list_display = ["meeting", "state", "submitted_by", "decided_by"]
    list_filter = ["state"]
    search_fields = ["meeting__title"]
    list_select_related = ["meeting", "submitted_by", "decided_by"]
    inlines = [AddendumInline]

    def get_queryset(self, request):
        """Omit discarded meetings, and those known only from the news, which have no minutes."""
        found = super().get_queryset(request).exclude(state=MinutesState.NONE)
        return found.exclude(meeting__state=MeetingState.DISCARDED)


class FollowUpInline(ReadOnlyInline):
    """The follow-ups of a decision."""

    model = FollowUp
    fields = readonly_fields = ["what", "village", "organisation", "due_on", "state"]


@admin.register(Decision)
class DecisionAdmin(ReadOnlyAdmin):
    """Decisions with their follow-ups."""

    list_display = ["text", "meeting", "at"]
    list_filter = [("villages", FewChoicesFilter)]
    search_fields = ["text", "meeting__title"]
    list_select_related = ["meeting"]
    inlines = [FollowUpInline]


class ProgressInline(ReadOnlyInline):
    """The notes about a follow-up."""

    model = ProgressNote


@admin.register(FollowUp)
class FollowUpAdmin(ReadOnlyAdmin):
    """Follow-ups with their history."""

    list_display = ["what", "village", "organisation", "due_on", "state", "confirmed_by"]
    list_filter = ["state", "due_on", ("village", FewChoicesFilter)]
    search_fields = ["what", "organisation", "village__name"]
    list_select_related = ["village", "confirmed_by"]
    inlines = [ProgressInline]


@admin.register(Attachment)
class AttachmentAdmin(ReadOnlyAdmin):
    """Attachments by name; the files are downloaded from the site's own pages."""

    list_display = ["name", "kind", "meeting", "uploaded_by", "uploaded_at"]
    list_filter = ["kind"]
    search_fields = ["name", "caption", "meeting__title"]
    list_select_related = ["meeting", "uploaded_by"]
    exclude = ["file"]

    def get_queryset(self, request):
        """Omit the attachments of discarded meetings."""
        return super().get_queryset(request).exclude(meeting__state=MeetingState.DISCARDED)


@admin.register(FollowUpEvidence)
class FollowUpEvidenceAdmin(ReadOnlyAdmin):
    """Evidence of follow-ups by name; the files are downloaded from the site's own pages."""

    list_display = ["name", "follow_up", "uploaded_by", "uploaded_at"]
    search_fields = ["name", "follow_up__what"]
    list_select_related = ["follow_up", "uploaded_by"]
    exclude = ["file"]


@admin.register(Article)
class ArticleAdmin(RestoresDrafts, ReadOnlyAdmin):
    """Reports; they are written, published and withdrawn on the site."""

    list_display = ["title", "state", "published_at", "meeting", "page"]
    list_filter = [StateFilter, "published_at"]
    search_fields = ["title", "lead", "body"]
    list_select_related = ["meeting"]
    exclude = ["photo"]

    @admin.display(description="halaman")
    def page(self, article):
        """Link to the report's page, if it has one."""
        if article.is_discarded:
            return self.get_empty_value_display()
        url = reverse("meetings:article", args=[article.slug])
        return format_html('<a href="{}">Buka</a>', url)


@admin.register(Letterhead)
class LetterheadAdmin(RegionalAdmin):
    """The letterhead of each region."""

    list_display = ["region", "office", "government", "city"]
    list_select_related = ["region"]

    def save_model(self, request, obj, form, change):
        """Save; delete a replaced or cleared logo after the commit."""
        old = form.initial.get("logo")
        name = old.name if old else ""
        super().save_model(request, obj, form, change)
        if name and obj.logo.name != name:
            transaction.on_commit(lambda: obj.logo.storage.delete(name), robust=True)

    def has_delete_permission(self, request, obj=None):
        """Printed papers need a letterhead."""
        return False


@admin.register(CalendarFeed)
class CalendarFeedAdmin(ReadOnlyAdmin):
    """Users with a calendar subscription; the token is not shown."""

    list_display = ["user", "created_at"]
    search_fields = ["user__username", "user__full_name"]
    list_select_related = ["user"]
    exclude = ["token"]

    def has_delete_permission(self, request, obj=None):
        """A superuser may delete a feed whose address has leaked."""
        return request.user.is_superuser


@admin.register(FollowUpReminder)
class FollowUpReminderAdmin(ReadOnlyAdmin):
    """Reminders of follow-ups that were sent."""

    list_display = ["follow_up", "user", "day"]
    list_filter = ["day"]
    list_select_related = ["follow_up", "user"]


@admin.register(SentReminder)
class SentReminderAdmin(ReadOnlyAdmin):
    """Reminders sent, by user and day."""

    list_display = ["user", "day"]
    list_filter = ["day"]
    list_select_related = ["user"]


@admin.register(Delivery)
class DeliveryAdmin(ReadOnlyAdmin):
    """Messages about meetings by recipient; they are sent and ticked on the meeting's page."""

    list_display = ["name", "kind", "meeting", "state", "address", "at"]
    list_filter = ["kind", "state", "at"]
    search_fields = ["name", "address", "meeting__title"]
    list_select_related = ["meeting"]
    exclude = ["told"]


@admin.register(Reply)
class ReplyAdmin(ReadOnlyAdmin):
    """Answers to invitations; they are given and recorded on the site."""

    list_display = ["name", "answer", "represented_by", "meeting", "means", "by", "at"]
    list_filter = ["answer", "means", "at"]
    search_fields = ["name", "represented_by", "meeting__title"]
    list_select_related = ["meeting", "by"]

"""Read-only admin of the work plan, and admin of community boards."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html

from areas.models import (
    Activity,
    ActivityEvent,
    BoardEvent,
    CommunityBoard,
    Funding,
    Improvement,
    VillageSupport,
)
from areas.models.activity_event import differences
from kotaku.admin_site.read_only_admin import ReadOnlyAdmin, ReadOnlyInline
from kotaku.admin_site.regional_admin import FewChoicesFilter, RegionalAdmin
from kotaku.formats import format_amount


class FundingInline(ReadOnlyInline):
    """The funding sources."""

    model = Funding
    fields = readonly_fields = ["source", "planned_idr", "realised_idr"]


class ImprovementInline(ReadOnlyInline):
    """The criteria that the activity improves."""

    model = Improvement
    fields = readonly_fields = ["neighbourhood", "criterion", "volume_text"]

    @admin.display(description="volume yang diperbaiki")
    def volume_text(self, improvement):
        """Return the volume without trailing zeros."""
        return format_amount(improvement.volume)


class ActivityEventInline(ReadOnlyInline):
    """The history, oldest first."""

    model = ActivityEvent
    fields = readonly_fields = ["at", "actor", "kind", "changes"]


@admin.register(Activity)
class ActivityAdmin(ReadOnlyAdmin):
    """Activities with filters; they are changed on the site, which records the history."""

    list_display = ["village", "year", "aspect", "description", "status", "is_sample"]
    list_filter = [
        "year",
        "status",
        "aspect",
        "plan_document",
        "is_sample",
        ("village__district", FewChoicesFilter),
    ]
    search_fields = ["description", "actor", "village__name", "village__code"]
    list_select_related = ["village"]
    inlines = [FundingInline, ImprovementInline, ActivityEventInline]
    exclude = ["volume", "realised_volume"]
    readonly_fields = ["volume_text", "realised_text", "change_on_site"]

    @admin.display(description="volume")
    def volume_text(self, activity):
        """Return the volume without trailing zeros."""
        return self._text(activity.volume)

    @admin.display(description="volume terlaksana")
    def realised_text(self, activity):
        """Return the volume without trailing zeros."""
        return self._text(activity.realised_volume)

    def _text(self, volume):
        return self.get_empty_value_display() if volume is None else format_amount(volume)

    @admin.display(description="tindakan")
    def change_on_site(self, activity):
        """Link to the page where this activity can be changed."""
        url = reverse("areas:activity", args=[activity.pk])
        return format_html('<a href="{}">Buka di situs</a>', url)


class SupportInline(ReadOnlyInline):
    """The village's support year by year; the village enters it on the site."""

    model = VillageSupport
    fields = readonly_fields = [
        "year",
        "in_rpjmdes",
        "in_rkpdes",
        "budget_idr",
        "technical_support",
    ]


class BoardEventInline(ReadOnlyInline):
    """The history, oldest first."""

    model = BoardEvent
    fields = readonly_fields = ["at", "actor", "changes"]


@admin.register(CommunityBoard)
class CommunityBoardAdmin(RegionalAdmin):
    """Boards; a correction here raises the version, so that forms opened earlier become stale."""

    list_display = ["village", "name", "independence", "founded_on", "is_sample"]
    list_filter = ["independence", "is_sample", ("village__district", FewChoicesFilter)]
    search_fields = ["name", "village__name", "village__code"]
    list_select_related = ["village"]
    autocomplete_fields = ["village"]
    fields = ["village", "name", "coordinator_position", "founded_on", "independence", "is_sample"]
    inlines = [SupportInline, BoardEventInline]

    def has_delete_permission(self, request, obj=None):
        """Boards are never deleted."""
        return False

    def save_model(self, request, board, form, change):
        """Store the board; each correction raises its version and is recorded in the history."""
        values = {name: form.cleaned_data[name] for name in form.changed_data}
        before = CommunityBoard.objects.get(pk=board.pk).facts() if change else {}
        if change:
            board.change(by=request.user, version=board.version, **values)
        else:
            board.changed_by = request.user
            board.save(force_insert=True)
        changes = differences(before, board.facts())
        board.record(by=request.user, at=board.changed_at, changes=changes)

"""Meeting content for other apps' pages: to-do items, chart marks, sections, search results."""

from django.urls import reverse

from areas.charts.progress_chart import ChartMark
from kotaku import contributions
from kotaku.caching.remembered import remembered
from kotaku.contributions import Section, WorkItem
from kotaku.formats import format_date
from meetings import personal_data, start_parts
from meetings.audit import audit_trails
from meetings.detail.follow_up_page import lines
from meetings.detail.replies import awaiting
from meetings.menu import menu_entries, minutes_to_approve
from meetings.models import Article, FollowUp, Meeting, MeetingState
from meetings.open_data import tables
from meetings.origins.causes import activity_section, new_activity_origin
from meetings.pokja import contacts
from meetings.record_checks import record_histories
from meetings.reports.first_draft import date_text
from meetings.search import find_decisions, find_meetings, find_reports

NEWEST = 3
MANY = 20


def register() -> None:
    """Register all contributions; called once, when the app is ready."""
    contributions.work_items.append(waiting_work)
    contributions.fresh_work_items.append(awaited_answers)
    contributions.menu_entries.append(menu_entries)
    contributions.chart_marks.append(meeting_marks)
    contributions.village_sections.append(village_follow_ups)
    contributions.activity_sections.append(activity_section)
    contributions.activity_origins.append(new_activity_origin)
    contributions.home_sections.append(latest_reports)
    contributions.open_data.append(tables)
    contributions.search_sources.extend((find_meetings, find_decisions, find_reports))
    contributions.audit_trails.append(audit_trails)
    contributions.retention_terms.extend((personal_data.terms, contacts.terms))
    contributions.contact_sources.extend((personal_data.SOURCE, contacts.SOURCE))
    contributions.record_histories.append(record_histories)
    contributions.admin_waits.append(start_parts.waits)
    contributions.admin_findings.append(start_parts.findings)
    contributions.setup_steps.append(start_parts.setup_steps)
    contributions.admin_lists.append(start_parts.lists)


def waiting_work(user) -> list[WorkItem]:
    """Return the user's to-do items: open follow-ups (overdue first), approvals, confirmations."""
    work = [
        _follow_up_work(follow_up)
        for follow_up in FollowUp.objects.of(user).open().loaded().urgent_first()[:MANY]
    ]
    work += [
        WorkItem(f"Notulen {meeting} menunggu pengesahan Anda", _meeting_url(meeting))
        for meeting in minutes_to_approve(user)
    ]
    waiting = FollowUp.objects.confirmable_by(user).count()
    if waiting:
        url = reverse("meetings:follow-up-list", query={"keadaan": "konfirmasi"})
        work.append(WorkItem(f"{waiting} tindak lanjut menunggu konfirmasi", url))
    return work


def awaited_answers(user) -> list[WorkItem]:
    """Return the meetings to come whose invitation this user has not answered, earliest first."""
    return [
        WorkItem(
            f"Undangan {person.meeting} ({person.meeting.days_text}) belum Anda jawab",
            reverse("meetings:participant-reply", args=[person.pk]),
        )
        for person in awaiting(user).select_related("meeting")[:MANY]
    ]


def _follow_up_work(follow_up):
    due = f"batas {format_date(follow_up.due_on)}"
    late = ", terlambat" if follow_up.is_overdue else ""
    return WorkItem(
        f"Tindak lanjut: {follow_up.what[:90]} ({due}{late})",
        reverse("meetings:follow-up", args=[follow_up.pk]),
        is_urgent=follow_up.is_overdue,
    )


def _meeting_url(meeting):
    return reverse("meetings:meeting-detail", args=[meeting.pk])


def meeting_marks(programme, user) -> list[ChartMark]:
    """Return the held meetings of a programme as marks on its chart.

    The public sees the date and links to the report, if any, never to an internal page. A sample
    period also shows the meetings of the real period of its region and baseline year.
    """
    alike = (programme.region_id, programme.baseline_year) if programme.is_sample else ()
    meetings = _held(programme.pk, *alike)
    reports = {} if user.is_authenticated else _report_urls(tuple(each.pk for each in meetings))
    return [
        ChartMark(
            day=meeting.day,
            label="Rakor",
            url=_meeting_url(meeting) if user.is_authenticated else reports.get(meeting.pk),
            last_day=meeting.last_day,
        )
        for meeting in meetings
    ]


@remembered("meetings", "frame")
def _held(programme, region=None, baseline_year=None) -> list[Meeting]:
    held = Meeting.objects.filter(state=MeetingState.DONE, programme=programme)
    if baseline_year:
        held |= Meeting.objects.filter(
            state=MeetingState.DONE,
            programme__is_sample=False,
            programme__region=region,
            programme__baseline_year=baseline_year,
        )
    return list(held.order_by("starts_at", "pk").distinct()[:MANY])


@remembered("meetings")
def _report_urls(meetings) -> dict[int, str]:
    if not meetings:
        return {}
    published = Article.objects.published().filter(meeting__in=meetings)
    articles = list(published.values_list("meeting", "slug"))
    return {
        meeting: reverse("meetings:article", args=[slug]) for meeting, slug in reversed(articles)
    }


def village_follow_ups(village, user) -> list[Section]:
    """Return the village's follow-ups, for signed-in users of its region."""
    if not (user.is_authenticated and user.covers(village.district.region)):
        return []
    follow_ups = FollowUp.objects.visible_to(user).filter(village=village)
    newest = list(follow_ups.loaded().urgent_first()[:MANY])
    context = {"lines": lines(newest), "village": village}
    return [Section("meetings/follow_ups/village_follow_ups.html", context)]


def latest_reports(region, user) -> list[Section]:
    """Return the newest published reports about a region."""
    found = _newest(region)
    newest = [(article, date_text(article)) for article in found]
    return [Section("meetings/reports/latest_reports.html", {"articles": newest})] if newest else []


@remembered("meetings", "frame")
def _newest(region) -> list[Article]:
    return list(Article.objects.published(region).select_related("meeting__programme")[:NEWEST])

"""Open data about meetings: date, kind and published report."""

from collections.abc import Iterator, Sequence

from django.db.models import Count, Max, Q
from django.urls import reverse

from areas.open_data.datasets import IS_SAMPLE, PERIOD, changes
from kotaku.requests.site_address import site_address
from kotaku.spreadsheets.tables import (
    DAY,
    TEXT,
    YES_NO,
    Column,
    Dataset,
    Table,
)
from meetings.models import Article, Meeting, MeetingState

CHUNK = 500


def tables() -> list[Dataset]:
    """Return the public facts of meetings as an open data table."""
    return [MEETINGS]


def _public(programmes):
    """Return the held meetings of these periods, and those without a period in their regions.

    Internal meetings are excluded.
    """
    held = Meeting.objects.filter(state=MeetingState.DONE).exclude(kind=Meeting.Kind.INTERNAL)
    regions = {programme.region_id for programme in programmes}
    of_none = Q(programme__isnull=True, region__in=regions)
    if any(programme.is_sample for programme in programmes):
        # A sample period is requested by name; real meetings are not part of it.
        of_none = Q(pk__in=[])
    return held.filter(of_none | Q(programme__in=programmes)).order_by("starts_at", "pk")


def _build(programmes: Sequence) -> Table:
    columns = (
        Column("tanggal", DAY, "Hari rapat; hari pertama bila rapatnya beberapa hari."),
        Column("tanggal_terakhir", DAY, "Hari terakhir; sama dengan tanggal bila hanya satu hari."),
        Column("jenis", TEXT, "Jenis rapat."),
        PERIOD,
        IS_SAMPLE,
        Column("judul_berita", TEXT, "Judul berita tentang rapat itu; kosong bila belum terbit."),
        Column("alamat_berita", TEXT, "Alamat berita itu."),
        Column(
            "disusun_dari_berita",
            YES_NO,
            "ya bila rapat itu hanya diketahui dari berita, tanpa notulen dan keputusan.",
        ),
    )
    return Table(columns, _rows(programmes))


def _rows(programmes) -> Iterator[tuple]:
    reports = {
        article.meeting_id: article
        for article in Article.objects.published().filter(meeting__in=_public(programmes))
    }
    for meeting in _public(programmes).select_related("programme").iterator(CHUNK):
        report = reports.get(meeting.pk)
        yield (
            meeting.day,
            meeting.last_day,
            meeting.get_kind_display(),
            meeting.programme.slug if meeting.programme else None,
            bool(meeting.programme and meeting.programme.is_sample),
            report.title if report else None,
            site_address() + reverse("meetings:article", args=[report.slug]) if report else None,
            meeting.is_from_news,
        )


def _changes() -> Iterator[tuple]:
    yield from changes()
    for model in (Meeting, Article):
        row = model.objects.order_by().aggregate(rows=Count("pk"), newest=Max("changed_at"))
        yield row["rows"], row["newest"]


MEETINGS = Dataset(
    key="rapat",
    title="Rapat koordinasi",
    text="Rapat yang sudah berlangsung, dengan beritanya bila sudah terbit.",
    primary_key=(),
    build=_build,
    count=lambda programmes: _public(programmes).count(),
    changes=_changes,
)

"""The matrix of follow-ups: the table that reports to the mayor contain, as page, sheet and print."""

from dataclasses import dataclass
from datetime import date

from django import forms
from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone

from kotaku.formats import format_date
from kotaku.spreadsheets.tables import DAY, NUMBER, TEXT, YES_NO, Column, Table
from meetings.detail import labels
from meetings.detail.page import reads_minutes
from meetings.follow_ups.filters import FollowUpFilterForm
from meetings.models import FollowUp, Meeting, ProgressNote

CHUNK = 500
NOT_READ = "dapat dibaca setelah notulen disahkan"
COLUMNS = [
    Column("rapat", TEXT, "Nama rapat"),
    Column("tanggal_rapat", DAY, "Tanggal rapat"),
    Column("keputusan", TEXT, "Keputusan rapat; kosong bila notulennya belum dapat dibaca"),
    Column("tindak_lanjut", TEXT, "Yang dikerjakan"),
    Column("penanggung_jawab", TEXT, "Desa/kelurahan atau instansi penanggung jawab"),
    Column("batas_waktu", DAY, "Batas waktu"),
    Column("keadaan", TEXT, "Belum mulai, berjalan, terlambat, menunggu konfirmasi, selesai, atau batal"),
    Column("lewat_hari", NUMBER, "Lewat dari batas waktu, untuk yang belum selesai", "hari"),
    Column("catatan_terakhir", TEXT, "Catatan terakhir dalam riwayatnya"),
    Column("tanggal_catatan", DAY, "Tanggal catatan terakhir"),
    Column("data_contoh", YES_NO, "Apakah rapatnya dikarang untuk mencoba aplikasi"),
]  # fmt: skip


class MeetingField(forms.ModelChoiceField):
    """A choice of meetings, shown with their day."""

    def label_from_instance(self, meeting):
        """Return the day and the title."""
        return f"{meeting.days_text}: {meeting}"


class MatrixFilterForm(FollowUpFilterForm):
    """The filters of the list, and the meeting or the year of the meetings."""

    rapat = MeetingField(
        label="Rapat", required=False, queryset=Meeting.objects.none(), empty_label="Semua"
    )
    tahun = forms.TypedChoiceField(
        label="Tahun rapat", required=False, coerce=int, empty_value=None
    )

    field_order = ("rapat", "tahun", "keadaan", "penanggung", "desa", "cari")

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, user=user, **kwargs)
        visible = FollowUp.objects.visible_to(user).order_by()
        meetings = Meeting.objects.filter(pk__in=visible.values("decision__meeting"))
        self.fields["rapat"].queryset = meetings
        starts = meetings.order_by().datetimes("starts_at", "year", order="DESC")
        years = [timezone.localtime(each).year for each in starts]
        self.fields["tahun"].choices = [("", "Semua"), *((year, str(year)) for year in years)]

    def filtered(self, follow_ups):
        """Return the follow-ups that match the filters."""
        found = super().filtered(follow_ups)
        wanted = getattr(self, "cleaned_data", {})
        if meeting := wanted.get("rapat"):
            found = found.filter(decision__meeting=meeting)
        if year := wanted.get("tahun"):
            found = found.filter(decision__meeting__starts_at__year=year)
        return found


def matrix(follow_ups):
    """Return follow-ups in the order of the matrix, loaded with their last notes."""
    notes = ProgressNote.objects.filter(follow_up=OuterRef("pk")).exclude(kind="detach")
    last = notes.exclude(text="").order_by("-at", "-pk")
    return (
        follow_ups.loaded()
        .select_related("decision__meeting__region")
        .annotate(last_note=Subquery(last.values("text")[:1]))
        .annotate(last_note_at=Subquery(last.values("at")[:1]))
        .order_by("-decision__meeting__starts_at", "decision__meeting", "decision", "due_on", "pk")
    )


@dataclass(frozen=True)
class MatrixRow:
    """One follow-up as text; `decision` is "" for a reader from whom it is withheld."""

    number: int
    url: str
    meeting: str
    meeting_day: str
    decision: str
    what: str
    owner: str
    due: str
    tone: str
    state: str
    note: str
    note_day: str
    is_sample: bool


def matrix_rows(follow_ups, user, first: int = 1) -> list[MatrixRow]:
    """Return the rows of follow-ups loaded by `matrix`, numbered from `first`."""
    rows = []
    for number, each in enumerate(follow_ups, first):
        tone, state = labels.follow_up_tag(each)
        rows.append(
            MatrixRow(
                number=number,
                url=reverse("meetings:follow-up", args=[each.pk]),
                meeting=each.meeting.title,
                meeting_day=each.meeting.days_text,
                decision=_decision(each, user),
                what=each.what,
                owner=each.owner_text,
                due=labels.due_text(each),
                tone=tone,
                state=state,
                note=each.last_note or "",
                note_day=format_date(day) if (day := _note_day(each)) else "",
                is_sample=_is_sample(each),
            )
        )
    return rows


def matrix_table(follow_ups, user) -> Table:
    """Return follow-ups loaded by `matrix` as a sheet: days are days, numbers are numbers."""
    return Table(COLUMNS, (_cells(each, user) for each in follow_ups.iterator(CHUNK)))


def _cells(each, user) -> list:
    late = (timezone.localdate() - each.due_on).days if each.is_overdue else None
    return [
        each.meeting.title,
        each.meeting.day,
        _decision(each, user),
        each.what,
        each.owner_text,
        each.due_on,
        labels.follow_up_tag(each)[1],
        late,
        each.last_note or "",
        _note_day(each),
        _is_sample(each),
    ]


def _decision(each, user) -> str:
    return each.decision.text if reads_minutes(each.meeting, user) else ""


def _note_day(each) -> date | None:
    return timezone.localtime(each.last_note_at).date() if each.last_note_at else None


def _is_sample(each) -> bool:
    programme = each.meeting.programme
    return bool(programme and programme.is_sample)

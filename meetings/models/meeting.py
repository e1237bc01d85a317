"""Coordination meetings of the working group, and the actions that change their state."""

import uuid

from django.conf import settings
from django.core.validators import URLValidator
from django.db import models
from django.utils import timezone

from areas.models import Programme, Village
from kotaku.day_ranges import format_days
from kotaku.formats import format_date
from kotaku.models import Region
from kotaku.text import unnumbered
from kotaku.workflow import TransitionNotAllowed
from kotaku.workflow.versioned import Versioned
from meetings.models.meeting_constraints import CONSTRAINTS, HTTPS_ONLY
from meetings.models.meeting_queries import MeetingQuerySet
from meetings.models.states import MEETING_OPEN, MEETING_TRANSITIONS, MeetingState


class Meeting(Versioned):
    """A coordination meeting: its facts, state and calendar identity.

    `uid` is its permanent calendar UID; its iCalendar SEQUENCE is `version`. If `is_time_known` is
    false, only the dates of `starts_at` and `ends_at` are valid; if `is_end_known` is false, only
    the date of `ends_at`, which is the last day of a meeting of several days.

    A meeting known only from a news report (`source`) has points of discussion, but no decisions,
    and its minutes have the state `none`.
    """

    region_path = "region"
    called = "rapat"
    states = MeetingState
    transitions = MEETING_TRANSITIONS

    class Kind(models.TextChoices):
        COORDINATION = "coordination", "Rapat koordinasi (rakor)"
        PLANNING = "planning", "Sinkronisasi perencanaan"
        ROUTINE = "routine", "Pertemuan rutin"
        MONITORING = "monitoring", "Monitoring"
        OUTREACH = "outreach", "Sosialisasi"
        INTERNAL = "internal", "Rapat internal"
        OTHER = "other", "Lainnya"

    class Way(models.TextChoices):
        """How people meet."""

        ONSITE = "onsite", "Tatap muka"
        ONLINE = "online", "Daring"
        HYBRID = "hybrid", "Hibrida (tatap muka dan daring)"

    class Source(models.TextChoices):
        """The source of a meeting's record."""

        OWN = "own", "Catatan rapat sendiri"
        NEWS = "news", "Disusun dari berita"

    uid = models.UUIDField("UID kalender", default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField("nama rapat", max_length=200)
    kind = models.CharField("jenis", max_length=20, choices=Kind, default=Kind.COORDINATION)
    state = models.CharField(
        "keadaan", max_length=10, choices=MeetingState, default=MeetingState.DRAFT
    )
    source = models.CharField(
        "sumber catatan",
        max_length=4,
        choices=Source,
        default=Source.OWN,
        help_text="Rapat yang disusun dari berita tidak mempunyai notulen dan keputusan.",
    )
    starts_at = models.DateTimeField("mulai")
    ends_at = models.DateTimeField("selesai", null=True, blank=True)
    is_time_known = models.BooleanField("jam diketahui", default=True)
    is_end_known = models.BooleanField("jam selesai diketahui", default=True)
    way = models.CharField("cara rapat", max_length=6, choices=Way, default=Way.ONSITE)
    place = models.CharField("tempat", max_length=200, blank=True)
    # Link, id and code are for participants only (`joinable_by`).
    link = models.CharField(
        "tautan rapat",
        max_length=500,
        blank=True,
        validators=[URLValidator(schemes=["https"], message=HTTPS_ONLY)],
    )
    online_id = models.CharField("ID rapat", max_length=80, blank=True)
    access_code = models.CharField("kode akses", max_length=80, blank=True)
    organiser = models.CharField("penyelenggara", max_length=200)
    chair = models.CharField("pimpinan rapat", max_length=200, blank=True)
    chair_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="akun pimpinan rapat",
    )
    chair_nip = models.CharField("NIP pimpinan rapat", max_length=30, blank=True)
    minute_taker = models.CharField("notulis", max_length=200, blank=True)
    minute_taker_nip = models.CharField("NIP notulis", max_length=30, blank=True)
    letter_number = models.CharField("nomor surat", max_length=80, blank=True)
    letter_date = models.DateField("tanggal surat", null=True, blank=True)
    letter_nature = models.CharField("sifat", max_length=40, blank=True, default="Biasa")
    letter_enclosure = models.CharField("lampiran", max_length=80, blank=True)
    signer_position = models.CharField("jabatan penanda tangan", max_length=200, blank=True)
    signer_name = models.CharField("nama penanda tangan", max_length=120, blank=True)
    signer_rank = models.CharField("pangkat", max_length=80, blank=True)
    signer_nip = models.CharField("NIP", max_length=30, blank=True)
    letter_copies = models.TextField("tembusan", max_length=2000, blank=True)
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, related_name="meetings", verbose_name="wilayah"
    )
    programme = models.ForeignKey(
        Programme,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="meetings",
        verbose_name="periode",
    )
    villages = models.ManyToManyField(
        Village, blank=True, related_name="meetings", verbose_name="desa/kelurahan terkait"
    )
    cancel_reason = models.TextField("alasan pembatalan", blank=True)
    was_cancelled_as_draft = models.BooleanField("batal sebelum dijadwalkan", default=False)
    invited_at = models.DateTimeField("undangan dikirim", null=True, blank=True)
    invited_version = models.PositiveIntegerField("versi undangan", null=True, blank=True)
    minutes_sent_at = models.DateTimeField("notulen dikirim", null=True, blank=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = "rapat"
        verbose_name_plural = "rapat"
        ordering = ["-starts_at", "-pk"]
        indexes = [models.Index(fields=["state", "starts_at"], name="meeting_state_start")]
        constraints = CONSTRAINTS

    def __str__(self):
        return self.title

    @property
    def day(self):
        """The day of the meeting in Asia/Jakarta."""
        return timezone.localtime(self.starts_at).date()

    @property
    def copied_to(self) -> list[str]:
        """Who gets a copy of the letter, one per line of `letter_copies`, which paper numbers anew."""
        return [name for line in self.letter_copies.splitlines() if (name := unnumbered(line))]

    @property
    def has_begun(self) -> bool:
        """Whether the start has passed; without a known time, the start of its day."""
        return timezone.now() >= self.starts_at

    @property
    def last_day(self):
        """The last day of the meeting in Asia/Jakarta; most meetings have one day only."""
        return timezone.localtime(self.ends_at).date() if self.ends_at else self.day

    @property
    def day_count(self) -> int:
        """On how many days it takes place."""
        return (self.last_day - self.day).days + 1

    @property
    def days_text(self) -> str:
        """Its days: `8 November 2016`, `8–9 November 2016`."""
        return format_days(self.day, self.last_day)

    @property
    def is_open(self) -> bool:
        """Whether it is a draft or scheduled."""
        return self.state in MEETING_OPEN

    @property
    def is_online(self) -> bool:
        """Whether people may take part by a link, from their own place."""
        return self.way != self.Way.ONSITE

    @property
    def is_from_news(self) -> bool:
        """Whether it is known only from a news report."""
        return self.source == self.Source.NEWS

    # The actions.

    def schedule(self, *, by, version: int) -> None:
        """Make the date binding and the meeting visible to users outside Bappeda.

        Raises TransitionNotAllowed or StaleRecord, as all actions do.
        """
        self.move("schedule", by=by, version=version)

    def finish(self, *, by, version: int) -> None:
        """Mark the meeting as held; not allowed before its last day."""
        if self.day > timezone.localdate():
            raise TransitionNotAllowed("Rapat ini belum berlangsung. Periksa tanggalnya.")
        if self.last_day > timezone.localdate():
            raise TransitionNotAllowed(
                f"Rapat ini berlangsung sampai {format_date(self.last_day)}. Tandai selesai pada hari "
                "terakhirnya, atau ubah tanggalnya bila selesai lebih awal."
            )
        self.move("finish", by=by, version=version)

    def cancel(self, *, by, version: int, reason: str) -> None:
        """Cancel the meeting; calendars and invited people are shown the reason.

        A draft was never shown to others, so its cancellation is not either.
        """
        if not reason.strip():
            raise TransitionNotAllowed("Tulis alasan pembatalan.")
        is_draft = self.state == MeetingState.DRAFT
        changes = {"cancel_reason": reason, "was_cancelled_as_draft": is_draft}
        self.move("cancel", by=by, version=version, changes=changes, text=reason)

    def reopen(self, *, by, version: int) -> None:
        """Undo completion or cancellation; not allowed once minutes are submitted or approved."""
        if self.is_from_news:
            raise TransitionNotAllowed("Rapat ini disusun dari berita, jadi tetap selesai.")
        if not self.minutes.is_editable:
            raise TransitionNotAllowed(
                "Notulen rapat ini sudah diajukan atau disahkan, jadi rapatnya tetap selesai."
            )
        changes = {"cancel_reason": "", "was_cancelled_as_draft": False}
        self.move("reopen", by=by, version=version, changes=changes)

    def discard(self, *, by, version: int) -> None:
        """Take a draft off all pages; not allowed while decisions or reports belong to it."""
        if self.decisions.exists():
            raise TransitionNotAllowed(
                "Rapat ini sudah mempunyai keputusan. Batalkan rapatnya; keputusannya dapat dipindahkan."
            )
        if self.articles.kept().exists():
            raise TransitionNotAllowed("Rapat ini mempunyai berita. Buang dahulu draf beritanya.")
        self.move("discard", by=by, version=version)

    def restore(self, *, by, version: int) -> None:
        """Make a discarded draft a draft again."""
        self.move("restore", by=by, version=version)

    def check_source(self, source: str) -> None:
        """Raise TransitionNotAllowed if the record rules out the news as its only source."""
        if source != self.Source.NEWS or self.is_from_news:
            return
        if self.state != MeetingState.DONE:
            raise TransitionNotAllowed("Tandai dahulu bahwa rapatnya sudah selesai.")
        self.minutes.check_absence()
        if self.invited_at or self.minutes_sent_at:
            raise TransitionNotAllowed(
                "Undangan atau notulen rapat ini sudah dikirim, jadi rapatnya tidak hanya diketahui "
                "dari berita."
            )

    def note_invited(self, *, version: int) -> None:
        """Record that the invitation of this version has reached someone now."""
        Meeting.objects.filter(pk=self.pk).update(
            invited_at=timezone.now(), invited_version=version
        )

    def note_minutes_sent(self) -> None:
        """Record that the minutes have reached someone now, for the first time."""
        Meeting.objects.filter(pk=self.pk, minutes_sent_at__isnull=True).update(
            minutes_sent_at=timezone.now()
        )

    def _record(self, verb, *, by, text=""):
        self.events.create(kind=verb, actor=by, at=self.changed_at, text=text)

    def _last(self):
        return self.events.values_list("kind", "actor", "text").last()

"""Published reports about meetings."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.text import slugify

from kotaku.files.digested import DigestedFileField, digest_column
from kotaku.models.region import inside
from kotaku.workflow import TransitionNotAllowed
from kotaku.workflow.versioned import Versioned
from meetings.models.meeting import Meeting
from meetings.models.states import ARTICLE_TRANSITIONS, ArticleState, MeetingState


def photo_name(article, filename) -> str:
    """Return a random file name for the report's photo."""
    return f"articles/{uuid.uuid4().hex}.jpg"


class ArticleQuerySet(models.QuerySet):
    """Published reports are public; the others are visible to Bappeda only, discarded ones to none."""

    def kept(self):
        """Omit discarded drafts."""
        return self.exclude(state=ArticleState.DISCARDED)

    def published(self, region=None):
        """Return the published reports about a region (all for None), newest first."""
        found = self.filter(inside(region, self.model.region_path))
        return found.filter(state=ArticleState.PUBLISHED).order_by("-published_at", "-pk")

    def visible_to(self, user):
        """Return the reports this user may read."""
        published = Q(state=ArticleState.PUBLISHED)
        if not (user.is_authenticated and user.is_bappeda):
            return self.filter(published)
        mine = user.within(self.model.region_path)
        return self.kept().filter(published | mine) if mine else self.kept()

    def of_office(self, user):
        """Return the reports of this Bappeda user's region, discarded ones included."""
        if not (user.is_authenticated and user.is_bappeda):
            return self.none()
        return self.filter(user.within(self.model.region_path))

    def editable_by(self, user):
        """Return the reports this user may edit."""
        return self.of_office(user).kept()


class Article(Versioned):
    """A report, usually about a meeting: written, previewed, published, withdrawn.

    `body` uses the markup of `meetings.reports.markup`. The slug never changes, so that links stay
    valid.
    """

    region_path = "meeting__region"
    called = "berita"
    states = ArticleState
    transitions = ARTICLE_TRANSITIONS

    meeting = models.ForeignKey(
        Meeting,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="articles",
        verbose_name="rapat",
    )
    title = models.CharField("judul", max_length=200)
    slug = models.SlugField("nama dalam alamat", max_length=120, unique=True)
    lead = models.TextField("ringkasan")
    body = models.TextField("isi")
    photo = DigestedFileField(
        "foto", upload_to=photo_name, blank=True, max_length=200, digest_field="photo_sha256"
    )
    photo_sha256 = digest_column()
    photo_caption = models.CharField("keterangan foto", max_length=200, blank=True)
    state = models.CharField(
        "keadaan", max_length=10, choices=ArticleState, default=ArticleState.DRAFT
    )
    published_at = models.DateTimeField("terbit pada", null=True, blank=True)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = "berita"
        verbose_name_plural = "berita"
        ordering = ["-published_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="article_published_has_date",
                condition=Q(state__in=("draft", "discarded"), published_at__isnull=True)
                | (~Q(state__in=("draft", "discarded")) & Q(published_at__isnull=False)),
                violation_error_message="Berita yang terbit harus mempunyai tanggal terbit.",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def is_sample(self) -> bool:
        """Whether its meeting belongs to a sample period."""
        programme = self.meeting.programme if self.meeting else None
        return bool(programme and programme.is_sample)

    @property
    def is_dated_by_meeting(self) -> bool:
        """Whether its publication date is unknown, as its meeting is known only from the news."""
        return bool(self.meeting and self.meeting.is_from_news)

    @property
    def is_discarded(self) -> bool:
        """Whether it or its meeting is on no page any more."""
        states = (self.state, self.meeting.state if self.meeting else "")
        return ArticleState.DISCARDED in states

    @property
    def is_published(self) -> bool:
        """Whether the report is public now."""
        return self.state == ArticleState.PUBLISHED

    def publish(self, *, by, version: int) -> None:
        """Make the report public; the date of the first publication is kept.

        A report about a meeting known only from the news gets the meeting's date.

        Raises TransitionNotAllowed or StaleRecord.
        """
        first = self.meeting.starts_at if self.is_dated_by_meeting else timezone.now()
        changes = {"published_at": self.published_at or first}
        self.move("publish", by=by, version=version, changes=changes)

    def withdraw(self, *, by, version: int) -> None:
        """Withdraw the report from the public. Raises the same as `publish`."""
        self.move("withdraw", by=by, version=version)

    def discard(self, *, by, version: int) -> None:
        """Take a draft off all pages. Raises the same as `publish`."""
        self.move("discard", by=by, version=version)

    def restore(self, *, by, version: int) -> None:
        """Make a discarded draft a draft again. Raises the same as `publish`."""
        if self.meeting and self.meeting.state == MeetingState.DISCARDED:
            raise TransitionNotAllowed("Rapat berita ini dibuang. Pulihkan dahulu rapatnya.")
        self.move("restore", by=by, version=version)

    def _record(self, verb, *, by):
        self.events.create(kind=verb, actor=by, at=self.changed_at)


def free_slug(title: str) -> str:
    """Return an unused slug for a title."""
    base = slugify(title)[:100].strip("-") or "berita"
    taken = set(Article.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    numbers = (f"{base}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in (base, *numbers) if slug not in taken)

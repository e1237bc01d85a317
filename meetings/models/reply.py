"""Answers to invitations: present, represented by another person, or absent."""

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from kotaku.interface.moments import moment_text
from kotaku.workflow import StaleRecord
from kotaku.workflow.refusals import changed_sentence
from meetings.models.meeting import Meeting
from meetings.models.participant import Participant


class Answer(models.TextChoices):
    """What an invited person answers."""

    PRESENT = "present", "Hadir"
    REPRESENTED = "represented", "Diwakili"
    ABSENT = "absent", "Berhalangan"


class ReplyMeans(models.TextChoices):
    """How an answer came."""

    LINK = "link", "Lewat tautan undangan"
    ACCOUNT = "account", "Lewat akun"
    RECORDED = "recorded", "Dicatat Bappeda"


class Reply(models.Model):
    """An answer to an invitation; each change is a row, and the last one counts.

    An answer belongs to the name and the start of the meeting that it was given for: after another
    name or another start it is shown as such and does not count. It does not change the meeting's
    version, and outlives a participant who is removed from the list.
    """

    region_path = "meeting__region"
    # No public page shows answers, and there may be hundreds in a day.
    is_part_of_record = False

    meeting = models.ForeignKey(
        Meeting, on_delete=models.CASCADE, related_name="replies", verbose_name="rapat"
    )
    participant = models.ForeignKey(
        Participant,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="replies",
        verbose_name="peserta",
    )
    name = models.CharField("nama", max_length=160)
    answer = models.CharField("jawaban", max_length=12, choices=Answer)
    represented_by = models.CharField("diwakili oleh", max_length=160, blank=True)
    starts_at = models.DateTimeField("mulai rapat saat dijawab")
    means = models.CharField("cara", max_length=8, choices=ReplyMeans)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="oleh",
    )
    at = models.DateTimeField("pada", default=timezone.now)

    class Meta:
        verbose_name = "jawaban undangan"
        verbose_name_plural = "jawaban undangan"
        ordering = ["meeting", "pk"]
        constraints = [
            models.CheckConstraint(
                name="reply_by_account_unless_link",
                condition=Q(means="link", by__isnull=True)
                | (~Q(means="link") & Q(by__isnull=False)),
                violation_error_message="Jawaban tanpa tautan mencatat akunnya.",
            ),
            models.CheckConstraint(
                name="reply_representative_of_represented",
                condition=Q(answer="represented") | Q(represented_by=""),
                violation_error_message="Hanya yang diwakili mempunyai wakil.",
            ),
        ]

    def __str__(self):
        return f"{self.name}: {self.text}"

    @property
    def text(self) -> str:
        """`hadir`, `diwakili Bu Sari`, or `berhalangan`."""
        return " ".join(filter(None, (self.get_answer_display().lower(), self.represented_by)))

    @property
    def note(self) -> str:
        """`menjawab hadir (8 November 2016, 09.05 WIB, lewat tautan undangan)`."""
        told = {
            ReplyMeans.LINK: "lewat tautan undangan",
            ReplyMeans.ACCOUNT: "lewat akun",
            ReplyMeans.RECORDED: f"dicatat {self.by}",
        }
        known = (moment_text(self.at), told[self.means], self.why_outdated)
        return f"menjawab {self.text} ({', '.join(filter(None, known))})"

    @property
    def is_current(self) -> bool:
        """Whether it is this participant's answer to the meeting as it is."""
        person = self.participant
        same_name = self.name == person.display_name[:160]
        return same_name and self.starts_at == person.meeting.starts_at

    @property
    def why_outdated(self) -> str:
        """Why it does not count, "" if it does."""
        if self.is_current:
            return ""
        is_moved = self.starts_at != self.participant.meeting.starts_at
        return "sebelum waktu rapat berubah" if is_moved else f"atas nama {self.name}"

    def changed_sentence(self) -> str:
        """Who gave this answer and when, for a user who has not seen it."""
        return changed_sentence(self.by or f"{self.name} lewat tautan undangan", self.at)

    @classmethod
    @transaction.atomic
    def give(cls, person, *, answer, means, by=None, represented_by="", seen=None) -> "Reply":
        """Store an answer; the same answer again, as by a double click, adds nothing.

        Raises StaleRecord if there is another answer than that with the key `seen`, if given
        (0: than none).
        """
        locked = Participant.objects.select_for_update(of=("self",)).select_related("meeting")
        person = locked.get(pk=person.pk)
        last = person.reply
        is_same = last and (last.answer, last.represented_by) == (answer, represented_by)
        if is_same and last.is_current and last.by == by:
            return last
        if seen is not None and last and last.pk != seen:
            raise StaleRecord(last)
        return cls.objects.create(
            meeting=person.meeting,
            participant=person,
            name=person.display_name[:160],
            answer=answer,
            represented_by=represented_by,
            starts_at=person.meeting.starts_at,
            means=means,
            by=by,
        )

    @classmethod
    def forget_names(cls, rows) -> int:
        """Remove the typed names of representatives from these rows; return how many had one."""
        return rows.exclude(represented_by="").update(represented_by="")

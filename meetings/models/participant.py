"""Participants of a meeting, invited or present."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from areas.models import Village
from kotaku.workflow import TransitionNotAllowed
from meetings.models.meeting import Meeting


class Unsur(models.TextChoices):
    """The group a participant belongs to; reports count participants by group."""

    BAPPEDA = "bappeda", "Bappeda"
    OPD = "opd", "Perangkat daerah lain"
    DPRD = "dprd", "DPRD"
    KOTAKU = "kotaku", "Pendamping KOTAKU"
    DESA = "desa", "Desa"
    KELURAHAN = "kelurahan", "Kelurahan"
    BKM = "bkm", "BKM/LKM"
    LSM = "lsm", "LSM"
    PRIVATE = "private", "Swasta"
    ACADEMIA = "academia", "Perguruan tinggi/praktisi"
    OTHER = "other", "Lainnya"


class ParticipantQuerySet(models.QuerySet):
    """Who may answer the invitation of a participant."""

    def invited_as(self, user):
        """Return the invitations of this user: by account, or by village if no account is named."""
        if not (user.is_authenticated and user.is_active):
            return self.none()
        own = Q(user=user)
        if user.is_village_officer:
            villages = Village.objects.filter(officers=user)
            own |= Q(user__isnull=True, village__in=villages.values("pk"))
        return self.filter(own, is_invited=True, meeting__in=_meetings("visible_to", user))

    def answerable_by(self, user):
        """Return the invitations that this user may answer, or record the answer of."""
        mine = self.invited_as(user).values("pk")
        recorded = Q(is_invited=True, meeting__in=_meetings("editable_by", user))
        return self.filter(Q(pk__in=mine) | recorded)


def _meetings(access, user):
    return getattr(Meeting.objects, access)(user).values("pk")


class Participant(models.Model):
    """A participant of a meeting, known by position and organisation if the name is missing.

    Phone and e-mail are personal data, visible to Bappeda only.
    """

    class Sex(models.TextChoices):
        MALE = "L", "L"
        FEMALE = "P", "P"

    meeting = models.ForeignKey(
        Meeting, on_delete=models.CASCADE, related_name="participants", verbose_name="rapat"
    )
    name = models.CharField("nama", max_length=120, blank=True)
    position = models.CharField("jabatan", max_length=160, blank=True)
    organisation = models.CharField("instansi/lembaga", max_length=160)
    unsur = models.CharField("unsur", max_length=20, choices=Unsur, default=Unsur.OTHER)
    sex = models.CharField("L/P", max_length=1, choices=Sex, blank=True)
    phone = models.CharField("nomor HP", max_length=30, blank=True)
    email = models.EmailField("email", blank=True)
    village = models.ForeignKey(
        Village,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="participants",
        verbose_name="desa/kelurahan",
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="participations",
        verbose_name="akun",
    )
    is_invited = models.BooleanField("diundang", default=True)
    is_present = models.BooleanField("hadir", default=False)
    represented_by = models.CharField("diwakili oleh", max_length=160, blank=True)

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        verbose_name = "peserta"
        verbose_name_plural = "peserta"
        ordering = ["meeting", "pk"]
        constraints = [
            models.UniqueConstraint(
                "meeting",
                Lower("name"),
                Lower("organisation"),
                condition=~Q(name=""),
                name="participant_name_once",
                violation_error_message="Peserta dengan nama dan instansi ini sudah ada.",
            ),
            models.UniqueConstraint(
                "meeting",
                Lower("position"),
                Lower("organisation"),
                condition=Q(name=""),
                name="participant_position_once",
                violation_error_message="Peserta dengan jabatan dan instansi ini sudah ada.",
            ),
            models.CheckConstraint(
                name="participant_somebody",
                condition=~Q(name="") | ~Q(position=""),
                violation_error_message="Tulis nama atau jabatan peserta.",
            ),
        ]

    def __str__(self):
        return self.name or f"{self.position}, {self.organisation}"

    @property
    def display_name(self) -> str:
        """The name, or the position if the name is unknown."""
        return self.name or self.position

    @property
    def reply(self):
        """The last answer to the invitation, None without one; lists load `replies` before."""
        return max(self.replies.all(), key=lambda reply: reply.pk, default=None)

    @property
    def address(self) -> str:
        """The participant's own e-mail address, else the account's; "" if neither is known.

        A participant whose account was switched off has none.
        """
        if self.user and not self.user.is_active:
            return ""
        return self.email or (self.user.email if self.user else "")

    def remove(self) -> None:
        """Remove a participant. Raises TransitionNotAllowed if recorded as present."""
        if self.is_present:
            raise TransitionNotAllowed(
                f"{self.display_name} sudah tercatat hadir, jadi tidak dihapus. "
                "Lepaskan centang hadirnya dahulu."
            )
        self.delete()

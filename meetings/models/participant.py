"""Participants of a meeting, invited or present."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from areas.models import Village
from kotaku.workflow import TransitionNotAllowed
from meetings.models.meeting import Meeting
from meetings.models.person import Person, listed_once


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


class Participant(Person):
    """A participant of a meeting, known by position and organisation if the name is missing."""

    meeting = models.ForeignKey(
        Meeting, on_delete=models.CASCADE, related_name="participants", verbose_name="rapat"
    )
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
        constraints = listed_once(
            "participant",
            "meeting",
            called="peserta",
            twins=(
                "Peserta dengan nama dan instansi ini sudah ada.",
                "Peserta dengan jabatan dan instansi ini sudah ada.",
            ),
        )

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

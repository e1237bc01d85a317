"""Deliveries: a row for each recipient of each message about a meeting, with how it arrived."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from meetings.models.meeting import Meeting
from meetings.models.minutes import Addendum
from meetings.models.participant import Participant


class DeliveryKind(models.TextChoices):
    """What a message says."""

    INVITATION = "invitation", "Undangan"
    CHANGE = "change", "Perubahan"
    CANCELLATION = "cancellation", "Pembatalan"
    MINUTES = "minutes", "Notulen"
    ADDENDUM = "addendum", "Adendum"


class DeliveryState(models.TextChoices):
    """How far a message came."""

    WAITING = "waiting", "Belum dikirim"
    SENT = "sent", "Terkirim"
    REFUSED = "refused", "Ditolak"
    NO_ADDRESS = "no_address", "Tanpa alamat"
    LETTER = "letter", "Diserahkan sebagai surat"
    WHATSAPP = "whatsapp", "Dikirim lewat WhatsApp"


def within(label: str) -> str:
    """Return a label inside a sentence: `dikirim lewat WhatsApp`."""
    return label[:1].lower() + label[1:]


INVITATIONS = (DeliveryKind.INVITATION, DeliveryKind.CHANGE, DeliveryKind.CANCELLATION)
HANDED_OVER = (DeliveryState.LETTER, DeliveryState.WHATSAPP)
RECEIVED = (DeliveryState.SENT, *HANDED_OVER)


class Delivery(models.Model):
    """A message to one participant. It outlives a participant who is removed from the list.

    `told` is what the message said of the meeting (`meetings.detail.told`), at `version` of it;
    both are written again when the mail is sent. `claimed_at` is when a sender took the row last:
    no other takes it for a while, so that nobody gets a mail twice. `answer` is the reason why it
    has not arrived, in the mail server's words. Addresses go after a time (`forget_addresses`).
    """

    region_path = "meeting__region"
    # No public page shows deliveries, and there may be hundreds in a minute.
    is_part_of_record = False

    meeting = models.ForeignKey(
        Meeting, on_delete=models.CASCADE, related_name="deliveries", verbose_name="rapat"
    )
    participant = models.ForeignKey(
        Participant,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="deliveries",
        verbose_name="peserta",
    )
    name = models.CharField("nama", max_length=160)
    kind = models.CharField("pesan", max_length=12, choices=DeliveryKind)
    addendum = models.ForeignKey(
        Addendum,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="deliveries",
        verbose_name="adendum",
    )
    state = models.CharField(
        "keadaan", max_length=10, choices=DeliveryState, default=DeliveryState.WAITING
    )
    address = models.EmailField("alamat", blank=True)
    version = models.PositiveIntegerField("versi rapat")
    told = models.JSONField("isi yang diberitahukan", default=dict, blank=True)
    changes = models.TextField("yang berubah", blank=True)
    answer = models.TextField("sebab belum sampai", blank=True)
    attempts = models.PositiveSmallIntegerField("percobaan", default=0)
    claimed_at = models.DateTimeField("diambil pengirim pada", null=True, blank=True)
    at = models.DateTimeField("pada", default=timezone.now)
    handed_on = models.DateField("diserahkan tanggal", null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="oleh"
    )

    class Meta:
        verbose_name = "pengiriman"
        verbose_name_plural = "pengiriman"
        ordering = ["meeting", "pk"]
        indexes = [
            models.Index(
                fields=["claimed_at"], name="delivery_waiting", condition=Q(state="waiting")
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "kind", "address"],
                condition=Q(state="waiting", addendum__isnull=True),
                name="delivery_waits_once",
                violation_error_message="Pesan ini sudah menunggu dikirim.",
            ),
            models.UniqueConstraint(
                fields=["participant", "addendum"],
                name="delivery_addendum_once",
                violation_error_message="Adendum ini sudah tercatat untuk peserta ini.",
            ),
            models.UniqueConstraint(
                fields=["participant"],
                condition=Q(kind="minutes"),
                name="delivery_minutes_once",
                violation_error_message="Notulen sudah tercatat untuk peserta ini.",
            ),
            models.CheckConstraint(
                name="delivery_addendum_named",
                condition=Q(kind="addendum", addendum__isnull=False)
                | (~Q(kind="addendum") & Q(addendum__isnull=True)),
                violation_error_message="Pesan tentang adendum menyebut adendumnya.",
            ),
            models.CheckConstraint(
                name="delivery_address_as_state",
                condition=Q(state__in=RECEIVED)
                | Q(state="no_address", address="")
                | (Q(state__in=("waiting", "refused")) & ~Q(address="")),
                violation_error_message="Email mempunyai alamat; tanpa alamat tidak ada email.",
            ),
            models.CheckConstraint(
                name="delivery_handed_on_day",
                condition=Q(state__in=HANDED_OVER, handed_on__isnull=False)
                | (~Q(state__in=HANDED_OVER) & Q(handed_on__isnull=True)),
                violation_error_message="Tulis tanggal penyerahannya.",
            ),
            models.CheckConstraint(
                name="delivery_refused_with_words",
                condition=~Q(state="refused") | ~Q(answer=""),
                violation_error_message="Penolakan mencatat jawaban server email.",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.meeting}, {self.name}"

    @property
    def is_received(self) -> bool:
        """Whether the message was sent or handed over."""
        return self.state in RECEIVED

    @classmethod
    def forget_addresses(cls, rows) -> int:
        """Remove the addresses from these rows, also from the server's words; return how many had one.

        What has not arrived counts as without an address.
        """
        known = rows.exclude(address="")
        open_rows = known.exclude(state__in=RECEIVED)
        count = open_rows.update(
            state=DeliveryState.NO_ADDRESS, address="", answer="", claimed_at=None
        )
        return count + known.update(address="", answer="")

"""The texts about a meeting that its secretary may send by WhatsApp."""

from enum import StrEnum

from meetings.models import DeliveryKind


class Topic(StrEnum):
    """What a text says; the values are in the page's address."""

    INVITATION = "undangan"
    CHANGE = "perubahan"
    CANCELLATION = "pembatalan"
    REMINDER = "pengingat"
    MINUTES = "notulen"


TITLES = {
    Topic.INVITATION: "Undangan",
    Topic.CHANGE: "Perubahan",
    Topic.CANCELLATION: "Pembatalan",
    Topic.REMINDER: "Pengingat",
    Topic.MINUTES: "Notulen",
}
TOPICS = {
    DeliveryKind.INVITATION: Topic.INVITATION,
    DeliveryKind.CHANGE: Topic.CHANGE,
    DeliveryKind.CANCELLATION: Topic.CANCELLATION,
    DeliveryKind.MINUTES: Topic.MINUTES,
}

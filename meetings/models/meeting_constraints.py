"""Database constraints of meetings, enforced whatever the code does."""

from django.db import models
from django.db.models import F, Q

HTTPS_ONLY = "Tulis tautan lengkap yang dimulai dengan https://, misalnya https://contoh.id/rapat."

CONSTRAINTS = [
    models.CheckConstraint(
        name="meeting_unknown_end_has_day",
        condition=Q(is_end_known=True) | Q(ends_at__isnull=False),
        violation_error_message="Tulis tanggal selesai rapat yang jam selesainya belum diketahui.",
    ),
    models.CheckConstraint(
        name="meeting_place_where_people_meet",
        condition=Q(way="online", place="") | (~Q(way="online") & ~Q(place="")),
        violation_error_message="Rapat tatap muka dan hibrida mempunyai tempat, rapat daring tidak.",
    ),
    models.CheckConstraint(
        name="meeting_link_where_online",
        # A news report does not name the link.
        condition=Q(way="onsite", link="", online_id="", access_code="")
        | (~Q(way="onsite") & (~Q(link="") | Q(source="news"))),
        violation_error_message=(
            "Rapat daring dan hibrida mempunyai tautan; rapat tatap muka tidak."
        ),
    ),
    models.CheckConstraint(
        name="meeting_link_is_https",
        condition=Q(link="") | Q(link__startswith="https://"),
        violation_error_message=HTTPS_ONLY,
    ),
    models.CheckConstraint(
        name="meeting_end_after_start",
        condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
        violation_error_message="Waktu selesai harus sesudah waktu mulai.",
    ),
    models.CheckConstraint(
        name="meeting_cancelled_with_reason",
        condition=~Q(state="cancelled") | ~Q(cancel_reason=""),
        violation_error_message="Tulis alasan pembatalan.",
    ),
    models.CheckConstraint(
        name="meeting_cancelled_draft_is_cancelled",
        condition=Q(was_cancelled_as_draft=False) | Q(state="cancelled"),
        violation_error_message="Hanya rapat yang batal dapat batal sebelum dijadwalkan.",
    ),
    models.CheckConstraint(
        name="meeting_invited_paired",
        condition=Q(invited_at__isnull=True, invited_version__isnull=True)
        | Q(invited_at__isnull=False, invited_version__isnull=False),
        violation_error_message="Waktu dan versi undangan harus tercatat bersama.",
    ),
    models.CheckConstraint(
        name="meeting_from_news_has_no_papers",
        condition=~Q(source="news")
        | Q(
            state="done",
            letter_number="",
            invited_at__isnull=True,
            minutes_sent_at__isnull=True,
        ),
        violation_error_message=(
            "Rapat yang disusun dari berita sudah berlangsung, tanpa surat, undangan, dan notulen."
        ),
    ),
]

"""Events of accounts, refusals and exports: append-only, written by `kotaku.audit.trail.record`.

The database refuses all changes (see `kotaku.integrity.history`).
"""

from django.conf import settings
from django.db import models
from django.utils import timezone

TEXT_LENGTH = 500


class AppendOnly(Exception):
    """An audit entry cannot be changed or deleted."""


class AuditEventQuerySet(models.QuerySet):
    """Audit entries; changes are refused."""

    def update(self, **values):
        """Refuse."""
        raise AppendOnly

    def delete(self):
        """Refuse."""
        raise AppendOnly


class AuditEvent(models.Model):
    """One event: the actor, the account concerned, the time and the IP address."""

    class Kind(models.TextChoices):
        SIGNED_IN = "signed_in", "Masuk"
        SIGN_IN_FAILED = "sign_in_failed", "Gagal masuk"
        SIGN_IN_LOCKED = "sign_in_locked", "Masuk dikunci sementara"
        SIGN_IN_RELEASED = "sign_in_released", "Kunci masuk dibuka"
        NEW_DEVICE = "new_device", "Masuk dari perangkat baru"
        SIGNED_OUT = "signed_out", "Keluar"
        PASSWORD_CHANGED = "password_changed", "Kata sandi diganti"
        PASSWORD_GIVEN = "password_given", "Kata sandi dibuat admin, dengan slip"
        RESET_ASKED = "reset_asked", "Tautan kata sandi diminta lewat email"
        PASSWORD_RESET = "password_reset", "Kata sandi baru lewat tautan"
        PASSWORD_REFUSED = "password_refused", "Kata sandi salah sesudah masuk"
        SESSION_ENDED = "session_ended", "Sesi diakhiri"
        TWO_FACTOR_ON = "two_factor_on", "Verifikasi dua langkah aktif"
        TWO_FACTOR_OFF = "two_factor_off", "Verifikasi dua langkah dimatikan"
        TWO_FACTOR_RESET = "two_factor_reset", "Verifikasi dua langkah disetel ulang"
        TWO_FACTOR_UNREADABLE = "two_factor_unreadable", "Kode tidak dapat diperiksa"
        RECOVERY_CODE_USED = "recovery_code_used", "Kode pemulihan dipakai"
        RECOVERY_CODES_RENEWED = "recovery_codes_renewed", "Kode pemulihan dibuat baru"
        ACCOUNT_CREATED = "account_created", "Akun dibuat"
        ACCESS_CHANGED = "access_changed", "Hak akses diubah"
        CONTACT_CHANGED = "contact_changed", "Kontak diubah"
        CONTACT_REMOVED = "contact_removed", "Kontak dihapus"
        CALENDAR_RENEWED = "calendar_renewed", "Alamat kalender dibuat baru"
        EXPORTED = "exported", "Data diunduh"
        REFUSED = "refused", "Akses ditolak"
        MAIL_TRIED = "mail_tried", "Email uji dikirim"

    is_history = True
    # Audit entries change no public page (see `kotaku.caching.data_version`).
    is_part_of_record = False

    at = models.DateTimeField("waktu", default=timezone.now)
    kind = models.CharField("peristiwa", max_length=30, choices=Kind)
    # Null for anonymous attempts.
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="oleh",
    )
    subject = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="akun",
    )
    text = models.CharField("keterangan", max_length=TEXT_LENGTH, blank=True)
    address = models.GenericIPAddressField("alamat", null=True, blank=True)

    objects = AuditEventQuerySet.as_manager()

    class Meta:
        verbose_name = "catatan audit"
        verbose_name_plural = "catatan audit"
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["at"], name="audit_by_time")]

    def __str__(self):
        return f"{self.get_kind_display()}, {self.at:%Y-%m-%d %H:%M}"

    def delete(self, **options):
        """Refuse."""
        raise AppendOnly

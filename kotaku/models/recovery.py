"""Recovery codes: each replaces a code of the app once, if the phone is lost."""

import secrets

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac

# Without similar letters and digits; 16 characters out of 31 are 79 bits, too many to guess.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
LENGTH, GROUP, HOW_MANY = 16, 4, 10


class RecoveryCode(models.Model):
    """A code stored as a digest only; it is shown once, when it is made."""

    # Recovery codes change no public page (see `kotaku.caching.data_version`).
    is_part_of_record = False

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="recovery_codes",
        verbose_name="pengguna",
    )
    salt = models.CharField("garam", max_length=32)
    digest = models.CharField("sidik", max_length=64)
    used_at = models.DateTimeField("dipakai pada", null=True, blank=True)

    class Meta:
        verbose_name = "kode pemulihan"
        verbose_name_plural = "kode pemulihan"
        ordering = ["pk"]

    def __str__(self):
        return f"Kode pemulihan {self.user}"

    @classmethod
    def renew(cls, user) -> list[str]:
        """Replace all codes of a user; return the new ones in groups for writing down."""
        cls.objects.filter(user=user).delete()
        texts = ["".join(secrets.choice(ALPHABET) for _ in range(LENGTH)) for _ in range(HOW_MANY)]
        rows = [(secrets.token_hex(16), text) for text in texts]
        cls.objects.bulk_create(
            cls(user=user, salt=salt, digest=_digest(salt, text)) for salt, text in rows
        )
        return [
            "-".join(text[start : start + GROUP] for start in range(0, LENGTH, GROUP))
            for text in texts
        ]

    @classmethod
    def use(cls, user, text: str) -> bool:
        """Mark a typed code as used; return whether it was valid."""
        typed = text.replace("-", "").replace(" ", "").lower()
        for code in cls.objects.filter(user=user, used_at=None):
            if secrets.compare_digest(code.digest, _digest(code.salt, typed)):
                unused = cls.objects.filter(pk=code.pk, used_at=None)
                return unused.update(used_at=timezone.now()) == 1
        return False


def _digest(salt: str, text: str) -> str:
    return salted_hmac(f"kotaku.recovery.{salt}", text, algorithm="sha256").hexdigest()

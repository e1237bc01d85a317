"""The authenticator app of an account, with its secret encrypted."""

from binascii import unhexlify

from django.db import models
from django_otp.plugins.otp_totp.models import TOTPDevice

from kotaku.sealed import unseal


class CodeApp(TOTPDevice):
    """django-otp's device; `secret` holds its key sealed, and the column `key` stays empty."""

    # It changes no public page (see `kotaku.caching.data_version`).
    is_part_of_record = False

    secret = models.TextField("rahasia tersegel")

    class Meta:
        verbose_name = "aplikasi kode"
        verbose_name_plural = "aplikasi kode"

    @property
    def bin_key(self) -> bytes:
        """The secret. Raises `kotaku.sealed.Unreadable` if the server has lost its key."""
        return unhexlify(unseal(self.secret))

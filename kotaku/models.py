"""The people who use the site."""

from django.contrib.auth.models import AbstractUser
from django.db import models


class Role(models.TextChoices):
    """What a person does here (domain.md, "Who does what"). Admins are superusers instead."""

    BAPPEDA = "bappeda", "Bappeda"
    VILLAGE_OFFICER = "village_officer", "Petugas desa/kelurahan"
    VIEWER = "viewer", "Pengamat"


class User(AbstractUser):
    """An account. The villages of a village officer hang on `areas.Village.officers`."""

    # A sign-in is no change of the record (see `kotaku.data_version`).
    not_part_of_record = ("last_login",)

    role = models.CharField("peran", max_length=20, choices=Role, default=Role.VIEWER)
    position = models.CharField("jabatan", max_length=120, blank=True)
    phone = models.CharField("nomor HP", max_length=30, blank=True)
    must_change_password = models.BooleanField(
        "wajib ganti kata sandi",
        default=True,
        help_text="Pengguna diminta mengganti kata sandi saat masuk berikutnya.",
    )

    class Meta:
        verbose_name = "pengguna"
        verbose_name_plural = "pengguna"
        ordering = ["username"]
        constraints = [
            models.CheckConstraint(
                name="user_role_known",
                condition=models.Q(role__in=Role.values),
                violation_error_message="Peran tidak dikenal.",
            )
        ]

    def __str__(self):
        return self.get_full_name() or self.username

    @property
    def is_bappeda(self) -> bool:
        """Whether this person verifies, returns and corrects figures."""
        return self.is_active and (self.is_superuser or self.role == Role.BAPPEDA)

    @property
    def is_village_officer(self) -> bool:
        """Whether this person enters figures of their villages."""
        return self.is_active and self.role == Role.VILLAGE_OFFICER

    @property
    def is_staff_reader(self) -> bool:
        """Whether this person reads everything, drafts and histories included."""
        return self.is_active and (self.is_superuser or self.role in (Role.BAPPEDA, Role.VIEWER))


class DataVersion(models.Model):
    """One of the tokens that together are the version of the record (see `kotaku.data_version`)."""

    # Written by the database's triggers alone; a change of it is no change of the record.
    is_part_of_record = False

    token = models.BigIntegerField("tanda")

    class Meta:
        verbose_name = "versi data"
        verbose_name_plural = "versi data"

    def __str__(self):
        return str(self.token)

"""User accounts and their roles."""

from datetime import timedelta
from functools import cache
from itertools import groupby

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac

from kotaku.models.normal_text import NormalTextField
from kotaku.models.region import Region, inside
from kotaku.text import normal_user_name

# Days for which a password that an admin has handed out opens the door.
GIVEN_DAYS = 30


class Role(models.TextChoices):
    """The role of a user. Admins are superusers, independently of their role."""

    BAPPEDA = "bappeda", "Bappeda"
    VILLAGE_OFFICER = "village_officer", "Petugas desa/kelurahan"
    VIEWER = "viewer", "Pengamat"


@cache
def _capitals() -> str:
    """Return the capitals of all alphabets as ranges of a pattern: A-Z and others."""
    # No alphabet has capitals beyond these planes.
    codes = [code for code in range(0x20000) if chr(code).casefold() != chr(code)]
    runs = groupby(enumerate(codes), lambda each: each[1] - each[0])
    ends = [[code for _, code in run] for _, run in runs]
    return "".join(f"{chr(run[0])}-{chr(run[-1])}" for run in ends)


class UserNameField(NormalTextField):
    """A user name, stored in its normal form: case is ignored."""

    def normal(self, text):
        """Return the normal form of a name."""
        return normal_user_name(text)

    def stored_form(self, vendor):
        """Return that no letter is a capital, of whatever alphabet."""
        if vendor == "sqlite":
            return f"{{}} NOT GLOB '*[{_capitals()}]*'"
        return f"{{}} !~ '[{_capitals()}]'"


class User(AbstractUser):
    """An account. A village officer's villages are stored in `areas.Village.officers`."""

    region_path = "region"
    # A sign-in does not change the data version (see `kotaku.caching.data_version`).
    not_part_of_record = ("last_login",)

    username = UserNameField(
        "nama pengguna",
        max_length=150,
        unique=True,
        help_text="Huruf, angka, dan @ . + - _. Huruf besar dan kecil tidak dibedakan.",
        validators=[UnicodeUsernameValidator()],
        error_messages={"unique": "Sudah ada pengguna dengan nama ini."},
    )
    first_name = last_name = None
    full_name = models.CharField(
        "nama lengkap",
        # The longest first and last name that an earlier version could hold.
        max_length=301,
        blank=True,
        help_text="Dengan gelar, misalnya H. Asep Suryana, S.Sos.",
    )
    role = models.CharField("peran", max_length=20, choices=Role, default=Role.VIEWER)
    region = models.ForeignKey(
        Region,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="people",
        verbose_name="wilayah",
        help_text="Kosong: semua wilayah di aplikasi ini.",
    )
    position = models.CharField("jabatan", max_length=120, blank=True)
    phone = models.CharField("nomor HP", max_length=30, blank=True)
    must_change_password = models.BooleanField(
        "wajib ganti kata sandi",
        default=True,
        help_text="Pengguna diminta mengganti kata sandi saat masuk berikutnya.",
    )
    # Null when the person has chosen the password, or when the admin only requires a new one.
    password_given_at = models.DateTimeField(
        "kata sandi diberikan admin pada", null=True, blank=True
    )
    must_use_two_factor = models.BooleanField(
        "wajib verifikasi dua langkah",
        default=False,
        help_text="Pengguna diminta memasang aplikasi kode di ponselnya saat masuk berikutnya.",
    )
    # Stored with the account, so that pages need not query the device.
    two_factor_since = models.DateTimeField("verifikasi dua langkah sejak", null=True, blank=True)

    class Meta:
        verbose_name = "pengguna"
        verbose_name_plural = "pengguna"
        ordering = ["username"]
        constraints = [
            models.UniqueConstraint(
                Lower("username"),
                name="user_name_once",
                violation_error_message="Sudah ada pengguna dengan nama ini.",
            ),
        ]

    def __str__(self):
        return self.full_name or self.username

    def get_full_name(self):
        """Return the full name with title, for Django and its admin."""
        return self.full_name

    def get_short_name(self):
        """Return the full name: a title and a name of one word have no short form."""
        return self.full_name

    @classmethod
    def normalize_username(cls, username):
        """Return the normal form of a name; called by Django's forms and commands."""
        return normal_user_name(username) if isinstance(username, str) else username

    def give_password(self, password: str) -> None:
        """Set a password that its giver knows: it must be changed first of all, within GIVEN_DAYS."""
        self.set_password(password)
        self.must_change_password = True
        self.password_given_at = timezone.now()

    def choose_password(self, password: str) -> None:
        """Set a password that only the person knows."""
        self.set_password(password)
        self.must_change_password = False
        self.password_given_at = None

    @property
    def has_outlived_password(self) -> bool:
        """Whether the password was handed out too long ago and never changed."""
        if not (self.must_change_password and self.password_given_at):
            return False
        return timezone.now() - self.password_given_at > timedelta(days=GIVEN_DAYS)

    @property
    def is_bappeda(self) -> bool:
        """Whether this user may verify, return and correct figures."""
        return self.is_active and (self.is_superuser or self.role == Role.BAPPEDA)

    @property
    def is_village_officer(self) -> bool:
        """Whether this user enters figures of their villages."""
        return self.is_active and self.role == Role.VILLAGE_OFFICER

    @property
    def is_staff_reader(self) -> bool:
        """Whether this user may read everything, including drafts and histories."""
        return self.is_active and (self.is_superuser or self.role in (Role.BAPPEDA, Role.VIEWER))

    @property
    def reads_audit(self) -> bool:
        """Whether this user may read who signed in, changed or downloaded something."""
        return self.is_active and self.is_superuser

    def within(self, path: str) -> models.Q:
        """Return a filter for rows in this user's region; `path` leads from a row to its region."""
        return inside(self.region, path)

    def covers(self, region: Region | None) -> bool:
        """Whether a region (None: the whole site) is this user's own or inside it."""
        if self.region is None:
            return True
        return region is not None and self.region.covers(region)

    def reads_all_of(self, region: Region | None) -> bool:
        """Whether this user may read everything about a region, including drafts and histories."""
        return self.is_staff_reader and self.covers(region)

    @property
    def needs_two_factor(self) -> bool:
        """Whether this user must sign in with a second step, even if it is not set up yet."""
        everybody = settings.REQUIRE_TWO_FACTOR and self.is_bappeda
        return self.is_active and (self.must_use_two_factor or everybody)

    def get_session_auth_hash(self) -> str:
        """Return the hash that sessions depend on: a new password or second step ends them."""
        return self._tied(super().get_session_auth_hash())

    def get_session_auth_fallback_hash(self):
        """Yield the same hash for each of SECRET_KEY_FALLBACKS."""
        for fallback in super().get_session_auth_fallback_hash():
            yield self._tied(fallback)

    def _tied(self, password_hash: str) -> str:
        if self.two_factor_since is None:
            return password_hash
        text = f"{password_hash}{self.two_factor_since.timestamp()}"
        return salted_hmac("kotaku.accounts.two_factor", text, algorithm="sha256").hexdigest()

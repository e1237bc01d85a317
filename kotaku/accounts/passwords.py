"""Compare typed passwords; refuse common Indonesian ones, as Django's list is English."""

import re

from django.conf import settings
from django.contrib.auth.password_validation import UserAttributeSimilarityValidator
from django.core.exceptions import ValidationError
from django.views.decorators.debug import sensitive_variables

# Compared without digits and signs: "Bismillah-123" counts as "bismillah".
_WORDS = """
    admin administrator akudansaya akusayangkamu alhamdulillah allahuakbar anakku
    aremania assalamualaikum bandung banjar banjarpatroman bappeda bappedabanjar
    barcelona bismillah bismillahirrahmanirrahim cintaku desa garuda indonesia
    indonesiaraya insyaallah jakarta jawabarat katasandi keluarga keluargaku kelurahan
    kotabanjar kotaku kotakubanjar langensari masyaallah merahputih merdeka password
    passwordku pataruman persib persija petugas polisi purwaharja rahasia rahasiaku
    rahmatullah sandi sayang sayangku sayangmama sembarang subhanallah sukses
    suksesselalu tentara terserah
"""
LOCAL_WORDS = frozenset(_WORDS.split())


@sensitive_variables()
def first_accepted(is_right, typed: str):
    """Return `is_right(password)` for the typed text; if false, for it without a trailing space.

    A phone's keyboard adds such a space after a suggested word. The text as typed is tried first,
    because a password may end in a space.
    """
    answer = is_right(typed)
    return answer or (is_right(typed[:-1]) if typed.endswith(" ") else answer)


class OwnDetailsValidator(UserAttributeSimilarityValidator):
    """Refuses a password that resembles the account's name, user name, address or phone."""

    def __init__(self):
        super().__init__(("username", "full_name", "email", "phone"))


class LocalWordsValidator:
    """Rejects a common local word as a password, with or without digits around it."""

    def validate(self, password, user=None):
        """Raise ValidationError for such a password."""
        if re.sub(r"[^a-z]", "", password.lower()) in LOCAL_WORDS:
            raise ValidationError(
                "Kata sandi ini mudah ditebak. Gabungkan beberapa kata yang tidak berhubungan.",
                code="password_local_word",
            )

    def get_help_text(self):
        """Return the rule in words."""
        return "Kata sandi tidak boleh hanya satu kata umum dengan angka."


class MaximumLengthValidator:
    """Refuses overlong passwords, because hashing them costs the server time."""

    def __init__(self):
        self._longest = settings.PASSWORD_LENGTHS[1]

    def validate(self, password, user=None):
        """Raise ValidationError for such a password."""
        if len(password) > self._longest:
            raise ValidationError(
                f"Kata sandi ini terlalu panjang. Paling banyak {self._longest} karakter.",
                code="password_too_long",
            )

    def get_help_text(self):
        """Return the rule in words."""
        return f"Kata sandi paling banyak {self._longest} karakter."

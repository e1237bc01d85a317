"""Seal short secrets with the server's keys, so that a copy of the database does not tell them.

The first of TWO_FACTOR_KEYS seals; all of them unseal, so a key can be replaced. Last comes a key
derived from SECRET_KEY: development needs no other, and what was sealed before TWO_FACTOR_KEYS was
set stays readable.
"""

from base64 import urlsafe_b64encode
from functools import lru_cache

from django.conf import settings

# Characters of a key: 43 of `secrets.token_urlsafe` hold the 256 bits that Fernet works with.
SHORTEST = 43


class Unreadable(Exception):
    """The text was sealed with none of the present keys, or was changed since."""


def seal(text: str) -> str:
    """Return the text encrypted with the first key."""
    return _box().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """Return the text; raise Unreadable if no key fits."""
    return _opened(_box().decrypt, sealed)


def resealed(sealed: str) -> str:
    """Return the same text encrypted with the first key; raise Unreadable if no key fits."""
    return _opened(_box().rotate, sealed)


def _opened(open_with, sealed):
    from cryptography.fernet import InvalidToken

    try:
        return open_with(sealed.encode()).decode()
    except InvalidToken as error:
        raise Unreadable from error


def _box():
    own = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return _box_of(tuple(settings.TWO_FACTOR_KEYS), tuple(own))


@lru_cache(maxsize=4)
def _box_of(keys: tuple[str, ...], secret_keys: tuple[str, ...]):
    # Imported here, because the library takes 10 MB, and most processes never seal anything.
    from cryptography.fernet import Fernet, MultiFernet
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    def derived(key: str, purpose: bytes) -> Fernet:
        kdf = HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose)
        return Fernet(urlsafe_b64encode(kdf.derive(key.encode())))

    own = [derived(key, b"kotaku.sealed") for key in keys]
    return MultiFernet(own + [derived(key, b"kotaku.sealed.secret_key") for key in secret_keys])

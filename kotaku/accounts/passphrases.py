"""Passphrases that the site makes: four words and a number, which people can read out and type."""

import secrets

from kotaku.accounts.passphrase_words import WORDS

HOW_MANY = 4
# Two digits. With more than 800 words a passphrase is one of 2^45: too many to guess online, where
# a name has 50 attempts in a day.
LEAST, MOST = 10, 99


def new_passphrase() -> str:
    """Return a random passphrase: `melati sungai topi kerja 47`.

    Words are separated by spaces, as a phone's keyboard writes them.
    """
    words = [secrets.choice(WORDS) for _ in range(HOW_MANY)]
    return " ".join([*words, str(LEAST + secrets.randbelow(MOST - LEAST + 1))])

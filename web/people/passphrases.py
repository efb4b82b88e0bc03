"""Passphrases: what is asked of one, and how it is kept.

The rules are those of NIST SP 800-63B, 5.1.1.2 (2017) and of OWASP ASVS 5.0, 6.2: at least eight characters instead of
kinds of characters, any character allowed, common ones refused, no change by the calendar. The edition of 2025 asks for
fifteen where nothing else is asked at sign-in; ASVS recommends them, and so does our page, without refusing less.

Kept is only an argon2id hash with the figures of the OWASP password storage cheat sheet (19 MiB, two passes, one lane).
A hashing takes that memory for its time, so at most four run at once: thirty people who sign in together wait a moment
instead of filling a small machine's memory.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from importlib import resources
from threading import BoundedSemaphore
from typing import Final

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

__all__ = ["AT_ONCE", "LONGEST", "SHORTEST", "common", "faults", "hashed", "matches"]

SHORTEST: Final = 8
LONGEST: Final = 256
"""Characters. Longer ones than anybody types are refused, never cut."""

AT_ONCE: Final = 4

_HASHER: Final = PasswordHasher(
    time_cost=2, memory_cost=19 * 1024, parallelism=1, hash_len=32, salt_len=16, type=Type.ID
)
_TURN: Final = BoundedSemaphore(AT_ONCE)
_PRODUCT: Final = ("financekit", "businessplan")
_FEWEST_DIFFERENT: Final = 3


def faults(passphrase: str, name: str) -> list[str]:
    """What keeps this from being the passphrase of an account.

    Parameters
    ----------
    passphrase : as typed
    name : of the account it is for

    Returns
    -------
    Codes of :data:`web.people.wording.FAULTS`, empty when it can be used

    Examples
    --------
    >>> faults("coconut rope ferry", "Sokha Chan")
    []
    >>> faults("sokhachan", "Sokha Chan")
    ['passphrase_is_name']
    >>> faults("Passw0rd", "Sokha Chan")
    ['passphrase_common']
    """
    text = _normal(passphrase)
    if len(text) < SHORTEST:
        return ["passphrase_short"]
    if len(text) > LONGEST:
        return ["passphrase_long"]
    bare = _bare(text)
    own = _bare(name)
    if len(own) >= 3 and own in bare and len(bare.replace(own, "")) < SHORTEST // 2:
        return ["passphrase_is_name"]
    if any(word in bare and len(bare.replace(word, "")) < SHORTEST // 2 for word in _PRODUCT):
        return ["passphrase_is_product"]
    if text.casefold() in common() or len(set(text)) < _FEWEST_DIFFERENT:
        return ["passphrase_common"]
    return []


def hashed(passphrase: str) -> str:
    """The hash that is kept; every one has a salt of its own."""
    with _TURN:
        return _HASHER.hash(_normal(passphrase))


def matches(kept: str | None, passphrase: str) -> bool:
    """Whether this is the passphrase; an account that does not exist (``None``) costs the same work."""
    text = _normal(passphrase)
    wanted = kept or _nobody()
    with _TURN:
        try:
            _HASHER.verify(wanted, text[:LONGEST])
        except (VerificationError, InvalidHashError):
            return False
    # Asked after the work, not before it: the time says nothing about the account.
    return kept is not None and len(text) <= LONGEST


@cache
def common() -> frozenset[str]:
    """Frequent passphrases of at least eight characters, in small letters; source and licence lie beside the list."""
    text = resources.files("web.people").joinpath("data", "common_passphrases.txt").read_text(encoding="utf-8")
    return frozenset(text.split("\n")) - {""}


@cache
def _nobody() -> str:
    """A hash to compare with where there is no account."""
    return _HASHER.hash("nobody has this passphrase")


def _normal(text: str) -> str:
    """One form for letters that keyboards compose differently, as NIST SP 800-63B asks before hashing."""
    return unicodedata.normalize("NFKC", text)


def _bare(text: str) -> str:
    """Letters, marks and digits only: "Sokha Chan" and "sokha.chan" are the same word."""
    return "".join(letter for letter in _normal(text).casefold() if unicodedata.category(letter)[0] in "LMN")

"""Names of people and organisations: what may be one, and when two are the same."""

from __future__ import annotations

import unicodedata
from typing import Final

from finance_kit.plan.checks_base import clean_name

__all__ = ["LONGEST", "SHORTEST", "name_faults", "name_key", "tidy"]

SHORTEST: Final = 2
LONGEST: Final = 80
_JOINERS: Final = "\u200b\u200c\u200d\u2060\ufeff"
"""Marks without width. Khmer, Burmese and Thai keyboards leave them behind; two names do not differ by them."""


def tidy(text: str) -> str:
    r"""A name as it is shown: one form of each letter, single spaces, no marks without width.

    Examples
    --------
    >>> tidy("  Sokha\u200b   Chan ")
    'Sokha Chan'
    """
    plain = unicodedata.normalize("NFC", text).translate(dict.fromkeys(map(ord, _JOINERS)))
    return " ".join(plain.split())


def name_key(text: str) -> str:
    """What two spellings of one name have in common, as accounts are found by it.

    Examples
    --------
    >>> name_key("SOKHA chan") == name_key(" Sokha  Chan")
    True
    """
    return clean_name(text)


def name_faults(text: str) -> list[str]:
    """What keeps this from being a name: ``name_characters``, ``name_short``, ``name_long``."""
    name = tidy(text)
    if any(unicodedata.category(letter) in ("Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp") for letter in name):
        return ["name_characters"]  # among them the signs that turn the direction of writing
    if len(name) < SHORTEST:
        return ["name_short"]
    if len(name) > LONGEST:
        return ["name_long"]
    return []

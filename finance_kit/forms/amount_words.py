"""Amounts in words, as a cheque has them: read back, so that a zero too many is heard.

A language has its own function in ``WORDS``; where there is none, an amount is read back in figures only.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from finance_kit.forms.amount_words_vietnamese import vietnamese

__all__ = ["WORDS", "in_words"]

_ONES: Final = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS: Final = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SCALES: Final = ("", "thousand", "million", "billion", "trillion", "quadrillion")
_MOST_DECIMALS: Final = 6


def _english(value: Decimal) -> str:
    """``twenty million five hundred thousand``, ``minus twelve point five``."""
    whole, _, fraction = f"{abs(value):f}".partition(".")
    fraction = fraction.rstrip("0")
    words = _english_whole(int(whole))
    if fraction:
        words += " point " + " ".join(_ONES[int(digit)] for digit in fraction)
    return f"minus {words}" if value < 0 else words


def _english_whole(number: int) -> str:
    if number == 0:
        return _ONES[0]
    parts, groups = [], f"{number:,}".split(",")
    for place, group in enumerate(reversed(groups)):
        if int(group):
            parts.append(f"{_english_hundreds(int(group))} {_SCALES[place]}".strip())
    parts.reverse()
    # "one thousand and five": what follows the last comma of a figure and is below a hundred is joined by "and".
    if len(parts) > 1 and 0 < int(groups[-1]) < 100:
        return f"{' '.join(parts[:-1])} and {parts[-1]}"
    return " ".join(parts)


def _english_hundreds(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    words = [f"{_ONES[hundreds]} hundred"] if hundreds else []
    if rest:
        ones = f"-{_ONES[rest % 10]}" if rest % 10 else ""
        words.append(_ONES[rest] if rest < 20 else _TENS[rest // 10] + ones)
    return " and ".join(words)


WORDS: Final[Mapping[str, Callable[[Decimal], str]]] = MappingProxyType({"en": _english, "vi": vietnamese})
"""Language -> its function."""


def in_words(value: Decimal, language: str) -> str | None:
    """An amount in words; ``None`` in a language that has none here, or where words would not help.

    >>> in_words(Decimal(20_000_000), "en"), in_words(Decimal("1250.5"), "en"), in_words(Decimal(5), "km")
    ('twenty million', 'one thousand two hundred and fifty point five', None)
    """
    speak = WORDS.get(language)
    exponent = value.as_tuple().exponent
    if speak is None or abs(value) >= 10**18 or not isinstance(exponent, int) or exponent < -_MOST_DECIMALS:
        return None
    return speak(value)
